"""How the figures of a speaker, an office or a publisher compared with what came out later: counts and intervals.

A figure counts once, however often its teller repeats it. What was counted by another rule is counted apart and judges
nobody. No score is made of it: so many of so many were within a tenth, and that share lies between these bounds.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from math import sqrt

from musterbook.findings import Pledge
from musterbook.lexicon.register import Register
from musterbook.model import Contingent, Entry, Report, Statement, Status
from musterbook.reckoning.counts import Count, Telling, telling_of
from musterbook.reckoning.disclosure import Disclosure, Later, stocks
from musterbook.reckoning.names import SPEAKER, Names

TENTH, QUARTER = 0.1, 0.25
NOW = 31  # days between a figure and its report: what is older is a look back, no statement of the day
SURE = 1.645  # standard deviations on either side of a 90 % interval
TELLING = {Status.CURRENT, Status.DONE}


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with the 90 % interval of the share (Wilson); None where there are none."""

    count: int
    of: int

    @property
    def low(self) -> float | None:
        """The lower bound of the share."""
        return self._bound(-1)

    @property
    def high(self) -> float | None:
        """The upper bound of the share."""
        return self._bound(1)

    def _bound(self, sign: int) -> float | None:
        if not self.of:
            return None
        share, n, z2 = self.count / self.of, self.of, SURE * SURE
        middle, spread = share + z2 / (2 * n), SURE * sqrt(share * (1 - share) / n + z2 / (4 * n * n))
        return min(1.0, max(0.0, (middle + sign * spread) / (1 + z2 / n)))


@dataclass(frozen=True, slots=True)
class Comparison:
    """One figure and what came out about it."""

    statement: str  # id of the first statement that gave the figure
    contingent: Contingent
    told: int
    disclosure: Disclosure

    @property
    def ratio(self) -> float | None:
        """What was told to what came out; None where nobody was there."""
        return self.told / self.disclosure.number if self.disclosure.number else None

    def is_within(self, share: float) -> bool:
        """Whether the figure is no further off than that share of what came out."""
        return abs(self.told - self.disclosure.number) <= share * self.disclosure.number


@dataclass(frozen=True, slots=True)
class Record:
    """The record of one name: every number leads back to its comparisons and pledges."""

    name: str
    by: str
    figures: int  # different figures told, whether anything came out about them or not
    compared: tuple[Comparison, ...]  # counted by the same rule
    other_rule: tuple[Comparison, ...]  # counted otherwise: shown, and judging nobody
    verdicts: Mapping[str, int] = field(default_factory=dict)  # of the pledges made, by verdict

    @property
    def within_tenth(self) -> Share:
        """How many were within a tenth of what came out."""
        return self._share(TENTH)

    @property
    def within_quarter(self) -> Share:
        """How many were within a quarter of it."""
        return self._share(QUARTER)

    @property
    def under(self) -> int:
        """How many were more than a tenth too low."""
        return sum(c.told < c.disclosure.number and not c.is_within(TENTH) for c in self.compared)

    @property
    def over(self) -> int:
        """How many were more than a tenth too high."""
        return sum(c.told > c.disclosure.number and not c.is_within(TENTH) for c in self.compared)

    @property
    def ratios(self) -> tuple[float | None, float | None, float | None]:
        """The median ratio between the bounds of its 90 % interval (order statistics); open bounds are None."""
        found = sorted(c.ratio for c in self.compared if c.ratio is not None)
        if not found:
            return None, None, None
        middle = (found[(len(found) - 1) // 2] + found[len(found) // 2]) / 2
        rank = _rank(len(found))
        return (None, middle, None) if rank is None else (found[rank], middle, found[-1 - rank])

    def _share(self, share: float) -> Share:
        return Share(sum(c.is_within(share) for c in self.compared), len(self.compared))


def track_record(
    entries: Iterable[Entry],
    reports: Mapping[str, Report],
    register: Register,
    by: str = SPEAKER,
    first: Mapping[str, str] | None = None,
    pledges: Iterable[Pledge] = (),
    series: Collection[str] = (),
) -> tuple[Record, ...]:
    """The records of all speakers (offices, publishers), those with most comparisons first.

    ``first`` leads from a statement to the first of its utterance; ``series`` names the publishers of official counts.
    """
    told: dict[Contingent, list[Telling]] = defaultdict(list)
    said: dict[str, Statement] = {}
    for entry in entries:
        if entry.statement:
            said[entry.statement.id] = entry.statement
        if telling := telling_of(entry, reports):
            told[telling.contingent].append(telling)
    names, book = Names(register), _Book(defaultdict(dict), defaultdict(Counter))
    for contingent in sorted(told):
        later, parts = Later(told[contingent], reports, series, first), _parts(told[contingent])
        for telling in sorted(told[contingent], key=lambda t: t.order):
            name = names.of(telling.statement, reports.get(telling.statement.report), by)
            book.add(name, telling, later, parts)
    for pledge in pledges:
        statement = said.get(pledge.basis[0]) if pledge.basis else None
        if statement and (name := names.of(statement, reports.get(statement.report), by)):
            book.verdicts[name][pledge.verdict] += 1
    found = (_record(name, by, book) for name in book.figures.keys() | book.verdicts.keys())
    return tuple(sorted(found, key=lambda r: (-len(r.compared), -len(r.other_rule), -r.figures, r.name)))


@dataclass(slots=True)
class _Book:
    """What each name told, figure by figure, and how its pledges stand."""

    figures: dict[str, dict[tuple[Contingent, int, str], Comparison | None]]
    verdicts: dict[str, Counter[str]]

    def add(self, name: str, telling: Telling, later: Later, parts: Collection[str]) -> None:
        """Put a statement's figure to a name, once for each thing that came out about it."""
        if not name or telling.statement.status not in TELLING or telling.statement.id in parts:
            return
        for count in stocks(telling):
            if abs((count.published - count.day).days) <= NOW:
                shown = later.about(count)
                key = telling.contingent, count.number, shown.statement if shown else ""
                self.figures[name].setdefault(key, _comparison(telling, count, shown))


def _parts(told: Iterable[Telling]) -> frozenset[str]:
    """The statements that give a smaller number beside a larger one of the same report, day and speaker."""
    largest: dict[tuple[object, ...], tuple[int, str]] = {}
    found = set()
    for telling in told:
        speaker = telling.statement.speaker
        for count in stocks(telling):
            key = count.report, count.day, count.counting, speaker.words if speaker else ""
            size = count.number, count.statement
            found.add(min(largest.get(key, size), size)[1] if key in largest else "")
            largest[key] = max(largest.get(key, size), size)
    return frozenset(found - {""})


def _comparison(telling: Telling, count: Count, shown: Disclosure | None) -> Comparison | None:
    return Comparison(count.statement, telling.contingent, count.number, shown) if shown else None


def _record(name: str, by: str, book: _Book) -> Record:
    found = [c for c in book.figures.get(name, {}).values() if c is not None]
    figures = len({(contingent, number) for contingent, number, _ in book.figures.get(name, {})})
    same = tuple(c for c in found if c.disclosure.same_rule)
    other = tuple(c for c in found if not c.disclosure.same_rule)
    return Record(name, by, figures, same, other, dict(sorted(book.verdicts.get(name, Counter()).items())))


def _rank(count: int) -> int | None:
    """How many values lie outside of the 90 % interval of a median on either side; None where there are too few."""
    rank = int(count / 2 - SURE * sqrt(count) / 2)
    return rank if count >= 5 and rank >= 0 else None
