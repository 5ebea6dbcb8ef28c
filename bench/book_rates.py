"""How fast the book is: statements added, asked for and checked, on a book of a million, and the memory it takes.

usage: python bench/book_rates.py [--statements 1000000] [--reports 100000] [--folder FOLDER] [--freeze]

Added to SQLite on the disk of FOLDER, and to a PostgreSQL server as the tests start one; the large book is made in
FOLDER and taken away again. Memory is the peak of a process that adds so many reports, with a reader that costs
nothing and with the reader by rules. ``--freeze`` writes the figures to ``book_rates.json``.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import book_made
from musterbook.ledger.book import Book, utc_now
from musterbook.ledger.checking import verify
from musterbook.ledger.open import open_book
from musterbook.model import Report
from musterbook.pipeline import muster
from musterbook.reckoning.curve.estimates import estimates
from musterbook.reckoning.curve.gather import Told, curves

ROOT = Path(__file__).resolve().parents[1]
FROZEN = Path(__file__).with_name("book_rates.json")
ASKED = {
    "statements added a second, SQLite": ">= 2000",
    "statements added a second, PostgreSQL": ">= 2000",
    "one contingent as known at a moment, ms": "<= 20",
    "a million entries verified, s": "<= 30",
    "peak memory, reader that costs nothing, MB": "< 300",
    "peak memory, reader by rules, MB": "< 300",
}
BATCH, BATCHES, QUESTIONS = 200, 40, 200


def main() -> None:
    """Print all figures; freeze them where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    parser.add_argument("--freeze", action="store_true")
    parser.add_argument("--memory-of", choices=["nothing", "rules"], help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.memory_of:
        print(memory(given.memory_of, given.reports))
        return
    figures: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        for name, value in measured(Path(folder), given.statements, given.reports):
            figures[name] = value
            print(f"{name}: {value}  {ASKED.get(name, '')}", flush=True)
    if given.freeze:
        told = {"machine": machine(), "asked": ASKED, "reached": figures}
        FROZEN.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


def measured(folder: Path, statements: int, reports: int) -> Iterator[tuple[str, float]]:
    """All figures, one by one."""
    with open_book(folder / "added.sqlite") as book:
        yield "statements added a second, SQLite", added(book)
    with server_of_the_tests() as server, server.fresh_database() as url, open_book(url) as book:
        yield "statements added a second, PostgreSQL", added(book)
    with open_book(folder / "large.sqlite") as book:
        yield "lines of the large book", book_made.fill(book.store, statements // book_made.STATEMENTS)
        yield from asked(book)
        began = time.perf_counter()
        verdict = verify(book.store)
        if not verdict.is_clean:
            raise SystemExit(f"the large book is not what it was: {verdict.faults[0]}")
        seconds = time.perf_counter() - began
        yield "a million entries verified, s", round(seconds * 1_000_000 / statements, 1)
    yield "reports added to take the memory", reports
    for reader, name in (("nothing", "reader that costs nothing"), ("rules", "reader by rules")):
        call = [sys.executable, __file__, "--memory-of", reader, "--reports", str(reports)]
        done = subprocess.run(call, check=True, capture_output=True, text=True)
        yield f"peak memory, {name}, MB", int(done.stdout)


def server_of_the_tests() -> Any:  # noqa: ANN401 -- the tests are no package
    """A PostgreSQL server, to be closed in the end."""
    sys.path.insert(0, str(ROOT / "tests"))
    from servers import open_server

    return closing(open_server())


def added(book: Book) -> int:
    """Statements a second, in batches of reports, each brought to the disk."""
    seconds = 0.0
    for batch in book_made.batches(0, BATCH * BATCHES, BATCH):
        began = time.perf_counter()
        book.add_reports(batch)
        seconds += time.perf_counter() - began
    return round(BATCH * BATCHES * book_made.STATEMENTS / seconds)


def asked(book: Book) -> Iterator[tuple[str, float]]:
    """Milliseconds for one contingent as it was known at a moment, with its strength reckoned."""
    luck, times, last = Random(1), list[float](), book.head().at or utc_now()  # noqa: S311 -- to be the same each time
    span = (last - book_made.START).total_seconds()
    for _ in range(QUESTIONS):
        contingent = book_made.place_of(luck.randrange(10**6))
        known = book_made.START + timedelta(seconds=luck.uniform(0.5, 1) * span)
        began = time.perf_counter()
        entries = book.entries(contingent, known)
        days = {one.statement.report: Report("", published=book_made.DAY) for one in entries if one.statement}
        found = estimates(curves(Told(entries, days)), entries, days, book_made.DAY)
        times.append(1000 * (time.perf_counter() - began))
        if not found:
            raise SystemExit(f"nothing is known of {contingent.id}")
    yield "statements of that contingent", len(entries)
    yield "one contingent as known at a moment, ms", round(statistics.median(times), 1)
    yield "the slowest in twenty, ms", round(statistics.quantiles(times, n=20)[-1], 1)


def memory(reader: str, reports: int) -> int:
    """Megabytes that this process took at most while it added reports, in memory's own folder for speed."""
    from musterbook.lexicon.register import load_register
    from musterbook.reading.reader import read as by_rules

    read = book_made.read if reader == "nothing" else by_rules
    arrivals = (book_made.wire(number) for number in range(reports))
    quick = Path("/dev/shm")  # noqa: S108 -- what we put there goes into a folder of our own
    with (
        tempfile.TemporaryDirectory(dir=quick if quick.is_dir() else None) as folder,
        open_book(Path(folder) / "book.sqlite") as book,
    ):
        muster(arrivals, book, read, load_register(), utc_now, "bench")
    return peak()


def peak() -> int:
    """Megabytes that this program took at most; the kernel's count for the process holds its parent's share, too."""
    status = Path("/proc/self/status")
    if status.exists():
        held = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(held.split()[1]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def machine() -> dict[str, Any]:
    """What was measured, when and on what."""
    call = ["git", "describe", "--always", "--dirty"]
    commit = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
    return {
        "commit": commit,
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "system": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
    }


if __name__ == "__main__":
    main()
