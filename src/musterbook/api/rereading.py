"""The reports of a book read again, one after the other; nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from musterbook.api.reading import read_report
from musterbook.errors import UsageError
from musterbook.identity.resolve import resolve
from musterbook.ledger.book import Book
from musterbook.ledger.rereading import Matter, Read, Rereading, compare
from musterbook.lexicon.register import load_register
from musterbook.lexicon.series import PRIVATE, is_table, series_names
from musterbook.model import Doubt, Reading, Report

LinesRead = Callable[[int, int], None]
STEP = 200  # lines of the book at a time


@dataclass(frozen=True, slots=True)
class ReadAgain:
    """A reader, with its version as entries name it."""

    read: Callable[[Report], Reading]
    version: str


def todays_reader() -> ReadAgain:
    """The reader of this installation."""
    from musterbook.reading.reader import version
    from musterbook.settings import wants_learned

    return ReadAgain(read_report, version(learned=wants_learned()))


def reread(
    book: Book, beginnings: Sequence[str], again: ReadAgain, at: datetime, progress: LinesRead | None
) -> Iterator[Rereading]:
    """What differs in each report; UsageError where none begins so."""
    total, found = book.head().edge.size, 0
    for first in range(1, total + 1, STEP):
        for report in book.reports_among(first, min(first + STEP - 1, total)):
            if _is_readable(report) and (not beginnings or report.id.startswith(tuple(beginnings))):
                found += 1
                matters = [Matter(past) for past in book.matters_of(report.id)]
                yield compare(report.id, matters, _said(report, again), at, again.version)
        if progress:
            progress(min(first + STEP - 1, total), total)
    if beginnings and not found:
        raise UsageError(
            f"the book has no report {', '.join(beginnings)}; their ids: musterbook sources --reports --json"
        )


def _is_readable(report: Report) -> bool:
    """Whether we know how to read it: not where it is a table of a series that somebody else knew."""
    return not is_table(report.language) or report.language.removeprefix(PRIVATE) in series_names()


def _said(report: Report, again: ReadAgain) -> Iterator[Read]:
    """The statements that the reader finds now, of the report as the book has it, with their contingents."""
    for statement in again.read(report).statements:
        said = replace(statement, report=report.id)  # a day that is inferred now makes no other report
        where = resolve(said, load_register(), report.published)
        yield said, None if isinstance(where, Doubt) else where
