"""How a strength moves while nobody tells: it mostly stays, drifts a little, and now and then jumps.

The motion is a random walk in continuous time on the ladder: a drift to the neighbouring points, small jumps and large
ones, each with its rate a year. Every move has the same chance upwards and downwards in per cent, so that a stretch of
time is one convolution, done by Fourier transform; a force may also leave for good, or come where none was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from musterbook.reckoning.curve.grid import STEP, Array, Grid

YEAR = 365.25  # days
# Fitted by likelihood to 1,854 pairs of official U.S. counts a quarter apart, of 100 persons and more in countries
# without contingency forces, before 2016; those since then fit as well (bench/curves.py --fit).
DRIFT = 0.06  # standard deviation of the logarithm after a year
JUMPS = ((0.75, 0.12), (0.25, 1.0))  # how many a year, and their mean size in the logarithm
# The same for each size apart: half as fast again for a few hundred persons, half as fast for more than ten thousand.
USUAL = 2000.0  # persons whose tempo is 1
SIZE_COUNTS = 0.25  # the power of the size by which the tempo falls
SLOWEST, FASTEST = 0.4, 1.5
LEAVING = 0.03  # the chance a year that the few that are there all leave
FEW = 50.0  # persons; of a larger force it is in proportion less likely
COMING = 0.01  # the chance a year that some come where nobody was


@lru_cache(maxsize=64)
def _speeds(length: int, tempo: float) -> Array:
    """For each frequency of a ring of ``length`` points, the logarithm of what is left of it after a year."""
    turns = np.fft.rfftfreq(length) * 2 * np.pi
    speeds: Array = -(tempo * DRIFT**2 / STEP**2) * (1 - np.cos(turns))
    for rate, size in JUMPS:
        reach = np.minimum(np.arange(length), length - np.arange(length))
        chances = np.exp(-reach * STEP / size)
        speeds = speeds + tempo * rate * (np.fft.rfft(chances / chances.sum()).real - 1)
    return speeds


def tempo_for(size: float) -> float:
    """How fast a force of so many persons moves, next to one of two thousand."""
    return min(FASTEST, max(SLOWEST, float((USUAL / max(size, 1.0)) ** SIZE_COUNTS)))


@dataclass(frozen=True, slots=True, eq=False)
class Moves:
    """The motion of one strength, or of several of which each has a row; states may come in rows, too."""

    length: int  # points of the ring: twice the grid, so that what falls off one end does not come in at the other
    speeds: Array  # for each frequency of the ring, the logarithm of what is left of it after a year
    leaving: Array  # the rate a year at which each point empties
    arriving: Array  # how many come where nobody was: any number of the grid alike
    inside: Array | None = None  # 1 for the points of a row's own grid, 0 for those that fill it up

    def forward(self, states: Array, days: Array) -> Array:
        """The states so many days later."""
        years = days[..., None] / YEAR
        there, none = self._spread(states[..., 1:], years), states[..., :1]
        staying, coming = np.exp(-self.leaving * years), 1 - np.exp(-COMING * years)
        moved = np.empty_like(states)
        moved[..., 1:] = there * staying
        moved[..., :1] = none * (1 - coming) + (there - moved[..., 1:]).sum(axis=-1, keepdims=True)
        moved[..., 1:] += none * coming * self.arriving
        return moved

    def backward(self, likelihoods: Array, days: Array) -> Array:
        """What is likely so many days earlier, given what is likely now; the mirror of ``forward``."""
        years = days[..., None] / YEAR
        there, none = likelihoods[..., 1:], likelihoods[..., :1]
        staying, coming = np.exp(-self.leaving * years), 1 - np.exp(-COMING * years)
        arrived = (there * self.arriving).sum(axis=-1, keepdims=True)
        before = np.empty_like(likelihoods)
        before[..., 1:] = self._spread(none + staying * (there - none), years)
        before[..., :1] = none * (1 - coming) + coming * arrived
        return before

    def _spread(self, rows: Array, years: Array) -> Array:
        """The rows after drift and jumps."""
        kept = np.exp(self.speeds * years)
        spread = np.fft.irfft(np.fft.rfft(rows, self.length, axis=-1) * kept, self.length, axis=-1)
        there = np.maximum(spread[..., : self.leaving.shape[-1]], 0.0)
        return there if self.inside is None else there * self.inside


def beside(several: Sequence[Moves]) -> Moves:
    """The moves of several strengths, on rings of one length, a row each."""
    width = max(len(one.leaving) for one in several)
    inside, leaving, arriving = np.zeros((3, len(several), width))
    for i, one in enumerate(several):
        size = len(one.leaving)
        inside[i, :size], leaving[i, :size], arriving[i, :size] = 1.0, one.leaving, one.arriving
    return Moves(several[0].length, np.stack([one.speeds for one in several]), leaving, arriving, inside)


@dataclass(frozen=True)
class Motion:
    """Moves states of one grid through time; states may come in rows, with as many stretches of days."""

    grid: Grid
    tempo: float = 1.0  # how much faster than one of two thousand persons that is in garrison

    @cached_property
    def moves(self) -> Moves:
        """How they move."""
        length = int(2 ** np.ceil(np.log2(2 * self.grid.size)))
        leaving = LEAVING * np.minimum(1.0, FEW / self.grid.numbers)
        arriving = np.full(self.grid.size, 1 / self.grid.size)
        return Moves(length, _speeds(length, self.tempo), leaving, arriving)

    def forward(self, states: Array, days: Array) -> Array:
        """The states so many days later."""
        return self.moves.forward(states, days)

    def backward(self, likelihoods: Array, days: Array) -> Array:
        """What is likely so many days earlier, given what is likely now; the mirror of ``forward``."""
        return self.moves.backward(likelihoods, days)
