"""A process killed at any moment has lost nothing that it was promised, and left nothing by half."""

from __future__ import annotations

import itertools
import shutil
import time
from collections import Counter
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

from deeds import STATEMENTS, decisions, killed, telling, unsound, wrongs
from musterbook.ledger.book import Book
from musterbook.ledger.checking import verify
from musterbook.ledger.checkpoints import Checkpoint, read_checkpoints, write_checkpoint
from musterbook.ledger.copies import back_up, migrate_kept
from musterbook.ledger.open import open_book
from musterbook.ledger.schema import REVISION
from musterbook.ledger.stores.making import FIRST
from musterbook.ledger.stores.migrating import form_at
from old_books import make_old_book, told_by
from sizes import SIZES, chance

LIVES = 20  # kills until a fresh book is begun: so its making is under fire, too
LINES = STATEMENTS + 3  # of one report: itself, its statements, a doubt, an outcome
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
    if now := verify(book.store).now:
        write_checkpoint(Path(book.store.name).with_suffix(".checkpoints"), now)
    return []


DEEDS: tuple[Callable[[Book, Random, int], Promise], ...] = (add, add_many, decide, decide, vouch)


def write_for_ever(path: Path, first: int, seed: str, told: Connection) -> None:
    luck = Random(seed)
    with open_book(path) as book:
        for number in itertools.count(first):
            deed = luck.choice(DEEDS)
            told.send((deed.__name__, deed(book, luck, number)))


def noted(file: Path) -> tuple[Checkpoint, ...]:
    """The checkpoints of a file that may not be there yet, or be begun and still empty."""
    return read_checkpoints(file) if file.exists() and file.stat().st_size else ()


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
        assert wrongs(path, promised, noted(path.with_suffix(".checkpoints"))) == []
    assert set(deeds) == {deed.__name__ for deed in DEEDS}
    record_property("kills", SIZES.kills)
    record_property("acknowledged", acknowledged)


def copy_for_ever(path: Path, told: Connection) -> None:
    """Back up the book again and again, and tell how many lines each copy has."""
    with open_book(path) as book:
        while True:
            told.send(back_up(book, path.with_name("copy.sqlite"), "test", force=True).lines)


def bring_up_to_date(path: Path, told: Connection) -> None:
    told.send(migrate_kept(path).now)


def test_a_kill_while_a_copy_is_made_leaves_the_last_good_one(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    luck, path, copied = chance("copies"), tmp_path / "book.sqlite", 0
    copy = tmp_path / "copy.sqlite"
    for turn in range(SIZES.kills // 4):
        with open_book(path) as book:
            book.add_reports([telling(turn * 20 + n) for n in range(20)])
        done = killed(copy_for_ever, path, after=min(luck.expovariate(4), 1.5))
        copied = max(copied, *done, 0)
        if copied:
            promised = [telling(n)[0].report.id for n in range(copied // LINES)]
            assert wrongs(copy, promised) == []
        assert wrongs(path, ()) == []
    assert copied
    record_property("kills", SIZES.kills // 4)


def test_a_kill_while_a_book_is_brought_up_to_date_leaves_the_old_one_or_the_new_one(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    luck, old, path = chance("migrations"), tmp_path / "old.sqlite", tmp_path / "book.sqlite"
    make_old_book(old, 60)
    told, forms = told_by(old), Counter[str]()
    shutil.copy(old, path)
    began = time.monotonic()
    migrate_kept(path)
    usual = time.monotonic() - began
    for _ in range(SIZES.kills // 4):
        for file in tmp_path.glob("book.sqlite*"):
            file.unlink()
        shutil.copy(old, path)
        done = killed(bring_up_to_date, path, after=luck.uniform(0, 3 * usual))
        found = form_at(path)
        forms[found] += 1
        assert found in (FIRST, REVISION)
        assert not done or found == REVISION
        migrate_kept(path)
        assert unsound(path) == []
        with open_book(path, make=False) as book:
            now = book.journal(), book.reports(), book.doubts(), book.outcomes()
            assert [list(records) for records in now] == list(told)
            assert verify(book.store).is_clean
    assert forms[FIRST], "no kill came in time"
    record_property("kills", SIZES.kills // 4)
    record_property("done before the kill", forms[REVISION])
