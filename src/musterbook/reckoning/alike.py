"""Two statements give the same figure when they share a number of one kind and part in none.

"About 600" is 615, and "nearly 12,000" is 11,900: the rounder of two numbers stands for the other where no more than
its rounding lies between them. What is there after a change is a stock like any other; "from 5,200" is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import log

from musterbook.model import Statement, Status
from musterbook.reckoning.sayers import Sayer, sayer_of
from musterbook.reckoning.strength import rounding
from musterbook.values import Figures

NEAR = 0.05  # of the larger: numbers further apart are two numbers, however round
ROUGH = 0.10  # the same where one is said to be approximate
PLANS = {Status.ANNOUNCED, Status.EXPECTED, Status.CONSIDERED, Status.UNDERWAY}
LEAST = 2  # up to here numbers are shares
CLOSE = 0.02  # the same where a figure is only told again
STEP = log(1 + ROUGH)  # the width of a drawer: numbers that agree lie in one or in neighbouring ones
Number = tuple[str, float]
Drawer = tuple[str, int]


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """One statement with its source, ready to be compared."""

    statement: Statement
    sayer: Sayer
    numbers: Mapping[str, float]  # by kind: stock, coming, going, share, range or start
    drawers: tuple[
        Drawer, ...
    ]  # where to look for those that agree: they share one of these or of ``beside``

    @property
    def is_plan(self) -> bool:
        """Whether it tells of what shall be, and is not yet."""
        return self.statement.status in PLANS

    @property
    def denies(self) -> bool:
        """Whether it says that a figure is wrong."""
        return self.statement.status is Status.DENIED


def said_of(statement: Statement) -> Said:
    """The statement, ready to be compared."""
    numbers = dict(_numbers(statement.figures))
    drawers = tuple((kind, _drawer(number)) for kind, number in numbers.items())
    return Said(statement, sayer_of(statement), numbers, drawers)


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
            delta = after - before
    if delta is not None:
        yield "coming" if delta > 0 else "going", abs(delta)
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


def stated(figures: Figures) -> set[int]:
    """Every number as the report has it, without signs."""
    held = (figures.level, figures.before, figures.after, figures.delta, figures.low, figures.high)
    return {abs(number) for number in held if number is not None}


def near(one: float, other: float, room: float = NEAR) -> bool:
    """Whether two numbers are one, rounding allowed for up to a share of the larger."""
    if one == other:
        return True
    apart, most = abs(one - other), max(one, other)
    if most <= LEAST:
        return apart <= NEAR
    step = max(rounding(round(one)), rounding(round(other)))
    return apart < step and apart <= room * most


def agree(one: Said, other: Said) -> bool:
    """Whether the two give the same figure."""
    rough = one.statement.figures.approx or other.statement.figures.approx
    return _agree(one, other, ROUGH if rough else NEAR)


def repeats(one: Said, other: Said) -> bool:
    """Whether the two give the same figure so exactly, and with the same outlook, that one may repeat the other."""
    return one.is_plan is other.is_plan and _agree(one, other, CLOSE)


def part(one: Said, other: Said) -> bool:
    """Whether the two give different figures of one kind and outlook, so that one cannot stand for the other."""
    a, b = one.statement.status, other.statement.status
    if a is not b and not (one.is_plan and other.is_plan):
        return False
    return not one.numbers.keys().isdisjoint(other.numbers) and not agree(one, other)


def _agree(one: Said, other: Said, room: float) -> bool:
    """Whether they share a number of one kind and part in none; a denial agrees with denials only."""
    given, shares = other.numbers, False
    for kind, number in one.numbers.items():
        if kind in given:
            if not near(number, given[kind], room):
                return False
            shares = True
    return shares and one.denies is other.denies


def beside(drawer: Drawer) -> tuple[Drawer, Drawer, Drawer]:
    """The drawer itself and the ones on either side."""
    kind, place = drawer
    return drawer, (kind, place - 1), (kind, place + 1)


def _drawer(number: float) -> int:
    return round(log(max(number, 0.01)) / STEP)
