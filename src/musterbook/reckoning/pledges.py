"""A pledge is a change that someone with authority announced, or one under way; a forecast is none.

Of the statuses, announced and underway make a pledge; expected and considered do not, as nobody is bound by
them. A pledge has a figure: what will be there, what comes or goes, the share that stays, or bounds of these.
Statements about one contingent are one pledge when they share such a figure ("from 5,200 to 3,000" is also
"minus 2,200"), do not name different deadlines, and follow each other within a year. The earliest stands
first and is kept. It is reached when a later report plainly shows it (``reached``); else the verdict compares
the deadline with the day, and does not ask what came of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from musterbook.model import Contingent, Entry, Pledge, Report, Statement, Status
from musterbook.reckoning.reached import Arrival, arrivals, reached_by
from musterbook.reckoning.targets import Target, targets_of

PLEDGING = {Status.ANNOUNCED, Status.UNDERWAY}
SAME_PLEDGE_DAYS = 365  # said again after more than this, it is promised anew
OPEN, PAST_DUE, NO_DEADLINE, REACHED = "open", "past due", "no deadline", "reached"


@dataclass(frozen=True, slots=True)
class Promise:
    """One statement that announces a change, with the day on which it was published."""

    statement: Statement
    contingent: Contingent
    published: date | None
    targets: frozenset[Target]

    @property
    def deadline(self) -> date | None:
        """The last day of the stated period."""
        return self.statement.period.last if self.statement.period else None


@dataclass(slots=True)
class Group:
    """Promises that are one pledge, first one first."""

    promises: list[Promise]
    targets: set[Target] = field(default_factory=set)
    deadline: date | None = None

    def takes(self, promise: Promise) -> bool:
        """Whether the promise says the same as those before it."""
        if promise.deadline and self.deadline and promise.deadline != self.deadline:
            return False
        return not self.targets.isdisjoint(promise.targets) and self._is_near(promise.published)

    def add(self, promise: Promise) -> None:
        """Take the promise in."""
        self.promises.append(promise)
        self.targets |= promise.targets
        self.deadline = self.deadline or promise.deadline

    def _is_near(self, published: date | None) -> bool:
        """Whether that day is within a year of the last promise; an unknown day is."""
        last = self.promises[-1].published
        return not published or not last or (published - last).days <= SAME_PLEDGE_DAYS


def pledges(entries: Sequence[Entry], reports: Mapping[str, Report], day: date) -> tuple[Pledge, ...]:
    """The changes announced by that day, in the order of contingents and then of announcement.

    ``entries`` are those that stand (``Book.entries``); ``reports`` gives their days of publication by id.
    """
    groups: dict[Contingent, list[Group]] = {}
    for promise in sorted(_promises(entries, reports, day), key=_order):
        held = groups.setdefault(promise.contingent, [])
        group = next((g for g in held if g.takes(promise)), None)
        if group is None:
            held.append(group := Group([]))
        group.add(promise)
    shown = arrivals(entries, reports, day)
    return tuple(
        _pledge(group, day, shown.get(contingent, ()))
        for contingent, held in groups.items()
        for group in held
    )


def _promises(entries: Sequence[Entry], reports: Mapping[str, Report], day: date) -> list[Promise]:
    """The entries that announce a change in figures by that day."""
    found = []
    for entry in entries:
        statement, contingent = entry.statement, entry.contingent
        if statement is None or contingent is None or statement.status not in PLEDGING:
            continue
        report, targets = reports.get(statement.report), targets_of(statement.figures)
        published = report.published if report else None
        if targets and (published is None or published <= day):
            found.append(Promise(statement, contingent, published, targets))
    return found


def _order(promise: Promise) -> tuple[Contingent, date, str, int, str]:
    """By contingent, day, report and place in its text; undated ones last."""
    statement = promise.statement
    place = statement.evidence[0].start
    return promise.contingent, promise.published or date.max, statement.report, place, statement.id


def _pledge(group: Group, day: date, shown: Sequence[Arrival]) -> Pledge:
    """The record of a group: the words of the first, the deadline if any gave one, what shows it reached."""
    first = group.promises[0]
    basis = tuple(promise.statement.id for promise in group.promises)
    arrival = reached_by(group.targets, first.published, shown)
    speaker = next((p.statement.speaker.words for p in group.promises if p.statement.speaker), None)
    begun = any(p.statement.status is Status.UNDERWAY for p in group.promises)
    return Pledge(
        contingent=first.contingent,
        figures=first.statement.figures,
        status=Status.UNDERWAY if begun else Status.ANNOUNCED,
        announced=first.published,
        deadline=group.deadline,
        verdict=REACHED if arrival else verdict(group.deadline, day),
        speaker=speaker,
        basis=(*basis, arrival.statement) if arrival else basis,
    )


def verdict(deadline: date | None, day: date) -> str:
    """Open up to and on the deadline, past due after it."""
    if deadline is None:
        return NO_DEADLINE
    return PAST_DUE if deadline < day else OPEN
