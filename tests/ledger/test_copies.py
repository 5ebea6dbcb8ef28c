"""A copy is checked before it gets its name, and no copy takes the place of a book that goes on behind its end."""

from __future__ import annotations

import multiprocessing
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from itertools import count
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from books import Ticks, line, reading, report, statement
from musterbook.api import OpenBook
from musterbook.errors import BookError, OlderBookError, UsageError
from musterbook.ledger.checking import verify
from musterbook.ledger.copies import Restored, back_up, restore
from musterbook.ledger.open import open_book
from old_books import make_old_book
from tampered import Books

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


@pytest.fixture
def copy(path: Path, tmp_path: Path) -> Path:
    with open_book(path) as book:
        back_up(book, tmp_path / "copy.sqlite", "test")
    return tmp_path / "copy.sqlite"


def go_on(path: Path, number: int = 0) -> None:
    """Another report in the book."""
    wire = report(f"Another report, the {number}th, about 10 troops.")
    with open_book(path, Ticks(), person="editor") as book:
        book.add_report(reading(wire, statement(wire)), [line(statement(wire))])


def size_of(path: Path) -> int:
    with open_book(path, make=False) as book:
        return book.head().edge.size


def put_back(copy: Path, path: Path, **more: object) -> Restored:
    return restore(copy, path, NOW, "test", **more)  # type: ignore[arg-type]


def test_a_copy_is_the_book_line_by_line(path: Path, copy: Path, books: Books) -> None:
    with OpenBook(open_book(copy, make=False)) as book:
        assert book.verify().now == books.notes[-1]
    assert not list(path.parent.glob("*.part*"))


def test_a_file_that_is_there_is_only_replaced_by_force(path: Path, copy: Path) -> None:
    go_on(path)
    before = copy.read_bytes()
    with open_book(path) as book:
        with pytest.raises(UsageError, match=r"is there already.*--force"):
            back_up(book, copy, "test")
        assert copy.read_bytes() == before
        back_up(book, copy, "test", force=True)
    assert size_of(copy) == size_of(path)


def test_a_book_that_was_changed_is_not_copied(path: Path, tmp_path: Path) -> None:
    change(path)
    with open_book(path) as book, pytest.raises(BookError, match="line 9 was changed"):
        back_up(book, tmp_path / "copy.sqlite", "test")
    assert [file.name for file in tmp_path.iterdir()] == ["book.sqlite"]


def change(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        sql = db.execute("SELECT sql FROM sqlite_master WHERE name = 'line_no_update'").fetchone()[0]
        db.execute("DROP TRIGGER line_no_update")
        db.execute("UPDATE line SET text = text || ' ' WHERE n = 9")
        db.execute(sql)


def test_a_copy_takes_the_place_of_a_damaged_book_which_is_kept(path: Path, copy: Path) -> None:
    damaged = b"SQLite format 3\0" + b"rubbish" * 3000
    path.write_bytes(damaged)
    done = put_back(copy, path)
    assert done.kept == path.with_name("book.sqlite.replaced-20260304T050607")
    assert done.kept.read_bytes() == damaged
    assert size_of(path) == done.lines
    assert not list(path.parent.glob("*.part")) + list(path.parent.glob("*.restored"))


def test_a_copy_is_put_where_there_is_no_book(path: Path, copy: Path) -> None:
    path.unlink()
    path.with_name("book.sqlite-journal").write_bytes(b"of a book long gone")
    assert put_back(copy, path).kept is None
    assert size_of(path) == size_of(copy)


def test_a_second_restoring_in_one_second_overwrites_nothing(path: Path, copy: Path) -> None:
    first, second = put_back(copy, path).kept, put_back(copy, path).kept
    assert first
    assert second == first.with_name(f"{first.name}.2")


def test_a_copy_older_than_the_book_is_refused_unless_forced(path: Path, copy: Path) -> None:
    go_on(path)
    before = path.read_bytes()
    with pytest.raises(UsageError, match=r"older than .*book\.sqlite: of \d+ lines the last 3 would be lost"):
        put_back(copy, path)
    assert path.read_bytes() == before
    done = put_back(copy, path, force=True)
    assert size_of(path) == size_of(copy)
    assert done.kept
    assert done.kept.read_bytes() == before


def test_a_copy_older_than_a_checkpoint_is_refused_even_where_the_book_is_gone(
    path: Path, copy: Path, tmp_path: Path
) -> None:
    go_on(path)
    with OpenBook(open_book(path)) as book:
        note = book.checkpoint(tmp_path / "notes.jsonl")
    path.unlink()
    with pytest.raises(UsageError, match="is older than the checkpoint of"):
        put_back(copy, path, notes=[note])
    assert not path.exists()
    assert put_back(copy, path, notes=[note], force=True).lines == note.size - 3


def test_a_copy_that_was_changed_is_refused(path: Path, copy: Path) -> None:
    change(copy)
    with pytest.raises(BookError, match=r"copy\.sqlite is no good copy: line 9 its text or its hash"):
        put_back(copy, path)


def test_a_copy_of_another_book_is_refused(path: Path, copy: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite"
    with open_book(other) as book:
        wire = report()
        book.add_report(reading(wire, statement(wire)), [line(statement(wire))])
    with pytest.raises(UsageError, match="is another book than"):
        put_back(copy, other)


def test_a_book_is_no_copy_of_itself(path: Path) -> None:
    with open_book(path) as book, pytest.raises(UsageError, match="is the book itself"):
        back_up(book, path, "test", force=True)
    with pytest.raises(UsageError, match="is the book itself"):
        put_back(path, path, force=True)


def test_an_old_copy_is_named_with_what_to_do(path: Path, tmp_path: Path) -> None:
    make_old_book(tmp_path / "old.sqlite", 3)
    with pytest.raises(OlderBookError, match=r"musterbook migrate --book .*old\.sqlite$"):
        put_back(tmp_path / "old.sqlite", path)


def test_a_copy_that_is_not_there_makes_nothing(path: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.sqlite does not exist"):
        put_back(tmp_path / "none.sqlite", path)
    assert [file.name for file in tmp_path.iterdir()] == ["book.sqlite"]


def test_a_book_that_is_written_to_is_not_replaced(
    path: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("musterbook.ledger.stores.files.WAIT", 0.1)
    before = path.read_bytes()
    with closing(sqlite3.connect(path)) as db:
        db.execute("BEGIN IMMEDIATE")
        with pytest.raises(BookError, match="is held by another program; stop it"):
            put_back(copy, path)
        db.rollback()
    assert path.read_bytes() == before


def write_on(path: Path, stop: Event) -> None:
    for number in count():
        if stop.is_set():
            return
        go_on(path, number)


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="needs fork to be quick")
def test_copies_made_while_somebody_writes_are_beginnings_of_the_book(path: Path, tmp_path: Path) -> None:
    fork = multiprocessing.get_context("fork")
    stop = fork.Event()
    writer = fork.Process(target=write_on, args=(path, stop))
    writer.start()
    notes = []
    with open_book(path, make=False) as book:
        for number in range(10):
            verdict = back_up(book, tmp_path / f"copy-{number}.sqlite", "test")
            assert verdict.is_clean
            notes.append(verdict.now)
    stop.set()
    writer.join()
    assert writer.exitcode == 0
    sizes = [note.size for note in notes if note]
    assert sizes == sorted(sizes)
    assert sizes[-1] > sizes[0]
    with open_book(path, make=False) as final:
        assert verify(final.store, [note for note in notes if note]).is_clean
