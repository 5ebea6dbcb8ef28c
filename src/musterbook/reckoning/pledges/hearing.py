"""One case is heard: which later facts and announcements bear on it, and what they show.

A fact counts until another target takes the place. That all have left one base is no proof where others count many in
the country. What is missing after its day counts only while nothing contrary was decided.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from musterbook.model import Status
from musterbook.reckoning.pledges.aims import near
from musterbook.reckoning.pledges.cases import BROKEN_BOUND, LATE, MISSED, OVERDUE, WATCHED, Case
from musterbook.reckoning.pledges.chains import SUPERSEDED, Turn, has_weight, is_put_off, turn_of
from musterbook.reckoning.pledges.evidence import STRENGTH, Fact

NEARBY = timedelta(days=3)  # reports so near speak of one time
SOME_LEFT = 0.1  # of the strength before: so many there, and not all have left


@dataclass(frozen=True)
class Hearing:
    """A case with the later announcements of its contingent, as known on a day."""

    case: Case
    later: Sequence[Case]
    day: date
    wider: Sequence[Case] = ()  # later announcements of the same force for areas that take in the place

    @cached_property
    def turn(self) -> Turn | None:
        """The later announcement that ends it."""
        return turn_of(self.case, self.later, self.wider)

    @cached_property
    def reached(self) -> Fact | None:
        """The first fact that shows it reached, before another target took its place."""
        end = self.turn.day if self.turn and self.turn.how == SUPERSEDED else date.max
        facts = (f for f in self.watched if self.case.is_there(f) and self._is_before(f, end))
        return next((f for f in facts if not self._is_contested(f)), None)

    @cached_property
    def nearly(self) -> Fact | None:
        """The first strength after its day that is nearly the promised one, where none was reached in time."""
        due, end = self.case.due, self.turn.day if self.turn else date.max
        facts = (f for f in self.watched if due and f.day > due and f.published <= end)
        return next((f for f in facts if self.case.is_nearly_there(f)), None)

    @cached_property
    def watched(self) -> list[Fact]:
        """The facts that still speak of this announcement, in order of publication."""
        case = self.case
        if case.start is None:
            return []
        until = (case.deadline.last if case.deadline else case.start) + WATCHED
        return [fact for fact in case.facts if fact.day <= until]

    @cached_property
    def missing(self) -> list[Fact]:
        """The strengths that show it not reached when it should have been, before anything contrary was decided."""
        case, facts = self.case, self.case.facts
        if case.start is None:
            return []
        if case.deadline and case.due:
            first, last, known = case.deadline.middle, case.deadline.last + LATE, case.due
        else:
            waiting = BROKEN_BOUND if case.aim.is_bound else OVERDUE
            first, last, known = case.start + waiting, case.start + MISSED, case.start
        against = (o.start for o in self.later if o.start and self.is_contrary(o))
        last = min(last, min(against, default=date.max))
        return [f for f in facts if first <= f.day <= last and f.published > known and case.is_missing(f)]

    def _is_before(self, fact: Fact, end: date) -> bool:
        """Whether it came out before another target took the place; on that day only what is plain counts."""
        if fact.published != end:
            return fact.published < end
        is_it = fact.best is not None and self.case.goal is not None and near(fact.best, self.case.goal)
        return fact.is_event or fact.aim.names_strength or (is_it and not fact.on_paper)

    def is_contrary(self, other: Case) -> bool:
        """Whether a later announcement goes the other way, so that strengths after it tell nothing."""
        case = self.case
        is_later = bool(case.start and other.start and other.start > case.start and not other.is_recalled)
        goes_back = bool(case.direction and other.direction and case.direction != other.direction)
        return is_later and goes_back and has_weight(other)

    def _is_contested(self, fact: Fact) -> bool:
        """Whether another report of those days counts many where this one says that all have left."""
        case = self.case
        if fact.kind != STRENGTH or fact.best != 0 or fact.high or not case.before:
            return False
        beside = (
            f for f in case.facts if abs(f.published - fact.published) <= NEARBY and f.report != fact.report
        )
        return any(
            f.kind == STRENGTH and f.day >= fact.day and (f.low or f.best or 0) > SOME_LEFT * case.before
            for f in beside
        )

    @property
    def is_late(self) -> bool:
        """Whether what was reached was not there on its day."""
        fact, due = self.reached, self.case.due
        if fact is None or due is None or fact.day <= due:
            return False
        return (
            fact.is_event
            or self._was_seen_missing(fact)
            or self._was_put_off(fact)
            or self._went_on(due, fact)
        )

    def _was_seen_missing(self, fact: Fact) -> bool:
        deadline = self.case.deadline
        before = (f for f in self.case.facts if f.published < fact.published and f.day <= fact.day)
        return any(deadline and f.day >= deadline.middle and self.case.is_missing(f) for f in before)

    def _was_put_off(self, fact: Fact) -> bool:
        return any(is_put_off(self.case, o) and o.start and o.start <= fact.published for o in self.later)

    def _went_on(self, due: date, fact: Fact) -> bool:
        """Whether it was still under way after its day."""
        promises = self.case.announcement.promises
        under_way = (p.published for p in promises if p.statement.status is Status.UNDERWAY and p.published)
        return any(due < day < fact.published for day in under_way)
