"""What a program may rely on: read a text, open a book, ask it; everything else may change.

All numbers are persons. All days are days of the world; all moments are the book's clock, in UTC.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import cached_property
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from musterbook.ledger import entries
from musterbook.ledger.book import Book, Clock, Outcome, utc_now
from musterbook.model import Doubt, Entry, Estimate, Pledge, Reading, Report, Statement
from musterbook.pipeline import Progress, Tally, muster

if TYPE_CHECKING:
    from musterbook.second.endpoint import SecondReader

Day = date | str
Moment = datetime | date | str


def read(
    text: str, published: Day | None = None, title: str = "", language: str = "en", url: str = ""
) -> tuple[Statement, ...]:
    """What a report says about who has how many troops where, in the order of the text.

    ``published`` is the day of publication (a date or ``"2020-09-09"``), from which "Tuesday" and "by the end
    of the month" are counted; without it the day is inferred from the text where several signs agree.
    ``language`` is an ISO 639-1 code. Every span of a statement counts characters of ``text``.

    ValueError when the day is not one, LexiconError when no pack ships for the language. Strange text never
    raises; what could not be settled is in ``read_report(...).doubts``.
    """
    report = Report(text, title=title, url=url, language=language, published=_day(published))
    return read_report(report).statements


def read_report(report: Report, second: SecondReader | None = None) -> Reading:
    """All that a report gives: statements, quotations with speakers, people, appointments, events, doubts.

    ``second`` is a language model to ask as well; what it proposes stands among the doubts, code ``proposed``,
    and only as far as the report bears it out.
    """
    from musterbook.reading.reader import read as read_one
    from musterbook.settings import wants_learned

    reading = read_one(report, learned=wants_learned())
    if second is None:
        return reading
    return replace(reading, doubts=(*reading.doubts, *second.read(reading).doubts(reading.report)))


def open_book(path: str | os.PathLike[str] | None = None, clock: Clock = utc_now) -> OpenBook:
    """The book in this SQLite file, made if it is not there; without a path, the default book.

    BookError when the file is no book or cannot be written, NewerBookError when a newer version made it.
    ``clock`` gives the moment that lines are recorded at.
    """
    from musterbook import __version__
    from musterbook.ledger.stores.sql import SqlBook
    from musterbook.settings import book_file

    file = book_file(path)
    if not path:
        file.parent.mkdir(parents=True, exist_ok=True)
    return OpenBook(SqlBook(file, clock, __version__), clock)


def moment_of(value: Moment) -> datetime:
    """A moment in UTC; a bare day stands for its end, a time without a zone is UTC; else ValueError."""
    if isinstance(value, str):
        value = date.fromisoformat(value) if len(value) <= 10 else datetime.fromisoformat(value)
    if not isinstance(value, datetime):
        value = datetime.combine(value, time.max)
    return value if value.tzinfo else value.replace(tzinfo=UTC)


class BookView:
    """A book to read from, as it is known at one moment; figures are reckoned when they are asked for."""

    def __init__(
        self, book: Book, known: datetime | None = None, today: Callable[[], date] = date.today
    ) -> None:
        self._book, self._known, self._today = book, known, today

    def entries(self, known: Moment | None = None) -> tuple[Entry, ...]:
        """The lines that stand: statement, contingent, and when it was recorded."""
        return self._book.entries(known=self._bound(known))

    def statements(self, known: Moment | None = None) -> tuple[Statement, ...]:
        """The statements that stand, in the order they were recorded; retracted ones are left out."""
        return tuple(e.statement for e in self.entries(known) if e.statement is not None)

    def contingents(self, on: Day | None = None) -> tuple[Estimate, ...]:
        """The strength of every contingent on a day of the world (today when None), in persons.

        ``low``, ``best`` and ``high`` are None where the book supports no figure: unknown is never 0.
        ``basis`` holds the ids of the statements that each rests on.
        """
        from musterbook.reckoning.strength import latest

        found = latest(self.entries(), self._reports, _day(on) or self._today())
        return tuple(replace(estimate, known_at=self._known) for estimate in found)

    def pledges(self, on: Day | None = None) -> tuple[Pledge, ...]:
        """The announced changes, each with its verdict on that day: open, past due, no deadline, reached."""
        from musterbook.reckoning.pledges import pledges

        return pledges(self.entries(), self._reports, _day(on) or self._today())

    def report(self, id: str) -> Report | None:  # noqa: A002 -- the record's own word
        """The report with this id, as it was first read; None when the book does not hold it."""
        return self._reports.get(id)

    @cached_property
    def _reports(self) -> dict[str, Report]:
        return {report.id: report for report in self._book.reports()}

    def _bound(self, known: Moment | None) -> datetime | None:
        """The earlier of the moment asked for and the moment this view is held at."""
        asked = None if known is None else moment_of(known)
        moments = [m for m in (asked, self._known) if m is not None]
        return min(moments, default=None)


class OpenBook(BookView):
    """An open book: add reports, ask what it holds; close it, or use it as a context manager."""

    def __init__(self, book: Book, clock: Clock = utc_now) -> None:
        super().__init__(book, today=lambda: clock().date())
        self._clock = clock

    def add(
        self,
        source: str | os.PathLike[str] | Iterable[Report | Doubt],
        published: Day | None = None,
        language: str | None = None,
        progress: Progress | None = None,
    ) -> Tally:
        """Read reports into the book, one transaction a report; what it has already stays as it is.

        ``source`` is a path (file, folder or pattern), a text (a string with white space or a line break that
        names no file), or reports. ``published`` is for reports that give no day themselves. The tally says
        what became of every input: ``inputs == read + silent + known + refused``. Bad input
        never raises.
        """
        from musterbook.lexicon.register import load_register
        from musterbook.reading.reader import version
        from musterbook.settings import wants_learned

        arrivals = _arrivals(source, _day(published), language)
        tally = muster(
            arrivals,
            self._book,
            read_report,
            load_register(),
            self._clock,
            version(learned=wants_learned()),
            progress,
        )
        self.__dict__.pop("_reports", None)
        return tally

    def retract(self, statement: str, reason: str, by: str = "editor") -> bool:
        """From now on the statement with this id supports nothing; False where that was said already.

        UsageError when no such statement stands.
        """
        return self._book.append(entries.retract(statement, self._clock(), by, reason))

    def replace(self, statement: str, better: Statement, reason: str, by: str = "editor") -> bool:
        """From now on another statement stands where this one stood; False where that was said already.

        UsageError when no such statement stands, BookError when its report lacks the better one's evidence.
        """
        from musterbook.identity.resolve import resolve
        from musterbook.lexicon.register import load_register

        report = self.report(better.report)
        found = resolve(better, load_register(), report.published if report else None)
        contingent = None if isinstance(found, Doubt) else found
        return self._book.append(
            entries.replace(statement, better, contingent, self._clock(), by, "", reason)
        )

    def as_of(self, moment: Moment) -> BookView:
        """The book as it was known at that moment, to read only; later lines never change what it tells."""
        return BookView(self._book, moment_of(moment), self._today)

    def reading(self, report: str) -> Reading | None:
        """All that was found in the report with this id, quotations and people included."""
        return self._book.reading(report)

    def reports(self) -> tuple[Report, ...]:
        """All reports, in the order in which they came."""
        return self._book.reports()

    def doubts(self) -> tuple[Doubt, ...]:
        """What could not be settled, in the order it came."""
        return self._book.doubts()

    def outcomes(self) -> tuple[Outcome, ...]:
        """What became of every input ever given."""
        return self._book.outcomes()

    def close(self) -> None:
        """Let go of the file; closing twice does no harm."""
        self._book.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _arrivals(
    source: str | os.PathLike[str] | Iterable[Report | Doubt], published: date | None, language: str | None
) -> Iterator[Report | Doubt]:
    from musterbook.intake import from_path, from_text

    if isinstance(source, str) and _is_text(source):
        return from_text(source, "text", published, language)
    if isinstance(source, str | os.PathLike):
        return from_path(source, published, language)
    return chain(source)


def _is_text(source: str) -> bool:
    """Whether a string is a report itself: too long for a name, or several words and no file."""
    if len(source) > 1000 or "\n" in source:
        return True
    return len(source.split()) > 3 and not Path(source).exists()


def _day(value: Day | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value
