"""The book's own clock and the keys by which it knows an input again; the same for every store."""

from __future__ import annotations

from datetime import UTC, datetime

from musterbook.errors import UsageError
from musterbook.ledger.book import KNOWN, READ, Outcome
from musterbook.model import Act, Doubt, Entry, Report, digest


def stamp(clock: datetime, last: datetime | None) -> datetime:
    """The moment that a line written now carries: UTC, and never before the last line's."""
    now = clock.astimezone(UTC)
    return now if last is None or now > last else last


def outcome_key(outcome: Outcome, doubt: Doubt | None = None) -> str:
    """The same input under the same name is one input, whenever it is given."""
    return digest("input", outcome.source, outcome.report or (doubt.id if doubt else ""))


def report_outcome(report: Report, at: datetime, known: bool) -> Outcome:
    """What became of an input that is a report."""
    message = "the book has this report already" if known else ""
    return Outcome(report.name or report.url, KNOWN if known else READ, message, report.id, at)


def failure_outcome(doubt: Doubt, at: datetime) -> Outcome:
    """What became of an input that could not become a report."""
    return Outcome(doubt.source, doubt.code, doubt.message, doubt.report, at)


def check_target(entry: Entry, stands: bool) -> None:
    """UsageError when an entry speaks of a statement that does not stand in the book."""
    if entry.act is not Act.RECORD and not stands:
        raise UsageError(
            f"no statement {entry.target[:12]} stands in the book, so it cannot be {_DEED[entry.act]}"
        )


_DEED = {Act.RETRACT: "retracted", Act.REPLACE: "replaced"}
