"""What it costs and saves that long lines are kept packed: the same reports added to two books, in paired rounds.

usage: python bench/packing.py [--rounds 12] [--folder FOLDER] [--freeze]

Reports of some 4,000 characters of composed prose with four statements each, added with a reader that costs nothing,
which is the worst case, and with the reader by rules, as ``musterbook archive`` does. ``--freeze`` writes them to
``packing.json``.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any
from unittest import mock

import book_made
from book_rates import machine
from musterbook.ledger.book import utc_now
from musterbook.ledger.checking import verify
from musterbook.ledger.open import open_book
from musterbook.lexicon.register import load_register
from musterbook.model import Reading, Report
from musterbook.pipeline import muster
from musterbook.reading.reader import read
from texts import composed

FROZEN = Path(__file__).with_name("packing.json")
LENGTHS = 4_000, 20_000  # characters of a report, at least; the first is timed
AS_IT_IS = mock.patch("musterbook.ledger.packing.SHORT", 10**9)
READERS: tuple[tuple[str, Callable[[Report], Reading], int], ...] = (
    ("reader that costs nothing", book_made.read, 400),
    ("reader by rules", partial(read, learned=False), 12),
)


def main() -> None:
    """Print all figures; freeze them where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    parser.add_argument("--freeze", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        figures = dict(measured(Path(folder), given.rounds))
    for name, value in figures.items():
        print(f"{name}: {value}")
    if given.freeze:
        told = {"machine": machine(), "reached": figures}
        FROZEN.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


def measured(folder: Path, rounds: int) -> Iterator[tuple[str, float]]:
    """All figures, one by one."""
    for name, reader, many in READERS:
        spent: dict[bool, list[float]] = {True: [], False: []}
        for turn in range(rounds + 1):
            for packs in (True, False) if turn % 2 else (False, True):
                seconds = added(folder / f"{many}-{turn}-{packs}.sqlite", packs, reader, many, turn)
                if turn:  # the first round warms up
                    spent[packs].append(seconds)
        plain, packed = (1000 * median(spent[packs]) / many for packs in (False, True))
        yield f"ms a report, {name}, plain", round(plain, 2)
        yield f"ms a report, {name}, packed", round(packed, 2)
        yield f"packed to plain, {name}", round(packed / plain, 3)
    for length in LENGTHS:
        for packs, word in ((False, "plain"), (True, "packed")):
            path = folder / f"{length}-{packs}.sqlite"
            added(path, packs, book_made.read, 400, 1, length)
            yield f"bytes a report of {length:,}, {word}", round(path.stat().st_size / 400)
            yield f"verified, ms a report of {length:,}, {word}", round(verified(path) * 1000 / 400, 3)


def added(
    path: Path, packs: bool, read: Callable[[Report], Reading], many: int, turn: int, length: int = LENGTHS[0]
) -> float:
    """Processor seconds for adding so many reports to a fresh book."""
    register, reports = load_register(), list(islice(wires(turn, length), many))
    with open_book(path) as book:
        began = time.process_time()
        if packs:
            muster(reports, book, read, register, utc_now, "bench")
        else:
            with AS_IT_IS:
                muster(reports, book, read, register, utc_now, "bench")
        return time.process_time() - began


def wires(turn: int, length: int) -> Iterator[Report]:
    """Reports without end: four sentences that state something, and prose behind them."""
    number = 0
    while True:
        text = ""
        for document in composed():
            text += f" {document['text']}"
            if len(text) >= length:
                url = f"https://wire.example/{turn}/{number}"
                lead = book_made.SENTENCE * 4
                yield Report(lead + text, f"Wire {number}", url, "The Wire", published=book_made.DAY)
                number, text = number + 1, ""


def verified(path: Path) -> float:
    """Processor seconds for verifying a book, the quickest of five."""
    times: list[float] = []
    with open_book(path) as book:
        for _ in range(5):
            began = time.process_time()
            verdict: Any = verify(book.store)
            times.append(time.process_time() - began)
            if not verdict.is_clean:
                raise SystemExit(f"the book is not what it was: {verdict.faults[0]}")
    return min(times)


if __name__ == "__main__":
    main()
