"""How far a printed number may be from the true one, and whether numbers that should make a sum do.

"About" leaves half of the step that a number looks rounded to, a tenth of it at most. Bare numbers are taken as
printed, since whoever writes a change takes one from the other; only what is far coarser than its company is rounded.
"More than" reaches up to twice the number, "up to" down to half of it: further away nobody would say so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from musterbook.reckoning.misprints import Slip, repair
from musterbook.reckoning.strength import MOST_ROUNDING, rounding
from musterbook.values import Figures

COARSE = 10  # times the finest step in its company
SILENT = 0.015  # of a number that is rounded without a word
WIDEST = 2  # times the number, for "more than"


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a statement; a change has its sign."""

    value: int
    statement: str = ""  # id
    approx: bool = False
    at_least: bool = False
    at_most: bool = False

    @property
    def size(self) -> int:
        """Without its sign, as it is printed."""
        return abs(self.value)

    @property
    def is_hedged(self) -> bool:
        """Whether the report itself leaves room."""
        return self.approx or self.at_least or self.at_most

    def printed_as(self, size: int) -> Number:
        """The same as if another number had been printed."""
        return replace(self, value=size if self.value >= 0 else -size)

    @property
    def key(self) -> tuple[int, str]:
        """To sort by: the same in every order of entries."""
        return self.value, self.statement


@dataclass(frozen=True, slots=True)
class Room:
    """Where the true number lies."""

    low: float
    high: float

    def plus(self, other: Room) -> Room:
        """The sum of both."""
        return Room(self.low + other.low, self.high + other.high)

    def gap(self, other: Room) -> float:
        """How far the two are apart; 0 where they meet."""
        return max(0.0, self.low - other.high, other.low - self.high)


def number_of(value: int, figures: Figures, statement: str = "") -> Number:
    """A number with the hedges that its figures put on it."""
    size = abs(value)
    return Number(value, statement, figures.approx, figures.low == size, figures.high == size)


def rooms(numbers: Sequence[Number]) -> list[Room]:
    """The room of each in the company of the others."""
    loose = any(number.is_hedged for number in numbers)
    finest = min((rounding(number.size) for number in numbers if number.value), default=1)
    return [_room(number, loose, finest) for number in numbers]


def comes_out(parts: Sequence[Number], whole: Number) -> bool:
    """Whether the parts make the whole, rounding allowed for."""
    return left_out(parts, whole) == 0


def left_out(parts: Sequence[Number], whole: Number) -> float:
    """By how much the parts miss the whole beyond all rounding."""
    *of_parts, of_whole = rooms([*parts, whole])
    total = Room(0, 0)
    for room in of_parts:
        total = total.plus(room)
    return total.gap(of_whole)


def repairs(parts: Sequence[Number], whole: Number) -> list[tuple[Number, Slip]]:
    """Each number that one slip away makes the sum come out, in the order given, the whole last."""
    numbers = [*parts, whole]
    found = []
    for place, number in enumerate(numbers):
        slip = repair(number.size, _off(numbers, place))
        if slip is not None:
            found.append((number, slip))
    return found


def likeliest(found: Sequence[tuple[Number, Slip]]) -> list[tuple[Number, Slip]]:
    """Those of the best grade: several mean that nobody can tell."""
    grade = min((slip.grade for _, slip in found), default=None)
    return [one for one in found if one[1].grade == grade]


def _off(numbers: Sequence[Number], place: int) -> Callable[[int], float | None]:
    """How far off the sum is, as printed, when another number stands in that place; None beyond rounding."""

    def off(size: int) -> float | None:
        tried = [*numbers[:place], numbers[place].printed_as(size), *numbers[place + 1 :]]
        *parts, whole = tried
        return abs(sum(part.value for part in parts) - whole.value) if comes_out(parts, whole) else None

    return off


def _room(number: Number, loose: bool, finest: int) -> Room:
    step, size = rounding(number.size), number.size
    rounded = loose or step > COARSE * finest
    slack = min(step / 2, size / MOST_ROUNDING if loose else size * SILENT) if rounded and size else 0.0
    low = size / WIDEST if number.at_most else size - slack
    high = size * WIDEST if number.at_least else size + slack
    return Room(low, high) if number.value >= 0 else Room(-high, -low)
