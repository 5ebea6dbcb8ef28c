"""A book of an older form tells the same after it was brought up to date, and a kill on the way does no harm."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import random
import shutil
import signal
import sqlite3
import time
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest

from musterbook.errors import BookError, NewerBookError, OlderBookError, UsageError
from musterbook.ledger.book import Book
from musterbook.ledger.copies import migrate_kept
from musterbook.ledger.fsck import fsck
from musterbook.ledger.open import open_book
from musterbook.ledger.schema import REVISION
from musterbook.ledger.stores.making import FIRST
from musterbook.ledger.stores.migrating import form_at
from musterbook.notation import write
from old_books import Told, make_old_book, told_by

REAL = Path(__file__).parent / "books" / "form_0001.sqlite"  # written by musterbook 0.2 itself
ROOT = "8ef61e00bf66b906dad9aaf962234f8ee5cc6d5339937a651e44a3b9dd8a7482"  # of the real one, once it is up to date
TOLD = {  # SHA-256 of what musterbook 0.2 told of it, in notation
    "journal": "82e188dcbf399ad99c48893da410ba1c22558c38426093f42168daf13f96e648",
    "entries": "85f3228729444f6f22864003b257e574b5ebfff42ed3c7ec15dafaf47f433ea7",
    "reports": "64cebc88f450c55881b89daa7fd6b5b60dd99c6050f7942095138f596090fd62",
    "doubts": "7a4756c719f52dda102298161b62ed58ef4451c671b14a33e6d52ca42956c18b",
    "outcomes": "1450024bbde9cd38159a65376203c87a27caf3f85fc06567fe8c50290230b7eb",
}
SOAK = os.environ.get("MUSTERBOOK_SOAK")
KILLS = int(os.environ.get("MUSTERBOOK_MIGRATION_KILLS") or (100 if SOAK else 20))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An old book of 2,100 statements."""
    path = tmp_path_factory.mktemp("old") / "large.sqlite"
    make_old_book(path, 700)
    return path


@pytest.fixture
def old(large: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(large, tmp_path / "book.sqlite"))


def told(book: Book) -> Told:
    return list(book.journal()), list(book.reports()), list(book.doubts()), list(book.outcomes())


def hashed(records: Iterable[object]) -> str:
    return hashlib.sha256("\n".join(map(write, records)).encode()).hexdigest()


def root_of(path: Path) -> str:
    with open_book(path) as book:
        return book.head().edge.root.hex()


def schema_of(path: Path) -> set[tuple[str, ...]]:
    with closing(sqlite3.connect(path)) as db:
        asked = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_sequence'"
        return set(db.execute(asked))


def test_the_books_of_old_have_statements_enough(large: Path) -> None:
    assert sum(entry.statement is not None for entry in told_by(large)[0]) >= 2_000


def test_an_old_book_is_not_opened_but_says_what_to_do(old: Path) -> None:
    with pytest.raises(OlderBookError, match=r"book\.sqlite.*musterbook migrate --book"):
        open_book(old)


def test_it_tells_the_same_afterwards(old: Path) -> None:
    before = told_by(old)
    assert migrate_kept(old, keep=False).found == FIRST
    with open_book(old) as book:
        assert told(book) == before
        health = fsck(book.store)
    assert health.verdict.faults == ()
    assert health.kinds["entry"] == len(before[0])


def test_a_book_that_the_old_program_wrote_tells_what_the_old_program_told(tmp_path: Path) -> None:
    path = Path(shutil.copy(REAL, tmp_path / "book.sqlite"))
    migrate_kept(path)
    with open_book(path) as book:
        assert {name: hashed(getattr(book, name)()) for name in TOLD} == TOLD
        assert fsck(book.store).verdict.faults == ()
    assert root_of(path) == ROOT


def test_every_migration_gives_the_same_root(old: Path, large: Path, tmp_path: Path) -> None:
    other = Path(shutil.copy(large, tmp_path / "other.sqlite"))
    migrate_kept(old)
    migrate_kept(other, keep=False)
    assert root_of(old) == root_of(other)


def test_its_tables_are_those_of_a_fresh_book(old: Path, tmp_path: Path) -> None:
    migrate_kept(old)
    open_book(tmp_path / "fresh.sqlite").close()
    assert schema_of(old) == schema_of(tmp_path / "fresh.sqlite")


def test_the_old_file_is_kept_beside(old: Path) -> None:
    before = told_by(old)
    kept = migrate_kept(old).kept
    assert kept == old.with_name(f"book.sqlite.before-{REVISION}")
    assert told_by(kept) == before
    assert form_at(kept) == FIRST


def test_a_copy_that_is_there_already_is_enough_and_another_file_is_left_alone(old: Path) -> None:
    beside = old.with_name(f"book.sqlite.before-{REVISION}")
    beside.write_text("something else")
    again = old.with_name("again.sqlite")
    shutil.copy(old, again)
    first = migrate_kept(old).kept
    shutil.copy(again, old)
    assert migrate_kept(old).kept == first == beside.with_name(f"{beside.name}.2")
    assert beside.read_text() == "something else"
    assert sorted(path.name for path in old.parent.glob("*.before-*")) == [beside.name, f"{beside.name}.2"]


def test_there_is_nothing_to_do_for_a_book_that_is_up_to_date(old: Path) -> None:
    migrate_kept(old, keep=False)
    before = old.read_bytes()
    done = migrate_kept(old)
    assert (done.found, done.now, done.kept) == (REVISION, REVISION, None)
    assert old.read_bytes() == before


def test_a_newer_book_is_left_alone(old: Path) -> None:
    migrate_kept(old, keep=False)
    with closing(sqlite3.connect(old)) as db, db:
        db.execute("UPDATE alembic_version SET version_num = '0999'")
    with pytest.raises(NewerBookError, match="pip install --upgrade"):
        migrate_kept(old)


def test_where_there_is_no_book_none_is_made(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no book"):
        migrate_kept(tmp_path / "none.sqlite")
    assert not list(tmp_path.iterdir())


def test_an_old_row_that_cannot_be_read_stops_it_and_nothing_is_changed(old: Path) -> None:
    with closing(sqlite3.connect(old)) as db, db:
        db.execute("DROP TRIGGER entry_no_update")
        db.execute("UPDATE entry SET line = 'no record' WHERE seq = 1500")
    with pytest.raises(BookError, match="no record"):
        migrate_kept(old, keep=False)
    assert form_at(old) == FIRST


def test_a_clock_that_was_set_back_does_not_unsort_the_lines(old: Path) -> None:
    with closing(sqlite3.connect(old)) as db, db:
        for table, photo in (("outcome", "source"), ("doubt", "line")):
            db.execute(f"DROP TRIGGER {table}_no_update")
            long_ago = (
                "UPDATE {} SET recorded = '2001-01-01T00:00:00.000000+00:00' WHERE {} LIKE '%photo-90.jpg%'"
            )
            assert db.execute(long_ago.format(table, photo)).rowcount == 1
    migrate_kept(old, keep=False)
    with open_book(old) as book:
        assert fsck(book.store).verdict.is_clean


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="needs fork to be quick")
def test_a_kill_at_any_moment_leaves_the_old_book_and_the_next_run_does_it(
    large: Path, tmp_path: Path
) -> None:
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    chance, path, before = random.Random(seed), tmp_path / "book.sqlite", told_by(large)
    shutil.copy(large, path)
    start = time.monotonic()
    migrate_kept(path)
    took, root = time.monotonic() - start, root_of(path)
    shutil.copy(large, path)
    halfway = 0
    for _ in range(KILLS):
        child = multiprocessing.get_context("fork").Process(target=migrate_kept, args=(path,))
        child.start()
        time.sleep(chance.uniform(0, took))
        os.kill(child.pid or 0, signal.SIGKILL)
        child.join()
        if form_at(path) == FIRST:
            halfway += 1
            assert told_by(path) == before
        else:
            assert root_of(path) == root
            shutil.copy(large, path)
    migrate_kept(path)
    assert root_of(path) == root
    assert halfway
    print(f"{KILLS} kills, {halfway} of them before the end")
