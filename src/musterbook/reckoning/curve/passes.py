"""Forward and backward through all that was said: the chances of every strength on every day.

Forward carries what was heard before a day, backward what was heard after it; their product is what the whole book
says of the day. Between two days the strength moves by itself (motion.py) and towards what was announced (pulls.py).
Days are counted from any fixed day.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log

import numpy as np

from musterbook.reckoning.curve.grid import Array
from musterbook.reckoning.curve.motion import Motion

SINGLE = np.float32  # how chances are kept; they are reckoned in full precision


@dataclass(frozen=True, slots=True)
class Draw:
    """A stretch of days on which the strength is drawn to a target, evenly over the ``days`` that it should take."""

    first: int
    last: int
    days: int  # until the chance is reached, also where the draw ends before
    chance: float
    target: Array  # a state
    drawn: Array  # the states that it is drawn from: yes or no

    def forward(self, states: Array, share: Array | float) -> Array:
        """A share of the chances goes over to the target."""
        return gone_over(states, self.target, self.drawn, share)

    def backward(self, likely: Array, share: Array | float) -> Array:
        """The mirror of ``forward``."""
        return gone_back(likely, self.target, self.drawn, share)

    def share(self, start: float, days: float) -> float:
        """The share that goes over in so many days, of what has not gone over by the start."""
        left = self.days - self.chance * min(max(start - self.first, 0.0), self.days)
        return min(self.chance * days / left, 1.0)

    def shares(self, start: Array, days: Array) -> Array:
        """``share`` of many starts at once, a row each."""
        left = self.days - self.chance * np.clip(start - self.first, 0.0, self.days)
        share: Array = np.minimum(self.chance * days / left, 1.0)
        return share[:, None]


def gone_over(states: Array, target: Array, drawn: Array, share: Array | float) -> Array:
    """States of which a share is gone over to a target, from where it is drawn."""
    moving = states * (drawn * share)
    moved: Array = states - moving + target * moving.sum(axis=-1, keepdims=True)
    return moved


def gone_back(likely: Array, target: Array, drawn: Array, share: Array | float) -> Array:
    """The mirror of ``gone_over``."""
    there = (target * likely).sum(axis=-1, keepdims=True)
    before: Array = likely + drawn * share * (there - likely)
    return before


@dataclass(frozen=True, slots=True)
class Sounds:
    """All that is heard, as likelihoods of every strength."""

    logs: Array  # the logarithm of each row of likelihoods
    told: Array  # the logarithm of all that a node hears, a row each
    heard: Array  # how likely that is for each strength, 1 for the likeliest
    loudness: float  # the logarithm of how likely all of it is for the likeliest ones


class Passes:
    """All that was heard of one strength, day by day.

    What is kept are two rows for each day on which something is heard, in single precision, which moves no chance by
    more than a ten-millionth of itself; all else is reckoned anew when it is asked for. So a book of a thousand
    contingents takes an eighth of the memory.
    """

    def __init__(
        self,
        motion: Motion,
        days: Sequence[int],
        hear: Callable[[], Array],
        which: Sequence[int],
        draws: Sequence[Draw] = (),
    ) -> None:
        """``days`` in order, and for each the number of its row among the likelihoods that ``hear`` gives."""
        self.motion, self.which, self._hear, self._draws = motion, which, hear, tuple(draws)
        ends = {day for draw in draws for day in (draw.first, draw.last)}
        self.days = sorted({*days, *ends})  # on which something is heard, or a draw begins or ends
        self.nodes = np.array(self.days, dtype=float)
        self.at = np.searchsorted(self.nodes, days)  # the node of each that is heard
        self.under = [tuple(d for d in draws if d.first <= day < d.last) for day in self.days]  # after each
        before, self.evidence = self._forward(self.sounds())
        self.before = before.astype(SINGLE)

    def sounds(self) -> Sounds:
        """What every node hears, reckoned anew."""
        logs = np.log(self._hear())
        told = np.zeros((len(self.nodes), self.motion.grid.size + 1))
        for row, node in zip(self.which, self.at, strict=True):
            told[node] += logs[row]
        most = told.max(axis=1, keepdims=True)
        return Sounds(logs, told, np.exp(told - most), float(most.sum()))

    @cached_property
    def later(self) -> Array:
        """At each node: how likely all that is heard on its day and after it is, for each strength on its day."""
        heard = self.sounds().heard
        likely = np.ones_like(heard)
        for i in range(len(self.nodes) - 2, -1, -1):
            later = likely[i + 1] = likely[i + 1] * heard[i + 1]
            likely[i] = _scaled(self.returned(later, i, self.nodes[i + 1] - self.nodes[i]))
        likely[0] *= heard[0]
        return likely.astype(SINGLE)

    def _forward(self, sounds: Sounds) -> tuple[Array, float]:
        """After each node the chances by what was heard up to it; the logarithm of how likely all of that is."""
        states, evidence = np.empty_like(sounds.heard), sounds.loudness
        state = self.motion.grid.flat
        for i in range(len(self.nodes)):
            if i:
                state = self.carried(state, i - 1, self.nodes[i] - self.nodes[i - 1])
            told = state * sounds.heard[i]
            evidence += log(max(float(told.sum()), 1e-300))
            state = states[i] = normal(told)
        return states, evidence

    def carried(self, state: Array, node: int, days: float) -> Array:
        """A state so many days after a node, none of the next node heard yet."""
        stretch = np.asarray(days)
        state = self.motion.forward(state, stretch)
        for draw in self.under[node] if node >= 0 else ():
            state = draw.forward(state, draw.share(float(self.nodes[node]), float(days)))
        return state

    def returned(self, likely: Array, node: int, days: float) -> Array:
        """The mirror of ``carried``: what was likely so many days before the node that follows this one."""
        stretch = np.asarray(days)
        for draw in reversed(self.under[node] if node >= 0 else ()):
            likely = draw.backward(likely, draw.share(float(self.nodes[node + 1] - days), float(days)))
        return self.motion.backward(likely, stretch)

    def behind(self, node: int, day: float) -> Array:
        """The chances on a day after a node, or before the first (-1), by what was heard up to the node."""
        if node < 0:
            return self.motion.grid.flat
        return self.carried(self.before[node].astype(float), node, day - self.nodes[node])

    def ahead(self, node: int, day: float) -> Array:
        """How likely all that is heard after a node is, for each strength on a day between it and the next."""
        if node + 1 >= len(self.nodes):
            return np.ones(self.motion.grid.size + 1)
        return self.returned(self.later[node + 1].astype(float), node, self.nodes[node + 1] - day)

    def expected(self) -> Array:
        """At each node the chances by what was heard before its day."""
        last = np.arange(len(self.nodes) - 1)
        carried = self._carried_all(self.before[:-1].astype(float), last, np.diff(self.nodes))
        return np.concatenate([self.motion.grid.flat[None], carried])

    def after(self) -> Array:
        """At each node how likely all that is heard after its day is."""
        return self._ahead_all(self.nodes, np.arange(len(self.nodes)))

    def on(self, days: Array) -> Array:
        """The chances on each of these days, a row each."""
        last = np.searchsorted(self.nodes, days, side="right") - 1  # the node before each day, or on it
        states = np.where((last < 0)[:, None], self.motion.grid.flat, self.before[last])
        since = np.where(last < 0, 0.0, days - self.nodes[last])
        states = self._carried_all(states, last, since)
        return normal(states * self._ahead_all(days, last))

    def _ahead_all(self, days: Array, last: Array) -> Array:
        """``ahead`` of many days at once; ``last`` is the node before each."""
        following = last + 1
        is_last = following >= len(self.nodes)
        following = np.minimum(following, len(self.nodes) - 1)
        likely = self.later[following].astype(float)
        likely = self._returned_all(likely, last, self.nodes[following] - days, is_last)
        return np.where(is_last[:, None], 1.0, likely)

    def _carried_all(self, states: Array, nodes: Array, days: Array) -> Array:
        """``carried`` for many rows at once."""
        moved = self.motion.forward(states, days)
        for draw, under in self._drawing(nodes, days):
            moved = draw.forward(moved, draw.shares(self.nodes[nodes], under))
        return moved

    def _returned_all(self, likely: Array, nodes: Array, days: Array, is_last: Array) -> Array:
        """``returned`` for many rows at once."""
        days = np.where(is_last, 0.0, days)
        start = self.nodes[np.minimum(nodes + 1, len(self.nodes) - 1)] - days
        for draw, under in reversed(self._drawing(nodes, days)):
            likely = draw.backward(likely, draw.shares(start, under))
        return self.motion.backward(likely, days)

    def _drawing(self, nodes: Array, days: Array) -> list[tuple[Draw, Array]]:
        """The draws that any of these stretches is under, each with the days of each row: none where it is not."""
        at = self.nodes[nodes]
        under = (nodes >= 0) & (self._ends[:, :1] <= at) & (at < self._ends[:, 1:])
        return [(self._draws[i], np.where(under[i], days, 0.0)) for i in np.flatnonzero(under.any(axis=1))]

    @cached_property
    def _ends(self) -> Array:
        """The first and the last day of each draw, a row each."""
        return np.array([(draw.first, draw.last) for draw in self._draws], dtype=float).reshape(-1, 2)


def normal(states: Array) -> Array:
    """Chances that add up to 1; where nothing fits at all, every state alike."""
    total = states.sum(axis=-1, keepdims=True)
    if total.all():
        shares: Array = states / total
        return shares
    return np.where(total > 0, states / np.where(total > 0, total, 1.0), 1 / states.shape[-1])


def _scaled(likely: Array) -> Array:
    """Likelihoods with 1 as the largest, which keeps long products in range."""
    return likely / max(float(likely.max()), 1e-300)
