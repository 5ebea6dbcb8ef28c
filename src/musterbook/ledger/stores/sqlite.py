"""SQLite opened so that a crash or a second writer can harm nothing: full sync, one writer at a time."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from musterbook.errors import BookError

# Before 3.51.3 a reset of the write-ahead log could lose a commit in a rare race; there we do without it.
WAL_IS_SAFE = sqlite3.sqlite_version_info >= (3, 51, 3)
PRAGMAS = (
    "busy_timeout = 30000",
    f"journal_mode = {'WAL' if WAL_IS_SAFE else 'DELETE'}",
    "synchronous = FULL",
    "foreign_keys = ON",
    "recursive_triggers = ON",  # so that INSERT OR REPLACE cannot delete behind the triggers' back
)
# What the database says, and what helps.
CURES = (
    ("file is not a database", "is no SQLite database; name another file with --book"),
    ("unable to open", "cannot be opened; check that its folder exists and may be written"),
    ("readonly", "cannot be written; change its permissions or name another file with --book"),
    ("locked", "is held by another program; try again when that is done"),
    ("malformed", "is damaged; restore it from a copy"),
    ("full", "cannot grow, the disk is full; make room and try again"),
    ("append-only", "is append-only; retract or replace the statement instead"),
)


def engine_for(path: Path) -> Engine:
    """An engine for the file; BookError when it can be no book."""
    check_path(path)
    engine = create_engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": 30})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def check_path(path: Path) -> None:
    """BookError when the path is a folder, or its folder is missing or closed to us."""
    if path.is_dir():
        raise BookError(f"{path} is a folder; name a file in it, such as {path / 'book.sqlite'}")
    if not path.parent.is_dir():
        raise BookError(f"{path}: the folder {path.parent} does not exist; make it or name another file")
    if not path.exists() and not os.access(path.parent, os.W_OK):
        raise BookError(f"{path}: the folder {path.parent} cannot be written; name another file with --book")
    if path.exists() and not os.access(path, os.R_OK):
        raise BookError(f"{path} cannot be read; change its permissions or name another file with --book")


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn the database's trouble into a BookError that names the file and the cure."""
    try:
        yield
    except DBAPIError as trouble:
        words = str(trouble.orig)
        cure = next((cure for sign, cure in CURES if sign in words), f"cannot be used ({words})")
        raise BookError(f"{path} {cure}") from trouble


def _prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 -- the driver's own connection
    """Set a fresh connection up; transactions are begun by ``_begin`` and by nobody else."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """Writers take their place at once, so that two of them wait instead of failing half-way."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
