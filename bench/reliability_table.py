"""Writes the frozen figures of bench/reliability.json and bench/book_rates.json as the tables in docs/reliability.md.

usage: python bench/reliability_table.py [--check]
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from blocks import renew

ROOT = Path(__file__).resolve().parents[1]
TRIED, RATES = ROOT / "bench/reliability.json", ROOT / "bench/book_rates.json"
PAGE = ROOT / "docs/reliability.md"
Figures = dict[str, Any]
NOTHING, SAME = "nothing lost, doubled or halved", "no answer differed"
WRITERS = "test_overlapping_writers_are_all_served_and_each_report_is_taken_once"
ROWS = (  # the beginning of a test's name, what is tried, the figure that tells how often, and what a pass means
    ("test_a_kill_at_any", "`kill -9` while reports, decisions, checkpoints are written", "kills", NOTHING),
    ("test_a_kill_while_a_copy", "`kill -9` while a copy is made", "kills", NOTHING),
    ("test_a_kill_while_a_book", "`kill -9` while an older book is brought up to date", "kills", NOTHING),
    ("test_a_server_that_crashes", "PostgreSQL crashes under four writers", "restarts", NOTHING),
    ("test_a_full_disk", "the disk is full", "fillings", NOTHING),
    (f"{WRITERS}[sqlite]", "eight writers at once, SQLite", "submissions", NOTHING),
    (f"{WRITERS}[postgres]", "eight writers at once, PostgreSQL", "submissions", NOTHING),
    ("test_all_that_six", "six busy processes for ten minutes", "reports", NOTHING),
    ("test_a_book_answers", "fifty deeds in any order, against a plain list of them", "sequences", SAME),
    (
        "test_every_change_is_found",
        "a line, an end or a whole book is tampered with",
        "tamperings",
        "all found",
    ),
    ("test_a_damaged_document", "a document of any format is damaged", "inputs", "an outcome with a name"),
    (
        "test_a_bomb",
        "a small input asks for a large bill",
        "bombs",
        "an outcome with a name, the next one read",
    ),
    (
        "test_a_damaged_archive",
        "an archive of pages is damaged",
        "archives",
        "only what was hit is lost, and counted",
    ),
    ("test_the_same_deeds", "the same deeds in SQLite and PostgreSQL", "operations", "the same bytes"),
)


def tried(frozen: list[Figures]) -> str:
    """A line for each thing that was tried, with how often and what it came to."""
    found = {name: result for run in frozen for name, result in run["tests"].items()}
    return "| what is tried | how often | what came of it |\n|---|---|---|\n" + "".join(_rows(found))


def _rows(found: Figures) -> Iterator[str]:
    for start, what, counted, passed in ROWS:
        results = [result for name, result in found.items() if name.startswith(start)]
        came = passed if all(result["outcome"] == "passed" for result in results) else "FAILED"
        if results:
            yield f"| {what} | {sum(result[counted] for result in results):,} {counted} | {came} |\n"


def rates(frozen: Figures) -> str:
    """A line for each rate that was asked for."""
    rows = ((what, asked, frozen["reached"][what]) for what, asked in frozen["asked"].items())
    return "| rate | asked | reached |\n|---|---|---|\n" + "".join(
        f"| {what} | {asked.replace('>=', 'at least').replace('<=', 'at most').replace('<', 'below')} | {reached:,} |\n"
        for what, asked, reached in rows
    )


if __name__ == "__main__":
    check = "--check" in sys.argv
    blocks = (
        ("reliability", tried(json.loads(TRIED.read_text(encoding="utf-8"))), TRIED),
        ("rates", rates(json.loads(RATES.read_text(encoding="utf-8"))), RATES),
    )
    sys.exit(max(renew(PAGE, name, written, frozen, check=check) for name, written, frozen in blocks))
