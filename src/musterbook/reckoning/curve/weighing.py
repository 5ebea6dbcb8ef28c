"""How much each statement moves an estimate: what the estimate would be without it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from musterbook.findings import Support
from musterbook.reckoning.curve.grid import Array, quantiles
from musterbook.reckoning.curve.hearing import Hearing
from musterbook.reckoning.curve.passes import Passes, Sounds

NEAR = 6  # statements before and after a day whose weight is told
LEAST_WEIGHT = 0.02  # share of the chances that a statement moves, to be named


def weigh(passes: Passes, heard: Sequence[Hearing], day: date) -> tuple[Support, ...]:
    """The statements near a day that move its estimate, weightiest first; ``heard`` is what the passes went through.

    The weight is the share of the chances that lie elsewhere without the statement; ``moved`` the persons by which the
    middle is higher with it.
    """
    at = day.toordinal()
    ordinals = np.array([h.day.toordinal() for h in heard])
    before = [int(i) for i in np.flatnonzero(ordinals <= at)[-NEAR:]]
    after = [int(i) for i in np.flatnonzero(ordinals > at)[:NEAR]]
    left_out = [*before, *after]
    whole = passes.on(np.array([float(at)]))
    sounds = passes.sounds()
    earlier, later = without_earlier(passes, sounds, before, at), without_later(passes, sounds, after, at)
    states = np.concatenate([earlier, later])
    shares = np.abs(states - whole).sum(axis=1) / 2
    middles = quantiles(np.concatenate([whole, states]), passes.motion.grid, (0.5,))[:, 0]
    found = [
        Support(heard[i].statement.id, heard[i].day, round(middles[0] - middle), float(share))
        for i, middle, share in zip(left_out, middles[1:], shares, strict=True)
    ]
    found.sort(key=lambda s: (-round(s.weight, 6), s.statement))
    return tuple(s for s in found if s.weight >= LEAST_WEIGHT) or tuple(found[:1])


def own_weights(passes: Passes, heard: Sequence[Hearing]) -> dict[str, tuple[float, float]]:
    """For each statement of a curve the middle of the chances of its own day, with it and without it."""
    sounds, expected, after = passes.sounds(), passes.expected(), passes.after()
    with_all = quantiles(passes.before * after, passes.motion.grid, (0.5,))[:, 0]
    alike: dict[tuple[int, int], float] = {}  # node and row of likelihoods -> the middle without one such
    for row, node in enumerate(passes.at):
        key = int(node), passes.which[row]
        if key not in alike:
            rest = expected[node] * _others(passes, sounds, row) * after[node]
            alike[key] = float(quantiles(rest[None], passes.motion.grid, (0.5,))[0, 0])
    return {
        one.statement.id: (float(with_all[node]), alike[int(node), passes.which[row]])
        for row, (one, node) in enumerate(zip(heard, passes.at, strict=True))
    }


def without_earlier(passes: Passes, sounds: Sounds, rows: list[int], day: int) -> Array:
    """The chances on a day without each of these rows, all of which were heard by then."""
    width = passes.motion.grid.size + 1
    if not rows:
        return np.empty((0, width))
    last = int(np.searchsorted(passes.nodes, day, side="right")) - 1
    start = int(passes.at[rows[0]])
    states = np.tile(
        passes.before[start - 1].astype(float) if start else passes.motion.grid.flat, (len(rows), 1)
    )
    for node in range(start, last + 1):
        if node:
            states = passes.carried(states, node - 1, passes.nodes[node] - passes.nodes[node - 1])
        states = _told(states, passes, sounds, rows, node)
    states = passes.carried(states, last, day - passes.nodes[last])
    return _shares(states * passes.ahead(last, day))


def without_later(passes: Passes, sounds: Sounds, rows: list[int], day: int) -> Array:
    """The chances on a day without each of these rows, all of which were heard later."""
    width = passes.motion.grid.size + 1
    if not rows:
        return np.empty((0, width))
    last, first = int(passes.at[rows[-1]]), int(np.searchsorted(passes.nodes, day, side="right"))
    likely = np.tile(passes.ahead(last, passes.nodes[last]), (len(rows), 1))
    for node in range(last, first - 1, -1):
        likely = _told(likely, passes, sounds, rows, node)
        earlier = passes.nodes[node - 1] if node > first else day
        likely = passes.returned(likely, node - 1, passes.nodes[node] - earlier)
    return _shares(likely * passes.behind(first - 1, day))


def _told(states: Array, passes: Passes, sounds: Sounds, rows: list[int], node: int) -> Array:
    """The states with what was heard at a node, each without its own row."""
    told = states * sounds.heard[node]
    for place, row in enumerate(rows):
        if passes.at[row] == node:
            told[place] = states[place] * _others(passes, sounds, row)
    scaled: Array = told / np.maximum(told.max(axis=1, keepdims=True), 1e-300)
    return scaled


def _others(passes: Passes, sounds: Sounds, row: int) -> Array:
    """All that is heard on the day of one, without it."""
    told: Array = sounds.told[passes.at[row]] - sounds.logs[passes.which[row]]
    others: Array = np.exp(told - told.max())
    return others


def _shares(states: Array) -> Array:
    """Chances that add up to 1 in every row."""
    total: Array = states.sum(axis=1, keepdims=True)
    shares: Array = states / np.where(total > 0, total, 1.0)
    return shares
