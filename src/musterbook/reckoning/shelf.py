"""Trusted counts in the order of their days, to find the nearest on either side of a day."""

from __future__ import annotations

from bisect import bisect_right, insort
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice

from musterbook.reckoning.counts import Count

AROUND = 3  # trusted counts on either side: enough to outvote one that was wrongly trusted


@dataclass(slots=True)
class Shelf:
    """Counts that passed, by day; those of one day in the order in which they passed."""

    counts: list[Count] = field(default_factory=list)

    def add(self, count: Count) -> None:
        """Put a count in its place."""
        insort(self.counts, count, key=_day)

    def around(self, count: Count, day: date, window: timedelta) -> list[Count]:
        """The nearest counts of other reports on either side of the day within the window, nearest first."""
        middle = bisect_right(self.counts, day, key=_day)
        before = (self.counts[place] for place in range(middle - 1, -1, -1))
        after = (self.counts[place] for place in range(middle, len(self.counts)))
        near = [
            other
            for side in (before, after)
            for other in islice((c for c in side if c.report != count.report), AROUND)
            if abs(other.day - day) <= window
        ]
        return sorted(near, key=lambda other: abs(other.day - day))

    def last(self, day: date) -> int | None:
        """The number of the last count of that day or before, None where there is none."""
        place = bisect_right(self.counts, day, key=_day)
        return self.counts[place - 1].number if place else None


def _day(count: Count) -> date:
    return count.day
