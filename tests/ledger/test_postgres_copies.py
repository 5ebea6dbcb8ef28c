"""A book goes from SQLite to PostgreSQL and back without a byte of it changing; what an owner does there is found."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from books import Ticks, line, reading, report, statement
from musterbook.api import OpenBook
from musterbook.errors import UsageError
from musterbook.ledger.copies import back_up, restore
from musterbook.ledger.fsck import fsck
from musterbook.ledger.open import open_book
from musterbook.ledger.text import BookFile, add_texts
from tampered import Books

NOW = datetime(2026, 3, 4, tzinfo=UTC)


@pytest.fixture
def filled(postgres_url: str, file: Path) -> str:
    with open_book(postgres_url) as book:
        texts = BookFile(file)
        add_texts(book.store, "", texts.texts, texts.checked(), texts.name)
    return postgres_url


def do(url: str, *deeds: str) -> None:
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address) as db:
        for deed in deeds:
            db.execute(deed)


def test_both_stores_export_the_same_bytes(filled: str, file: Path, books: Books, tmp_path: Path) -> None:
    with OpenBook(open_book(filled)) as book:
        book.export(tmp_path / "again.book")
        assert book.verify().now == books.notes[-1]
        health = fsck(book.ledger.store, books.notes)
    assert (tmp_path / "again.book").read_bytes() == file.read_bytes()
    assert health.verdict.faults == ()
    assert health.facts["database"].startswith("PostgreSQL")


def test_a_copy_goes_into_a_file_and_back_into_a_database(
    filled: str, file: Path, books: Books, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.sqlite"
    with open_book(filled) as book:
        assert back_up(book, copy, "test").now == books.notes[-1]
    done = restore(copy, filled, NOW, "test", "editor")
    assert (done.lines, done.root) == (books.notes[-1].size, books.notes[-1].root)
    with open_book(filled, Ticks(), person="editor") as book:
        wire = report("Another report about 10 troops.")
        book.add_report(reading(wire, statement(wire)), [line(statement(wire))])
    with pytest.raises(UsageError, match=r"goes on behind the end of .*copy\.sqlite"):
        restore(copy, filled, NOW, "test", "editor")


def test_a_fresh_database_gets_the_copy(postgres_url: str, file: Path, books: Books, tmp_path: Path) -> None:
    restore(tmp_path / "source.sqlite", postgres_url, NOW, "test")
    with OpenBook(open_book(postgres_url)) as book:
        assert book.verify().now == books.notes[-1]


@pytest.mark.parametrize(
    ("deeds", "words"),
    [
        (("ALTER TABLE line DISABLE TRIGGER line_sealed",), "the seal line_sealed is gone or was changed"),
        (("DROP TRIGGER line_sealed ON line",), "the seal line_sealed is gone or was changed"),
        (
            (
                "CREATE OR REPLACE FUNCTION musterbook_sealed() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RETURN NULL; END $$",
            ),
            "the seal line_sealed is gone or was changed",
        ),
        (
            (
                "CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
                "CREATE TRIGGER ours BEFORE INSERT ON line FOR EACH ROW EXECUTE FUNCTION nothing()",
            ),
            "there is a trigger ours, which is not ours",
        ),
        (("UPDATE head SET peaks = ''",), "where the book ends is not told any more"),
        (("DELETE FROM meta",), "the table meta should have one row, but has 0"),
    ],
)
def test_what_an_owner_does_around_the_lines_is_found(
    filled: str, deeds: tuple[str, ...], words: str
) -> None:
    do(filled, *deeds)
    with OpenBook(open_book(filled)) as book:
        assert [words in fault.message for fault in book.verify().faults] == [True]


def test_a_line_that_an_owner_changed_is_named(filled: str) -> None:
    off, on = (f"ALTER TABLE line {deed} TRIGGER line_sealed" for deed in ("DISABLE", "ENABLE"))
    do(filled, off, "UPDATE line SET text = text || ' ' WHERE n = 42", on)
    with OpenBook(open_book(filled)) as book:
        assert [fault.line for fault in book.verify().faults] == [42]
