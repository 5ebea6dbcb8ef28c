"""A book to read from, as it is known at one moment; figures are reckoned when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from musterbook.api.days import Day, Moment, day_of, moment_of
from musterbook.api.reckoned import Reckoned
from musterbook.api.still import Still
from musterbook.findings import Conflict, Estimate, Hold, Item, Origin, Pledge, Score, Utterance
from musterbook.ledger.asof import Standing, joint_name, renamed
from musterbook.ledger.book import Book
from musterbook.ledger.outcomes import Outcome
from musterbook.model import Contingent, Doubt, Entry, Report, Role, Statement

if TYPE_CHECKING:
    from musterbook.api.drawing import Chart
    from musterbook.reckoning.beside import Comparison
    from musterbook.reckoning.curve.gather import Curves
    from musterbook.reckoning.difference import Knowledge
    from musterbook.reckoning.record import Record


@dataclass(frozen=True, slots=True)
class Lens:
    """What a view leaves out of a book."""

    known: datetime | None = None  # lines recorded later; None: nothing
    public: date | None = None  # reports published later, or on no day that we know; None: nothing
    wanted: Callable[[Contingent], bool] | None = None  # contingents that are not asked for; None: nothing
    with_held: bool = False  # False: figures leave out what is held for review


class BookView:
    """A book as it is known at one moment, or now."""

    def __init__(self, book: Book, lens: Lens | None = None, today: Callable[[], date] = date.today) -> None:
        self._book, self._lens, self._today = book, lens or Lens(), today
        self._fetched: dict[str, Report] = {}
        self._kept: tuple[int, Standing] = (-1, Standing())  # size of the book, and what it came to then
        self._still: Still | None = None  # what the whole book comes to, where later lines change nothing
        self._kept_one: tuple[int, Contingent | None, Standing] = (-1, None, Standing())  # the same of one
        self._reckoned = Reckoned(self)

    @property
    def lens(self) -> Lens:
        """What is left out."""
        return self._lens

    @property
    def known(self) -> datetime | None:
        """The moment that the view is held at; None: now."""
        return self._lens.known

    def as_of(self, moment: Moment) -> BookView:
        """The book as it was known at that moment, to read only; later lines never change what it tells."""
        return self._through(replace(self._lens, known=self._bound(moment)))

    def knowing(self, moment: Moment) -> BookView:
        """What was known by then: what the book held, or, before it was begun, what had been published."""
        bound, begun = moment_of(moment), self._book.begun()
        return self.public_by(bound.date()) if begun and bound < begun else self.as_of(bound)

    def public_by(self, day: Day) -> BookView:
        """The same without what was published after that day, or on no day that we know."""
        return self._through(replace(self._lens, public=day_of(day)))

    def of(self, wanted: Callable[[Contingent], bool] | None) -> BookView:
        """The same of these contingents alone, of all where it is None: less to reckon, and the same figures."""
        view = self._through(replace(self._lens, wanted=wanted))
        if wanted is not None:
            view._reckoned.lean_on(self._reckoned)
        return view

    def with_held(self) -> BookView:
        """The same with figures that stand on everything, held statements too."""
        return self._through(replace(self._lens, with_held=True))

    def still(self, last: BookView | None = None) -> BookView:
        """The same as it stands now, for many questions: lines that are written later change nothing of it.

        Views that it gives are still, too, and share the reports that were fetched; but for those of another moment.
        Where ``last`` is an earlier one of the same book, only what has changed since is reckoned anew.
        """
        now = Still(self._book.standing(known=self._lens.known))
        if last is None or last._still is None:
            return self._through(self._lens, now)
        view = self._through(self._lens, now.after(last._still))
        view._reckoned.take_over(last._reckoned)
        return view

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
        still = self._still
        size = self._kept[0] if still else self._book.head().edge.size
        if contingent is not None:
            if self._kept_one[:2] != (size, contingent):  # asked for again and again while one is drawn
                whole = self._alone(still, contingent) if still else self._of_one(contingent)
                self._kept_one = size, contingent, whole
            return self._kept_one[2]
        if self._kept[0] != size:  # a book that has not grown tells the same
            self._kept = size, self._through_lens(self._read())
        return self._kept[1]

    def contingents(self, on: Day | None = None) -> tuple[Estimate, ...]:
        """The strength of every contingent on a day of the world (today when None), in persons.

        ``low``, ``best`` and ``high`` are None where the book supports no figure: unknown is never 0.
        ``basis`` holds the ids of the statements that each rests on, ``held`` those that wait for review.
        """
        return self._reckoned.strengths(self.standing(), self.asked_for(on))

    def strengths(self, on: Day | None = None) -> tuple[Estimate, ...]:
        """The same figures without what supports them: quick for any day once the first is reckoned."""
        return self._reckoned.light(self.standing(), self.asked_for(on))

    def strength(self, contingent: Contingent, on: Day | None = None) -> Estimate | None:
        """The strength of one contingent, as in ``contingents``; None where the book has nothing on it."""
        return next(iter(self._reckoned.strengths(self.standing(contingent), self.asked_for(on))), None)

    def pledges(self, on: Day | None = None, contingent: Contingent | None = None) -> tuple[Pledge, ...]:
        """The announced changes, each with what became of it as far as was published by that day.

        Of one contingent alone they are judged by what was said of it, and not of areas around it.
        """
        found = self.standing(contingent)
        return self._reckoned.pledges(found, self.asked_for(on), whole=contingent is None)

    def recent_pledges(self, on: Day | None = None) -> tuple[Pledge, ...]:
        """Those that are open or due on that day, or were decided in the year before it."""
        from musterbook.reckoning.pledges.scoreboard import is_recent

        return tuple(pledge for pledge in self.pledges(on) if is_recent(pledge, self.asked_for(on)))

    def scoreboard(self, by: str = "force", on: Day | None = None) -> tuple[Score, ...]:
        """How the announced changes came out by "force", "place" or "speaker": counts, and shares with intervals."""
        from musterbook.reckoning.pledges.scoreboard import scoreboard

        return scoreboard(self.pledges(on), by)

    def curves(self, contingent: Contingent | None = None) -> Curves:
        """The strength over time of every contingent, or of one: a curve for each counting rule, the main one first.

        ``curve.on(days)`` gives estimates, ``curve.supports(day)`` the statements that carry one and how much.
        """
        return self._reckoned.curves(self.standing(contingent))

    def chart(
        self,
        force: str,
        place: str,
        first: Day | None = None,
        last: Day | None = None,
        against: Moment | None = None,
        log: bool = False,
    ) -> Chart:
        """The strength of a force in a place over time, named by code or name; shows itself in a notebook.

        ``against`` draws beneath it what was known by that moment. UsageError where the book holds nothing on it.
        """
        from musterbook.api.charts import chart_of, contingent_of

        then = None if against is None else self.knowing(against)
        found = contingent_of(self, force, place)
        return chart_of(self, found, day_of(first), day_of(last), then, log)

    def world(self, on: Day | None = None) -> Chart:
        """The contingents of a day on a map (today when None); shows itself in a notebook."""
        from musterbook.api.charts import world_of

        return world_of(self, day_of(on))

    def compare(
        self,
        series: str,
        wanted: Callable[[Contingent], bool] = lambda _: True,
        joint: Collection[Contingent] = (),
    ) -> tuple[Comparison, ...]:
        """The figures of a series ("dmdc", "un") beside what everybody else says, in the order of contingents and days.

        Only ``wanted`` contingents are looked at; for the ``joint`` ones ("AFG+IRQ") the parts' figures are added up.
        Each comparison has a verdict: agree, part, other rule, not comparable, no statement.
        """
        from musterbook.api.comparing import compare_with

        found = self.standing()
        held = self._reckoned.left_out(found)
        return compare_with(series, found.entries, self.reports_of(found.entries), held, wanted, joint)

    def holds(self, contingent: Contingent | None = None) -> tuple[Hold, ...]:
        """What is kept from every published figure, and why: by an entry, or by the guards."""
        return self._reckoned.holds(self.standing(contingent))

    def utterances(self, contingent: Contingent | None = None) -> tuple[Utterance, ...]:
        """What was said, each once with all statements that go back to it, of all contingents or of one."""
        return self._reckoned.utterances(self.standing(contingent))

    def echoes(self, contingent: Contingent | None = None) -> Mapping[str, str]:
        """For every statement the first one of its utterance; one that goes back to no other is its own."""
        from musterbook.reckoning.echoes import first_of

        return first_of(self.utterances(contingent))

    def origins(self) -> tuple[Origin, ...]:
        """The reports by the announcement that they go back to, first published first."""
        from musterbook.reckoning.origins import origins

        found = self.standing()
        kin, told = self._reckoned.kin(found), self.utterances()
        return origins(found.entries, self.reports_of(found.entries), kin, told)

    def conflicts(self) -> tuple[Conflict, ...]:
        """What does not add up or cannot all be true: sums in reports, retellings, sources that differ, jumps.

        Conflicts that are ``explained`` are none: counted by different rules, or one figure is old.
        """
        from musterbook.lexicon.register import load_register
        from musterbook.reckoning.belonging import Belonging
        from musterbook.reckoning.conflicts import all_conflicts

        found = self.standing()
        told, holds = self.reports_of(found.entries), self._reckoned.holds(found)
        first = self._reckoned.first(found)
        return all_conflicts(found.entries, told, Belonging(load_register()), first, holds)

    def record(
        self, by: str = "speaker", series: Collection[str] = (), pledges: Collection[Pledge] | None = None
    ) -> tuple[Record, ...]:
        """How the figures of each speaker, office or publisher (``by``) compared with what came out later.

        The counts of tables are official, and so are those of the publishers that ``series`` names. ``pledges`` are
        those of today, where they are at hand.
        """
        from musterbook.lexicon.register import load_register
        from musterbook.lexicon.series import is_table
        from musterbook.reckoning.record import track_record

        found, told = self.standing(), self.reports_of(self.standing().entries)
        first, made = self._reckoned.first(found), self.pledges() if pledges is None else pledges
        tables = (report.publisher for report in tuple(told.values()) if is_table(report.language))
        official = {*series, *tables}
        return track_record(found.entries, told, load_register(), by, first, made, official)

    def queue(self) -> tuple[Item, ...]:
        """The statements that nobody has confirmed: what moves the figure of its day most comes first."""
        from musterbook.reckoning.queue import queue

        found, reports = self.standing(), self.reports_of(self.standing().entries)
        holds, drawn = self._reckoned.holds(found), self._reckoned.curves(found)
        return queue(found.entries, reports, holds, found.confirmed.keys(), drawn)

    def knowledge(self, on: Day | None = None) -> Knowledge:
        """All that this view comes to for a day of the world, to be set beside another view's."""
        from musterbook.reckoning.difference import Knowledge

        found = self.standing()
        return Knowledge(
            found.entries,
            {hold.statement: hold.message for hold in self._reckoned.holds(found)},
            frozenset(found.confirmed),
            found.names,
            self.contingents(on),
            self.pledges(on),
        )

    def reports(self) -> tuple[Report, ...]:
        """The reports, in the order in which they came."""
        return tuple(r for r in self._book.reports(known=self._lens.known) if self._is_public(r))

    def outcomes(self) -> tuple[Outcome, ...]:
        """What became of every input ever given, in the order they came."""
        return self._book.outcomes(self._lens.known)

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

    def roles(self) -> Mapping[str, Role]:
        """What each person may do; empty for a book that is open to all."""
        return self._book.roles(self._lens.known)

    def named(self, beginning: str) -> frozenset[str]:
        """The ids of statements and decisions that begin so."""
        return self._book.named(beginning)

    def _alone(self, still: Still, contingent: Contingent) -> Standing:
        """What a still book holds of one contingent, as far as this view is asked for it."""
        now, wanted = renamed(contingent, still.found.names), self._lens.wanted
        found = still.alone(now) if wanted is None or wanted(now) else replace(still.found, entries=())
        return replace(found, entries=self._public(found.entries))

    def _of_one(self, contingent: Contingent) -> Standing:
        return self._through_lens(self._book.standing(contingent, self._lens.known))

    def _read(self) -> Standing:
        """What the lines come to, of those that are asked for."""
        wanted, known = self._lens.wanted, self._lens.known
        return self._book.standing_of(wanted, known) if wanted else self._book.standing(known=known)

    def _through_lens(self, found: Standing) -> Standing:
        wanted = self._lens.wanted
        entries = (
            found.entries
            if wanted is None
            else tuple(e for e in found.entries if e.contingent and wanted(e.contingent))
        )
        return replace(found, entries=self._public(entries))

    def _through(self, lens: Lens, still: Still | None = None) -> BookView:
        """This book through another lens; still, if this view is and the moment stays."""
        view = BookView(self._book, lens, self._today)
        if lens.known == self._lens.known and (still := still or self._still) is not None:
            view._fetched, view._still = self._fetched, still
            found = still.of(lens.wanted)
            view._kept = 0, replace(found, entries=view._public(found.entries))
        return view

    def asked_for(self, on: Day | None = None) -> date:
        """The day of the world that is asked about: today, or the last day that this view knows of."""
        if (day := day_of(on)) is not None:
            return day
        known = self._lens.known.date() if self._lens.known else None
        return min(d for d in (self._today(), known, self._lens.public) if d is not None)

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
        if missing := {one for one in ids if one not in self._fetched}:
            self._fetched |= {report.id: report for report in self._book.reports(missing)}
        return self._fetched

    def _bound(self, known: Moment | None) -> datetime | None:
        """The earlier of the moment asked for and the moment this view is held at."""
        asked = None if known is None else moment_of(known)
        moments = [m for m in (asked, self._lens.known) if m is not None]
        return min(moments, default=None)
