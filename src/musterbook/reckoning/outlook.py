"""What was announced prepares for what comes: a strength on the way to an announced one surprises nobody.

An announcement counts from the day after it was published, for a year. "On the way" is all that lies between the
old strength and the announced one, and what is no jump beyond that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from musterbook.model import Statement, Status
from musterbook.reckoning.counts import HALF, PLANS, Count
from musterbook.values import Figures

YEAR = timedelta(days=365)  # what is announced again after a year is announced anew, as with pledges
CHANGES = PLANS | {Status.DONE}


@dataclass(slots=True)
class Outlook:
    """The changes that reports have told of for one contingent, in the order they were published."""

    told: list[tuple[date, Figures, int | None]] = field(
        default_factory=list
    )  # with the strength at that time
    _ends: dict[tuple[int, date], tuple[float, float]] = field(default_factory=dict)

    def add(self, statement: Statement, published: date, strength: int | None) -> None:
        """Take in the change that a statement tells of, if it tells of one; ``strength`` is what it starts from."""
        if statement.status in CHANGES and not statement.figures.is_empty:
            self.told.append((published, statement.figures, strength))

    def prepares(self, before: Count, after: Count) -> bool:
        """Whether what was announced before the later count was published leads from one to the other, or near."""
        lowest, highest = self._reach(before.number, after.published)
        if after.number > before.number:
            return highest > before.number and after.low <= highest * (1 + HALF)
        return lowest < before.number and after.high >= lowest * (1 - HALF)

    def _reach(self, strength: int, day: date) -> tuple[float, float]:
        """The lowest and the highest strength that the announcements of the year before the day lead to."""
        key = strength, day
        if key not in self._ends:
            ends = [float(strength)]
            for told, figures, start in self.told:
                if day - YEAR <= told < day:
                    ends.extend(_ends(figures, strength if start is None else start))
            self._ends[key] = min(ends), max(ends)
        return self._ends[key]


def _ends(figures: Figures, strength: int) -> Iterator[float]:
    """The strengths that an announced change may lead to from the one it starts at."""
    if figures.after is not None:
        yield figures.after
    elif figures.before is not None and figures.delta is not None:
        yield max(0, figures.before + figures.delta)
    elif figures.delta is not None:
        yield max(0, strength + figures.delta)
    elif figures.ratio is not None:
        yield strength * figures.ratio
    elif figures.before is None:
        yield from (float(end) for end in (figures.low, figures.high) if end is not None)
