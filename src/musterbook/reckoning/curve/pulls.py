"""Where announcements draw a strength: towards what was promised, by its day, as often as promises are kept.

The share of kept promises is learned from the verdicts of the book itself, beginning with six of ten. An announcement
draws from its day until its deadline and a little beyond, or until something else was decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import log

import numpy as np

from musterbook.findings import Pledge, Verdict
from musterbook.reckoning.curve.grid import Array, Grid
from musterbook.reckoning.curve.motion import YEAR
from musterbook.reckoning.curve.passes import Draw

KEPT_BEFORE, JUDGED_BEFORE = 6, 10  # what is believed before any verdict
KEPT = frozenset((Verdict.KEPT, Verdict.KEPT_LATE))
FAILED = frozenset(
    (Verdict.PARTLY_KEPT, Verdict.BROKEN, Verdict.REVERSED, Verdict.SUPERSEDED, Verdict.FROZEN)
)
GRACE = timedelta(30)  # after the deadline some are still on their way
UNDATED = timedelta(270)  # an announcement without a day is mostly done by then, if ever
NEARLY = 0.05  # of the logarithm: a promised strength is reached so nearly


@dataclass(frozen=True, slots=True)
class Pull:
    """A promised strength, the days on which it is made true, if it is, and how fast that goes."""

    first: date
    last: date
    target: int
    rate: float  # a year


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
    first, last = pledge.announced, (pledge.deadline or pledge.announced + UNDATED) + GRACE
    if last <= first:
        return None
    rate = -log(1 - share) / ((last - first).days / YEAR)
    dropped = pledge.decided_on if pledge.verdict in FAILED and pledge.decided_on else last
    return Pull(first, min(last, dropped), pledge.target, rate) if dropped > first else None


def draws(pulls: Sequence[Pull], grid: Grid) -> tuple[Draw, ...]:
    """The pulls as stretches of days with a rate."""
    return tuple(
        Draw(
            pull.first.toordinal(),
            pull.last.toordinal(),
            pull.rate,
            _around(pull.target, grid),
        )
        for pull in pulls
    )


def _around(target: int, grid: Grid) -> Array:
    """A state of about so many."""
    state = np.zeros(grid.size + 1)
    if target <= 0:
        state[0] = 1.0
        return state
    state[1:] = (1 + ((grid.logs - log(target)) / NEARLY) ** 2) ** -1.5
    chances: Array = state / state.sum()
    return chances
