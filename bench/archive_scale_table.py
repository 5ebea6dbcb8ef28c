"""Writes the frozen figures of archives at scale as tables in docs/archive.md: side by side, growth, copies.

usage: python bench/archive_scale_table.py [--check]
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from blocks import renew

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/archive.md"
PEERS, GROWTH, COPIES = (
    ROOT / f"bench/{name}.json" for name in ("archive_peers", "archive_growth", "syndication")
)
WAITING = 20  # times its own work on the wall: more than a busy machine makes of it


def peers(frozen: dict[str, Any]) -> str:
    """A line for each tool, the quickest first."""
    head = "| pages a second of one core | | times slower |\n|---|---|---|\n"
    tools = frozen["tools"]
    rate = {name: row.get("pages a second", 0.0) for name, row in tools.items()}
    return head + "".join(_peer(name, tools[name]) for name in sorted(rate, key=lambda name: -rate[name]))


def _peer(name: str, row: dict[str, Any]) -> str:
    if "pages" not in row:
        return f"| {name} | {row['reason']} | |\n"
    if row.get("seconds on the wall", 0) > WAITING * row["seconds"]:
        did = f"{row['pages']} pages in {row['seconds on the wall']:.0f} s"
        return f"| {name} | waits for the network at each page: {did} | |\n"
    gives = "statements" if "statements" in row else "names, numbers" if "spaCy" in name else "text"
    return f"| {name} ({gives}) | {row['pages a second']:,} | {row['times slower than we']} |\n"


def growth(frozen: dict[str, Any]) -> str:
    """Files first, then the large book."""
    rows = [
        f"| {row['files']} files: seconds a file, megabytes | | {row['seconds a file']} s, {row['megabytes']} MB |\n"
        for row in frozen["files"]
    ]
    names = [name for name in frozen if name in frozen["asked"]]
    rows += [f"| {name} | {_asked(frozen['asked'][name])} | {frozen[name]:,} |\n" for name in names]
    more = ("the same by the processor alone", "lines of the large book", "megabytes of the large book")
    rows += [f"| {name} | | {frozen[name]:,} |\n" for name in more]
    return "| growth | asked | reached |\n|---|---|---|\n" + "".join(rows)


def _asked(words: str) -> str:
    return words.replace(">=", "at least").replace("<=", "at most")


def copies(frozen: dict[str, Any]) -> str:
    """A line for each size."""
    head = "| reports | origins | precision of pairs | recall | seconds | megabytes |\n|---|---|---|---|---|---|\n"
    rows = (
        f"| {row['reports']:,} | {row['origins']:,} | {row['precision']} | {row['recall']} | {row['seconds']} "
        f"| {row['megabytes']:,} |\n"
        for row in frozen["sizes"]
    )
    return head + "".join(rows)


if __name__ == "__main__":
    tables = (peers, PEERS), (growth, GROWTH), (copies, COPIES)
    written = "\n".join(table(json.loads(file.read_text(encoding="utf-8"))) for table, file in tables)
    sys.exit(renew(PAGE, "archive_scale", written, GROWTH, check="--check" in sys.argv))
