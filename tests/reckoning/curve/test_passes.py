"""The passes are those of a hidden Markov chain: checked against matrices, and against all paths of a small one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from musterbook.reckoning.curve.grid import Array, Grid, grid_for
from musterbook.reckoning.curve.motion import Motion
from musterbook.reckoning.curve.passes import Draw, Passes

GRID = Grid(300, 60)
MOTION = Motion(GRID)
seeds = st.integers(0, 10_000)


def states(seed: int, rows: int = 1) -> Array:
    found = np.random.default_rng(seed).random((rows, GRID.size + 1))
    return found / found.sum(axis=1, keepdims=True)


def matrix(days: float) -> Array:
    """The motion as a matrix: from each state to each state."""
    return MOTION.forward(np.eye(GRID.size + 1), np.full(GRID.size + 1, days))


@given(seeds, st.integers(0, 4000))
@settings(deadline=None, max_examples=50)
def test_backward_is_the_mirror_of_forward(seed: int, days: int) -> None:
    state, likely = states(seed), states(seed + 1)
    stretch = np.array([float(days)])
    there = (MOTION.forward(state, stretch) * likely).sum()
    back = (state * MOTION.backward(likely, stretch)).sum()
    assert there == pytest.approx(back, rel=1e-9)


@given(seeds, st.integers(0, 400), st.integers(0, 400))
@settings(deadline=None, max_examples=50)
def test_two_stretches_are_one_long_one_away_from_the_ends(seed: int, one: int, other: int) -> None:
    state = np.zeros((1, GRID.size + 1))
    state[0, 30] = 1.0
    twice = MOTION.forward(MOTION.forward(state, np.array([float(one)])), np.array([float(other)]))
    once = MOTION.forward(state, np.array([float(one + other)]))
    assert np.abs(twice - once).max() < 0.01


def test_nothing_is_gained_and_little_lost_on_the_way() -> None:
    wide = Motion(grid_for([100, 100_000]))
    state = np.zeros((1, wide.grid.size + 1))
    state[0, wide.grid.size // 2] = 1.0
    moved = wide.forward(state, np.array([365.0]))
    assert (moved >= 0).all()
    assert 0.98 < moved.sum() <= 1.0 + 1e-9


def test_no_time_is_no_motion() -> None:
    assert np.allclose(MOTION.forward(states(3), np.array([0.0])), states(3), atol=1e-12)


@given(seeds)
@settings(deadline=None, max_examples=20)
def test_the_chances_are_those_of_all_paths(seed: int) -> None:
    rows, days = states(seed, 3) + 0.1, [0, 40, 100]
    target = states(seed + 7)[0]
    drawn_from = (states(seed + 8)[0] > 1 / GRID.size).astype(float)
    draw = Draw(20, 100, 200, 0.9, target, drawn_from)
    passes = Passes(MOTION, days, lambda: rows, [0, 1, 2], [draw])

    def drawn(share: float) -> Array:
        """The draw as a matrix."""
        moved: Array = np.eye(GRID.size + 1) * (1 - share * drawn_from)
        return moved + share * drawn_from[:, None] * target

    before, under = matrix(20.0), matrix(20.0) @ drawn(0.9 * 20 / 200)
    later = matrix(60.0) @ drawn(0.9 * 60 / (200 - 0.9 * 20))
    start = GRID.flat * rows[0]
    middle = (start @ before @ under) * rows[1]
    expected = middle * (later @ rows[2])
    expected /= expected.sum()
    found = passes.on(np.array([40.0]))[0]
    assert np.abs(found - expected).max() < 1e-6


def test_a_day_between_two_is_told_by_both() -> None:
    rows = np.full((2, GRID.size + 1), 0.001)
    rows[0, 10], rows[1, 50] = 1.0, 1.0
    passes = Passes(MOTION, [0, 100], lambda: rows, [0, 1])
    early, late = passes.on(np.array([5.0, 95.0]))
    assert early[10] > early[50]
    assert late[50] > late[10]
