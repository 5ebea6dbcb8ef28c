"""The book as a file: it survives a kill, refuses strangers, and cannot be changed behind its back."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from books import START, Ticks, line, reading, report, statement
from musterbook.errors import BookError, NewerBookError
from musterbook.ledger.entries import retract
from musterbook.ledger.open import open_book
from musterbook.ledger.stores.sql import SqlStore
from musterbook.ledger.stores.sqlite import PRAGMAS, journal_for
from musterbook.model import Doubt, Reading
from musterbook.values import Figures

WIRE = report()
SAID = statement(WIRE)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A book with one report."""
    made = tmp_path / "book.sqlite"
    with open_book(made, Ticks()) as book:
        book.add_report(reading(WIRE, SAID), [line(SAID)])
    return made


def test_what_was_written_is_there_when_the_book_is_opened_again(path: Path) -> None:
    with open_book(path) as book:
        book.append(retract(SAID.id, START, "editor", "misprint"))
    with open_book(path) as book:
        assert (len(book.journal()), book.entries(), book.reports()) == (2, (), (WIRE,))


def test_a_second_run_leaves_the_file_as_it_is(path: Path) -> None:
    before = path.read_bytes()
    with open_book(path) as book:
        book.add_report(reading(WIRE, SAID), [line(SAID)])
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "deed",
    ["UPDATE line SET text = ''", "DELETE FROM line", "INSERT OR REPLACE INTO line SELECT * FROM line"],
)
def test_lines_cannot_be_changed_even_with_other_tools(path: Path, deed: str) -> None:
    with sqlite3.connect(path) as db, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        db.execute(deed)
    db.close()


def test_a_newer_book_is_refused_and_left_alone(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("UPDATE alembic_version SET version_num = 9999")
    db.commit()
    db.close()
    before = path.read_bytes()
    with pytest.raises(NewerBookError, match=r"book\.sqlite.*newer.*upgrade"):
        open_book(path)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("These are notes, long enough to be no header of a database at all. " * 20)
    with pytest.raises(BookError, match=r"notes\.txt is no SQLite database; name another file"):
        open_book(text)


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite"
    db = sqlite3.connect(other)
    db.execute("CREATE TABLE recipes (name)")
    db.close()
    with pytest.raises(BookError, match="no book"):
        open_book(other)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="is a folder; name a file in it"):
        open_book(tmp_path)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="does not exist; make it"):
        open_book(tmp_path / "nowhere" / "book.sqlite")


def test_the_file_is_synced_fully() -> None:
    assert "synchronous = FULL" in PRAGMAS


@pytest.mark.parametrize(
    ("version", "journal"),
    [((3, 40, 1), "DELETE"), ((3, 51, 2), "DELETE"), ((3, 51, 3), "WAL"), ((4, 0, 0), "WAL")],
)
def test_the_write_ahead_log_is_kept_only_where_it_is_safe(version: tuple[int, ...], journal: str) -> None:
    assert journal_for(version) == journal


def test_a_file_that_came_with_another_journal_gets_the_safe_one(path: Path) -> None:
    safe = journal_for(sqlite3.sqlite_version_info)
    for mode in ("WAL", "DELETE", "PERSIST"):
        db = sqlite3.connect(path)
        db.execute(f"PRAGMA journal_mode = {mode}")
        db.close()
        with open_book(path) as book:
            assert isinstance(book.store, SqlStore)
            with book.store.database.engine.connect() as connection:
                assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == safe.lower()


def test_the_database_library_is_not_loaded_before_a_file_is_opened() -> None:
    look = "import sys, musterbook.ledger.open; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", look], check=False).returncode == 0


def write_for_ever(path: Path, first: int, told: Connection) -> None:
    """Add reports of three statements and a doubt each, and tell of each one that the book has taken."""
    with open_book(path) as book:
        for number in itertools.count(first):
            wire = report(f"Report {number} tells of troops.")
            said = [statement(wire, Figures(level=n)) for n in (1, 2, 3)]
            doubt = Doubt("reading", "no-place", "where?", report=wire.id)
            book.add_report(Reading(wire, tuple(said), doubts=(doubt,)), [line(s) for s in said])
            told.send(wire.id)


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="needs fork to be quick")
def test_a_kill_at_any_moment_loses_no_report_and_halves_none(tmp_path: Path) -> None:
    path, taken = tmp_path / "book.sqlite", set()
    fork = multiprocessing.get_context("fork")
    for turn in range(20):
        ear, mouth = fork.Pipe(duplex=False)
        child = fork.Process(target=write_for_ever, args=(path, turn * 10_000, mouth))
        child.start()
        mouth.close()
        ear.poll(0.013 * (turn % 7))  # from at once, while the tables are made, to after some reports
        taken |= {ear.recv()} if ear.poll(0.02 * (turn % 5)) else set()
        os.kill(child.pid or 0, signal.SIGKILL)
        child.join()
        while ear.poll():
            try:
                taken.add(ear.recv())
            except EOFError:
                break
        ear.close()
    with open_book(path) as book:
        held = {told.id for told in book.reports()}
        lines = Counter(entry.statement.report for entry in book.journal() if entry.statement)
        doubts, inputs = {d.report for d in book.doubts()}, {o.report for o in book.outcomes()}
    assert taken
    assert taken <= held
    assert held == doubts == inputs == set(lines)
    assert set(lines.values()) == {3}
    db = sqlite3.connect(path)
    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    db.close()
