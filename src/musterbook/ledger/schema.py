"""One schema for every database: the lines of the book, columns to find them by, and where the book ends.

The columns of a line follow from its text. Moments are UTC text of fixed width, so that they sort alike everywhere.
A change of these tables is one more step in ``migrations/versions``.
"""

from __future__ import annotations

import json
import re

from sqlalchemy import (
    DDL,
    Column,
    Dialect,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    event,
)

from musterbook.ledger.packing import is_packed, packed, unpacked

REVISION = "0003"  # the newest step of the migrations
SEALED = "the book is append-only"

_UNFIT = re.compile("[\x00\ud800-\udfff\ufdd0]")  # what UTF-8 or PostgreSQL cannot hold, and our own mark
MARK = "\ufdd0"


class ExactText(TypeDecorator[str]):
    """Text that comes back character for character, even with characters that a database refuses."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Text with unfit characters is written as marked JSON."""
        return exact(value) if value is not None else None

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """The text as it was."""
        return as_it_was(value) if value is not None else None


def exact(text: str) -> str:
    """The text as the database holds it."""
    return MARK + json.dumps(text) if _UNFIT.search(text) else text


def as_it_was(held: str) -> str:
    """The text that the database holds so; ValueError where it cannot be."""
    return str(json.loads(held[1:])) if held.startswith(MARK) else held


class LineText(TypeDecorator[str]):
    """The text of a line, which SQLite keeps packed where it is long."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | bytes | None:
        """Packed for SQLite, as it is for PostgreSQL."""
        return packed(value) if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: str | bytes | None, dialect: Dialect) -> str | None:
        """The text as it was."""
        return told(value)  # type: ignore[return-value] # what is neither was put there by somebody else


def told(kept: object) -> object:
    """The text of a line that is kept packed; BookError where it is damaged. Anything else as it is."""
    return unpacked(kept) if isinstance(kept, bytes) and is_packed(kept) else kept


tables = MetaData()

meta = Table("meta", tables, Column("made_by", String, nullable=False))

line = Table(
    "line",
    tables,
    Column("n", Integer, primary_key=True, autoincrement=False),  # its place, from 1, without a gap
    Column("kind", String(8), nullable=False),
    Column("id", String(64), nullable=False, unique=True),
    Column("at", String(32), nullable=False),
    Column("matter", ExactText),
    Column("report", String(64), index=True),
    Column("statement", String(64), index=True),
    Column("force", ExactText),
    Column("place", ExactText),
    Column("mission", ExactText),
    Column("text", LineText, nullable=False),  # the line itself; JSON, so every database can hold it
    Column("leaf", LargeBinary(32), nullable=False),
    Index("line_at", "at", "n"),
    Index("line_kind", "kind", "n"),
    Index("line_matter", "matter", "n"),
    Index("line_contingent", "force", "place", "mission", "matter"),
)

head = Table(
    "head",
    tables,
    Column("one", Integer, primary_key=True, autoincrement=False),  # always 1
    Column("size", Integer, nullable=False),
    Column("peaks", Text, nullable=False),  # of the tree over all lines, in hexadecimal digits
    Column("at", String(32), nullable=False),  # moment of the last line
)

SEAL_BODY = f" BEGIN RAISE EXCEPTION '{SEALED}'; END "
ON_POSTGRES = (
    f"CREATE FUNCTION musterbook_sealed() RETURNS trigger LANGUAGE plpgsql AS $${SEAL_BODY}$$",
    "CREATE TRIGGER line_sealed BEFORE UPDATE OR DELETE OR TRUNCATE ON line "
    "FOR EACH STATEMENT EXECUTE FUNCTION musterbook_sealed()",
)
ON_SQLITE = tuple(
    f"CREATE TRIGGER line_no_{deed.lower()} BEFORE {deed} ON line{when} BEGIN SELECT RAISE(ABORT, '{SEALED}'); END"
    for deed, when in (
        ("UPDATE", ""),
        ("DELETE", ""),
        (
            "INSERT",
            " WHEN EXISTS (SELECT 1 FROM line WHERE n = NEW.n)",
        ),  # INSERT OR REPLACE deletes unseen
    )
)
SEALS = {"sqlite": ON_SQLITE, "postgresql": ON_POSTGRES}
for _dialect, _deeds in SEALS.items():
    for _deed in _deeds:
        _trigger = DDL(_deed.replace("%", "%%"))  # type: ignore[no-untyped-call] # SQLAlchemy has not typed it
        event.listen(line, "after_create", _trigger.execute_if(dialect=_dialect))
