"""What was announced prepares for what comes: a strength on the way to an announced one surprises nobody.

An announcement counts from the day after it was published, for a year. "On the way" is all that lies between the
old strength and the announced one, and what is no jump beyond that. A cut prepares for no rise, nor a rise for a cut.
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
Change = tuple[date, Figures, int | None]  # with the day it was published and the strength it starts from


@dataclass(slots=True)
class Outlook:
    """The changes that reports have told of for one contingent, in the order they were published."""

    told: list[Change] = field(default_factory=list)
    _ends: dict[tuple[int, date], tuple[float, float]] = field(default_factory=dict)

    def add(self, statement: Statement, published: date, strength: int | None) -> None:
        """Take in the change that a statement tells of, if it tells of one; ``strength`` is the last one known."""
        figures = statement.figures
        if statement.status in CHANGES and not figures.is_empty:
            start = strength if figures.before is None else figures.before
            self.told.append((published, figures, start))

    def prepares(self, before: Count, after: Count) -> bool:
        """Whether what was announced before the later count was published leads from one to the other, or near."""
        lowest, highest = self._reach(before.number, after.published)
        if after.number > before.number:
            return highest > before.number and after.low <= highest * (1 + HALF)
        return lowest < before.number and after.high >= lowest * (1 - HALF)

    def _reach(self, strength: int, day: date) -> tuple[float, float]:
        """The lowest end of the cuts and the highest of the rises that were told of in the year before the day."""
        key = strength, day
        if key not in self._ends:
            lowest = highest = float(strength)
            for told, figures, known in self.told:
                start = strength if known is None else known
                ends = _ends(figures, start) if day - YEAR <= told < day else ()
                for end in ends:
                    lowest = min(lowest, end) if end < start else lowest
                    highest = max(highest, end) if end > start else highest
            self._ends[key] = lowest, highest
        return self._ends[key]


def _ends(figures: Figures, start: int) -> Iterator[float]:
    """The strengths that a change from a given one may lead to."""
    if figures.after is not None:
        yield figures.after
    elif figures.delta is not None:
        yield max(0, start + figures.delta)
    elif figures.ratio is not None:
        yield start * figures.ratio
    elif figures.before is None:
        yield from (float(end) for end in (figures.low, figures.high) if end is not None)
