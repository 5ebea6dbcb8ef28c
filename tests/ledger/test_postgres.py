"""The book in PostgreSQL: sealed against its own users, open to a role with few rights, clear when it cannot be had."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import make_url

from books import Ticks, line, reading, report, statement
from musterbook.errors import BookError, NewerBookError, UsageError
from musterbook.ledger.checking import verify
from musterbook.ledger.entries import retract
from musterbook.ledger.open import open_book

WIRE = report()
SAID = statement(WIRE)
WORD = "only-for-this-test"
NOW = Ticks()()
RIGHTS = (
    "GRANT SELECT, INSERT ON line TO desk",
    "GRANT SELECT, UPDATE ON head TO desk",
    "GRANT SELECT ON meta, alembic_version TO desk",
)


def connect(url: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(make_url(url).set(drivername="postgresql").render_as_string(hide_password=False))


@pytest.fixture
def filled(postgres_url: str) -> str:
    """A book with one report."""
    with open_book(postgres_url, Ticks()) as book:
        book.add_report(reading(WIRE, SAID), [line(SAID)])
    return postgres_url


@pytest.mark.parametrize("deed", ["UPDATE line SET text = ''", "DELETE FROM line", "TRUNCATE line"])
def test_lines_cannot_be_changed_even_with_other_tools(filled: str, deed: str) -> None:
    with connect(filled) as db, pytest.raises(psycopg.errors.RaiseException, match="append-only"):
        db.execute(deed)


@pytest.fixture
def desk_url(filled: str) -> Iterator[str]:
    """The book for a role that owns nothing, with the rights of docs/postgres.md."""
    with connect(filled) as db:
        db.execute(f"CREATE ROLE desk LOGIN PASSWORD '{WORD}'")
        for right in RIGHTS:
            db.execute(right)
    yield make_url(filled).set(username="desk", password=WORD).render_as_string(hide_password=False)
    with connect(filled) as db:
        db.execute("DROP OWNED BY desk")
        db.execute("DROP ROLE desk")


def test_a_role_that_owns_nothing_can_work(desk_url: str) -> None:
    with open_book(desk_url) as book:
        assert book.append(retract(SAID.id, NOW, "desk", "misprint"))
        assert book.entries() == ()
        assert verify(book.store).is_clean
    with connect(desk_url) as db, pytest.raises(psycopg.errors.InsufficientPrivilege):
        db.execute("ALTER TABLE line DISABLE TRIGGER ALL")


def test_the_page_gives_the_rights_that_are_tested(pytestconfig: pytest.Config) -> None:
    page = (pytestconfig.rootpath / "docs/postgres.md").read_text(encoding="utf-8")
    assert [right for right in RIGHTS if f"{right};" not in page] == []


def test_a_book_that_is_not_there_is_not_made_by_asking(postgres_url: str) -> None:
    with pytest.raises(UsageError, match=r"there is no book at postgresql://.* yet; begin one"):
        open_book(postgres_url, make=False)


def test_a_database_of_another_program_is_refused(postgres_url: str) -> None:
    with connect(postgres_url) as db:
        db.execute("CREATE TABLE recipes (name text)")
    with pytest.raises(BookError, match="no book"):
        open_book(postgres_url)


def test_a_newer_book_is_refused(filled: str) -> None:
    with connect(filled) as db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NewerBookError, match="upgrade"):
        open_book(filled)


def test_messages_name_the_place_and_never_the_password(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("musterbook.ledger.stores.making.PATIENCE", 0.1)
    url = make_url(postgres_url)
    wrong = url.set(database="nowhere").render_as_string(hide_password=False)
    with pytest.raises(BookError, match="nowhere") as missing:
        open_book(wrong)
    with pytest.raises(BookError, match="check that the server runs") as closed:
        open_book(url.set(port=1).render_as_string(hide_password=False))
    assert str(url.password) not in f"{missing.value}{closed.value}"


@pytest.mark.parametrize("address", ["mysql://host/book", "http://example.org/book", "://"])
def test_an_address_of_something_else_is_refused(address: str) -> None:
    with pytest.raises(UsageError, match=r"address|PostgreSQL"):
        open_book(address)
