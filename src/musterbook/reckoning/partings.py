"""What many comparisons come to: how often series, statements and estimates agree, and where they part most."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from musterbook.reckoning.beside import AGREE, OTHER_RULE, PART, VERDICTS, Comparison
from musterbook.reckoning.joint import JOINT

MOST = 5  # partings that are named


@dataclass(frozen=True, slots=True)
class Parting:
    """The contingents that part on one day, added up; joint ones are not added to their parts."""

    day: date
    contingents: tuple[str, ...]  # ids
    table: int
    said: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What comparisons come to; ``median_ratio`` is what was said as a share of the tables, where they compare."""

    figures: int
    verdicts: Mapping[str, int]
    median_ratio: float | None
    estimated: int  # figures beside which an estimate has both bounds
    within: int  # of these, those that the bounds hold
    largest: tuple[Comparison, ...]  # by persons
    partings: tuple[Parting, ...]  # by persons, a day each

    @property
    def compared(self) -> int:
        """Figures beside which somebody else's could be set."""
        return sum(self.verdicts[verdict] for verdict in (AGREE, PART, OTHER_RULE))


def sum_up(comparisons: Sequence[Comparison]) -> Summary:
    """The summary of comparisons, the same in whatever order they come."""
    counts = Counter(one.verdict for one in comparisons)
    parted = [one for one in comparisons if one.verdict in (PART, OTHER_RULE)]
    compared = [one for one in comparisons if one.verdict == AGREE] + parted
    ratios = [one.ratio for one in compared if one.ratio is not None]
    held = [one.is_within for one in comparisons if one.is_within is not None]
    return Summary(
        len(comparisons),
        {verdict: counts[verdict] for verdict in VERDICTS},
        median(ratios) if ratios else None,
        len(held),
        sum(held),
        tuple(sorted(parted, key=_largest)[:MOST]),
        tuple(_by_day(parted)[:MOST]),
    )


def _by_day(parted: Iterable[Comparison]) -> list[Parting]:
    """The days on which several contingents part, those with the widest gap first."""
    days: dict[date, list[Comparison]] = defaultdict(list)
    for one in parted:
        if one.said and JOINT not in one.official.contingent.place:
            days[one.official.day].append(one)
    found = [
        Parting(
            day,
            tuple(sorted(one.official.contingent.id for one in held)),
            sum(one.official.number for one in held),
            sum(one.said.number for one in held if one.said),
        )
        for day, held in days.items()
        if len(held) > 1
    ]
    return sorted(found, key=lambda one: (-abs(one.table - one.said), one.day))


def _largest(one: Comparison) -> tuple[object, ...]:
    return -abs(one.gap), one.official.contingent, one.official.day
