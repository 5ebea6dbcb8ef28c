"""What happened last, as far as was published by a day: figures reported, changes announced, verdicts reached."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from heapq import merge
from itertools import islice
from typing import TypeVar

from musterbook.desk.phrases import figures_in_words
from musterbook.desk.web.snapshot import Snapshot
from musterbook.findings import Pledge, Verdict
from musterbook.model import Contingent, Statement

WAITING = (Verdict.OPEN, Verdict.DUE)
Wanted = Callable[[Contingent], bool]
Saying = tuple[Contingent, Statement]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened, on the day on which it could be read."""

    day: date
    contingent: Contingent
    what: str  # "reported", a status, "announced", or a verdict
    words: str
    who: str  # who said so
    statement: str = ""  # id of the statement to read


@dataclass(frozen=True)  # without slots: the orders are kept beside the field
class Happenings:
    """All of a snapshot in the order of days, so that any day's latest are found at once."""

    snapshot: Snapshot

    def latest(self, by: date, many: int, wanted: Wanted) -> tuple[Happening, ...]:
        """The latest by that day, the last one first."""
        told = (
            self._as_told(day, where, said)
            for day, (where, said) in _back(self._reported, by)
            if wanted(where)
        )
        decided = (
            _decided(pledge, day) for day, pledge in _back(self._decided, by) if wanted(pledge.contingent)
        )
        both = merge(islice(decided, many), islice(told, many), key=lambda one: one.day, reverse=True)
        return tuple(islice(both, many))

    def waiting(self, on: date, wanted: Wanted) -> tuple[Pledge, ...]:
        """The announcements that were made by that day and on which nothing was decided yet, what is due first."""
        made = [
            pledge for first, end, pledge in self._open if first <= on < end and wanted(pledge.contingent)
        ]
        return tuple(sorted(made, key=lambda p: (not is_due(p, on), p.deadline or date.max, p.id)))

    @cached_property
    def _reported(self) -> Sequence[tuple[date, Saying]]:
        """The statements with the days on which they were published."""
        view = self.snapshot.view
        entries, held = view.entries(), {hold.statement for hold in self.snapshot.holds}
        reports = view.reports_of(entries)
        told = ((e.contingent, e.statement) for e in entries if e.contingent and e.statement)
        days = (
            (day, (where, said))
            for where, said in told
            if said.id not in held and (day := reports[said.report].published)
        )
        return sorted(days, key=lambda pair: pair[0])

    @cached_property
    def _open(self) -> Sequence[tuple[date, date, Pledge]]:
        """The announcements with the days from and until which they waited."""
        return [
            (one.announced or one.deadline or date.min, one.decided_on or date.max, one)
            for one in self.snapshot.pledges
            if one.decided_on or one.verdict in WAITING
        ]

    @cached_property
    def _decided(self) -> Sequence[tuple[date, Pledge]]:
        """The announcements with the days on which their verdicts could be known."""
        days = ((pledge.decided_on, pledge) for pledge in self.snapshot.pledges if pledge.decided_on)
        return sorted(days, key=lambda pair: (pair[0], pair[1].id))

    def _as_told(self, day: date, where: Contingent, said: Statement) -> Happening:
        report = self.snapshot.view.report(said.report)
        publisher = (report.publisher or report.name) if report else ""
        who = said.speaker.words if said.speaker else publisher
        words = figures_in_words(said.figures, said.wording)
        return Happening(day, where, str(said.status), words, who, said.id)


def is_due(pledge: Pledge, on: date) -> bool:
    """Whether its day had passed."""
    return pledge.deadline is not None and pledge.deadline <= on


def _back(dated: Sequence[tuple[date, T]], by: date) -> Iterator[tuple[date, T]]:
    """From the last one by that day backwards."""
    return (dated[i] for i in range(bisect_right(dated, by, key=lambda pair: pair[0]) - 1, -1, -1))


def _decided(pledge: Pledge, day: date) -> Happening:
    said = (pledge.deciding or pledge.basis or ("",))[0]
    return Happening(
        day,
        pledge.contingent,
        str(pledge.verdict),
        figures_in_words(pledge.figures),
        pledge.speaker or "",
        said,
    )
