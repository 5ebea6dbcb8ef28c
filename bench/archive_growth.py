"""Whether archives go in as fast late as early: time and memory over 1, 4 and 16 files, and into a very large book.

usage: python bench/archive_growth.py [--pages 1000] [--statements 5000000] [--large BOOK] [--freeze]

Files are counted in seconds of the processor, each run in a process of its own with one reader. New statements enter
the large book as an archive's do, from readings to the judged batch on the disk, by the clock on the wall and by the
processor. The large book takes some 13 GB and an hour to make; ``--large`` keeps it, or takes the one that lies there.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import archive_made
import book_made
from archive import warm
from book_rates import machine, peak
from gate import stated
from musterbook.fleet.run import Order, enter_archives
from musterbook.ledger.book import utc_now
from musterbook.ledger.open import open_book
from musterbook.lexicon.register import load_register
from musterbook.pipeline import enter

FROZEN = Path(__file__).with_suffix(".json")
FILES = (1, 4, 16)
BATCH, BATCHES = 375, 24  # reports to an archive, and archives
ASKED = {
    "time a file, most against least": "<= 1.10",
    "memory, most against least": "flat",
    "new statements a second into the large book": ">= 1000",
}


def main() -> None:
    """Print all figures; freeze them where asked."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--pages", type=int, default=1_000)
    asked.add_argument("--statements", type=int, default=5_000_000)
    asked.add_argument("--large", type=Path)
    asked.add_argument("--freeze", action="store_true")
    asked.add_argument("--files", type=Path, nargs="+", help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.files:
        print(json.dumps(entered(given.files)))
        return
    with tempfile.TemporaryDirectory() as folder:
        rows = grown(Path(folder), given.pages)
        large = into_large(given.large or Path(folder) / "large.sqlite", given.statements)
    figures = {
        "time a file, most against least": ratio([row["seconds a file"] for row in rows]),
        "memory, most against least": ratio([row["megabytes"] for row in rows]),
        **large,
    }
    for name, value in figures.items():
        print(f"{name}: {value}  {ASKED.get(name, '')}")
    if given.freeze:
        told = {"machine": machine(), "asked": ASKED, "pages a file": given.pages, "files": rows, **figures}
        FROZEN.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


def ratio(values: list[float]) -> float:
    """The largest against the smallest."""
    return round(max(values) / min(values), 2)


def grown(folder: Path, pages: int) -> list[dict[str, Any]]:
    """Each number of files in a process of its own."""
    told = [one for one, _ in stated()]
    archives = [folder / f"{n}.warc.gz" for n in range(max(FILES))]
    for n, archive in enumerate(archives):
        archive_made.write(archive, n, pages, told)
    rows = []
    for many in FILES:
        call = [sys.executable, __file__, "--files", *map(str, archives[:many])]
        rows.append(json.loads(subprocess.run(call, check=True, capture_output=True, text=True).stdout))
        print(rows[-1], flush=True)
    return rows


def entered(archives: list[Path]) -> dict[str, Any]:
    """Enter archives into a new book in this process."""
    warm()
    enter_once(archives[:1])  # what is loaded with the first file is loaded
    return enter_once(archives)


def enter_once(archives: list[Path]) -> dict[str, Any]:
    """The same, once more into another book."""
    with tempfile.TemporaryDirectory() as folder, open_book(Path(folder) / "book.sqlite") as book:
        order = Order(tuple(archives), Path(folder) / "manifest.jsonl")
        began = time.process_time()
        done = list(enter_archives(order, book, utc_now))
        seconds = time.process_time() - began
    statements = sum(one.tally.statements for one in done if one.tally)
    return {
        "files": len(archives),
        "statements": statements,
        "seconds a file": round(seconds / len(archives), 3),
        "megabytes": peak(),
    }


def into_large(file: Path, statements: int) -> dict[str, Any]:
    """New statements into a book that has so many."""
    register = load_register()
    with open_book(file) as book:
        lines = book.head().edge.size or book_made.fill(book.store, statements // book_made.STATEMENTS)
        first = 10**7 + lines  # reports that it does not have
        walls, processor, written = [], 0.0, 0
        for lot in book_made.batches(first, BATCH * BATCHES, BATCH):
            readings = [reading for reading, _ in lot]
            wall, began = time.perf_counter(), time.process_time()
            written += enter(readings, book, register, utc_now, "bench").statements
            walls.append(time.perf_counter() - wall)
            processor += time.process_time() - began
    return {
        "lines of the large book": lines,
        "megabytes of the large book": round(file.stat().st_size / 1e6),
        "new statements a second into the large book": round(written / sum(walls)),
        "the same by the processor alone": round(written / processor),
        "the slowest batch, statements a second": round(written / BATCHES / max(walls)),
        "megabytes of memory": peak(),
    }


if __name__ == "__main__":
    main()
