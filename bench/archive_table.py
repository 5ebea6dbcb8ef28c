"""Writes the frozen figures of bench/archive.json as the table in docs/archive.md.

usage: python bench/archive_table.py [--check]
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from blocks import renew

ROOT = Path(__file__).resolve().parents[1]
FROZEN, PAGE = ROOT / "bench/archive.json", ROOT / "docs/archive.md"
ROWS = {  # the name of a frozen figure, and what it is to people
    "pages a second, FastWARC alone": "pages a second, only unpacked (FastWARC)",
    "pages a second, into the book": "pages a second, from the file into the book",
    "archive_ratio": "the second as a share of the first",
    "with the document reader": "the same share with the document reader (`--learned`)",
    "two processes against one": "two processes against one",
    "peak memory, MB": "megabytes that a process takes at most",
    "gate, least recall": "statements that the gate lets pass, in the worst encoding or disguise",
    "gate, recall over the composed texts": "statements that the gate lets pass, other texts",
}


def table(frozen: dict[str, Any]) -> str:
    """A line for each figure, then the stages."""
    asked, reached = frozen["asked"], frozen["reached"]
    rows = [
        f"| {words} | {in_words(asked.get(name, ''))} | {reached[name]:,} |\n" for name, words in ROWS.items()
    ]
    stages = reached["milliseconds a page, by stage"]
    rows += [f"| milliseconds a page: {name} | | {value} |\n" for name, value in stages.items()]
    return "| | asked | reached |\n|---|---|---|\n" + "".join(rows)


def in_words(asked: str) -> str:
    """``at least 0.50`` for ``>= 0.50``."""
    return asked.replace(">=", "at least").replace("<=", "at most")


if __name__ == "__main__":
    written = table(json.loads(FROZEN.read_text(encoding="utf-8")))
    sys.exit(renew(PAGE, "archive", written, FROZEN, check="--check" in sys.argv))
