"""The desk's own small file beside the book: passwords, sessions, links and keys, all of them hashed, and addresses.

None of it belongs into the ledger, which is kept for ever and handed round. Who may do what does: the book grants
roles, and an account only proves who somebody is.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Column,
    Connection,
    Engine,
    Executable,
    Float,
    Integer,
    MetaData,
    Row,
    String,
    Table,
    create_engine,
    event,
    insert,
    select,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from musterbook.errors import BookError, NewerBookError
from musterbook.ledger.book import Clock, utc_now

FORM = 1  # of the tables; kept in the file as its user_version
BUSY = 5  # seconds to wait for another process
ENDING = ".desk.sqlite"
MEMORY = ":memory:"
SIGNS = 32  # bytes of chance in a token

METADATA = MetaData()
PEOPLE = Table(
    "people",
    METADATA,
    Column("name", String, primary_key=True),
    Column("password", String, nullable=False),  # argon2id, with its salt and cost
    Column("made", Float, nullable=False),
)
LINKS = Table(
    "links",
    METADATA,
    Column("hash", String, primary_key=True),
    Column("purpose", String, nullable=False),
    Column("name", String, nullable=False),  # empty: whoever comes chooses one
    Column("by", String, nullable=False),
    Column("made", Float, nullable=False),
    Column("ends", Float, nullable=False),
    Column("used", Float),
)
SESSIONS = Table(
    "sessions",
    METADATA,
    Column("hash", String, primary_key=True),
    Column("person", String, nullable=False, index=True),
    Column("made", Float, nullable=False),
    Column("seen", Float, nullable=False),
    Column("ends", Float, nullable=False),
)
KEYS = Table(
    "keys",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("hash", String, nullable=False, unique=True),
    Column("person", String, nullable=False, index=True),
    Column("label", String, nullable=False),
    Column("scopes", String, nullable=False),
    Column("made", Float, nullable=False),
    Column("seen", Float),
    Column("revoked", Float),
)
TRIES = Table(
    "tries",
    METADATA,
    Column("subject", String, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("last", Float, nullable=False),
    Column("until", Float, nullable=False),
)
IDENTITIES = Table(  # of people who sign in with a provider
    "identities",
    METADATA,
    Column("person", String, primary_key=True),
    Column("known_as", String, nullable=False, unique=True),  # their address there, as an admin wrote it down
    Column("issuer", String, nullable=False),  # both empty until they signed in
    Column("subject", String, nullable=False),
)
JOURNEYS = Table(  # to a provider and back, that are over
    "journeys", METADATA, Column("hash", String, primary_key=True), Column("ends", Float, nullable=False)
)
SECRETS = Table(
    "secrets", METADATA, Column("name", String, primary_key=True), Column("value", String, nullable=False)
)


def new_token() -> str:
    """Letters that nobody guesses."""
    return secrets.token_urlsafe(SIGNS)


def hashed(token: str) -> str:
    """What is kept of a token; made of 32 bytes of chance, it needs no slow hash."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def file_beside(book: Path | str) -> Path | str:
    """Where the accounts of a book lie: beside it, or in the data folder where the book is no file."""
    from musterbook.settings import data_folder

    if str(book) == MEMORY:
        return MEMORY
    if "://" in str(book):
        return data_folder() / f"{hashed(str(book))[:12]}{ENDING}"
    return Path(f"{book}{ENDING}")


class Accounts:
    """The file of accounts; made when it is first needed, readable for its owner alone."""

    def __init__(self, place: Path | str, clock: Clock = utc_now) -> None:
        self.place, self._clock = place, clock

    def now(self) -> float:
        """The present moment, in seconds."""
        return self._clock().timestamp()

    def ask(self, question: Executable) -> Sequence[Row[Any]]:
        """The rows that a question finds."""
        with self._told(), self._engine.connect() as db:
            return db.execute(question).all()

    def first(self, question: Executable) -> Row[Any] | None:
        """The first of them."""
        return next(iter(self.ask(question)), None)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction, alone in the file from its beginning."""
        with self._told(), self._engine.begin() as db:
            db.exec_driver_sql("BEGIN IMMEDIATE")
            yield db

    def change(self, *orders: Executable) -> int:
        """Carry out orders in one transaction; how many rows the last one changed."""
        with self.writing() as db:
            return [db.execute(order).rowcount for order in orders][-1]

    @cached_property
    def secret(self) -> bytes:
        """The chance that marks of forms are made with, drawn when the file was made."""
        kept = select(SECRETS.c.value).where(SECRETS.c.name == "forms")
        with self.writing() as db:
            found = db.execute(kept).scalar()
            if found is None:
                found = secrets.token_hex(SIGNS)
                db.execute(insert(SECRETS).values(name="forms", value=found))
        return bytes.fromhex(found)

    def close(self) -> None:
        """Let go of the file."""
        if "_engine" in self.__dict__:
            self._engine.dispose()

    @cached_property
    def _engine(self) -> Engine:
        """The open file, with its tables."""
        if isinstance(self.place, Path):
            _make_private(self.place)
        pool: dict[str, Any] = {"poolclass": StaticPool} if self.place == MEMORY else {}
        arguments = {"timeout": BUSY, "check_same_thread": False}
        engine = create_engine(URL.create("sqlite", database=str(self.place)), connect_args=arguments, **pool)
        event.listen(engine, "connect", _prepare)
        with self._told(), engine.begin() as db:
            db.exec_driver_sql("BEGIN IMMEDIATE")
            form = db.exec_driver_sql("PRAGMA user_version").scalar() or 0
            if form > FORM:
                raise NewerBookError(
                    f"{self.place} was made by a newer version of Musterbook; update this one"
                )
            METADATA.create_all(db)
            db.exec_driver_sql(f"PRAGMA user_version = {FORM}")
        return engine

    @contextmanager
    def _told(self) -> Iterator[None]:
        """BookError, with the file, for what the database complains of."""
        try:
            yield
        except DBAPIError as trouble:
            raise BookError(
                f"the accounts in {self.place} cannot be read or written ({trouble.orig}); check its permissions "
                "and the room on the disk"
            ) from trouble


def _prepare(db: sqlite3.Connection, _: object) -> None:
    """Leave transactions to us, and bring each to the disk."""
    db.isolation_level = None
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA trusted_schema = OFF")


def _make_private(file: Path) -> None:
    """The file is there, and nobody but its owner reads it."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
        file.chmod(0o600)
    except OSError as trouble:
        raise BookError(f"the accounts in {file} cannot be opened ({trouble.strerror})") from trouble


def moment(seconds: float | None) -> datetime | None:
    """A moment of the file, for pages."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
