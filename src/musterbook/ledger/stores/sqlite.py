"""SQLite opened so that a crash or a second writer can harm nothing: full sync, one writer at a time."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from musterbook.errors import BookError
from musterbook.ledger.schema import ON_SQLITE

WAL_IS_SAFE_FROM = (3, 51, 3)
BUSY = 30  # seconds that the library itself waits for another writer


def journal_for(version: tuple[int, ...]) -> str:
    """The journal that is safe with this version of the library.

    From 3.7.0 to 3.51.2 a reset of the write-ahead log could lose a commit in a rare race of two connections; there
    we do without the log and keep the rollback journal, which never had that fault.
    """
    return "WAL" if version >= WAL_IS_SAFE_FROM else "DELETE"


PRAGMAS = (
    f"busy_timeout = {BUSY * 1000}",
    f"journal_mode = {journal_for(sqlite3.sqlite_version_info)}",
    "synchronous = FULL",
    "cache_size = -32768",  # 32 MB: ids come in no order, so the indexes of a large book are written all over the file
    "foreign_keys = ON",
    "trusted_schema = OFF",
    "recursive_triggers = ON",  # so that INSERT OR REPLACE cannot delete behind the triggers' back
)
# What the database says, and what helps.
CURES = (
    ("file is not a database", "is no SQLite database; name another file with --book"),
    ("unable to open", "cannot be opened; check that its folder exists and may be written"),
    ("readonly", "cannot be written; change its permissions or name another file with --book"),
    ("locked", "is held by another program; try again when that is done"),
    ("malformed", "is damaged; restore it from a copy: musterbook restore COPY --book FILE"),
    ("Could not decode", "is damaged; restore it from a copy: musterbook restore COPY --book FILE"),
    ("full", "cannot grow, the disk is full; make room and try again: nothing was lost"),
    (
        "disk I/O error",
        "cannot be read or written, the disk fails; check it, then: musterbook fsck --book FILE",
    ),
    ("append-only", "is append-only; retract or replace the statement instead"),
)


class Sqlite:
    """A file of SQLite as a place for a book."""

    patience = 120.0  # seconds in which a busy file is tried again

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = str(path)
        check_path(path)
        url = URL.create("sqlite", database=str(path))
        self.engine = create_engine(url, connect_args={"timeout": BUSY})
        event.listen(self.engine, "connect", _prepare)
        event.listen(self.engine, "begin", _begin)

    @property
    def reading(self) -> Engine:
        """An engine whose transactions see one unchanging book."""
        return self.engine

    @property
    def writing(self) -> Engine:
        """An engine whose transactions take the writer's place at once."""
        return self.engine.execution_options(writes=True)

    def lock(self, db: Connection) -> None:
        """The transaction has the writer's place from its beginning."""

    def lock_for_making(self, db: Connection) -> None:
        """The same, before there are tables."""

    def as_kept(self, db: Connection, asked: str) -> Sequence[Any]:
        """See ``Database.as_kept``: SQLite keeps whatever it is given, in any column."""
        driver: Any = db.connection.driver_connection
        driver.text_factory = _decoded
        try:
            return db.exec_driver_sql(asked).fetchall()
        finally:
            driver.text_factory = str

    def facts(self, db: Connection) -> Mapping[str, str]:
        """See ``Store.facts``."""
        journal = db.exec_driver_sql("PRAGMA journal_mode").scalar()
        return {"database": f"SQLite {sqlite3.sqlite_version}", "journal": str(journal)}

    def damage(self, db: Connection) -> Sequence[str]:
        """See ``Store.damage``; others wait with writing meanwhile."""
        found = [str(words) for (words,) in db.exec_driver_sql("PRAGMA integrity_check")]
        return [] if found == ["ok"] else [f"the file is damaged: {words}" for words in found]

    def unsealed(self, db: Connection) -> Iterator[str]:
        """See ``Database.unsealed``."""
        asked = "SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')"
        found = {str(name): sql for name, sql in db.exec_driver_sql(asked)}
        for sql in ON_SQLITE:
            name = sql.split()[2]
            if found.pop(name, None) != sql:
                yield f"the seal {name} is gone or was changed: lines could be changed"
        for name in found:
            yield f"there is a trigger or view {name}, which is not ours"

    def passes(self, trouble: DBAPIError) -> bool:
        """Whether waiting may help."""
        return "locked" in str(trouble.orig)

    def told(self, trouble: DBAPIError) -> BookError:
        """The database's trouble in words that name the file and the cure."""
        words = str(trouble.orig)
        cure = next((cure for sign, cure in CURES if sign in words), f"cannot be used ({words})")
        return BookError(f"{self.path} {cure}")


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


def _decoded(held: bytes) -> str:
    return held.decode("utf-8", "surrogateescape")


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
