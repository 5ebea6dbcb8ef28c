"""The numbers that a strength may have: none, or a point on a ladder of equal steps of two per cent.

A state is an array: at place 0 the chance of nobody, then that of each point. The ladder is the same for all, so
that a curve does not depend on where its own ladder is cut off.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor, log
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]  # of floats, or of places and of yes and no where a name says so
STEP = 0.02  # of the logarithm: two per cent
ROOM = 2.3  # of the logarithm: ten times above the largest number heard and a tenth of the smallest
LEAST = 1.0  # person


@dataclass(frozen=True)
class Grid:
    """A stretch of the ladder: ``size`` points from ``exp(first * STEP)`` persons upwards."""

    first: int
    size: int

    @cached_property
    def logs(self) -> Array:
        """The logarithm of each point, in persons."""
        return (self.first + np.arange(self.size)) * STEP

    @cached_property
    def numbers(self) -> Array:
        """Each point in persons."""
        return np.exp(self.logs)

    @cached_property
    def edges(self) -> Array:
        """The borders of the cells around the points, one more than there are points, in logarithms."""
        return (self.first - 0.5 + np.arange(self.size + 1)) * STEP

    @cached_property
    def flat(self) -> Array:
        """Any strength alike, nobody as likely as one point in fifty."""
        state = np.full(self.size + 1, 1.0)
        state[0] = self.size / 50
        chances: Array = state / state.sum()
        return chances


def grid_for(numbers: Iterable[float]) -> Grid:
    """A stretch with room around these numbers of persons."""
    heard = [max(LEAST, number) for number in numbers if number > 0] or [100.0]
    first = max(0, floor((log(min(heard)) - ROOM) / STEP))
    last = ceil((log(max(heard)) + ROOM) / STEP)
    return Grid(first, last - first + 1)


def quantiles(states: Array, grid: Grid, shares: Sequence[float]) -> Array:
    """For each state in rows the numbers of persons below which these shares of its chances lie."""
    return quantiles_of(states, np.full(len(states), grid.first), shares)


def quantiles_of(states: Array, firsts: Array, shares: Sequence[float]) -> Array:
    """The same for states of several grids, which begin at these points; the shorter ones end in zeros."""
    sums = np.cumsum(states, axis=1)  # at place i: up to the upper edge of point i - 1
    sums /= sums[:, -1:]
    rows, found = np.arange(len(states)), np.empty((len(states), len(shares)))
    for i, share in enumerate(shares):
        place = np.maximum(np.argmax(sums > share, axis=1) - 1, 0)
        below, above = sums[rows, place], sums[rows, place + 1]
        low, high = (firsts - 0.5 + place) * STEP, (firsts + 0.5 + place) * STEP
        logs = (high - low) / np.maximum(above - below, 1e-300) * (share - below) + low
        found[:, i] = np.where(share <= sums[:, 0], 0.0, np.exp(logs))
    return found
