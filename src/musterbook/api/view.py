"""A book to read from, as it is known at one moment; figures are reckoned when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from musterbook.api.days import Day, Moment, day_of, moment_of
from musterbook.ledger.asof import Standing, joint_name
from musterbook.ledger.book import Book
from musterbook.ledger.deciding import GUARD
from musterbook.model import (
    Conflict,
    Contingent,
    Doubt,
    Entry,
    Estimate,
    Hold,
    Item,
    Pledge,
    Report,
    Statement,
)

if TYPE_CHECKING:
    from musterbook.reckoning.difference import Knowledge
    from musterbook.reckoning.record import Record

BY_HAND = "by-hand"  # the code of a hold that somebody wrote


@dataclass(frozen=True, slots=True)
class Lens:
    """What a view leaves out of a book."""

    known: datetime | None = None  # lines recorded later; None: nothing
    public: date | None = None  # reports published later, or on no day that we know; None: nothing
    with_held: bool = False  # False: figures leave out what is held for review


class BookView:
    """A book as it is known at one moment, or now."""

    def __init__(self, book: Book, lens: Lens | None = None, today: Callable[[], date] = date.today) -> None:
        self._book, self._lens, self._today = book, lens or Lens(), today
        self._fetched: dict[str, Report] = {}
        self._kept: tuple[int, Standing] = (-1, Standing())  # size of the book, and what it came to then
        self._kept_holds: tuple[Standing, tuple[Hold, ...]] | None = None

    @property
    def known(self) -> datetime | None:
        """The moment that the view is held at; None: now."""
        return self._lens.known

    def as_of(self, moment: Moment) -> BookView:
        """The book as it was known at that moment, to read only; later lines never change what it tells."""
        return self._through(replace(self._lens, known=self._bound(moment)))

    def public_by(self, day: Day) -> BookView:
        """The same without what was published after that day, or on no day that we know."""
        return self._through(replace(self._lens, public=day_of(day)))

    def with_held(self) -> BookView:
        """The same with figures that stand on everything, held statements too."""
        return self._through(replace(self._lens, with_held=True))

    def entries(self, known: Moment | None = None) -> tuple[Entry, ...]:
        """The lines that stand: statement, contingent, and when it was recorded."""
        if known is None:
            return self.standing().entries
        return self._public(self._book.entries(known=self._bound(known)))

    def statements(self, known: Moment | None = None) -> tuple[Statement, ...]:
        """The statements that stand, in the order they were recorded; retracted ones are left out."""
        return tuple(e.statement for e in self.entries(known) if e.statement is not None)

    def standing(self, contingent: Contingent | None = None) -> Standing:
        """The entries that stand, who vouches for them, what is held, which names are one, who may do what."""
        if contingent is not None:
            return self._through_lens(self._book.standing(contingent, self._lens.known))
        size = self._book.head().edge.size
        if self._kept[0] != size:  # a book that has not grown tells the same
            self._kept = size, self._through_lens(self._book.standing(known=self._lens.known))
        return self._kept[1]

    def contingents(self, on: Day | None = None) -> tuple[Estimate, ...]:
        """The strength of every contingent on a day of the world (today when None), in persons.

        ``low``, ``best`` and ``high`` are None where the book supports no figure: unknown is never 0.
        ``basis`` holds the ids of the statements that each rests on, ``held`` those that wait for review.
        """
        return self._strengths(*self._found(), on)

    def strength(self, contingent: Contingent, on: Day | None = None) -> Estimate | None:
        """The strength of one contingent, as in ``contingents``; None where the book has nothing on it."""
        return next(iter(self._strengths(*self._found(contingent), on)), None)

    def pledges(self, on: Day | None = None) -> tuple[Pledge, ...]:
        """The announced changes, each with its verdict on that day: open, past due, no deadline, reached."""
        return self._pledges(*self._found(), on)

    def holds(self) -> tuple[Hold, ...]:
        """What is kept from every published figure, and why: by an entry, or by the guards."""
        return self._found()[1]

    def conflicts(self, first: Mapping[str, str] | None = None) -> tuple[Conflict, ...]:
        """What does not add up or cannot all be true: sums in reports, retellings, sources that differ, jumps.

        ``first`` leads from a statement's id to that of the first of its utterance. Conflicts that are ``explained``
        are none: counted by different rules, or one figure is old.
        """
        from musterbook.lexicon.register import load_register
        from musterbook.reckoning.belonging import Belonging
        from musterbook.reckoning.conflicts import all_conflicts

        found, holds = self._found()
        entries = found.entries
        return all_conflicts(entries, self.reports_of(entries), Belonging(load_register()), first, holds)

    def record(
        self,
        by: str = "speaker",
        first: Mapping[str, str] | None = None,
        pledges: Iterable[Pledge] | None = None,
        series: Collection[str] = (),
    ) -> tuple[Record, ...]:
        """How the figures of each speaker, office or publisher (``by``) compared with what came out later.

        ``pledges`` are the book's own unless others are given; ``series`` names publishers of official counts.
        """
        from musterbook.lexicon.register import load_register
        from musterbook.reckoning.record import track_record

        entries = self.entries()
        made = self.pledges() if pledges is None else pledges
        return track_record(entries, self.reports_of(entries), load_register(), by, first, made, series)

    def queue(self, on: Day | None = None) -> tuple[Item, ...]:
        """The statements that nobody has confirmed: what moves a figure of that day most comes first."""
        from musterbook.reckoning.queue import queue

        found, holds = self._found()
        reports = self.reports_of(found.entries)
        return queue(found.entries, reports, holds, found.confirmed.keys(), self._day(on))

    def knowledge(self, on: Day | None = None) -> Knowledge:
        """All that this view comes to for a day of the world, to be set beside another view's."""
        from musterbook.reckoning.difference import Knowledge

        found, holds = self._found()
        return Knowledge(
            found.entries,
            {hold.statement: hold.message for hold in holds},
            frozenset(found.confirmed),
            found.names,
            self._strengths(found, holds, on),
            self._pledges(found, holds, on),
        )

    def reports(self) -> tuple[Report, ...]:
        """The reports, in the order in which they came."""
        return tuple(r for r in self._book.reports(known=self._lens.known) if self._is_public(r))

    def doubts(self) -> tuple[Doubt, ...]:
        """What could not be settled, in the order it came."""
        return self._book.doubts(self._lens.known)

    def report(self, id: str) -> Report | None:  # noqa: A002 -- the record's own word
        """The report with this id, as it was first read; None when the book does not hold it."""
        return self._reports([id]).get(id)

    def reports_of(self, entries: Iterable[Entry]) -> Mapping[str, Report]:
        """The reports that these entries' statements are of, by id."""
        return self._reports(e.statement.report for e in entries if e.statement)

    def history(self, matter: str | Contingent) -> tuple[Entry, ...]:
        """Every entry on one matter by that moment: a statement in all its versions, a contingent, a code, a person."""
        return self._book.history(matter, self._lens.known)

    def journal(self) -> tuple[Entry, ...]:
        """Every entry ever written by that moment, in the order written."""
        return self._book.journal(self._lens.known)

    def current_name(self, code: str) -> str:
        """The code that stands for a code, after all merging of names."""
        return joint_name(code, self._book.names(self._lens.known))

    def named(self, beginning: str) -> frozenset[str]:
        """The ids of statements and decisions that begin so."""
        return self._book.named(beginning)

    def _through_lens(self, found: Standing) -> Standing:
        return replace(found, entries=self._public(found.entries))

    def _through(self, lens: Lens) -> BookView:
        return BookView(self._book, lens, self._today)

    def _strengths(self, found: Standing, holds: tuple[Hold, ...], on: Day | None) -> tuple[Estimate, ...]:
        from musterbook.reckoning.strength import latest

        held = () if self._lens.with_held else [hold.statement for hold in holds]
        estimates = latest(found.entries, self.reports_of(found.entries), self._day(on), held)
        return tuple(replace(estimate, known_at=self._lens.known) for estimate in estimates)

    def _pledges(self, found: Standing, holds: tuple[Hold, ...], on: Day | None) -> tuple[Pledge, ...]:
        from musterbook.reckoning.guards import without
        from musterbook.reckoning.pledges import pledges

        entries = found.entries if self._lens.with_held else without(found.entries, holds)
        return pledges(entries, self.reports_of(entries), self._day(on))

    def _found(self, contingent: Contingent | None = None) -> tuple[Standing, tuple[Hold, ...]]:
        """What stands, and what of it is held."""
        found = self.standing(contingent)
        if self._kept_holds is None or self._kept_holds[0] is not found:
            self._kept_holds = found, self._holds(found)
        return self._kept_holds

    def _holds(self, found: Standing) -> tuple[Hold, ...]:
        """What entries hold, then what the guards hold of the rest."""
        from musterbook.reckoning.guards import held

        by_entry = [
            _hold(e.statement.id, e.contingent, found.held[e.statement.id])
            for e in found.entries
            if e.statement and e.contingent and e.statement.id in found.held
        ]
        rest = [e for e in found.entries if e.statement and e.statement.id not in found.held]
        return (*by_entry, *held(rest, self.reports_of(rest), found.confirmed.keys()))

    def _day(self, on: Day | None) -> date:
        return day_of(on) or self._today()

    def _public(self, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        """Those whose report was out by the day of the lens."""
        if self._lens.public is None:
            return entries
        reports = self.reports_of(entries)
        return tuple(e for e in entries if e.statement and self._is_public(reports[e.statement.report]))

    def _is_public(self, report: Report) -> bool:
        limit = self._lens.public
        return limit is None or (report.published is not None and report.published <= limit)

    def _reports(self, ids: Iterable[str]) -> Mapping[str, Report]:
        """These reports, each fetched once."""
        if missing := set(ids) - self._fetched.keys():
            self._fetched |= {report.id: report for report in self._book.reports(missing)}
        return self._fetched

    def _bound(self, known: Moment | None) -> datetime | None:
        """The earlier of the moment asked for and the moment this view is held at."""
        asked = None if known is None else moment_of(known)
        moments = [m for m in (asked, self._lens.known) if m is not None]
        return min(moments, default=None)


def _hold(statement: str, contingent: Contingent, entry: Entry) -> Hold:
    """What an entry holds, with who holds it."""
    from musterbook.reckoning.yields import FLOOD

    if entry.by == GUARD:
        return Hold(statement, contingent, FLOOD, entry.reason, ())
    return Hold(statement, contingent, BY_HAND, f"{entry.reason} ({entry.by})", ())
