"""A book goes out as text and comes in again with the same root, or not at all."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from books import START, Ticks, line, reading, report, statement
from musterbook.errors import BookError, ForbiddenError, NewerBookError, UsageError
from musterbook.ledger.book import Book
from musterbook.ledger.checking import verify
from musterbook.ledger.entries import grant
from musterbook.ledger.open import open_book
from musterbook.ledger.text import BookFile, add_texts, export, export_file
from tampered import Books


def put(file: Path, book: Book, person: str = "editor") -> int:
    texts = BookFile(file)
    return add_texts(book.store, person, texts.texts, texts.checked(), texts.name)


def exported(book: Book) -> bytes:
    out = io.BytesIO()
    export(book.store, out)
    return out.getvalue()


@pytest.fixture(params=[":memory:", "new.sqlite"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Book:
    return open_book(":memory:" if request.param == ":memory:" else tmp_path / request.param)


def test_what_goes_out_comes_in_with_the_same_root(file: Path, books: Books, empty: Book) -> None:
    lines = file.read_bytes().count(b"\n")
    assert put(file, empty) == lines == books.notes[-1].size
    assert exported(empty) == file.read_bytes()
    assert verify(empty.store, books.notes).now == books.notes[-1]


def test_the_lines_are_those_that_are_hashed(file: Path, books: Books) -> None:
    first = file.read_bytes().split(b"\n")[0]
    assert hashlib.sha256(b"\0" + first).hexdigest() == books.notes[-1].book


def test_the_same_text_again_changes_nothing(file: Path, empty: Book) -> None:
    put(file, empty)
    assert put(file, empty) == 0
    assert exported(empty) == file.read_bytes()


def test_only_the_rest_is_added_to_a_beginning(file: Path, empty: Book, tmp_path: Path) -> None:
    lines = file.read_bytes().splitlines(keepends=True)
    beginning = tmp_path / "beginning.book"
    beginning.write_bytes(b"".join(lines[:120]))
    assert put(beginning, empty) == 120
    assert put(file, empty) == len(lines) - 120
    assert put(beginning, empty) == 0
    assert exported(empty) == file.read_bytes()


def test_another_book_is_refused_with_the_first_line_that_differs(file: Path, empty: Book) -> None:
    wire = report("Another report about 10 troops.")
    empty.add_report(reading(wire, statement(wire)), [line(statement(wire))])
    before = exported(empty)
    with pytest.raises(UsageError, match=r"mine\.book and .* differ from line 1 on"):
        put(file, empty)
    assert exported(empty) == before


def test_a_book_that_went_on_otherwise_is_refused(file: Path, empty: Book, tmp_path: Path) -> None:
    lines = file.read_bytes().splitlines(keepends=True)
    beginning = tmp_path / "beginning.book"
    beginning.write_bytes(b"".join(lines[:120]))
    put(beginning, empty)
    wire = report("Another report about 10 troops.")
    empty = Book(empty.store, Ticks(), "editor")
    empty.add_report(reading(wire, statement(wire)), [line(statement(wire))])
    with pytest.raises(UsageError, match="differ from line 121 on"):
        put(file, empty)


def test_a_book_with_people_takes_lines_from_its_admins_only(file: Path, empty: Book, tmp_path: Path) -> None:
    lines = file.read_bytes().splitlines(keepends=True)
    (tmp_path / "beginning.book").write_bytes(b"".join(lines[:120]))
    put(tmp_path / "beginning.book", empty)
    empty = Book(empty.store, Ticks(), "editor")
    empty.append(grant("somebody", "editor", START, "editor"))
    with pytest.raises(ForbiddenError, match="no admin"):
        put(file, empty, "somebody")


Change = Callable[[list[bytes]], object]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda held: held.__setitem__(-1, held[-1][:-9]), r"line \d+ is cut off"),
        (lambda held: held.__setitem__(-1, held[-1][:-1]), r"line \d+ is cut off"),
        (lambda held: held.insert(5, b"\n"), "line 6 is blank"),
        (lambda held: held.append(b"\n"), r"line \d+ is blank"),
        (lambda held: held.__setitem__(0, b"\xef\xbb\xbf" + held[0]), "line 1 begins with a byte-order mark"),
        (lambda held: held.__setitem__(3, held[3][:-1] + b"\r\n"), "line 4 ends as on Windows"),
        (lambda held: held.__delitem__(7), "line 8 says that it is line 9"),
        (lambda held: held.insert(7, held[7]), "line 9 says that it is line 8"),
        (lambda held: held.__setitem__(slice(4, 6), [held[5], held[4]]), "line 5 says that it is line 6"),
        (lambda held: held.__delitem__(0), "line 1 says that it is line 2"),
        (lambda held: held.__setitem__(2, b"\xff" + held[2]), "line 3 is no UTF-8"),
        (lambda held: held.__setitem__(2, held[2].replace(b":", b": ", 1)), "line 3 is not written as"),
        (lambda held: held.__setitem__(2, held[2].replace(b"5", b"6").replace(b"0", b"1")), "line 3 "),
        (lambda held: held.__setitem__(0, b'{"n":1}\n'), "line 1 is no line of a book"),
        (lambda held: held.__setitem__(9, b'{"n":10}\n'), "line 10 "),
        (
            lambda held: held.__setitem__(0, b"force,place,number\n"),
            "line 1 is no line of a book; name the file",
        ),
        (lambda held: held.clear(), r"mine\.book is empty"),
    ],
)
def test_a_file_that_was_changed_is_refused_and_its_line_named(
    file: Path, tmp_path: Path, change: Change, words: str
) -> None:
    lines = file.read_bytes().splitlines(keepends=True)
    change(lines)
    file.write_bytes(b"".join(lines))
    with open_book(tmp_path / "new.sqlite") as book:
        with pytest.raises(BookError, match=rf"mine\.book.*{words}" if "mine" not in words else words):
            put(file, book)
        assert book.head().edge.size == 0


def test_a_file_of_a_newer_form_is_refused(file: Path) -> None:
    first, rest = file.read_text(encoding="utf-8").split("\n", 1)
    held = json.loads(first)
    held["body"]["form"] = 99
    file.write_text(json.dumps(held) + "\n" + rest, encoding="utf-8")
    with pytest.raises(NewerBookError, match="pip install --upgrade"):
        BookFile(file).checked()


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.book cannot be read"):
        BookFile(tmp_path / "none.book").checked()


def test_an_export_replaces_an_earlier_one_but_nothing_else(file: Path, tmp_path: Path) -> None:
    with open_book(tmp_path / "source.sqlite", Ticks(), person="editor") as book:
        wire = report("Another report about 10 troops.")
        book.add_report(reading(wire, statement(wire)), [line(statement(wire))])
        before = file.read_bytes()
        export_file(book.store, file)
        assert file.read_bytes().startswith(before)
        file.write_text("my notes")
        with pytest.raises(UsageError, match="holds something else"):
            export_file(book.store, file)
        assert file.read_text() == "my notes"
        export_file(book.store, file, force=True)
        assert file.read_bytes().startswith(before)
    assert not list(tmp_path.glob("*.part"))


def test_a_book_that_was_changed_is_not_exported(books: Books, tmp_path: Path) -> None:
    import sqlite3

    path = tmp_path / "book.sqlite"
    path.write_bytes(books.bytes)
    db = sqlite3.connect(path)
    db.execute("DROP TRIGGER line_no_update")
    db.execute("UPDATE line SET text = replace(text, 'troops', 'tanks') WHERE n = 2")
    db.commit()
    db.close()
    with (
        open_book(path) as book,
        pytest.raises(BookError, match="line 2 was changed; see: musterbook verify"),
    ):
        export_file(book.store, tmp_path / "mine.book")
    assert not (tmp_path / "mine.book").exists()
