"""Long lines are packed in a file, and nobody who reads, checks, copies or proves can tell."""

from __future__ import annotations

import shutil
import sqlite3
import zlib
from contextlib import closing
from pathlib import Path

import pytest

from books import Ticks, line, reading, report, statement
from musterbook.errors import BookError, NewerBookError, OlderBookError
from musterbook.ledger.checking import verify
from musterbook.ledger.copies import back_up, migrate_kept
from musterbook.ledger.fsck import fsck
from musterbook.ledger.lines import Kind
from musterbook.ledger.open import open_book
from musterbook.ledger.packing import MARK, SHORT, is_packed, packed, unpacked, why_no_text
from musterbook.ledger.schema import ON_SQLITE
from musterbook.ledger.store import Query
from musterbook.ledger.stores import making
from musterbook.ledger.text import export_file

SECOND = Path(__file__).parent / "books" / "form_0002.sqlite"  # written by musterbook 0.5 itself
ROOT = "857d5118f183e37c35fb059a6123ce248b6c80d62d8a1db205c6d91382d2bfbd"  # as it told it
LONG = report(
    "Some 1,200 soldiers are in Cyprus. " + "“Nobody at the gate” said more — ça va, \U0001f600. " * 99
)
SHORT_ONE = report("Some 900 soldiers are in Cyprus.")


@pytest.fixture
def second(tmp_path: Path) -> Path:
    """The book of the form before, which knew no packed lines."""
    return Path(shutil.copy(SECOND, tmp_path / "second.sqlite"))


def kept_texts(path: Path) -> list[object]:
    with closing(sqlite3.connect(path)) as db:
        return [text for (text,) in db.execute("SELECT text FROM line WHERE kind = 'report' ORDER BY n")]


def add(path: Path, *wires: object) -> None:
    with open_book(path, Ticks()) as book:
        for wire in wires:
            said = statement(wire)  # type: ignore[arg-type]
            book.add_report(reading(wire, said), [line(said)])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text", ["", "a" * SHORT, "a" * (SHORT + 1), "ça “va” \U0001f600 " * 500, "\x00\u2028" * 5_000]
)
def test_what_is_packed_comes_back_letter_by_letter(text: str) -> None:
    kept = packed(text)
    assert is_packed(kept) == (len(text.encode()) > SHORT)
    assert (unpacked(kept) if isinstance(kept, bytes) else kept) == text


def test_only_long_lines_are_packed_and_nobody_can_tell(tmp_path: Path) -> None:
    path = tmp_path / "book.sqlite"
    add(path, LONG, SHORT_ONE)
    first, other = kept_texts(path)
    assert is_packed(first)
    assert isinstance(other, str)
    with open_book(path) as book, open_book(":memory:", Ticks()) as yardstick:
        for wire in (LONG, SHORT_ONE):
            yardstick.add_report(reading(wire, statement(wire)), [line(statement(wire))])
        assert book.reports() == yardstick.reports() == (LONG, SHORT_ONE)
        assert book.head().edge.root == yardstick.head().edge.root
        texts = [tuple(one.store.ask(lambda shelf: tuple(shelf.texts(Query())))) for one in (book, yardstick)]
        assert texts[0] == texts[1]


def test_a_text_that_is_packed_takes_less_room(tmp_path: Path) -> None:
    add(tmp_path / "book.sqlite", LONG)
    [kept] = kept_texts(tmp_path / "book.sqlite")
    assert isinstance(kept, bytes)
    assert len(kept) < len(LONG.text) / 2


def test_a_book_of_the_form_before_is_read_and_goes_on_with_both_kinds_of_lines(
    second: Path, tmp_path: Path
) -> None:
    with pytest.raises(OlderBookError, match="musterbook migrate --book"):
        open_book(second)
    before = kept_texts(second)
    assert any(len(str(text)) > SHORT for text in before)
    done = migrate_kept(second)
    assert (done.found, done.now) == ("0002", "0003")
    assert kept_texts(second) == before
    with open_book(second) as book:
        assert book.head().edge.root.hex() == ROOT
        assert fsck(book.store).verdict.faults == ()
    add(second, LONG)
    assert {type(text) for text in kept_texts(second)} == {str, bytes}
    with open_book(second) as book:
        assert fsck(book.store).verdict.faults == ()
        assert book.reports()[-1] == LONG
        back_up(book, tmp_path / "copy.sqlite", "test")
        export_file(book.store, tmp_path / "mine.book")
    with open_book(tmp_path / "copy.sqlite") as copy:
        export_file(copy.store, tmp_path / "copy.book")
    assert (tmp_path / "mine.book").read_bytes() == (tmp_path / "copy.book").read_bytes()
    assert all(
        is_packed(text) or len(str(text).encode()) <= SHORT for text in kept_texts(tmp_path / "copy.sqlite")
    )


def test_a_program_of_the_form_before_says_that_a_packed_book_is_newer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(tmp_path / "book.sqlite", LONG)
    monkeypatch.setattr(making, "REVISION", "0002")
    with pytest.raises(NewerBookError, match=r"newer musterbook.*pip install --upgrade"):
        open_book(tmp_path / "book.sqlite")


@pytest.mark.parametrize("harm", ["flip", "cut", "more", "bomb"])
def test_a_damaged_line_is_named_and_the_others_are_read(tmp_path: Path, harm: str) -> None:
    path = tmp_path / "book.sqlite"
    add(path, LONG, SHORT_ONE)
    kept = kept_texts(path)[0]
    assert isinstance(kept, bytes)
    press = zlib.compressobj(9, zlib.DEFLATED, -15)
    bomb = press.compress(bytes(100_000_000)) + press.flush()
    harmed = {
        "flip": kept[:50] + bytes([kept[50] ^ 1]) + kept[51:],
        "cut": kept[:-9],
        "more": kept + b"\x00",
        "bomb": MARK + zlib.crc32(bomb).to_bytes(4, "big") + bomb,
    }[harm]
    with closing(sqlite3.connect(path)) as db, db:
        [n] = db.execute("SELECT min(n) FROM line WHERE kind = 'report'").fetchone()
        db.execute(f"DROP TRIGGER {ON_SQLITE[0].split()[2]}")
        db.execute("UPDATE line SET text = ? WHERE n = ?", (harmed, n))
        db.execute(ON_SQLITE[0])
    with open_book(path) as book:
        [fault] = verify(book.store).faults
        assert (fault.line, fault.message) == (n, "its packed text is damaged")
        assert (n, "its packed text is damaged") in [
            (one.line, one.message) for one in fsck(book.store).verdict.faults
        ]
        assert book.report(SHORT_ONE.id) == SHORT_ONE
        with pytest.raises(BookError, match=r"packed text of a line is damaged.*musterbook verify"):
            book.report(LONG.id)


def test_bytes_that_are_no_packed_line_are_no_text() -> None:
    assert why_no_text(b'{"n":1}') == "its text is no text any more"
    with pytest.raises(BookError, match="does not fit its check sum"):
        unpacked(b'{"n":1}')


def test_the_server_is_left_to_pack_by_itself(postgres_url: str) -> None:
    import psycopg
    from sqlalchemy import make_url

    with open_book(postgres_url, Ticks()) as book:
        book.add_report(reading(LONG, statement(LONG)), [line(statement(LONG))])
        [held] = book.store.ask(lambda shelf: tuple(shelf.texts(Query(kinds=[Kind.REPORT]))))
    url = make_url(postgres_url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url) as db:
        asked = "SELECT text, pg_column_size(text) FROM line WHERE kind = 'report'"
        [(text, size)] = db.execute(asked).fetchall()
    assert text == held
    assert size < len(held.encode()) / 2
