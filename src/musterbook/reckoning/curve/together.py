"""Many strengths on one day: the same sums as of one on many days, for some dozens at a time.

A step of numpy costs as much for one row as for twenty. The strengths are taken in the order of their width, in parts
that a processor's own memory holds; a row that is shorter than its neighbours ends in zeros.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np

from musterbook.reckoning.curve.grid import Array, quantiles_of
from musterbook.reckoning.curve.motion import beside
from musterbook.reckoning.curve.passes import Draw, Passes, gone_back, gone_over, normal

AT_ONCE = 64  # strengths
Going = Callable[[Array, Array, Array, Array], Array]


class Stretch(NamedTuple):
    """What happens to one strength between a day and its neighbour on which something is heard."""

    draws: Sequence[Draw]  # in the order in which they are taken
    start: int  # from which day on
    days: int


class Together:
    """Some strengths, to be asked of any day."""

    def __init__(self, several: Sequence[Passes]) -> None:
        self._many = len(several)
        order = sorted(range(len(several)), key=lambda i: several[i].motion.grid.size)
        rings = groupby(order, key=lambda i: several[i].motion.moves.length)
        self._parts = [
            (part, Part([several[i] for i in part])) for _, alike in rings for part in _cut(list(alike))
        ]

    def quantiles(self, day: int, shares: Sequence[float]) -> Array:
        """For each strength, a row each, the numbers of persons below which these shares of its chances lie."""
        found = np.empty((self._many, len(shares)))
        for places, part in self._parts:
            found[places] = part.quantiles(day, shares)
        return found


def _cut(places: list[int]) -> Iterator[list[int]]:
    return (places[i : i + AT_ONCE] for i in range(0, len(places), AT_ONCE))


class Part:
    """A few strengths on rings of one length, as wide as the widest."""

    def __init__(self, several: Sequence[Passes]) -> None:
        self._several = several
        self._moves = beside([passes.motion.moves for passes in several])
        self._firsts = np.array([passes.motion.grid.first for passes in several])
        self._width = max(passes.motion.grid.size for passes in several) + 1

    def quantiles(self, day: int, shares: Sequence[float]) -> Array:
        """As those of all."""
        states, likely = np.zeros((2, len(self._several), self._width))
        around = [_around(day, *held) for held in zip(self._several, states, likely, strict=True)]
        under, ahead = zip(*around, strict=True)
        states = _drawn(self._moves.forward(states, _days(under)), under, gone_over)
        likely = self._moves.backward(_drawn(likely, ahead, gone_back), _days(ahead))
        return quantiles_of(normal(states * likely), self._firsts, shares)


def _around(day: int, passes: Passes, state: Array, likely: Array) -> tuple[Stretch, Stretch]:
    """The stretches before and after a day; the rows are filled with the chances where the one begins, the other ends.

    Before the first and after the last day on which something was heard no time goes by.
    """
    following, width = bisect_right(passes.days, day), passes.motion.grid.size + 1
    draws = passes.under[following - 1] if following else ()
    start = passes.days[following - 1] if following else day
    end = passes.days[following] if following < len(passes.days) else day
    state[:width] = passes.before[following - 1] if following else passes.motion.grid.flat
    likely[:width] = passes.later[following] if following < len(passes.days) else 1.0
    return Stretch(draws, start, day - start), Stretch(draws[::-1], day, end - day)


def _days(stretches: Sequence[Stretch]) -> Array:
    return np.array([stretch.days for stretch in stretches], dtype=float)


def _drawn(states: Array, stretches: Sequence[Stretch], go: Going) -> Array:
    """The states after their draws: the first of every row that has one, then the second."""
    for n in range(max(len(stretch.draws) for stretch in stretches)):
        rows = [i for i, stretch in enumerate(stretches) if len(stretch.draws) > n and stretch.days]
        target, drawn = np.zeros((2, len(rows), states.shape[1]))
        share = np.empty((len(rows), 1))
        for place, i in enumerate(rows):
            draws, start, days = stretches[i]
            share[place] = draws[n].share(start, days)
            target[place, : len(draws[n].target)] = draws[n].target
            drawn[place, : len(draws[n].drawn)] = draws[n].drawn
        states[rows] = go(states[rows], target, drawn, share)
    return states
