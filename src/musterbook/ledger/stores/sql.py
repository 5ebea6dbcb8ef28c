"""Lines in a database: one transaction for each piece of work, nothing ever changed, one writer at a time."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Engine, Select, and_, func, insert, or_, select, update
from sqlalchemy import Row as Found
from sqlalchemy.exc import DBAPIError

from musterbook.errors import BookError
from musterbook.ledger.lines import Kind, Line, moment_text
from musterbook.ledger.merkle import Edge
from musterbook.ledger.schema import MARK, REVISION, as_it_was, exact, head, line, told
from musterbook.ledger.store import Head, Query, Row, Shelf
from musterbook.ledger.stores.postgres import copied
from musterbook.model import Contingent

T = TypeVar("T")
# Of lost connections the book tells, or nobody.
logging.getLogger("sqlalchemy").addHandler(logging.NullHandler())
MANY = 5_000  # values in one question: below what any database refuses
STREAM = 2_000  # rows fetched at a time
KINDS = frozenset(Kind)
CURE = "find out what happened to it: musterbook verify; or restore it from a copy: musterbook restore COPY"
PAUSE = 0.05, 0.25  # seconds between tries: the first, and the longest; a server may be up for moments only
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
KEPT = "SELECT n, text, leaf, kind, id, at, matter, report, statement, force, place, mission FROM line"
LEAST = -(2**63)  # a place before any that can be written


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

    def as_kept(self, db: Connection, asked: str) -> Sequence[Any]:
        """The rows that answer a question, even where somebody has made their text something else."""

    def facts(self, db: Connection) -> Mapping[str, str]:
        """See ``Store.facts``."""

    def damage(self, db: Connection) -> Sequence[str]:
        """See ``Store.damage``."""

    def unsealed(self, db: Connection) -> Iterator[str]:
        """What is wrong with the seals that keep lines from being changed."""

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
                shelf = SqlShelf(self._database, db)
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
                return work(SqlShelf(self._database, db))

        return self._tried(attempt)

    def facts(self) -> Mapping[str, str]:
        """See ``Store.facts``."""
        with self._database.reading.connect() as db, db.begin():
            return {**self._database.facts(db), "form": REVISION}

    def damage(self) -> Sequence[str]:
        """See ``Store.damage``."""
        try:
            with self._database.reading.connect() as db, db.begin():
                return self._database.damage(db)
        except DBAPIError as trouble:
            return (str(self._database.told(trouble)),)

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

    def __init__(self, database: Database, db: Connection) -> None:
        self._database, self._db = database, db
        self.first: tuple[int, bytes] | None = None  # place and leaf of the first line written here

    def has(self, first: tuple[int, bytes] | None) -> bool:
        """Whether a line with this leaf stands in this place."""
        asked = select(line.c.leaf).where(line.c.n == (first or (0, b""))[0])
        return first is not None and self._db.scalar(asked) == first[1]

    def head(self) -> Head:
        """See ``Shelf.head``."""
        rows = [tuple(row) for row in self._db.execute(select(head.c.size, head.c.peaks, head.c.at))]
        try:
            [(size, peaks, at)] = rows
            moment = datetime.fromisoformat(at) if at else None
            if moment is not None and moment_text(moment) != at:
                raise ValueError(f"{at!r} is no moment")
            return Head(Edge.read(size, peaks), moment)
        except (ValueError, TypeError) as trouble:
            raise BookError(f"where the book ends is not told any more ({trouble}); {CURE}") from trouble

    def find(self, query: Query) -> Iterator[Line]:
        """See ``Shelf.find``."""
        if len(query.ids) > MANY:
            return iter(self._find_many(query))
        found = map(_line_of, self._stream(_asked(query, query.ids)))
        return (one for one in found if not query.kinds or one.kind in query.kinds)

    def texts(self, query: Query) -> Iterator[str]:
        """See ``Shelf.texts``."""
        found = self._stream(_asked(query, query.ids).with_only_columns(line.c.kind, line.c.text))
        return (row.text for row in found if not query.kinds or row.kind in query.kinds)

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

    def named(self, beginning: str) -> Iterator[Line]:
        """See ``Shelf.named``."""
        columns, end = line.c, f"{beginning}g"  # behind every hexadecimal digit
        within = [and_(one >= beginning, one < end) for one in (columns.id, columns.statement)]
        return map(_line_of, self._stream(select(*COLUMNS).where(or_(*within)).order_by(columns.n)))

    def rows(self, after: int | None, many: int) -> list[Row]:
        """See ``Shelf.rows``."""
        asked = f"{KEPT} WHERE n > {LEAST if after is None else after} ORDER BY n LIMIT {many}"
        return [
            Row(n, _text_of(text), leaf, tuple(map(_as_it_was, columns)))
            for n, text, leaf, *columns in self._database.as_kept(self._db, asked)
        ]

    def oddities(self) -> Iterator[str]:
        """See ``Shelf.oddities``."""
        for name in ("meta", "alembic_version"):
            if (rows := self._db.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar()) != 1:  # noqa: S608
                yield f"the table {name} should have one row, but has {rows}"
        yield from self._database.unsealed(self._db)

    def write(self, lines: Sequence[Line]) -> None:
        """See ``Shelf.write``."""
        leaves = [one.leaf for one in lines]
        put(self._db, [row_of(*one) for one in zip(lines, leaves, strict=True)])
        edge = self.head().edge.grown(leaves)
        self._db.execute(update(head).values(size=edge.size, peaks=edge.write(), at=lines[-1].at))
        self.first = self.first or (lines[0].n, leaves[0])

    def _find_many(self, query: Query) -> list[Line]:
        """As ``find`` for more ids than one question holds."""
        rows = [row for part in parts(query.ids) for row in self._db.execute(_asked(query, part))]
        return [_line_of(row) for row in sorted(rows, key=lambda row: row.n)]

    def _stream(self, asked: Select[Any]) -> Iterator[Found[Any]]:
        return iter(self._db.execute(asked, execution_options={"yield_per": STREAM}))


def put(db: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Rows of lines into the table, by the quickest way that the database has."""
    if db.dialect.name == "postgresql":
        copied(db, line, rows)
    else:
        db.execute(insert(line), rows)


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


def _as_it_was(kept: object) -> object:
    """What a column held before the database got it; as it is where it cannot have been written so."""
    if not isinstance(kept, str) or not kept.startswith(MARK):
        return kept
    try:
        held = as_it_was(kept)
    except ValueError:
        return kept
    return held if exact(held) == kept else kept


def _text_of(kept: object) -> object:
    """The text that a row holds; as it is kept where it cannot have been written so."""
    try:
        return told(kept)
    except BookError:
        return kept


def _line_of(row: Found[Any]) -> Line:
    """The line that a row holds."""
    if row.kind not in KINDS:
        raise BookError(f"line {row.n} of the book was changed; see: musterbook verify")
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
