"""Reports of one announcement are one pledge, however often, by whomever and in whatever rounding they tell it.

Said again, it is the same pledge until its day; said again with another day, it is a new one. What a report only
recalls as a plan whose day has passed joins the pledge that it recalls, or is one whose announcement nobody dates.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from musterbook.model import Contingent, Entry, Report
from musterbook.reckoning.pledges.aims import Aim, agree
from musterbook.reckoning.pledges.evidence import Evidence
from musterbook.reckoning.pledges.promises import BINDING, Promise, promises
from musterbook.values import Period

TOGETHER = timedelta(days=10)  # reports of one announcement come out within
RENEWED = timedelta(days=31)  # a day that is named later than this after the announcement makes a new pledge
REMEMBERED = timedelta(days=365)  # said again after more than this without a day, it is promised anew
RECALLED = timedelta(days=400)  # how long after its day a pledge is still recalled
SAME_DAY = timedelta(days=31)  # deadlines that are one in different words: "by the fall", "by September"
CROWD = 16  # announcements of one contingent before those that nobody recalls any more are put aside
OF_LEAD = 0.25  # of the time given: how far reports of one announcement differ on its day


@dataclass(slots=True)
class Announcement:
    """Promises that are one pledge, first one first."""

    promises: list[Promise]
    aim: Aim
    before: float | None  # the strength when it was announced
    deadline: Period | None
    is_binding: bool = False  # somebody announced it; else all only expected it
    known: date | None = None  # first heard of
    heard: date | None = None  # first said, be it as an expectation
    firm: date | None = None  # first announced
    last: date | None = None  # last told of

    @property
    def contingent(self) -> Contingent:
        """Whose troops, where."""
        return self.promises[0].contingent

    @property
    def announced(self) -> date | None:
        """The first day on which it was announced; where it was only expected, on which that was said."""
        is_leak = self.firm and self.heard and self.firm - self.heard <= RENEWED
        return self.firm if is_leak else self.heard

    @property
    def states_strength(self) -> bool:
        """Whether a report says how many will be there, and not only how many come or go."""
        return any(p.aim.names_strength or p.aim.ratio is not None for p in self.promises)

    @property
    def ends(self) -> date | None:
        """The day after which nothing is taken for a report of it."""
        if self.last is None:
            return self.deadline.last + RECALLED if self.deadline else None
        end = self.last + REMEMBERED
        return max(end, self.deadline.last + RECALLED) if self.deadline else end

    def takes(self, promise: Promise) -> bool:
        """Whether the promise says the same as those before it."""
        if not self._is_near(promise) or not self._same_deadline(promise):
            return False
        return agree(self.aim, promise.aim, self.before, by_arithmetic=self._gap(promise) <= RENEWED)

    def add(self, promise: Promise) -> None:
        """Take the promise in."""
        if self._brings_the_day(promise):
            self.deadline = promise.deadline
        self.promises.append(promise)
        self.aim = self.aim.joined(promise.aim)
        self._note_days(promise, promise.statement.status in BINDING)

    def _note_days(self, promise: Promise, is_binding: bool) -> None:
        """Remember the first and last days of its reports; a plan that is recalled has none."""
        self.is_binding = self.is_binding or is_binding
        self.known = _earlier(self.known, promise.published)
        if promise.published:
            self.last = max(self.last or promise.published, promise.published)
        if promise.past is None:
            self.heard = _earlier(self.heard, promise.said)
            self.firm = _earlier(self.firm, promise.said) if is_binding else self.firm

    def _brings_the_day(self, promise: Promise) -> bool:
        """Whether its deadline goes before the one so far: an announced one does before an expected one."""
        binding = promise.statement.status in BINDING
        if binding and self.promises and not self.is_binding and TOGETHER < self._gap(promise) <= RENEWED:
            return True
        is_better = self.deadline is None or (binding and not self._is_dated())
        return promise.deadline is not None and is_better

    def _is_dated(self) -> bool:
        """Whether somebody who announced it named a day."""
        return any(p.deadline and p.statement.status in BINDING for p in self.promises)

    def _is_near(self, promise: Promise) -> bool:
        """Whether it is told while the pledge is remembered; on an unknown day it is."""
        return promise.published is None or self.ends is None or promise.published <= self.ends

    def _same_deadline(self, promise: Promise) -> bool:
        """Whether the two are for the same day, as far as they name one."""
        gap = self._gap(promise)
        if promise.past is not None:
            return self.deadline is None or self._was_past(promise.past)
        if promise.deadline is None:
            return True
        if self.deadline is None:
            return gap <= RENEWED
        return self._is_one_day(promise.deadline, promise, gap)

    def _is_one_day(self, other: Period, promise: Promise, gap: timedelta) -> bool:
        """Whether two named deadlines are one in different words, or one of them misreported."""
        own = self.deadline or other
        apart = _apart(own, other)
        if any(p.statement.report == promise.statement.report for p in self.promises):
            return apart <= timedelta(3) or (apart <= SAME_DAY and self._is_within(own, other))
        if gap > TOGETHER:
            return apart <= SAME_DAY
        known = self.known or promise.published
        lead = max(own.last, other.last) - known if known else timedelta()
        return apart <= SAME_DAY + OF_LEAD * lead or self._is_within(own, other)

    @staticmethod
    def _is_within(one: Period, other: Period) -> bool:
        return one.first <= other.last <= one.last or other.first <= one.last <= other.last

    def _was_past(self, past: date) -> bool:
        """Whether a day that is recalled lies between the announcement and its deadline, or near."""
        last = self.deadline.last if self.deadline else past
        return (self.known or last) - TOGETHER <= past <= last + 2 * SAME_DAY

    def _gap(self, promise: Promise) -> timedelta:
        """How long after the announcement it is said."""
        announced = self.announced or self.known
        return promise.published - announced if promise.published and announced else timedelta()


def gather_announcements(
    entries: Sequence[Entry],
    reports: Mapping[str, Report],
    day: date,
    first: Mapping[str, str],
    evidence: Mapping[Contingent, Evidence],
) -> dict[Contingent, list[Announcement]]:
    """What was announced by that day, of every contingent in the order of announcement."""
    found: dict[Contingent, list[Announcement]] = {}
    alive: dict[Contingent, list[Announcement]] = {}
    home: dict[str, Announcement] = {}  # statement id -> the announcement that it is a report of
    for promise in promises(entries, reports, day):
        here = alive.setdefault(promise.contingent, [])
        if promise.published is not None and len(here) > CROWD:
            here[:] = [a for a in here if a.ends is None or a.ends >= promise.published]
        origin = home.get(first.get(promise.statement.id, ""))
        announcement = origin if origin and origin.contingent == promise.contingent else _of(promise, here)
        if announcement is None and not promise.is_talk:
            announcement = _new(promise, evidence.get(promise.contingent))
            here.append(announcement)
            found.setdefault(promise.contingent, []).append(announcement)
        if announcement is not None:
            announcement.add(promise)
            home[promise.statement.id] = announcement
    return found


def _of(promise: Promise, alive: Sequence[Announcement]) -> Announcement | None:
    """The announcement that the promise is a report of: of several the nearest in figures, then the newest."""
    taking = [(a, at) for at, a in enumerate(alive) if a.takes(promise)]
    return min(taking, key=lambda pair: (_distance(pair[0].aim, promise.aim), -pair[1]), default=(None, 0))[0]


def _distance(one: Aim, other: Aim) -> float:
    """How far two aims that agree are apart, as a share."""
    pairs = ((one.number, other.number), (one.delta, other.delta), (one.ratio, other.ratio))
    told = [(abs(a), abs(b)) for a, b in pairs if a is not None and b is not None]
    return min((abs(a - b) / max(a, b, 1) for a, b in told), default=1.0)


def _new(promise: Promise, evidence: Evidence | None) -> Announcement:
    """An announcement that nothing before it tells of."""
    before = promise.aim.before
    if before is None and promise.said and evidence and not promise.past:
        before = evidence.before(promise.said)
    return Announcement([], promise.aim, before, None)


def _earlier(one: date | None, other: date | None) -> date | None:
    """The earlier of two days, of which either may be unknown."""
    return min(one, other) if one and other else one or other


def _apart(one: Period, other: Period) -> timedelta:
    """How far two deadlines are apart: a day in or near a month is that month."""
    if max(one.last - one.first, other.last - other.first) > SAME_DAY:
        return abs(one.last - other.last)
    return max(timedelta(), one.first - other.last, other.first - one.last)
