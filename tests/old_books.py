"""Books of the form 0001, as musterbook 0.2 laid them out: invented reports, written row by row with plain SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import create_engine

from books import IRAQ, START, SYRIA, line, statement
from musterbook.ledger import entries
from musterbook.ledger.lines import moment_text
from musterbook.ledger.migrations.versions import step_0001_four_tables as step
from musterbook.ledger.outcomes import Outcome, failure_outcome, outcome_key, report_outcome
from musterbook.ledger.schema import as_it_was, exact
from musterbook.model import Doubt, Entry, Reading, Report, digest
from musterbook.notation import parse, write
from musterbook.values import Attribution, Figures

Told = tuple[list[Entry], list[Report], list[Doubt], list[Outcome]]


def make_old_book(path: Path, reports: int) -> None:
    """A book with three statements a report, and corrections now and then."""
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as db, Operations.context(MigrationContext.configure(db)):
        step.upgrade()
    engine.dispose()
    with closing(sqlite3.connect(path)) as db, db:
        for number in range(reports):
            for table, row in _rows(number):
                marks = ", ".join("?" * len(row))
                names = ", ".join(row)
                db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(row.values()))


def told_by(path: Path) -> Told:
    """What the old program told of such a book: its records, each table in the order written."""
    with closing(sqlite3.connect(path)) as db:
        db.row_factory = sqlite3.Row
        rows = {name: list(db.execute(f"SELECT * FROM {name} ORDER BY seq")) for name in step.tables()}
    reports = [
        replace(parse(as_it_was(row["head"]), Report), text=as_it_was(row["text"])) for row in rows["report"]
    ]
    outcomes = [
        Outcome(
            as_it_was(row["source"]),
            row["code"],
            as_it_was(row["message"]),
            row["report"] or "",
            datetime.fromisoformat(row["recorded"]),
        )
        for row in rows["outcome"]
    ]
    return (
        [parse(as_it_was(row["line"]), Entry) for row in rows["entry"]],
        reports,
        [parse(as_it_was(row["line"]), Doubt) for row in rows["doubt"]],
        outcomes,
    )


def _rows(number: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """What one report, and what people decided on it, came to."""
    at = START + timedelta(minutes=number)
    odd = "\x00 \ud83d" if number % 50 == 0 else ""
    text = f"Some {number} American troops are in Iraq and {number + 1} in Syria, “they” said.{odd}"
    wire = Report(text, title=f"Wire {number}", publisher="The Wire", name=f"wire-{number}.txt")
    people = (Attribution("Gen. Rose", rank="Gen."),)
    said = [statement(wire, Figures(level=number + more), speaker=people[0]) for more in (1, 2)]
    said.append(statement(wire, Figures(ratio=0.5, approx=True), place="SYR"))
    yield "report", _report(Reading(wire, people=people), at)
    for one in said:
        yield "entry", _entry(replace(line(one), recorded=at))
    doubt = Doubt("reading", "no-place", "where?", report=wire.id, words="they")
    yield "doubt", _doubt(doubt, at)
    yield "outcome", _outcome(report_outcome(wire, at, known=False))
    yield from (("entry", _entry(one)) for one in _decisions(number, wire, said[0].id, at))
    if number % 9 == 0:
        broken = Doubt("intake", "binary", "is no text; convert it first", source=f"photo-{number}.jpg")
        yield "doubt", _doubt(broken, at)
        yield "outcome", _outcome(failure_outcome(broken, at), broken)


def _decisions(number: int, wire: Report, target: str, at: datetime) -> Iterable[Entry]:
    later, better = at + timedelta(seconds=20), statement(wire, Figures(level=number + 5))
    if number % 4 == 1:
        yield entries.retract(target, later, "Ruth", "misprint")
    if number % 8 == 1:
        again = statement(wire, Figures(level=number + 1), speaker=Attribution("Gen. Rose", rank="Gen."))
        yield entries.record(again, IRAQ, later, "Karl", "", "it was none")
    if number % 4 == 2:
        yield entries.replace(target, better, SYRIA, later, "Ruth", "", "misread")
        yield entries.retract(better.id, later + timedelta(seconds=20), "Karl", "withdrawn by the paper")


def _report(reading: Reading, at: datetime) -> dict[str, Any]:
    report = reading.report
    return {
        "id": report.id,
        "url": exact(report.url),
        "publisher": exact(report.publisher),
        "published": report.published.isoformat() if report.published else None,
        "recorded": moment_text(at),
        "head": exact(write(replace(report, text=""))),
        "text": exact(report.text),
        "findings": exact(write(replace(reading, report=Report("")))),
    }


def _entry(entry: Entry) -> dict[str, Any]:
    said, contingent = entry.statement, entry.contingent
    shown = (said.id, repr(said)) if said else ("", "")
    where = contingent.id if contingent else ""
    return {
        "id": digest("entry", entry.act, *shown, where, entry.target, entry.reason),
        "act": str(entry.act),
        "report": said.report if said else None,
        "statement": said.id if said else None,
        "target": entry.target,
        "force": contingent.force if contingent else None,
        "place": contingent.place if contingent else None,
        "mission": contingent.mission if contingent else None,
        "recorded": moment_text(entry.recorded),
        "line": exact(write(entry)),
    }


def _doubt(doubt: Doubt, at: datetime) -> dict[str, Any]:
    return {
        "id": doubt.id,
        "report": doubt.report or None,
        "stage": doubt.stage,
        "code": doubt.code,
        "recorded": moment_text(at),
        "line": exact(write(doubt)),
    }


def _outcome(outcome: Outcome, doubt: Doubt | None = None) -> dict[str, Any]:
    return {
        "id": outcome_key(outcome, doubt),
        "report": outcome.report or None,
        "source": exact(outcome.source),
        "code": outcome.code,
        "message": exact(outcome.message),
        "recorded": moment_text(outcome.at),
    }
