"""Brings a book of an older form up to date: all steps in one transaction, so that a killed one has done nothing."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, column, insert, select, table

from musterbook.errors import BookError, UsageError
from musterbook.ledger.schema import REVISION
from musterbook.ledger.stores.making import FIRST, PATIENCE, check_not_newer, database_of, form_of
from musterbook.ledger.stores.sql import Database, tried

STEPS = Path(__file__).parents[1] / "migrations"
version = table("alembic_version", column("version_num"))


def form_at(place: str | Path) -> str:
    """The form of the book there; UsageError where there is none."""
    with _database(place) as database:
        return tried(database, lambda: _form(database), PATIENCE)


def migrate(place: str | Path, to: str = REVISION) -> tuple[str, str]:
    """The form that the book had, and the one it has now; nothing is done where they are the same.

    UsageError where there is no book, NewerBookError where it is newer than this program.
    """
    with _database(place) as database:
        return tried(database, lambda: _migrate(database, to), PATIENCE)


@contextmanager
def _database(place: str | Path) -> Iterator[Database]:
    """The database there, which must exist."""
    if "://" not in str(place) and not Path(place).exists():
        raise UsageError(f"there is no book at {place} to migrate; name one with --book")
    database = database_of(place)
    try:
        yield database
    finally:
        database.engine.dispose()


def _form(database: Database) -> str:
    with database.reading.connect() as db, db.begin():
        return _found(database, db)


def _found(database: Database, db: Connection) -> str:
    """The form of a book that we can migrate."""
    found = form_of(database, db)
    if found is None:
        raise UsageError(f"there is no book at {database.name} to migrate; name one with --book")
    check_not_newer(database, found, db)
    return found


def _migrate(database: Database, to: str) -> tuple[str, str]:
    with database.writing.connect() as db, db.begin():
        database.lock_for_making(db)
        found = _found(database, db)
        if found < to:
            _run(db, found, to)
        return found, max(found, to)


def _run(db: Connection, found: str, to: str) -> None:
    """The steps from one form to another."""
    if found == FIRST and not db.dialect.has_table(db, version.name):
        db.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        db.execute(insert(version).values(version_num=FIRST))
    config = Config(output_buffer=io.StringIO(), stdout=io.StringIO())
    config.set_main_option("script_location", str(STEPS))
    config.attributes["connection"] = db
    command.upgrade(config, to)
    if db.scalar(select(version.c.version_num)) != to:
        raise BookError(f"the migration stopped before {to}; nothing was changed")
