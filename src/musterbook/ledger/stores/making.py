"""Opens the tables of a book: makes them where there are none, and refuses what is no book or not of our form."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, column, insert, inspect, select, table

from musterbook.errors import BookError, NewerBookError, OlderBookError, UsageError
from musterbook.ledger.schema import REVISION, head, meta, tables
from musterbook.ledger.stores.postgres import Postgres
from musterbook.ledger.stores.sql import CURE, Database, SqlStore, tried
from musterbook.ledger.stores.sqlite import Sqlite

PATIENCE = 5.0  # seconds in which a server that is just starting is waited for
FIRST = "0001"  # the form of 0.1 and 0.2, which did not yet number its forms
LINES = "0002"  # the first form that is one log of lines
version = table("alembic_version", column("version_num"))


def database_of(place: str | Path) -> Database:
    """The database at an address or in a file."""
    return Postgres(str(place)) if "://" in str(place) else Sqlite(Path(place))


def opened(place: str | Path, made_by: str, make: bool = True) -> SqlStore:
    """The lines kept there; the tables are made where there are none and ``make`` is set.

    UsageError where there is no book, BookError where it cannot be one, OlderBookError or NewerBookError where its
    form is not ours.
    """
    if not make and "://" not in str(place) and not Path(place).exists():
        raise _missing(str(place))
    database = database_of(place)
    try:
        if tried(database, lambda: _form(database), PATIENCE) is None:
            if not make:
                raise _missing(database.name)
            tried(database, lambda: _make(database, made_by), PATIENCE)
    except BaseException:
        database.engine.dispose()
        raise
    return SqlStore(database)


def form_of(database: Database, db: Connection) -> str | None:
    """The revision of the book's tables; None where there are no tables at all, BookError where it is no book."""
    names = set(inspect(db).get_table_names())
    if not names:
        return None
    if version.name in names and ({"line", "head"} <= names or {"entry", "report"} <= names):
        return _told_form(database, db, LINES if "line" in names else FIRST)
    if {"meta", "entry", "report"} <= names:
        return FIRST
    raise BookError(f"{database.name} is a database, but no book; name another one with --book")


def _told_form(database: Database, db: Connection, least: str) -> str:
    """The form that a book says it has, which must fit its tables."""
    found = [str(form) for form in db.scalars(select(version.c.version_num))]
    if len(found) != 1 or found[0] < least:
        raise BookError(
            f"{database.name} no longer says which form it has: alembic_version holds {found}; {CURE}"
        )
    return found[0]


def _form(database: Database) -> str | None:
    """The revision of a book that we can use."""
    with database.reading.connect() as db, db.begin():
        found = form_of(database, db)
        if found is not None and found < REVISION:
            raise OlderBookError(
                f"{database.name} has the form of an older musterbook; bring it up to date with: "
                f"musterbook migrate --book {database.name}"
            )
        if found is not None:
            check_not_newer(database, found, db)
        return found


def check_not_newer(database: Database, found: str, db: Connection) -> None:
    """NewerBookError where the tables are of a later form than we know."""
    if found <= REVISION:
        return
    made_by = db.scalar(select(meta.c.made_by))
    by = f" ({made_by})" if made_by else ""
    raise NewerBookError(
        f"{database.name} was made by a newer musterbook{by}; "
        "upgrade this one with: pip install --upgrade musterbook"
    )


def _make(database: Database, made_by: str) -> None:
    """All tables in one transaction, unless another process was quicker."""
    with database.writing.connect() as db, db.begin():
        database.lock_for_making(db)
        if inspect(db).get_table_names():
            return
        tables.create_all(db)
        note_form(db)
        db.execute(insert(meta).values(made_by=made_by))
        db.execute(insert(head).values(one=1, size=0, peaks="", at=""))


def note_form(db: Connection) -> None:
    """Write down which revision the tables have, where Alembic looks for it."""
    db.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    db.execute(insert(version).values(version_num=REVISION))


def _missing(name: str) -> UsageError:
    return UsageError(f"there is no book at {name} yet; begin one with: musterbook add FILE --book {name}")
