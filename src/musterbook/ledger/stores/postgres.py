"""PostgreSQL for teams: writers queue up behind one lock, so that lines have no gap and no rule leans on more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import URL, Connection, Engine, Table, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError

from musterbook.errors import BookError, UsageError
from musterbook.ledger.schema import SEAL_BODY, ExactText, exact

if TYPE_CHECKING:
    import psycopg

MAKING = 0x6D7573746572  # the number of the lock that whoever makes or migrates the tables holds
# States in which trying again may help: connection lost, server stopping or starting, deadlock, serialisation.
PASSING = ("08", "57P01", "57P02", "57P03", "40001", "40P01", "53300")
# Why a server refuses a connection stands only in its words.
REFUSED = (
    ("password authentication failed", "28P01"),
    ("no password supplied", "28P01"),
    ("no pg_hba.conf entry", "28000"),
    ('role "', "28000"),
    ('database "', "3D000"),
)
SEALS = (
    "SELECT tgname, tgtype, tgenabled::text, prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid "
    "WHERE tgrelid = 'line'::regclass AND NOT tgisinternal"
)
SEAL = "line_sealed", [58, "O", SEAL_BODY]  # 58: before UPDATE, DELETE and TRUNCATE, for each statement
CURES = {
    "28P01": "refuses the password; check the address given with --book",
    "28000": "refuses the user; check the address given with --book",
    "3D000": "does not exist; make it with: createdb NAME",
    "42501": "does not allow that to this user; ask for the right, see docs/postgres.md",
    "53100": "cannot grow, the disk is full; make room and try again: nothing was lost",
    "P0001": "is append-only; retract or replace the statement instead",
}


class Postgres:
    """A database of a PostgreSQL server as a place for a book."""

    patience = 60.0  # seconds in which a lost server is waited for

    def __init__(self, address: str) -> None:
        url = _url(address)
        self.name = url.set(drivername="postgresql").render_as_string(hide_password=True)
        self.engine = create_engine(
            url, pool_pre_ping=True, pool_size=2, connect_args={"connect_timeout": 10}
        )

    @property
    def reading(self) -> Engine:
        """An engine whose transactions see one unchanging book."""
        return self.engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    @property
    def writing(self) -> Engine:
        """An engine whose transactions see what the writer before has written."""
        return self.engine.execution_options(isolation_level="READ COMMITTED")

    def lock(self, db: Connection) -> None:
        """Wait for the writer's place; it is let go of with the transaction.

        To lock the row of the head would do as well, but costs a sync of the disk even where nothing is written.
        """
        self.lock_for_making(db)

    def lock_for_making(self, db: Connection) -> None:
        """The same, before there are tables."""
        db.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": MAKING})

    def as_kept(self, db: Connection, asked: str) -> Sequence[Any]:
        """See ``Database.as_kept``: PostgreSQL lets nothing but text into a column of text."""
        return db.exec_driver_sql(asked).fetchall()

    def facts(self, db: Connection) -> Mapping[str, str]:
        """See ``Store.facts``."""
        return {"database": f"PostgreSQL {db.exec_driver_sql('SHOW server_version').scalar()}"}

    def damage(self, _db: Connection) -> Sequence[str]:
        """See ``Store.damage``: the server's own tools (pg_amcheck) tell that."""
        return ()

    def unsealed(self, db: Connection) -> Iterator[str]:
        """See ``Database.unsealed``."""
        found = {name: seal for name, *seal in db.exec_driver_sql(SEALS)}
        if found.pop(SEAL[0], None) != SEAL[1]:
            yield f"the seal {SEAL[0]} is gone or was changed: lines could be changed"
        for name in found:
            yield f"there is a trigger {name}, which is not ours"

    def passes(self, trouble: DBAPIError) -> bool:
        """Whether waiting may help."""
        state = _state(trouble)
        return trouble.connection_invalidated or state is None or state.startswith(PASSING)

    def told(self, trouble: DBAPIError) -> BookError:
        """The database's trouble in words that name it and the cure."""
        state = _state(trouble)
        words = " ".join(str(trouble.orig).split())
        if state is None:
            return BookError(f"{self.name} cannot be reached; check that the server runs ({words})")
        return BookError(f"{self.name} {CURES.get(state, f'cannot be used ({words})')}")


def copied(db: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Rows into a table by COPY, which takes a hundred times as many a second as INSERT does."""
    names = [column.name for column in table.columns]
    exactly = [isinstance(column.type, ExactText) for column in table.columns]
    driver = cast("psycopg.Connection[Any]", db.connection.driver_connection)
    columns = ", ".join(f'"{name}"' for name in names)
    with (
        told_by_sqlalchemy(),
        driver.cursor() as cursor,
        cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN") as copy,
    ):
        for row in rows:
            held = [row[name] for name in names]
            copy.write_row(
                [exact(v) if x and v is not None else v for v, x in zip(held, exactly, strict=True)]
            )


@contextmanager
def told_by_sqlalchemy() -> Iterator[None]:
    """The driver's trouble as SQLAlchemy would tell it, so that it is tried again like any other."""
    import psycopg

    try:
        yield
    except psycopg.Error as trouble:
        lost = isinstance(trouble, psycopg.OperationalError)
        raise DBAPIError("COPY", None, trouble, connection_invalidated=lost) from trouble


def _state(trouble: DBAPIError) -> str | None:
    """What kind of trouble it is; None where the server did not answer."""
    state: str | None = getattr(trouble.orig, "sqlstate", None)
    return state or next((code for sign, code in REFUSED if sign in str(trouble.orig)), None)


def _url(address: str) -> URL:
    """The address with our driver; UsageError where it is none, or the driver is missing."""
    try:
        import psycopg  # noqa: F401 -- an extra that may be missing
    except ImportError:
        raise UsageError(
            "a book in PostgreSQL needs its driver: pip install 'musterbook[postgres]'"
        ) from None
    try:
        url = make_url(address)
    except ArgumentError:
        raise UsageError(f"{address!r} is no address; write it as postgresql://user@host/database") from None
    if url.drivername.partition("+")[0] not in ("postgresql", "postgres"):
        raise UsageError(f"a book lies in a file or in PostgreSQL, not in {url.drivername}")
    return url.set(drivername="postgresql+psycopg")
