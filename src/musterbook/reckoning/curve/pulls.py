"""Where announcements draw a strength: towards what was promised, by its day, as often as promises are kept.

The share of kept promises is learned from the verdicts of the book itself, beginning with six of ten. An announcement
draws from its day until its deadline and a little beyond, or until something else was decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import log

import numpy as np

from musterbook.findings import Pledge, Verdict
from musterbook.reckoning.curve.grid import Array, Grid
from musterbook.reckoning.curve.passes import SINGLE, Draw

KEPT_BEFORE, JUDGED_BEFORE = 6, 10  # what is believed before any verdict
KEPT = frozenset((Verdict.KEPT, Verdict.KEPT_LATE))
FAILED = frozenset(
    (Verdict.PARTLY_KEPT, Verdict.BROKEN, Verdict.REVERSED, Verdict.SUPERSEDED, Verdict.FROZEN)
)
CERTAIN = 0.9  # of a promise that was found kept
GRACE = timedelta(30)  # after the deadline some are still on their way
UNDATED = timedelta(270)  # an announcement without a day is mostly done by then, if ever
NEARLY, LOOSELY = (
    0.05,
    0.3,
)  # of the logarithm: a promised strength is reached so nearly; "up to" it, so loosely
DOWN, STAY, UP = (
    -1,
    0,
    1,
)  # a cut draws from above, a rise from below, a promise to stay from wherever somebody is


@dataclass(frozen=True, slots=True)
class Pull:
    """A promised strength, the days on which it is made true, if it is, the chance of that, and from where."""

    first: date
    last: date
    target: int
    days: int  # that it should take; ``last`` may come before
    chance: float
    way: int  # DOWN, STAY or UP
    room: float  # of the logarithm, around the target


def kept_share(pledges: Iterable[Pledge]) -> float:
    """How often promises are kept, by the verdicts of a book."""
    verdicts = [pledge.verdict for pledge in pledges]
    kept = sum(verdict in KEPT for verdict in verdicts)
    judged = kept + sum(verdict in FAILED for verdict in verdicts)
    return (kept + KEPT_BEFORE) / (judged + JUDGED_BEFORE)


def pulls_of(pledges: Iterable[Pledge], share: float) -> tuple[Pull, ...]:
    """The pulls of one contingent's pledges; one without a known target or day draws nowhere."""
    found = (_pull(pledge, share) for pledge in pledges)
    return tuple(sorted((p for p in found if p), key=lambda p: (p.first, p.last, p.target)))


def _pull(pledge: Pledge, share: float) -> Pull | None:
    """The pull of one pledge."""
    if pledge.target is None or pledge.announced is None:
        return None
    first, due = pledge.announced, (pledge.deadline or pledge.announced + UNDATED) + GRACE
    bounded = pledge.figures.low is not None or pledge.figures.high is not None
    judged, target = pledge.decided_on or due, pledge.target
    last = min(due, judged) if pledge.verdict in FAILED else due
    if pledge.verdict in KEPT:
        last = due = judged if pledge.verdict is Verdict.KEPT_LATE else min(due, judged)
        share, target = CERTAIN, pledge.reached if bounded and pledge.reached is not None else target
    if last <= first:
        return None
    return Pull(first, last, target, (due - first).days, share, _way(pledge), LOOSELY if bounded else NEARLY)


def _way(pledge: Pledge) -> int:
    """Whether it goes down, up, or stays."""
    before, target, change = pledge.figures.before, pledge.target, pledge.delta
    if change is None and before is not None and target is not None:
        change = target - before
    if target == 0 or (change or 0) < 0:
        return DOWN
    return UP if change else STAY


def until(pulls: Iterable[Pull], gone: Iterable[date]) -> tuple[Pull, ...]:
    """The pulls, each until the first day on which all had left: what was promised before is over then."""
    days = sorted(gone)
    ends = ((pull, next((day for day in days if day > pull.first), pull.last)) for pull in pulls)
    return tuple(replace(pull, last=min(pull.last, end)) for pull, end in ends)


def draws(pulls: Sequence[Pull], grid: Grid) -> tuple[Draw, ...]:
    """The pulls as stretches of days with a rate."""
    return tuple(
        Draw(
            pull.first.toordinal(),
            pull.last.toordinal(),
            pull.days,
            pull.chance,
            _around(pull.target, pull.room, grid),
            _from(pull, grid),
        )
        for pull in pulls
    )


def _from(pull: Pull, grid: Grid) -> Array:
    """The states that a pull draws from."""
    states = np.ones(grid.size + 1, dtype=bool)
    if pull.way == DOWN:
        states[1:] = grid.numbers > pull.target
    elif pull.way == UP:
        states[1:] = grid.numbers < pull.target
    states[0] = pull.way == UP
    return states


def _around(target: int, room: float, grid: Grid) -> Array:
    """A state of about so many."""
    state = np.zeros(grid.size + 1, dtype=SINGLE)
    if target <= 0:
        state[0] = 1.0
        return state
    state[1:] = (1 + ((grid.logs - log(target)) / room) ** 2) ** -1.5
    chances: Array = (state / state.sum()).astype(SINGLE)
    return chances
