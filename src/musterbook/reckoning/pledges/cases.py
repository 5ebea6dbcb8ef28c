"""One announcement with all that is needed to judge it: what was aimed at from where, by when, and what came after.

A number a little off is the number: within a twentieth it is reached. Within a tenth it is nearly there, which after
the day means that it came late. Where everybody leaves, a rest of a twentieth is nobody's contingent any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from math import inf

from musterbook.reckoning.pledges.aims import Aim, near
from musterbook.reckoning.pledges.evidence import CHANGE, HALT, STRENGTH, Fact
from musterbook.reckoning.pledges.grouping import Announcement
from musterbook.values import Period

THERE = 0.05  # a strength so near to the promised one is it
NEARLY = 0.10  # so near is nearly it
REST = 0.15  # of the strength before: what may be left where "nearly all" leave
PARTLY = 0.5  # of the change: what must be done for a pledge that is kept in part
SETTLING = timedelta(days=7)  # counts of the days around an announcement are the strength before it
GRACE_LEAST, GRACE_MOST, GRACE_OF_LEAD = 14, 31, 0.1  # days after the deadline that still keep it
LATE = timedelta(days=365)  # after its day; what comes later than this is another decision
WATCHED = timedelta(
    days=730
)  # how long later strengths speak of a pledge; without a day, how long it is open
HOLDS = timedelta(days=180)  # without a day: how long a strength must stay to be kept
OVERDUE = timedelta(days=365)  # without a day: after how long what is not there is not kept
BROKEN_BOUND = timedelta(days=180)  # the same for "no more than", which holds at once
MISSED = timedelta(days=1100)  # without a day: until when what is not there counts against it
CHANGE_EARLY = timedelta(days=31)  # a finished change may have begun so long before the announcement

DOWN, STAY, UP = -1, 0, 1


@dataclass(frozen=True)
class Case:
    """An announcement before its judge."""

    announcement: Announcement
    before: float | None  # the strength when it was announced, or what was promised until then
    facts: Sequence[Fact]  # what came out afterwards, in order

    @cached_property
    def aim(self) -> Aim:
        """What it aims at, with what follows from the strength before."""
        return self.announcement.aim.filled(self.before)

    @cached_property
    def start(self) -> date | None:
        """The day of the announcement; of one that was only recalled, of the report that recalls it."""
        return self.announcement.announced or self.announcement.known

    @cached_property
    def deadline(self) -> Period | None:
        """The days by the last of which it is to be kept."""
        recalled = next((p.past for p in self.announcement.promises if p.past), None)
        if self.announcement.deadline is None and self.is_recalled and recalled:
            return Period.day(recalled)
        return self.announcement.deadline

    @cached_property
    def due(self) -> date | None:
        """The deadline and some days of grace: a tenth of the time given, between two weeks and a month."""
        if self.deadline is None:
            return None
        lead = (self.deadline.last - self.start).days if self.start else 0
        grace = min(max(GRACE_LEAST, lead * GRACE_OF_LEAD), GRACE_MOST)
        return self.deadline.last + timedelta(days=int(grace))

    @cached_property
    def is_recalled(self) -> bool:
        """Whether nobody tells of it before its day had passed."""
        return all(promise.past for promise in self.announcement.promises)

    @cached_property
    def goal(self) -> float | None:
        """The strength aimed at; of a bound or range the end that counts."""
        if self.aim.low is not None and self.direction == UP:
            return self.aim.low
        return self.aim.number

    @cached_property
    def is_all(self) -> bool:
        """Whether everybody is to leave."""
        return self.aim.high is not None and self.aim.high <= 0

    @cached_property
    def direction(self) -> int | None:
        """DOWN, STAY or UP from the strength before; None where that is not known."""
        said = self.announcement.aim
        if said.delta and not said.is_all:
            return UP if said.delta > 0 else DOWN
        if self.before is not None and self.aim.names_strength:
            return self._from(self.before)
        if self.aim.delta:
            return UP if self.aim.delta > 0 else DOWN
        if self.is_all or (self.aim.ratio is not None and self.aim.ratio < 1):
            return DOWN
        return UP if self.aim.ratio is not None and self.aim.ratio > 1 else None

    def _from(self, before: float) -> int:
        low, high = self.aim.low, self.aim.high
        room = 0 if self.aim.before is not None else THERE * before
        if high is not None and before > high + room:
            return DOWN
        return UP if low is not None and before < low - room else STAY

    def short(self, fact: Fact) -> float:
        """By which share a strength falls short of the goal; 0 where it is there or beyond, inf where nobody knows."""
        if fact.kind != STRENGTH or not self.aim.names_strength:
            return inf
        least = fact.low if fact.low is not None else fact.best if fact.best is not None else fact.high
        most = fact.high if fact.high is not None else fact.best if fact.best is not None else fact.low
        if least is None or most is None:
            return inf
        over = self._share(least - self.aim.high) if self.aim.high is not None else 0
        under = self._share(self.aim.low - most) if self.aim.low is not None else 0
        if self.direction == DOWN:
            return max(over, 0)
        return max(under, 0) if self.direction == UP else max(over, under, 0)

    def _share(self, gap: float) -> float:
        """A gap as a share of the goal; of the strength before where the goal is that nobody stays."""
        whole = self.goal or self.before
        return gap / whole if whole else float(gap > 0)

    def is_there(self, fact: Fact) -> bool:
        """Whether a fact shows the promise reached."""
        if fact.kind == STRENGTH and self.short(fact) <= (REST if self.aim.nearly_all else THERE):
            return not self._is_too_early(fact) and not self._is_on_paper(fact)
        if fact.kind == STRENGTH and fact.best == 0 and self.direction == DOWN and fact.is_event:
            return self.start is not None and fact.day >= self.start
        return fact.kind != HALT and self._is_the_change(fact)

    def is_nearly_there(self, fact: Fact) -> bool:
        """Whether it shows the promise nearly reached."""
        return THERE < self.short(fact) <= NEARLY and not fact.on_paper and not self.aim.nearly_all

    def is_missing(self, fact: Fact) -> bool:
        """Whether it shows that the promise is not reached on its day."""
        return NEARLY < self.short(fact) < inf and not (self.aim.nearly_all and self.short(fact) <= REST)

    def moved(self, fact: Fact) -> float:
        """The share of the change that is done by a strength."""
        number = fact.best if fact.best is not None else fact.high if fact.high is not None else fact.low
        if self.before is None or self.goal is None or number is None or self.goal == self.before:
            return 0
        return (self.before - number) / (self.before - self.goal)

    def _is_the_change(self, fact: Fact) -> bool:
        """Whether a finished change is the one promised, or more of it."""
        if self.start is None or (fact.begun < self.start - CHANGE_EARLY and fact.begun != fact.day):
            return False
        if fact.day < self.start:
            return False
        wanted, done = self.aim.delta, fact.aim.delta
        if wanted and done and fact.kind == CHANGE:
            return wanted * done > 0 and abs(done) >= abs(wanted) * (1 - NEARLY)
        ratio = self.announcement.aim.ratio
        return ratio is not None and fact.aim.ratio is not None and abs(ratio - fact.aim.ratio) <= THERE

    def _is_too_early(self, fact: Fact) -> bool:
        """Whether a strength is that of the days of the announcement, or of a time before the promise counts."""
        if self.start is None or fact.day < self.start:
            return True
        if self.deadline and fact.day >= self.deadline.last:
            return False
        if self.direction == STAY:
            return fact.day < (self.deadline.last - SETTLING * 4 if self.deadline else self.start + HOLDS)
        settled = fact.is_event or bool(fact.aim.before or fact.aim.names_strength)
        return not settled and fact.day <= self.start + SETTLING

    def _is_on_paper(self, fact: Fact) -> bool:
        """Whether it is the goal itself, named as the number before the next change before anybody saw it."""
        if not fact.on_paper or fact.best is None or self.goal is None:
            return False
        is_past = self.deadline is not None and fact.published > self.deadline.last
        return not is_past and self.announcement.states_strength and near(fact.best, self.goal, loose=True)
