"""A book to read from, as it is known at one moment; figures are reckoned when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from musterbook.api.days import Day, Moment, day_of, moment_of
from musterbook.ledger.asof import Standing
from musterbook.ledger.book import Book
from musterbook.model import Contingent, Entry, Estimate, Pledge, Report, Statement


class BookView:
    """A book as it is known at one moment, or now."""

    def __init__(
        self, book: Book, known: datetime | None = None, today: Callable[[], date] = date.today
    ) -> None:
        self._book, self._known, self._today = book, known, today
        self._held: dict[str, Report] = {}

    @property
    def known(self) -> datetime | None:
        """The moment that the view is held at; None: now."""
        return self._known

    def entries(self, known: Moment | None = None) -> tuple[Entry, ...]:
        """The lines that stand: statement, contingent, and when it was recorded."""
        return self._book.entries(known=self._bound(known))

    def statements(self, known: Moment | None = None) -> tuple[Statement, ...]:
        """The statements that stand, in the order they were recorded; retracted ones are left out."""
        return tuple(e.statement for e in self.entries(known) if e.statement is not None)

    def standing(self, contingent: Contingent | None = None) -> Standing:
        """The entries that stand, who vouches for them, what is held, which names are one, who may do what."""
        return self._book.standing(contingent, self._known)

    def contingents(self, on: Day | None = None) -> tuple[Estimate, ...]:
        """The strength of every contingent on a day of the world (today when None), in persons.

        ``low``, ``best`` and ``high`` are None where the book supports no figure: unknown is never 0.
        ``basis`` holds the ids of the statements that each rests on.
        """
        return self._strengths(self.entries(), on)

    def strength(self, contingent: Contingent, on: Day | None = None) -> Estimate | None:
        """The strength of one contingent, as in ``contingents``; None where the book has nothing on it."""
        entries = self._book.entries(contingent, self._known)
        return next(iter(self._strengths(entries, on)), None)

    def pledges(self, on: Day | None = None) -> tuple[Pledge, ...]:
        """The announced changes, each with its verdict on that day: open, past due, no deadline, reached."""
        from musterbook.reckoning.pledges import pledges

        entries = self.entries()
        return pledges(entries, self.reports_of(entries), day_of(on) or self._today())

    def report(self, id: str) -> Report | None:  # noqa: A002 -- the record's own word
        """The report with this id, as it was first read; None when the book does not hold it."""
        return self._reports([id]).get(id)

    def reports_of(self, entries: Iterable[Entry]) -> Mapping[str, Report]:
        """The reports that these entries' statements are of, by id."""
        return self._reports(e.statement.report for e in entries if e.statement)

    def history(self, identity: str) -> tuple[Entry, ...]:
        """Every entry on one matter by that moment: a statement in all its versions, a code, or a person."""
        entries = self._book.history(identity)
        return tuple(e for e in entries if self._known is None or e.recorded <= self._known)

    def _strengths(self, entries: tuple[Entry, ...], on: Day | None) -> tuple[Estimate, ...]:
        from musterbook.reckoning.strength import latest

        found = latest(entries, self.reports_of(entries), day_of(on) or self._today())
        return tuple(replace(estimate, known_at=self._known) for estimate in found)

    def _reports(self, ids: Iterable[str]) -> Mapping[str, Report]:
        """These reports, each fetched once."""
        if missing := set(ids) - self._held.keys():
            self._held |= {report.id: report for report in self._book.reports(missing)}
        return self._held

    def _bound(self, known: Moment | None) -> datetime | None:
        """The earlier of the moment asked for and the moment this view is held at."""
        asked = None if known is None else moment_of(known)
        moments = [m for m in (asked, self._known) if m is not None]
        return min(moments, default=None)
