"""A fault at any statement of a transaction: it is done again unnoticed, or told of, and nothing stands by half."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, event

from books import START
from deeds import refusal, telling, wrongs
from musterbook.ledger.book import Book
from musterbook.ledger.entries import hold, record, retract
from musterbook.ledger.open import open_book
from musterbook.ledger.stores import sql
from musterbook.ledger.stores.sql import SqlStore
from musterbook.model import Doubt
from sizes import quick_folder

Deed = Callable[[Book, int], object]


def add(book: Book, number: int) -> object:
    return book.add_report(*telling(number)).new


def add_many(book: Book, number: int) -> object:
    return all(
        receipt.new for receipt in book.add_reports([telling(number + n) for n in range(0, 5000, 1000)])
    )


def decide(book: Book, number: int) -> object:
    told, entries = telling(0)
    target, reason = told.statements[0], f"decision {number}"
    return book.append(
        hold(target.id, START, "ann", f"{reason}, 1 of 1"),
        retract(target.id, START, "ann", f"{reason}b, 1 of 2"),
        record(target, entries[0].contingent, START, "ann", "", f"{reason}b, 2 of 2"),
    )


def fail(book: Book, number: int) -> object:
    return book.add_failure(Doubt("intake", "binary", "is no text", source=f"photo-{number}")).new


class Saboteur:
    """Lets one statement fail, or the commit, before or after it is done."""

    def __init__(self, book: Book, passing: bool) -> None:
        assert isinstance(book.store, SqlStore)
        self.engine, self.passing = book.store.database.engine, passing
        self.left = 0  # statements until one fails; 0: none does
        self.commit = ""  # "before", "after" or none
        self._commit = self.engine.dialect.do_commit
        event.listen(self.engine, "before_cursor_execute", self.count)
        setattr(self.engine.dialect, "do_commit", self.do_commit)  # noqa: B010 -- no event comes between

    def count(self, db: Connection, *_: object) -> None:
        self.left -= 1
        if self.left == 0:
            self.strike(db.connection.dbapi_connection)

    def do_commit(self, connection: Any) -> None:  # noqa: ANN401 -- the driver's own
        when, self.commit = self.commit, ""
        if when == "before":
            self.strike(connection)
        self._commit(connection)
        if when == "after":
            self.strike(connection)

    def strike(self, connection: Any) -> None:  # noqa: ANN401 -- the driver's own
        """What really goes wrong: a busy or failing disk, a lost connection or a server whose disk is full."""
        if self.engine.dialect.name == "sqlite":
            raise sqlite3.OperationalError("database is locked" if self.passing else "disk I/O error")
        if not self.passing:
            raise psycopg.errors.DiskFull("could not extend file")
        getattr(connection, "dbapi_connection", connection).close()
        raise psycopg.OperationalError("server closed the connection unexpectedly")


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(sql, "PAUSE", (0.001, 0.01))
    if request.param == "postgres":
        request.getfixturevalue("own_postgres")
        yield request.getfixturevalue("postgres_url")
        return
    with quick_folder() as folder:
        yield str(folder / "book.sqlite")


@pytest.fixture
def book(place: str) -> Iterator[Book]:
    with open_book(place) as opened:
        opened.add_report(*telling(0))
        yield opened


every_deed = pytest.mark.parametrize("deed", [add, add_many, decide, fail])


@every_deed
def test_a_lasting_fault_at_any_statement_is_told_and_leaves_nothing(
    book: Book, place: str, deed: Deed
) -> None:
    saboteur = Saboteur(book, passing=False)
    for number in count(1):
        before = book.head()
        saboteur.left = number
        trouble = refusal(partial(deed, book, number * 10_000))
        struck, saboteur.left = saboteur.left <= 0, 0
        if not struck:
            break
        assert "disk" in trouble
        assert book.head() == before
        assert deed(book, number * 10_000) is True
    assert number > 4
    assert wrongs(place, ()) == []


@every_deed
def test_a_passing_fault_at_any_statement_is_not_noticed(book: Book, place: str, deed: Deed) -> None:
    saboteur = Saboteur(book, passing=True)
    for number in count(1):
        saboteur.left = number
        assert deed(book, number * 10_000) is True
        if saboteur.left > 0:
            break
    saboteur.left = 0
    assert number > 4
    assert wrongs(place, ()) == []


@every_deed
@pytest.mark.parametrize("when", ["before", "after"])
def test_when_nobody_knows_whether_a_commit_was_done_the_book_looks(
    book: Book, place: str, deed: Deed, when: str
) -> None:
    saboteur = Saboteur(book, passing=True)
    size = book.head().edge.size
    saboteur.commit = when
    assert deed(book, 1) is True
    once = book.head().edge.size - size
    assert deed(book, 10_000) is True
    assert book.head().edge.size == size + 2 * once
    assert wrongs(place, ()) == []
