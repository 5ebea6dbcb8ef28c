"""What the desk asks a book: rows for the tables, joined from entries, reports and the reckoning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from musterbook.api import BookView
from musterbook.desk.views import Label, View, doubt_view, estimate_view, hold_view, statement_view
from musterbook.findings import Estimate
from musterbook.model import Contingent, Entry, Report, Statement

Pair = tuple[Statement, Report]


def pairs(book: BookView, entries: Iterable[Entry]) -> list[Pair]:
    """The statements of entries with their reports, by day of publication."""
    found = []
    for entry in entries:
        report = book.report(entry.statement.report) if entry.statement else None
        if entry.statement and report:
            found.append((entry.statement, report))
    return sorted(found, key=lambda p: (p[1].published or date.min, p[0].evidence[0].start))


def contingent_rows(book: BookView, on: date | None, label: Label) -> list[View]:
    """Every contingent with its strength, and the statement that it rests on most."""
    counts, said = counts_of(book)
    return [strength_row(book, estimate, counts, said, label) for estimate in book.contingents(on)]


def counts_of(book: BookView) -> tuple[Mapping[Contingent, int], Mapping[str, Statement]]:
    """How many statements each contingent has, and the statements that stand, by id."""
    entries = book.entries()
    counts = Counter(e.contingent for e in entries if e.contingent)
    return counts, {e.statement.id: e.statement for e in entries if e.statement}


def strength_row(
    book: BookView,
    estimate: Estimate,
    counts: Mapping[Contingent, int],
    said: Mapping[str, Statement],
    label: Label,
) -> View:
    """A contingent with its strength, how many statements it has, and who says what it rests on most."""
    first = said.get(estimate.basis[0]) if estimate.basis else None
    report = book.report(first.report) if first else None
    speaker = first.speaker.words if first and first.speaker else ""
    return estimate_view(estimate, label) | {
        "statements": counts.get(estimate.contingent, 0),
        "reported": report.published.isoformat() if report and report.published else None,
        "says": speaker or (report.publisher if report else ""),
    }


def hold_rows(book: BookView, label: Label) -> list[View]:
    """What is held for review, with its statement and source."""
    said = {e.statement.id: e.statement for e in book.entries() if e.statement}
    holds = [(hold, said[hold.statement]) for hold in book.holds()]
    found = ((hold, statement, book.report(statement.report)) for hold, statement in holds)
    return [hold_view(hold, statement, report, label) for hold, statement, report in found if report]


def doubt_rows(book: BookView) -> list[View]:
    """Every doubt with the words around its place."""
    found = ((doubt, book.report(doubt.report)) for doubt in book.doubts())
    return [doubt_view(doubt, report.text if report else None) for doubt, report in found]


def statement_rows(found: Iterable[Pair], label: Label) -> list[View]:
    """Views of statements with their reports."""
    return [statement_view(statement, report, label) for statement, report in found]
