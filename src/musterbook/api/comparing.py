"""A book beside one of its series: the tables, what everybody else says, and the estimate without the tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date

from musterbook.findings import Estimate
from musterbook.lexicon.series import load_series
from musterbook.model import Contingent, Entry, Report
from musterbook.reckoning.beside import Comparison
from musterbook.reckoning.compare import Estimator, compare
from musterbook.reckoning.curve.curve import Curve
from musterbook.reckoning.curve.gather import Told, curves

Wanted = Callable[[Contingent], bool]


def compare_with(
    key: str,
    entries: Iterable[Entry],
    reports: Mapping[str, Report],
    held: Collection[str],
    wanted: Wanted,
    joint: Collection[Contingent] = (),
) -> tuple[Comparison, ...]:
    """The comparisons of the wanted contingents; ``held`` are statements that nothing but the series itself stands on.

    The tables' own figures are compared whether they are held or not: they are what they are. UsageError when no series
    has that name.
    """
    language = load_series(key).language
    series, public = [], []
    for entry in entries:
        if entry.statement is None or entry.contingent is None or not wanted(entry.contingent):
            continue
        if reports[entry.statement.report].language == language:
            series.append(entry)
        elif entry.statement.id not in held:
            public.append(entry)
    return compare(series, public, reports, lambda own: estimator(own, reports), joint)


def estimator(public: Iterable[Entry], reports: Mapping[str, Report]) -> Estimator:
    """What these entries alone support for a contingent on a day; the one place that knows how it is reckoned."""
    found: dict[Contingent, list[Entry]] = defaultdict(list)
    for entry in public:
        if entry.contingent:
            found[entry.contingent].append(entry)

    reckoned: dict[Contingent, tuple[Curve, ...]] = {}

    def estimate(contingent: Contingent, day: date) -> Estimate | None:
        if contingent not in reckoned:
            told = Told(found.get(contingent, ()), reports)
            reckoned[contingent] = curves(told).get(contingent, ())
        several = reckoned[contingent]
        return several[0].on([day])[0] if several else None

    return estimate
