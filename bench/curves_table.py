"""Writes the frozen figures of bench/curves.json and bench/curve_peers.json as the tables in docs/strength.md.

usage: python bench/curves_table.py [--check]
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from blocks import renew

ROOT = Path(__file__).resolve().parents[1]
FROZEN, PEERS = ROOT / "bench/curves.json", ROOT / "bench/curve_peers.json"
PAGE = ROOT / "docs/strength.md"
Figures = dict[str, Any]
COLUMNS = ("coverage", "log error", "median log error", "median width", "interval score")


def newsrooms(found: Figures) -> Iterator[str]:
    """A line for each way of telling and each rule."""
    yield "| papers that tell | by | days | " + " | ".join(COLUMNS) + " |"
    yield "|---|---|--:|" + "--:|" * len(COLUMNS)
    for name, rows in found["newsrooms"].items():
        for rule, row in rows.items():
            title = name if rule == "estimate" else ""
            by = f"**{rule}**" if rule == "estimate" else rule
            cells = " | ".join(f"{row[column]:g}" for column in COLUMNS)
            yield f"| {title} | {by} | {row['answered']:,} | {cells} |"


def official(found: Figures) -> Iterator[str]:
    """A line for each country of war."""
    yield "| the chronicle | official counts | answered | in the band | best to official, median |"
    yield "|---|--:|--:|--:|--:|"
    for name, row in found["chronicle"].items():
        yield f"| {name} | " + " | ".join(f"{value:g}" for value in row.values()) + " |"


def cost(found: Figures, peers: Figures) -> Iterator[str]:
    """What it costs, and the same model elsewhere."""
    yield "| cost, one core | |"
    yield "|---|--:|"
    for name, value in found["cost"].items():
        yield f"| {name} | {value:,} |"
    for name, value in peers.items():
        yield f"| beside statsmodels: {name} | {value:,} |"


def main() -> int:
    """Writes the tables, or only checks that they are as they should be."""
    found = json.loads(FROZEN.read_text(encoding="utf-8"))
    peers = json.loads(PEERS.read_text(encoding="utf-8"))
    parts = (newsrooms(found), official(found), cost(found, peers))
    written = "\n".join("\n".join(lines) + "\n" for lines in parts)
    return renew(PAGE, "curves", written, FROZEN, check="--check" in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
