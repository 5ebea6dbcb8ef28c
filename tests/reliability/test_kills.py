"""A process killed at any moment has lost nothing that it was promised, and left nothing by half."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

from deeds import decisions, killed, telling, wrongs
from musterbook.ledger.book import Book
from musterbook.ledger.open import open_book
from musterbook.ledger.proof import checkpoint, read_checkpoints, write_checkpoint
from sizes import SIZES, chance

LIVES = 20  # kills until a fresh book is begun: so its making is under fire, too
NUMBERS = 1_000  # reports that one process can bring
Promise = list[str]


def add(book: Book, luck: Random, number: int) -> Promise:
    return [book.add_report(*telling(number)).report]


def add_many(book: Book, luck: Random, number: int) -> Promise:
    batch = [telling(number * 10 + n) for n in range(luck.randint(2, 9))]
    return [receipt.report for receipt in book.add_reports(batch)]


def decide(book: Book, luck: Random, number: int) -> Promise:
    entries = decisions(book, luck, f"decision {number}")
    book.append(*entries)
    return [entry.id for entry in entries]


def vouch(book: Book, luck: Random, number: int) -> Promise:
    if book.head().edge.size:
        write_checkpoint(Path(book.store.name).with_suffix(".checkpoints"), checkpoint(book))
    return []


DEEDS: tuple[Callable[[Book, Random, int], Promise], ...] = (add, add_many, decide, decide, vouch)


def write_for_ever(path: Path, first: int, seed: str, told: Connection) -> None:
    luck = Random(seed)
    with open_book(path) as book:
        for number in itertools.count(first):
            deed = luck.choice(DEEDS)
            told.send((deed.__name__, deed(book, luck, number)))


def test_a_kill_at_any_moment_loses_nothing_doubles_nothing_and_halves_nothing(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    luck, promised, deeds = chance("kills"), list[str](), list[str]()
    acknowledged = 0
    for turn in range(SIZES.kills):
        path = tmp_path / f"book-{turn // LIVES}.sqlite"
        if turn % LIVES == 0:
            promised = []
        wait = min(luck.expovariate(8), 1.0)
        told = killed(write_for_ever, path, turn * NUMBERS, str(luck.random()), after=wait)
        deeds += [deed for deed, _ in told]
        promised += [one for _, promise in told for one in promise]
        acknowledged += len(told)
        file = path.with_suffix(".checkpoints")
        assert wrongs(path, promised, read_checkpoints(file) if file.exists() else ()) == []
    assert set(deeds) == {deed.__name__ for deed in DEEDS}
    record_property("kills", SIZES.kills)
    record_property("acknowledged", acknowledged)
