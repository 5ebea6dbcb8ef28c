"""Writes what bench/desk.py measured into docs/desk.md, between two marks.

usage: python bench/desk_table.py   (from the frozen bench/desk.json)
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parents[1] / "docs" / "desk.md"
FROZEN = Path(__file__).with_name("desk.json")
PLACE = re.compile(r"(<!-- how quick: begin -->\n).*?(<!-- how quick: end -->)", re.DOTALL)


def table(found: dict[str, Any]) -> str:
    """The rows of both, ours first."""
    head = (
        "| page, asked for the first time | processor, ms: half | 95 of 100 | clock, ms: 95 of 100 | KB sent |\n"
        "|---|---|---|---|---|\n"
    )
    lines = [line(name, row) for name, row in found["Musterbook"]["pages"].items()]
    if isinstance(theirs := found["Datasette"], dict):
        lines += [line(f"Datasette: {name}", row) for name, row in theirs["pages"].items()]
    return head + "\n".join(lines) + "\n"


def line(name: str, row: dict[str, Any]) -> str:
    """One kind of page."""
    used, clock = row["processor"], row["clock"]
    return f"| {name} | {used['median']:g} | {used['95 of 100']:g} | {clock['95 of 100']:g} | {row['KB']:g} |"


def write_table(found: dict[str, Any]) -> None:
    """Put the table into the page."""
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(PLACE.sub(lambda at: at[1] + table(found) + at[2], text), encoding="utf-8")


if __name__ == "__main__":
    write_table(json.loads(FROZEN.read_text()))
