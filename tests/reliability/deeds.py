"""What the reliability tests write into books, and how they look whether all of it is there, once and whole."""

from __future__ import annotations

import math
import multiprocessing
import os
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from multiprocessing.connection import Connection, wait
from pathlib import Path
from random import Random
from typing import Any

from books import START, line, report, statement
from musterbook.errors import BookError
from musterbook.ledger.book import Book
from musterbook.ledger.checking import verify
from musterbook.ledger.checkpoints import Checkpoint
from musterbook.ledger.entries import confirm, hold, record, retract, split
from musterbook.ledger.open import open_book
from musterbook.ledger.store import Query
from musterbook.model import Act, Doubt, Entry, Reading
from musterbook.values import Figures

FORK = multiprocessing.get_context("fork")
STATEMENTS = 3  # in each report, with one doubt
PLACES = ("IRQ", "SYR", "AFG")
Telling = tuple[Reading, list[Entry]]


def telling(number: int) -> Telling:
    """The report of that number with what was read in it."""
    wire = report(f"Report {number} tells of troops in three places.")
    said = [statement(wire, Figures(level=number + n), place=PLACES[n]) for n in range(STATEMENTS)]
    doubt = Doubt("reading", "no-place", "where?", report=wire.id)
    return Reading(wire, tuple(said), doubts=(doubt,)), [line(one) for one in said]


def decisions(book: Book, luck: Random, reason: str) -> tuple[Entry, ...]:
    """What a person might decide next: one entry, or two that belong together."""
    stands = book.entries()
    if not stands:
        return ()
    chosen = luck.choice(stands)
    assert chosen.statement
    target, told = chosen.statement.id, book.report(chosen.statement.report)
    assert told
    other = statement(told, Figures(level=luck.randrange(10**9)))
    return luck.choice(
        [
            (confirm(target, START, "ann", f"{reason}, 1 of 1"),),
            (hold(target, START, "ann", f"{reason}, 1 of 1"),),
            (
                retract(target, START, "ann", f"{reason}, 1 of 2"),
                record(chosen.statement, chosen.contingent, START, "ann", "", f"{reason}, 2 of 2"),
            ),
            (
                split(target, other, chosen.contingent, START, "ann", f"{reason}, 1 of 2"),
                hold(other.id, START, "ann", f"{reason}, 2 of 2"),
            ),
        ]
    )


def killed(task: Callable[..., None], *given: object, after: float) -> list[Any]:
    """What a process told before it was killed after so many seconds, or was done; it must not have failed."""
    ear, mouth = FORK.Pipe(duplex=False)
    child = FORK.Process(target=task, args=(*given, mouth))
    child.start()
    mouth.close()
    time.sleep(after)
    os.kill(child.pid or 0, signal.SIGKILL)
    child.join()
    [told] = heard([ear])
    assert child.exitcode in (0, -signal.SIGKILL), "the process failed by itself; see above"
    return told


def heard(ears: Sequence[Connection], seconds: float = math.inf) -> list[list[Any]]:
    """What each process tells in that time, or until all have ended; what a kill cut short does not count."""
    told: list[list[Any]] = [[] for _ in ears]
    end = time.monotonic() + seconds
    while (still := [ear for ear in ears if not ear.closed]) and (left := end - time.monotonic()) > 0:
        ready = wait(still, None if left == math.inf else left)
        for ear, words in zip(ears, told, strict=True):
            if ear in ready:
                try:
                    words.append(ear.recv())
                except EOFError:
                    ear.close()
    return told


def refusal(work: Callable[[], object]) -> str:
    """What the book tells of its trouble; nothing where it had none."""
    try:
        work()
    except BookError as trouble:
        return str(trouble)
    return ""


def wrongs(place: str | Path, promised: Collection[str], notes: Sequence[Checkpoint] = ()) -> list[str]:
    """What is lost, doubled, half-written or broken in a book that took nothing but ``telling``s and decisions."""
    with open_book(place) as book:
        ids = Counter(held.id for held in book.store.ask(lambda shelf: tuple(shelf.find(Query()))))
        found = [f"lost: {one}" for one in promised if one not in ids]
        found += [f"doubled: {one}" for one, times in ids.items() if times > 1]
        found += halves(book)
        found += [f"line {fault.line}: {fault.message}" for fault in verify(book.store, notes).faults]
    if isinstance(place, Path):
        found += unsound(place)
    return found


def halves(book: Book) -> list[str]:
    """Reports and decisions of which a part is missing, or stands twice."""
    reports = Counter(told.id for told in book.reports())
    first = {entry.id: entry for entry in book.journal()}
    read = [
        e.statement.report for e in first.values() if e.act is Act.RECORD and not e.reason and e.statement
    ]
    parts = (
        ("statements", Counter(read), STATEMENTS),
        ("doubts", Counter(d.report for d in book.doubts() if d.report), 1),
        ("outcomes", Counter(o.report for o in book.outcomes() if o.report), 1),
    )
    found = [
        f"report {one} has {held[one]} {what}"
        for what, held, wanted in parts
        for one in reports | held
        if held[one] != wanted * reports[one]
    ]
    pairs = Counter(
        entry.reason.partition(", ")[0] for entry in first.values() if entry.reason.endswith("of 2")
    )
    return found + [f"{reason} is written by half" for reason, times in pairs.items() if times != 2]


def unsound(path: Path) -> list[str]:
    """What SQLite itself finds wrong with the file."""
    db = sqlite3.connect(path)
    try:
        return [row[0] for row in db.execute("PRAGMA integrity_check") if row[0] != "ok"]
    finally:
        db.close()
