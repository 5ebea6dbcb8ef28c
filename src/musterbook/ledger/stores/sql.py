"""The book in a database: one transaction a report, lines in muster notation, nothing ever changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    Table,
    and_,
    exists,
    func,
    insert,
    inspect,
    or_,
    select,
    true,
)

from musterbook.errors import BookError, NewerBookError
from musterbook.ledger import schema
from musterbook.ledger.book import KNOWN, READ, Clock, Outcome, Receipt, utc_now
from musterbook.ledger.evidence import accept, prove
from musterbook.ledger.notation import parse, parse_record, write, write_record
from musterbook.ledger.stamps import check_target, failure_outcome, outcome_key, report_outcome, stamp
from musterbook.ledger.stores.sqlite import engine_for, told
from musterbook.model import Contingent, Doubt, Entry, Reading, Report


class SqlBook:
    """The contract of ``Book`` over SQLAlchemy Core; today in a SQLite file."""

    def __init__(self, path: Path, clock: Clock = utc_now, made_by: str = "") -> None:
        self._path, self._clock = path, clock
        self._engine = engine_for(path)
        try:
            self._open(made_by)
        except BaseException:
            self.close()
            raise

    def add_report(self, reading: Reading, entries: Sequence[Entry]) -> Receipt:
        """See ``Book.add_report``."""
        lines, report = accept(reading, entries), reading.report
        with self._writing() as db:
            at = self._now(db)
            if _has(db, schema.report, report.id):
                return Receipt(KNOWN, report.id, new=_note(db, report_outcome(report, at, known=True)))
            db.execute(insert(schema.report).values(_report_row(reading, at)))
            rows = [_entry_row(replace(line, recorded=at)) for line in lines]
            if rows:
                db.execute(insert(schema.entry), rows)
            doubts = sum(_keep(db, doubt, at) for doubt in reading.doubts)
            _note(db, report_outcome(report, at, known=False))
        return Receipt(READ, report.id, len(lines), doubts)

    def add_failure(self, doubt: Doubt) -> Receipt:
        """See ``Book.add_failure``."""
        with self._writing() as db:
            at = self._now(db)
            doubts = int(_keep(db, doubt, at))
            new = _note(db, failure_outcome(doubt, at), doubt)
        return Receipt(doubt.code, doubt.report, 0, doubts, new)

    def append(self, entry: Entry) -> bool:
        """See ``Book.append``."""
        with self._writing() as db:
            if _has(db, schema.entry, entry.id):
                return False
            check_target(entry, bool(_standing(db, schema.entry.c.statement == entry.target)))
            if entry.statement is not None:
                prove(entry.statement, _need_report(db, entry.statement.report))
            db.execute(insert(schema.entry).values(_entry_row(replace(entry, recorded=self._now(db)))))
        return True

    def entries(
        self, contingent: Contingent | None = None, known: datetime | None = None
    ) -> tuple[Entry, ...]:
        """See ``Book.entries``."""
        with self._asking() as db:
            return _standing(db, _of(contingent), known)

    def journal(self) -> tuple[Entry, ...]:
        """See ``Book.journal``."""
        with self._asking() as db:
            return tuple(parse(row.line) for row in db.execute(_ordered(schema.entry)))

    def reports(self) -> tuple[Report, ...]:
        """See ``Book.reports``."""
        with self._asking() as db:
            return tuple(_report_of(row) for row in db.execute(_ordered(schema.report)))

    def report(self, id: str) -> Report | None:  # noqa: A002 -- the record's own word
        """See ``Book.report``."""
        with self._asking() as db:
            row = db.execute(select(schema.report).where(schema.report.c.id == id)).first()
        return _report_of(row) if row else None

    def reading(self, id: str) -> Reading | None:  # noqa: A002 -- the record's own word
        """See ``Book.reading``."""
        with self._asking() as db:
            row = db.execute(select(schema.report).where(schema.report.c.id == id)).first()
        return replace(parse_record(row.findings, Reading), report=_report_of(row)) if row else None

    def doubts(self) -> tuple[Doubt, ...]:
        """See ``Book.doubts``."""
        with self._asking() as db:
            return tuple(parse_record(row.line, Doubt) for row in db.execute(_ordered(schema.doubt)))

    def outcomes(self) -> tuple[Outcome, ...]:
        """See ``Book.outcomes``."""
        with self._asking() as db:
            return tuple(_outcome_of(row) for row in db.execute(_ordered(schema.outcome)))

    def now(self) -> datetime:
        """See ``Book.now``."""
        with self._asking() as db:
            return self._now(db)

    def close(self) -> None:
        """See ``Book.close``."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _open(self, made_by: str) -> None:
        """Make the tables in a fresh file; refuse a file of another kind or of a newer version."""
        with self._asking() as db:
            names = inspect(db).get_table_names()
        if not names:
            with self._writing() as db:  # asked again inside: another process may have been quicker
                if not inspect(db).get_table_names():
                    schema.tables.create_all(db)
                    db.execute(insert(schema.meta).values(schema_version=schema.VERSION, made_by=made_by))
        elif "meta" not in names or "entry" not in names:
            raise BookError(f"{self._path} is a database, but no book; name another file with --book")
        with self._asking() as db:
            self._check(db.execute(select(schema.meta)).one())

    def _check(self, held: Row[Any]) -> None:
        """NewerBookError when the file's schema is newer than ours."""
        if held.schema_version > schema.VERSION:
            by = f" ({held.made_by})" if held.made_by else ""
            raise NewerBookError(
                f"{self._path} was made by a newer musterbook{by}; "
                "upgrade this one with: pip install --upgrade musterbook"
            )

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """One transaction that may write: all of it or nothing."""
        with told(self._path), self._engine.connect().execution_options(writes=True) as db, db.begin():
            yield db

    @contextmanager
    def _asking(self) -> Iterator[Connection]:
        """One transaction that only reads, so that its answers fit each other."""
        with told(self._path), self._engine.connect() as db, db.begin():
            yield db

    def _now(self, db: Connection) -> datetime:
        """The moment for a line written in this transaction."""
        written = [db.scalar(select(func.max(t.c.recorded))) for t in (schema.entry, schema.report)]
        last = max((moment for moment in written if moment), default=None)
        return stamp(self._clock(), datetime.fromisoformat(last) if last else None)


def _ordered(table: Table) -> Select[Any]:
    """All rows in the order written."""
    return select(table).order_by(table.c.seq)


def _has(db: Connection, table: Table, id: str) -> bool:  # noqa: A002 -- the record's own word
    """Whether the table holds this id."""
    return db.scalar(select(table.c.seq).where(table.c.id == id)) is not None


def _standing(db: Connection, which: ColumnElement[bool], known: datetime | None = None) -> tuple[Entry, ...]:
    """``asof.standing`` in the database: no later line speaks of the statement or says it again."""
    line, other = schema.entry, schema.entry.alias()
    after = [
        other.c.seq > line.c.seq,
        or_(other.c.target == line.c.statement, other.c.statement == line.c.statement),
    ]
    then = [line.c.statement.is_not(None), which]
    if known is not None:
        after.append(other.c.recorded <= _moment(known))
        then.append(line.c.recorded <= _moment(known))
    found = db.execute(_ordered(line).where(*then, ~exists().where(*after)))
    return tuple(parse(row.line) for row in found)


def _of(contingent: Contingent | None) -> ColumnElement[bool]:
    """The condition that a line is of this contingent, or of any."""
    if contingent is None:
        return true()
    columns = schema.entry.c
    return and_(
        columns.force == contingent.force,
        columns.place == contingent.place,
        columns.mission == contingent.mission,
    )


def _moment(moment: datetime) -> str:
    """A moment as the database holds and sorts it."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _report_row(reading: Reading, at: datetime) -> dict[str, str | None]:
    """A report and what was found in it, as columns."""
    report = reading.report
    return {
        "id": report.id,
        "url": report.url,
        "publisher": report.publisher,
        "published": report.published.isoformat() if report.published else None,
        "recorded": _moment(at),
        "head": write_record(replace(report, text="")),
        "text": report.text,
        "findings": write_record(replace(reading, report=Report(""))),
    }


def _report_of(row: Row[Any]) -> Report:
    """The report that a row holds."""
    return replace(parse_record(row.head, Report), text=row.text)


def _need_report(db: Connection, id: str) -> Report:  # noqa: A002 -- the record's own word
    """The report with this id; BookError when the book has none."""
    row = db.execute(select(schema.report).where(schema.report.c.id == id)).first()
    if row is None:
        raise BookError(f"the book has no report {id[:12]}; add the report first")
    return _report_of(row)


def _entry_row(entry: Entry) -> dict[str, str | None]:
    """An entry as columns: its line, and what one asks by."""
    statement, contingent = entry.statement, entry.contingent
    return {
        "id": entry.id,
        "act": str(entry.act),
        "report": statement.report if statement else None,
        "statement": statement.id if statement else None,
        "target": entry.target,
        "force": contingent.force if contingent else None,
        "place": contingent.place if contingent else None,
        "mission": contingent.mission if contingent else None,
        "recorded": _moment(entry.recorded),
        "line": write(entry),
    }


def _keep(db: Connection, doubt: Doubt, at: datetime) -> bool:
    """Write a doubt once; whether it is new."""
    if _has(db, schema.doubt, doubt.id):
        return False
    row = {
        "id": doubt.id,
        "report": doubt.report or None,
        "stage": doubt.stage,
        "code": doubt.code,
        "recorded": _moment(at),
        "line": write_record(doubt),
    }
    db.execute(insert(schema.doubt).values(row))
    return True


def _note(db: Connection, outcome: Outcome, doubt: Doubt | None = None) -> bool:
    """Write an outcome once; whether the input is new."""
    key = outcome_key(outcome, doubt)
    if _has(db, schema.outcome, key):
        return False
    row = {
        "id": key,
        "report": outcome.report or None,
        "source": outcome.source,
        "code": outcome.code,
        "message": outcome.message,
        "recorded": _moment(outcome.at),
    }
    db.execute(insert(schema.outcome).values(row))
    return True


def _outcome_of(row: Row[Any]) -> Outcome:
    """The outcome that a row holds."""
    return Outcome(row.source, row.code, row.message, row.report or "", datetime.fromisoformat(row.recorded))
