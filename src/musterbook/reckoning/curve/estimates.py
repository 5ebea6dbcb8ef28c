"""The estimate of every contingent on one day, also of those of which only words or promises of silence are known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from musterbook.findings import Estimate
from musterbook.model import Contingent, Entry, Report
from musterbook.reckoning.curve.curve import BACK, Choir
from musterbook.reckoning.curve.gather import Curves
from musterbook.reckoning.strength import stock_of


def estimates(
    found: Curves,
    entries: Iterable[Entry],
    reports: Mapping[str, Report],
    day: date,
    held: Collection[str] = (),
) -> tuple[Estimate, ...]:
    """The estimates of that day in the order of contingents, by the main curve of each.

    A contingent of which only words are known by then ("a limited presence"), or only what is held, is there with
    None, never with 0; one of which nothing but promises is known is not there: see ``pledges``.
    """
    told: dict[Contingent, list[str]] = defaultdict(list)
    for entry in entries:
        stock = stock_of(entry, reports)
        if stock is not None and (stock.day is None or stock.day <= day + BACK):
            told[stock.contingent].append(stock.statement.id)
    return tuple(
        estimate
        for contingent, ids in sorted(told.items())
        if (estimate := _estimate(contingent, found, ids, day, frozenset(held)))
    )


def known_since(entries: Iterable[Entry], reports: Mapping[str, Report]) -> Mapping[Contingent, date]:
    """From which day on ``estimates`` tells of each contingent, in the order of contingents."""
    found: dict[Contingent, date] = {}
    for entry in entries:
        stock = stock_of(entry, reports)
        if stock is not None:
            begins = stock.day - BACK if stock.day else date.min
            found[stock.contingent] = min(begins, found.get(stock.contingent, begins))
    return dict(sorted(found.items()))


class LightEstimates:
    """The same figures as ``estimates`` gives, without weighing who supports them: a hundred times as quick."""

    def __init__(self, found: Curves, entries: Iterable[Entry], reports: Mapping[str, Report]) -> None:
        since = known_since(entries, reports)
        self._shown = [
            (contingent, begins, bool(found.get(contingent))) for contingent, begins in since.items()
        ]
        self._choir = Choir(found[contingent][0] for contingent, _, has_curve in self._shown if has_curve)

    def on(self, day: date, known_at: datetime | None = None) -> tuple[Estimate, ...]:
        """The estimates of a day, in the order of contingents."""
        told = iter(self._choir.on(day, known_at))
        every = (
            (begins, next(told) if has_curve else Estimate(contingent, day, None, None, None, known_at, ()))
            for contingent, begins, has_curve in self._shown
        )
        return tuple(estimate for begins, estimate in every if begins <= day)


def _estimate(
    contingent: Contingent, found: Curves, ids: list[str], day: date, held: frozenset[str]
) -> Estimate:
    """The estimate of one contingent."""
    waiting = tuple(name for name in ids if name in held)
    if several := found.get(contingent):
        return replace(several[0].estimate(day), held=waiting)
    basis = tuple(name for name in dict.fromkeys(ids) if name not in held)
    return Estimate(contingent, day, None, None, None, None, basis, held=waiting)
