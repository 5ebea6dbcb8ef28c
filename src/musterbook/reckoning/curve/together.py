"""Many strengths on one day: the same sums as of one on many days, for some dozens of curves at a time.

A step of numpy costs as much for one row as for twenty. The curves are taken in the order of their width, in parts that
a processor's own memory holds; a row that is shorter than its neighbours ends in zeros.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from musterbook.reckoning.curve.grid import Array, quantiles_of
from musterbook.reckoning.curve.motion import Moves, beside
from musterbook.reckoning.curve.passes import Draw, Passes, gone_back, gone_over, normal

AT_ONCE = 48  # curves
Going = Callable[[Array, Array, Array, Array], Array]
Stretch = tuple[Sequence[Draw], float, float]
"""The draws of one curve in the order in which they are taken, from which day on, and for how many days."""


def quantiles_on(several: Sequence[Passes], day: int, shares: Sequence[float]) -> Array:
    """For each of these passes, a row each, the numbers of persons below which these shares of the chances lie."""
    order = sorted(range(len(several)), key=lambda i: several[i].motion.grid.size)
    found = np.empty((len(several), len(shares)))
    for _, alike in groupby(order, key=lambda i: several[i].motion.moves.length):
        places = list(alike)
        for first in range(0, len(places), AT_ONCE):
            part = places[first : first + AT_ONCE]
            found[part] = _quantiles([Row.of(several[i], day) for i in part], shares)
    return found


@dataclass(frozen=True, slots=True)
class Row:
    """One curve around a day."""

    passes: Passes
    state: Array  # at the node before the day
    since: float  # days
    under: Stretch
    likely: Array  # at the node after it
    until: float
    ahead: Stretch

    @classmethod
    def of(cls, passes: Passes, day: int) -> Row:
        """As far as it matters on the day; where there is no node on one side, no time is to be bridged."""
        last = bisect_right(passes.days, day) - 1
        is_first, is_last = last < 0, last + 1 == len(passes.days)
        begun = day if is_first else passes.days[last]
        end = day if is_last else passes.days[last + 1]
        under = () if is_first else passes.under[last]
        state = passes.motion.grid.flat if is_first else passes.before[last]
        likely = np.ones_like(state) if is_last else passes.later[last + 1]
        since, until = day - begun, end - day
        return cls(passes, state, since, (under, begun, since), likely, until, (under[::-1], day, until))


def _quantiles(rows: Sequence[Row], shares: Sequence[float]) -> Array:
    """Those of some curves on rings of one length."""
    moves = beside([row.passes.motion.moves for row in rows])
    states = moves.forward(_filled([row.state for row in rows]), np.array([row.since for row in rows]))
    states = _drawn(states, [row.under for row in rows], gone_over)
    likely = _drawn(_filled([row.likely for row in rows]), [row.ahead for row in rows], gone_back)
    likely = moves.backward(likely, np.array([row.until for row in rows]))
    firsts = np.array([row.passes.motion.grid.first for row in rows])
    return quantiles_of(normal(states * likely), firsts, shares)


def _filled(rows: Sequence[Array]) -> Array:
    """Rows of one width, the shorter ones with zeros at their ends."""
    found = np.zeros((len(rows), max(map(len, rows))))
    for held, row in zip(found, rows, strict=True):
        held[: len(row)] = row
    return found


def _drawn(states: Array, stretches: Sequence[Stretch], go: Going) -> Array:
    """The states after their draws: the first of every row that has one, then the second."""
    for n in range(max(len(draws) for draws, _, _ in stretches)):
        rows = [i for i, (draws, _, days) in enumerate(stretches) if len(draws) > n and days]
        if not rows:
            continue
        taken = [(stretches[i][0][n], *stretches[i][1:]) for i in rows]
        share = np.array([draw.share(start, days) for draw, start, days in taken])[:, None]
        target, drawn = np.zeros((2, len(rows), states.shape[1]))
        for i, (draw, _, _) in enumerate(taken):
            target[i, : len(draw.target)], drawn[i, : len(draw.drawn)] = draw.target, draw.drawn
        states[rows] = go(states[rows], target, drawn, share)
    return states
