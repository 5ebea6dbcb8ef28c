"""One contingent's strength over time under one counting rule, and what it comes to on a day.

The best figure is the middle of the chances, given in the words of a source where one of them says nearly that; low
and high leave out a twentieth on each side. Days that no statement reaches are a gap: unknown, and never zero.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property, partial
from math import ceil, floor, log, log10
from statistics import median

import numpy as np

from musterbook.findings import Estimate, Support
from musterbook.model import Contingent, CountingRule
from musterbook.reckoning.curve.grid import STEP, Grid, grid_for, quantiles
from musterbook.reckoning.curve.hearing import Hearing, hear, likelihoods
from musterbook.reckoning.curve.motion import Motion, tempo_for
from musterbook.reckoning.curve.passes import Passes
from musterbook.reckoning.curve.pulls import Pull, draws
from musterbook.reckoning.curve.together import Together
from musterbook.reckoning.curve.weighing import NEAR, weigh
from musterbook.reckoning.strength import AFTER, LEVEL, Stock

BAND = (0.05, 0.95)
INNER = (0.2, 0.8)  # a stated figure in here is given as the best
SHARES = (*BAND, 0.5, *INNER)
HASTE = (1.0, 3.0)  # a garrison, or a campaign: three times as fast as is usual for its size
BACK = timedelta(60)  # how long before its day a figure says anything of the strength
ON = timedelta(3 * 365)  # and how long after it
NONE_ON = timedelta(10 * 365)  # that all have left holds longer
TOO_WIDE = 50  # a band whose upper end is so many times the lower is no figure any more


@dataclass(frozen=True)
class Curve:
    """What was heard of one contingent under one rule, in order of days, and where announcements draw it."""

    contingent: Contingent
    rule: CountingRule
    heard: tuple[Hearing, ...]
    pulls: tuple[Pull, ...] = ()

    @cached_property
    def levels(self) -> tuple[Hearing, ...]:
        """What was heard without the ceilings."""
        return tuple(h for h in self.heard if not h.is_ceiling)

    @cached_property
    def grid(self) -> Grid:
        """The numbers that this strength may have."""
        numbers = [end for h in self.heard for end in (h.low, h.high)]
        return grid_for((*numbers, *(float(pull.target) for pull in self.pulls)))

    @cached_property
    def passes(self) -> Passes:
        """The chances of every strength on every day, at the tempo that explains best what was heard."""
        days, drawn = [h.day.toordinal() for h in self.heard], draws(self.pulls, self.grid)
        alike = {heard.words: heard for heard in self.heard}  # many say the same, and are heard alike
        place = {words: i for i, words in enumerate(alike)}
        which, several = [place[h.words] for h in self.heard], list(alike.values())
        usual = tempo_for(median(h.number for h in self.heard))
        motions = [Motion(self.grid, usual * haste) for haste in HASTE]
        tried = (
            Passes(motion, days, partial(likelihoods, several, motion), which, drawn) for motion in motions
        )
        return max(tried, key=lambda passes: passes.evidence - log(passes.motion.tempo / usual))

    def on(self, days: Sequence[date]) -> tuple[Estimate, ...]:
        """The estimates of these days, each with the statements nearest to it as basis."""
        if not days:
            return ()
        if not self.levels:
            return tuple(self._bounded(day) for day in days)
        ordinals = np.array([day.toordinal() for day in days], dtype=float)
        ends = quantiles(self.passes.on(ordinals), self.grid, SHARES).tolist()
        return tuple(self._estimate(None, day, *row) for day, row in zip(days, ends, strict=True))

    def estimate(self, day: date) -> Estimate:
        """The estimate of one day, with the statements that carry it as basis, weightiest first."""
        found = self.on([day])[0]
        if found.high is None or not self.levels:
            return found
        supports = self.supports(day)
        return replace(found, basis=tuple(s.statement for s in supports), supports=supports)

    def supports(self, day: date) -> tuple[Support, ...]:
        """The statements near a day that move the estimate of that day, each with by how much; weightiest first."""
        return weigh(self.passes, self.heard, day)

    @property
    def days(self) -> tuple[date, ...]:
        """The days on which something was heard."""
        return tuple(sorted({h.day for h in self.heard}))

    def reaches(self, day: date) -> bool:
        """Whether any statement says something of that day."""
        at, days = day.toordinal(), self._level_days
        for i in range(bisect_right(days, at + BACK.days) - 1, -1, -1):
            since = at - days[i]
            if since <= (ON if self.levels[i].high else NONE_ON).days:
                return True
            if since > NONE_ON.days:
                break
        return False

    def _estimate(
        self, known_at: datetime | None, day: date, low: float, high: float, middle: float, *inner: float
    ) -> Estimate:
        """The estimate that the quantiles come to."""
        near = self._nearest(day)
        by_then = bisect_right(self._confirmed_days, day)
        confirmed = self.confirmations[by_then - 1] if by_then else None
        is_known = self.reaches(day) and not high > TOO_WIDE * low >= TOO_WIDE
        best = _in_words((number for _, number in near), middle, *inner) if is_known else None
        return Estimate(
            self.contingent,
            day,
            None if best is None else min(best, _down(low)),
            best,
            None if best is None else max(best, _up(high)),
            known_at,
            tuple(dict.fromkeys([statement for statement, _ in near])),
            last_confirmed=confirmed.day if confirmed else None,
            confirmed=confirmed.number if confirmed else None,
            rule=self.rule,
        )

    def _nearest(self, day: date) -> list[tuple[str, int]]:
        """The statements nearest to a day, what was heard by then before what was heard later, with their numbers."""
        days, at = self._level_days, day.toordinal()
        here = bisect_right(days, at)
        first, last = max(0, here - NEAR), min(len(days), here + NEAR)
        first, last = bisect_left(days, days[first]), bisect_right(days, days[last - 1])  # whole days only
        told = zip(days[first:last], self._told[first:last], strict=True)
        near = sorted([(abs(on - at), on > at, one) for on, one in told])
        return [one for _, _, one in near[:NEAR]]

    @cached_property
    def _told(self) -> list[tuple[str, int]]:
        """The statement and the number of each level."""
        return [(h.statement.id, h.number) for h in self.levels]

    @cached_property
    def _level_days(self) -> list[int]:
        return [h.day.toordinal() for h in self.levels]

    @cached_property
    def _confirmed_days(self) -> list[date]:
        return [h.day for h in self.confirmations]

    @cached_property
    def confirmations(self) -> tuple[Hearing, ...]:
        """Counts that lie within the band of their day, in order of days."""
        passes = self.passes
        nodes, rows = np.unique(passes.at, return_inverse=True)
        bands = quantiles(passes.on(passes.nodes[nodes]), self.grid, BAND)[rows]
        return tuple(
            h
            for h, (low, high) in zip(self.heard, bands, strict=True)
            if not h.is_ceiling and h.stock.kind in (LEVEL, AFTER) and h.low <= high and h.high >= low
        )

    def _bounded(self, day: date) -> Estimate:
        """Where only ceilings are known: no more than the last one."""
        by_then = [h for h in self.heard if h.day <= day] or list(self.heard[:1])
        last = by_then[-1]
        high = int(last.high) if last.day - BACK <= day <= last.day + ON else None
        return Estimate(self.contingent, day, None, None, high, None, (last.statement.id,), rule=self.rule)


def curve_of(
    contingent: Contingent,
    rule: CountingRule,
    stocks: Iterable[Stock],
    pulls: Sequence[Pull] = (),
    vouched: Collection[str] = (),
) -> Curve | None:
    """The curve of a contingent under a rule; None where no stock gives a number on a day.

    ``vouched`` are ids of statements that a person has confirmed.
    """
    found = (hear(stock, stock.statement.id in vouched) for stock in stocks)
    heard = [h for h in found if h is not None]
    heard.sort(key=lambda h: (h.day, h.statement.id))
    return Curve(contingent, rule, tuple(heard), tuple(pulls)) if heard else None


class Choir:
    """Many curves, to be asked of one day together: any day is ten times as quick as by asking each of them."""

    def __init__(self, curves: Iterable[Curve]) -> None:
        self._curves = tuple(curves)
        self._told = Together([curve.passes for curve in self._curves if curve.levels])

    def on(self, day: date, known_at: datetime | None = None) -> tuple[Estimate, ...]:
        """The estimate that each curve gives for that day; ``known_at`` is the moment of which they are to tell."""
        ends = iter(self._told.quantiles(day.toordinal(), SHARES).tolist())
        return tuple(
            curve._estimate(known_at, day, *next(ends))
            if curve.levels
            else replace(curve._bounded(day), known_at=known_at)
            for curve in self._curves
        )


def _in_words(numbers: Iterable[int], middle: float, least: float, most: float) -> int:
    """The number of a source that lies near the middle, else the middle in round figures."""
    room = 1 + STEP
    told = [number for number in numbers if least / room <= number <= most * room]
    return min(told, key=lambda number: abs(number - middle), default=_round(middle))


def _digits(number: float) -> float:
    """The step that keeps two leading digits, or three of those that begin with 1."""
    power = floor(log10(max(number, 1.0)))
    return float(max(1, 10 ** (power - 1) // (2 if number < 2 * 10**power else 1)))


def _round(number: float) -> int:
    """In round figures."""
    step = _digits(number)
    return int(round(number / step) * step)


def _down(number: float) -> int:
    """The next round figure below."""
    step = _digits(number)
    return int(floor(number / step) * step)


def _up(number: float) -> int:
    """The next round figure above."""
    step = _digits(number)
    return int(ceil(number / step) * step)
