"""One schema for every database: append-only tables whose lines are muster notation, with columns to ask by.

``seq`` is the order written; ``id`` is the content's. Moments are UTC text of fixed width, so that they sort
alike everywhere. A change of these tables is a new ``VERSION`` and a migration.
"""

from __future__ import annotations

import json
import re

from sqlalchemy import (
    DDL,
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    event,
)

VERSION = 1

_UNFIT = re.compile("[\x00\ud800-\udfff\ufdd0]")  # what UTF-8 or PostgreSQL cannot hold, and our own mark
_MARK = "\ufdd0"


class ExactText(TypeDecorator[str]):
    """Text that comes back character for character, even with characters that a database refuses."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Text with unfit characters is written as marked JSON."""
        return _MARK + json.dumps(value) if value is not None and _UNFIT.search(value) else value

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """The text as it was."""
        return json.loads(value[1:]) if value is not None and value.startswith(_MARK) else value


def _seq() -> Column[int]:
    """The order written."""
    return Column("seq", Integer, primary_key=True, autoincrement=True)


def _id() -> Column[str]:
    """What the row is, made of its content."""
    return Column("id", String(64), nullable=False, unique=True)


def _report() -> Column[str]:
    """Points at a report of this book, or names one that never got into it."""
    return Column("report", String(64), nullable=True, index=True)


tables = MetaData()

meta = Table(
    "meta",
    tables,
    Column("schema_version", Integer, nullable=False),
    Column("made_by", String, nullable=False),
)

report = Table(
    "report",
    tables,
    _seq(),
    _id(),
    Column("url", ExactText, nullable=False),
    Column("publisher", ExactText, nullable=False),
    Column("published", String(10), index=True),
    Column("recorded", String(32), nullable=False),
    Column("head", ExactText, nullable=False),  # the report without its text, in notation
    Column("text", ExactText, nullable=False),
    Column("findings", ExactText, nullable=False),  # the reading without report, statements and doubts
    sqlite_autoincrement=True,
)

entry = Table(
    "entry",
    tables,
    _seq(),
    _id(),
    Column("act", String(8), nullable=False),
    Column("report", String(64), ForeignKey("report.id"), nullable=True, index=True),
    Column("statement", String(64), index=True),
    Column("target", String(64), nullable=False, index=True),
    Column("force", ExactText),
    Column("place", ExactText),
    Column("mission", ExactText),
    Column("recorded", String(32), nullable=False, index=True),
    Column("line", ExactText, nullable=False),
    Index("entry_contingent", "force", "place", "mission"),
    sqlite_autoincrement=True,
)

doubt = Table(
    "doubt",
    tables,
    _seq(),
    _id(),
    _report(),
    Column("stage", String, nullable=False),
    Column("code", String, nullable=False),
    Column("recorded", String(32), nullable=False),
    Column("line", ExactText, nullable=False),
    sqlite_autoincrement=True,
)

outcome = Table(
    "outcome",
    tables,
    _seq(),
    _id(),
    _report(),
    Column("source", ExactText, nullable=False),
    Column("code", String, nullable=False),
    Column("message", ExactText, nullable=False),
    Column("recorded", String(32), nullable=False),
    sqlite_autoincrement=True,
)


def _seal(table: Table) -> None:
    """Make the table append-only in the database itself."""
    for deed in ("UPDATE", "DELETE"):
        trigger = DDL(  # type: ignore[no-untyped-call] # SQLAlchemy has not typed it
            f"CREATE TRIGGER {table.name}_no_{deed.lower()} BEFORE {deed} ON {table.name} "
            "BEGIN SELECT RAISE(ABORT, 'the book is append-only'); END"
        )
        event.listen(table, "after_create", trigger.execute_if(dialect="sqlite"))


for _table in (report, entry, doubt, outcome):
    _seal(_table)
