"""Writes the frozen figures of bench/desk.json as the table in docs/desk.md.

usage: python bench/desk_table.py [--check]
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from blocks import renew

ROOT = Path(__file__).resolve().parents[1]
FROZEN, PAGE = ROOT / "bench/desk.json", ROOT / "docs/desk.md"
HEAD = (
    "| page, asked for the first time | processor, ms: half | 95 of 100 | clock, ms: 95 of 100 | KB sent |\n"
    "|---|---|---|---|---|\n"
)


def table(found: dict[str, Any]) -> str:
    """A line for each kind of page, ours first; then pages a second, bytes and memory."""
    ours, theirs = found["Musterbook"], found["Datasette"]
    lines = [line(name, row) for name, row in ours["pages"].items()]
    lines += [line(f"Datasette: {name}", row) for name, row in theirs["pages"].items()]
    lines.append("\n| | Musterbook | Datasette |\n|---|---|---|\n")
    for name in ("a second", "a second of one processor"):
        rates = [one["the first page again and again"][name] for one in (ours, theirs)]
        lines.append(f"| first pages {name} | {rates[0]:,} | {rates[1]:,} |\n")
    lines.append(f"| memory, MB | {ours['MB']['now']:,} | {theirs['MB']['now']:,} |\n")
    return HEAD + "".join(lines)


def line(name: str, row: dict[str, Any]) -> str:
    """One kind of page."""
    used, clock = row["processor"], row["clock"]
    cells = (used["median"], used["95 of 100"], clock["95 of 100"], row["KB"])
    return f"| {name} | {' | '.join(f'{cell:g}' for cell in cells)} |\n"


def write(found: dict[str, Any], *, check: bool = False) -> int:
    """Put the table into the page, or see whether it is there; the exit code."""
    return renew(PAGE, "desk", table(found), FROZEN, check=check)


if __name__ == "__main__":
    sys.exit(write(json.loads(FROZEN.read_text(encoding="utf-8")), check="--check" in sys.argv))
