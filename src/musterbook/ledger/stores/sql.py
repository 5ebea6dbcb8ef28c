"""Lines in a database: one transaction for each piece of work, nothing ever changed, one writer at a time."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Engine, Select, and_, func, insert, or_, select, text, update
from sqlalchemy import Row as Found
from sqlalchemy.exc import DBAPIError

from musterbook.errors import BookError
from musterbook.ledger.lines import ACTS, Kind, Line, moment_text
from musterbook.ledger.merkle import Edge
from musterbook.ledger.schema import SEAL_NAMES, head, line
from musterbook.ledger.store import Head, Query, Row, Shelf
from musterbook.model import Contingent

T = TypeVar("T")
MANY = 5_000  # values in one question: below what any database refuses
STREAM = 2_000  # rows fetched at a time
PAUSE = 0.05, 1.0  # seconds between tries: the first, and the longest
COLUMNS = (
    line.c.n,
    line.c.kind,
    line.c.id,
    line.c.at,
    line.c.text,
    line.c.matter,
    line.c.report,
    line.c.statement,
    line.c.force,
    line.c.place,
    line.c.mission,
)


KEPT = (line.c.n, line.c.text, line.c.leaf, *(c for c in COLUMNS if c.name not in ("n", "text")))


class Database(Protocol):
    """What one kind of database does in its own way."""

    name: str
    patience: float
    engine: Engine

    @property
    def reading(self) -> Engine:
        """An engine whose transactions see one unchanging book."""

    @property
    def writing(self) -> Engine:
        """An engine whose transactions see what the writer before has written."""

    def lock(self, db: Connection) -> None:
        """Wait for the writer's place; it is let go of with the transaction."""

    def lock_for_making(self, db: Connection) -> None:
        """The same, before there are tables."""

    def passes(self, trouble: DBAPIError) -> bool:
        """Whether waiting may help."""

    def told(self, trouble: DBAPIError) -> BookError:
        """The database's trouble in words that name it and the cure."""


class SqlStore:
    """See ``Store``; the tables are there already (``making.opened``)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def name(self) -> str:
        """See ``Store.name``."""
        return self._database.name

    @property
    def database(self) -> Database:
        """Where the lines lie, for those who copy and migrate it."""
        return self._database

    def write(self, work: Callable[[Shelf], T]) -> T:
        """See ``Store.write``.

        When the connection is lost while a commit is under way, nobody can tell whether it was done: the next try
        looks for the lines in their places before it does the work again.
        """
        before: tuple[SqlShelf, T] | None = None

        def attempt() -> T:
            nonlocal before
            with self._database.writing.connect() as db, db.begin():
                self._database.lock(db)
                shelf = SqlShelf(db)
                if before is not None and shelf.has(before[0].first):
                    return before[1]
                before = None
                done = work(shelf)
                before = (shelf, done) if shelf.first else None
            return done

        return self._tried(attempt)

    def ask(self, work: Callable[[Shelf], T]) -> T:
        """See ``Store.ask``."""

        def attempt() -> T:
            with self._database.reading.connect() as db, db.begin():
                return work(SqlShelf(db))

        return self._tried(attempt)

    def close(self) -> None:
        """See ``Store.close``."""
        self._database.engine.dispose()

    def _tried(self, attempt: Callable[[], T]) -> T:
        return tried(self._database, attempt, self._database.patience)


def tried(database: Database, attempt: Callable[[], T], patience: float) -> T:
    """Try, and again while waiting may help and ``patience`` (seconds) lasts; BookError in the end."""
    end, pause = time.monotonic() + patience, PAUSE[0]
    while True:
        try:
            return attempt()
        except DBAPIError as trouble:
            if not database.passes(trouble) or time.monotonic() >= end:
                raise database.told(trouble) from trouble
            time.sleep(pause)
            pause = min(pause * 2, PAUSE[1])


class SqlShelf:
    """See ``Shelf``."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self.first: tuple[int, bytes] | None = None  # place and leaf of the first line written here

    def has(self, first: tuple[int, bytes] | None) -> bool:
        """Whether a line with this leaf stands in this place."""
        asked = select(line.c.leaf).where(line.c.n == (first or (0, b""))[0])
        return first is not None and self._db.scalar(asked) == first[1]

    def head(self) -> Head:
        """See ``Shelf.head``."""
        row = self._db.execute(select(head)).one()
        return Head(Edge.read(row.size, row.peaks), datetime.fromisoformat(row.at) if row.at else None)

    def find(self, query: Query) -> Iterator[Line]:
        """See ``Shelf.find``."""
        if len(query.ids) > MANY:
            return iter(self._find_many(query))
        found = map(_line_of, self._stream(_asked(query, query.ids)))
        return (one for one in found if not query.kinds or one.kind in query.kinds)

    def held(self, ids: Collection[str]) -> set[str]:
        """See ``Shelf.held``."""
        asked = (select(line.c.id).where(line.c.id.in_(part)) for part in parts(ids))
        return {held for one in asked for held in self._db.scalars(one)}

    def matters(self, statements: Collection[str]) -> Mapping[str, str]:
        """See ``Shelf.matters``."""
        asked = (
            select(line.c.statement, line.c.matter).where(line.c.statement.in_(p)) for p in parts(statements)
        )
        return {row.statement: row.matter for one in asked for row in self._db.execute(one)}

    def named(self, beginning: str) -> set[str]:
        """See ``Shelf.named``."""
        asked = [
            select(column, line.c.kind).where(column >= beginning, column < f"{beginning}g")
            for column in (line.c.id, line.c.statement)  # no hexadecimal digit comes after f
        ]
        return {name for one in asked for name, kind in self._db.execute(one) if kind in ACTS}

    def said(self, first: int, last: int) -> Mapping[str, int]:
        """See ``Shelf.said``."""
        within = line.c.n.between(first, last), line.c.statement.is_not(None)
        asked = select(line.c.report, func.count()).where(*within).group_by(line.c.report)
        return {row[0]: row[1] for row in self._db.execute(asked)}

    def contingents(self, codes: Collection[str] = ()) -> set[Contingent]:
        """See ``Shelf.contingents``."""
        columns = line.c
        asked = select(columns.force, columns.place, columns.mission).where(columns.force.is_not(None))
        if codes:
            named = (columns.force.in_(codes), columns.place.in_(codes), columns.mission.in_(codes))
            asked = asked.where(or_(*named, columns.place.contains("+")))
        found = {Contingent(row.force, row.place, row.mission) for row in self._db.execute(asked.distinct())}
        return {one for one in found if not codes or not one.codes.isdisjoint(codes)}

    def place(self, known: datetime) -> int:
        """See ``Shelf.place``."""
        asked = select(line.c.n).where(line.c.at <= moment_text(known))
        return self._db.scalar(asked.order_by(line.c.at.desc(), line.c.n.desc()).limit(1)) or 0

    def leaves(self, last: int | None = None) -> Iterator[bytes]:
        """See ``Shelf.leaves``."""
        asked = select(line.c.leaf).order_by(line.c.n)
        return (
            bytes(row.leaf) for row in self._stream(asked if last is None else asked.where(line.c.n <= last))
        )

    def rows(self) -> Iterator[Row]:
        """See ``Shelf.rows``."""
        try:
            for row in self._stream(select(*KEPT).order_by(line.c.n)):
                n, text, leaf, *columns = tuple[Any, ...](row)
                yield Row(n, text, leaf, tuple(columns))
        except (DBAPIError, ValueError) as trouble:
            raise BookError(f"the database cannot give it ({trouble})") from trouble

    def unsealed(self) -> Collection[str]:
        """See ``Shelf.unsealed``."""
        asked = {
            "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
            "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled = 'O'",
        }
        kind = self._db.dialect.name
        return SEAL_NAMES[kind].difference(self._db.scalars(text(asked[kind])))

    def write(self, lines: Sequence[Line]) -> None:
        """See ``Shelf.write``."""
        leaves = [one.leaf for one in lines]
        self._db.execute(insert(line), [row_of(*one) for one in zip(lines, leaves, strict=True)])
        edge = self.head().edge.grown(leaves)
        self._db.execute(update(head).values(size=edge.size, peaks=edge.write(), at=lines[-1].at))
        self.first = self.first or (lines[0].n, leaves[0])

    def _find_many(self, query: Query) -> list[Line]:
        """As ``find`` for more ids than one question holds."""
        rows = [row for part in parts(query.ids) for row in self._db.execute(_asked(query, part))]
        return [_line_of(row) for row in sorted(rows, key=lambda row: row.n)]

    def _stream(self, asked: Select[Any]) -> Iterator[Found[Any]]:
        return iter(self._db.execute(asked, execution_options={"yield_per": STREAM}))


def parts(ids: Collection[str]) -> Iterator[list[str]]:
    """The ids in lots that one question can hold."""
    held = list(ids)
    return (held[at : at + MANY] for at in range(0, len(held), MANY))


def _asked(query: Query, ids: Collection[str]) -> Select[Any]:
    """The question in SQL."""
    columns = line.c
    asked = select(*COLUMNS).order_by(columns.n)
    if query.kinds and not (
        query.ids or query.reports or query.matters or query.contingents
    ):  # few lines, else
        asked = asked.where(columns.kind.in_([str(kind) for kind in query.kinds]))
    if query.ids:
        asked = asked.where(columns.id.in_(ids))
    if query.reports:
        asked = asked.where(columns.report.in_(query.reports))
    if query.matters:
        asked = asked.where(columns.matter.in_(query.matters))
    if query.contingents:
        within = [
            and_(columns.force == c.force, columns.place == c.place, columns.mission == c.mission)
            for c in query.contingents
        ]
        named = select(columns.matter).where(or_(*within))
        if query.last is not None:
            named = named.where(columns.n <= query.last)
        asked = asked.where(columns.matter.in_(named))
    if query.first > 1:
        asked = asked.where(columns.n >= query.first)
    return asked if query.last is None else asked.where(columns.n <= query.last)


def row_of(one: Line, leaf: bytes) -> dict[str, Any]:
    """A line as columns."""
    held = one.contingent
    return {
        "n": one.n,
        "kind": str(one.kind),
        "id": one.id,
        "at": one.at,
        "matter": one.matter or None,
        "report": one.report or None,
        "statement": one.statement or None,
        "force": held.force if held else None,
        "place": held.place if held else None,
        "mission": held.mission if held else None,
        "text": one.text,
        "leaf": leaf,
    }


def _line_of(row: Found[Any]) -> Line:
    """The line that a row holds."""
    contingent = None if row.force is None else Contingent(row.force, row.place, row.mission)
    return Line(
        row.n,
        Kind(row.kind),
        row.id,
        row.at,
        row.text,
        row.matter or "",
        row.report or "",
        row.statement or "",
        contingent,
    )
