"""What came out later about a figure: an official count, a correction, a look back, or what several others found.

- *series*: a count by an official series (its publishers are named by the caller) within a season of the day;
- *correction*: a report that denies the figure and gives another, within a year after it was told;
- *look back*: a figure for about that day in a report published a month or more after the day;
- *consensus*: three or more later sources, each an utterance of its own, agree on a figure for about that day.
The first of these that there is counts.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from statistics import median_low

from musterbook.model import CountingRule, Report, Statement, Status
from musterbook.reckoning.apart import Changes
from musterbook.reckoning.counts import Count, Telling, source_of
from musterbook.reckoning.strength import BEFORE

SERIES, CORRECTION, LOOK_BACK, CONSENSUS = "series", "correction", "look back", "consensus"
SEASON, MONTH, AROUND, YEAR = (timedelta(days=days) for days in (92, 30, 45, 365))
SEVERAL, AGREE = 3, 0.1  # sources that agree within a tenth of their median
FEW = 5  # nearest figures that are looked at
MOST = 200  # later counts that are looked at for a consensus


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What came out about one figure; ``same_rule`` says whether it was counted as the figure was."""

    kind: str
    number: int
    statement: str  # id of the statement that shows it
    same_rule: bool


class Later:
    """All that one contingent's statements show, ready to be asked about a figure."""

    def __init__(
        self,
        told: Sequence[Telling],
        reports: Mapping[str, Report],
        series: Collection[str] = (),
        first: Mapping[str, str] | None = None,
    ) -> None:
        self._first = first or {}
        counts = sorted((c for telling in told for c in stocks(telling)), key=_by_day)
        self._counts, self._days = counts, [count.day for count in counts]
        official = [c for c in counts if source_of_count(c, reports) in series]
        self._official, self._official_days = official, [count.day for count in official]
        self._corrections = _corrections(told)
        self._changes = Changes(told)
        self._vague = {t.statement.id for t in told if _is_vague(t.statement)}
        self._mixed = {c.report for c in counts if c.rule is CountingRule.TEMPORARY}

    def about(self, count: Count) -> Disclosure | None:
        """What came out later about a figure; None where nothing did."""
        found = (
            self._by_series(count),
            self._by_correction(count),
            self._by_look_back(count),
            self._by_many(count),
        )
        return next((one for one in found if one is not None), None)

    def _by_series(self, count: Count) -> Disclosure | None:
        near = self._near(self._official, self._official_days, count.day, SEASON)
        others = sorted((c for c in near if c.report != count.report), key=lambda c: _distance(c, count))
        best = next((c for c in others[:FEW] if not self._is_led_to(count, c)), None)
        return self._disclosure(SERIES, best, count) if best else None

    def _by_correction(self, count: Count) -> Disclosure | None:
        for denied, better in self._corrections:
            soon = timedelta(0) <= better.published - count.published <= YEAR
            if denied == count.number and soon and better.report != count.report and better.number != denied:
                return self._disclosure(CORRECTION, better, count)
        return None

    def _by_look_back(self, count: Count) -> Disclosure | None:
        later = [
            c
            for c in self._near(self._counts, self._days, count.day, AROUND)
            if c.published - c.day >= MONTH
            and c.published > count.published
            and c.report != count.report
            and c.statement not in self._vague
        ]
        nearest = sorted(later, key=lambda c: _distance(c, count))[:FEW]
        best = next((c for c in nearest if not self._is_led_to(count, c)), None)
        return self._disclosure(LOOK_BACK, best, count) if best else None

    def _by_many(self, count: Count) -> Disclosure | None:
        near = self._near(self._counts, self._days, count.day, AROUND)
        own = self._first.get(count.statement, count.statement)
        votes: dict[str, Count] = {}
        for other in islice((c for c in near if c.published > count.published), MOST):
            root = self._first.get(other.statement, other.statement)
            if root != own and other.source != count.source and other.counting is count.counting:
                votes.setdefault(root, other)
        sources = {vote.source: vote for vote in votes.values()}
        if len(sources) < SEVERAL:
            return None
        middle = median_low(vote.number for vote in sources.values())
        alike = [vote for vote in sources.values() if abs(vote.number - middle) <= AGREE * middle]
        if len(alike) < SEVERAL or 2 * len(alike) <= len(sources):
            return None
        shown = next(vote for vote in alike if vote.number == middle)
        return None if self._is_led_to(count, shown) else self._disclosure(CONSENSUS, shown, count)

    def _is_led_to(self, count: Count, other: Count) -> bool:
        """Whether a change that was told of leads from one to the other: then neither is wrong for it."""
        before, after = sorted((count, other), key=_by_day)
        return before.number != after.number and self._changes.lead(before, after)

    def _near(
        self, counts: Sequence[Count], days: Sequence[date], day: date, window: timedelta
    ) -> Sequence[Count]:
        return counts[bisect_left(days, day - window) : bisect_right(days, day + window)]

    def _disclosure(self, kind: str, shown: Count, count: Count) -> Disclosure:
        mixed = shown.report in self._mixed and count.rule is not CountingRule.TEMPORARY
        return Disclosure(kind, shown.number, shown.statement, shown.counting is count.counting and not mixed)


def _is_vague(said: Statement) -> bool:
    """Whether a figure is of a long time, as "at the height of the war" is, and so of no day."""
    return said.period is not None and said.period.last - said.period.first > AROUND


def stocks(telling: Telling) -> Iterator[Count]:
    """The strengths that a statement gives as a number, no caps and no bounds from above."""
    for count in telling.counts:
        if not (count.is_target or count.is_cap or count.is_open_below or count.kind == BEFORE):
            yield count


def source_of_count(count: Count, reports: Mapping[str, Report]) -> str:
    """Who published a count."""
    report = reports.get(count.report)
    return source_of(report) if report else count.source


def _corrections(told: Iterable[Telling]) -> list[tuple[int, Count]]:
    """The figures that a report denies, each with the largest that it gives instead, by publication."""
    denied: dict[str, list[Statement]] = defaultdict(list)
    instead: dict[str, Count] = {}
    for telling in told:
        said = telling.statement
        if said.status is Status.DENIED and said.figures.level is not None:
            denied[said.report].append(said)
        for count in stocks(telling) if said.status is Status.CURRENT else ():
            best = instead.get(said.report)
            if best is None or (best.number, count.statement) < (count.number, best.statement):
                instead[said.report] = count
    pairs = [
        (s.figures.level or 0, instead[report])
        for report, several in denied.items()
        if report in instead
        for s in several
    ]
    return sorted(pairs, key=lambda pair: (pair[1].published, pair[1].statement, pair[0]))


def _distance(count: Count, other: Count) -> tuple[int, date, str]:
    """Nearest day first, then the first to show it."""
    return abs((count.day - other.day).days), count.published, count.statement


def _by_day(count: Count) -> tuple[date, date, str]:
    return count.day, count.published, count.statement
