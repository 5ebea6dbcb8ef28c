"""Two statements give the same figure when they share a number of one kind and part in none.

"About 600" is 615, and "nearly 12,000" is 11,900: the rounder of two numbers stands for the other where no more than
its rounding lies between them. What is there after a change is a stock like any other; "from 5,200" is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import log

from musterbook.model import Statement, Status
from musterbook.reckoning.strength import rounding
from musterbook.values import Figures

NEAR = 0.05  # of the larger: numbers further apart are two numbers, however round
ROUGH = 0.10  # the same where one is said to be approximate
PLANS = {Status.ANNOUNCED, Status.EXPECTED, Status.CONSIDERED, Status.UNDERWAY}
STEP = log(1 + ROUGH)  # the width of a drawer: numbers that agree lie in one or in neighbouring ones
Number = tuple[str, float]
Drawer = tuple[str, int]


def numbers_of(figures: Figures) -> tuple[Number, ...]:
    """What the figures say, each number with its kind: stock, change, share, range or start."""
    return tuple(dict.fromkeys(_numbers(figures)))


def _numbers(figures: Figures) -> Iterator[Number]:
    before, after, delta, ratio = figures.before, figures.after, figures.delta, figures.ratio
    if figures.level is not None:
        yield "stock", figures.level
    if after is None and before is not None and delta is not None and before + delta >= 0:
        after = before + delta
    if after is None and ratio == 0:
        after = 0
    if after is not None:
        yield "stock", after
        if before is not None and delta is None:
            yield "change", abs(after - before)
    if delta is not None:
        yield "change", abs(delta)
    if ratio:
        yield "share", round(ratio, 2)
    if figures.level is None and after is None and delta is None:
        yield from _without_number(figures)


def _without_number(figures: Figures) -> Iterator[Number]:
    """Bounds where they are all there is, and the number before a change of which no more is known."""
    low, high, before = figures.low, figures.high, figures.before
    if low is not None and high is not None:
        yield "range", (low + high) / 2
    elif (bound := high if low is None else low) is not None:
        yield "stock", bound
    if before is not None and figures.ratio is None:
        yield "start", before


def near(one: float, other: float, rough: bool = False) -> bool:
    """Whether two numbers are one, rounding allowed for."""
    if one == other:
        return True
    apart, most = abs(one - other), max(one, other)
    if most <= 2:  # shares
        return apart <= NEAR
    step = max(rounding(round(one)), rounding(round(other)))
    return apart < step and apart <= (ROUGH if rough else NEAR) * most


def agree(one: Statement, other: Statement) -> bool:
    """Whether the two give the same figure."""
    if Status.DENIED in (one.status, other.status) and one.status is not other.status:
        return False
    rough = one.figures.approx or other.figures.approx
    held, given = numbers_of(one.figures), dict(numbers_of(other.figures))
    both = [near(number, given[kind], rough) for kind, number in held if kind in given]
    return bool(both) and all(both)


def part(one: Statement, other: Statement) -> bool:
    """Whether the two give different figures of one kind and outlook, so that one cannot stand for the other."""
    if one.status is not other.status and not {one.status, other.status} <= PLANS:
        return False
    given = dict(numbers_of(other.figures))
    return any(kind in given for kind, _ in numbers_of(one.figures)) and not agree(one, other)


def drawers(statement: Statement) -> tuple[Drawer, ...]:
    """Where to look for statements that may agree: those that do share a drawer of these or of ``beside``."""
    return tuple((kind, _drawer(number)) for kind, number in numbers_of(statement.figures))


def beside(drawer: Drawer) -> tuple[Drawer, Drawer, Drawer]:
    """The drawer itself and the ones on either side."""
    kind, place = drawer
    return drawer, (kind, place - 1), (kind, place + 1)


def _drawer(number: float) -> int:
    return round(log(max(number, 0.01)) / STEP)
