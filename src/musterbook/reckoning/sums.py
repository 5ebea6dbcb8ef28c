"""How far a printed number may be from the true one, and whether numbers that should make a sum do.

"About" leaves half of the step that a number looks rounded to, a tenth of it at most. Bare numbers are taken as
printed, since whoever writes a change takes one from the other; only what is far coarser than its company is rounded.
"More than" reaches up to twice the number, "up to" down to half of it: further away nobody would say so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from musterbook.reckoning.misprints import Slip, best, slips
from musterbook.reckoning.strength import MOST_ROUNDING, rounding
from musterbook.values import Figures

COARSE = 10  # times the finest step in its company
SILENT = 0.015  # of a number that is rounded without a word
NEAR = 0.03  # of the smallest number: so far off may a sum be that a slip explains
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
    near = NEAR * min(number.size for number in numbers)
    missing = whole.value - sum(part.value for part in parts)
    found = []
    for place, number in enumerate(numbers):
        meant = number.value - missing if number is whole else number.value + missing
        tried = [likely for likely in slips(number.size) if abs(likely - abs(meant)) <= near]
        told = (_slip(numbers, place, likely, abs(likely - abs(meant))) for likely in tried)
        slip = best(one for one in told if one is not None)
        if slip is not None and (meant == 0 or (meant > 0) == (number.value > 0)):
            found.append((number, slip))
    return found


def likeliest(found: Sequence[tuple[Number, Slip]]) -> list[tuple[Number, Slip]]:
    """Those of the best grade: several mean that nobody can tell."""
    grade = min((slip.grade for _, slip in found), default=None)
    return [one for one in found if one[1].grade == grade]


def _slip(numbers: Sequence[Number], place: int, likely: int, off: float) -> Slip | None:
    """The slip to a number in one place, where it leaves the sum right but for rounding."""
    tried = [number.printed_as(likely) if at == place else number for at, number in enumerate(numbers)]
    parts, whole = tried[:-1], tried[-1]
    return Slip(likely, slips(numbers[place].size)[likely], off) if comes_out(parts, whole) else None


def _room(number: Number, loose: bool, finest: int) -> Room:
    step, size = rounding(number.size), number.size
    rounded = loose or step > COARSE * finest
    slack = min(step / 2, size / MOST_ROUNDING if loose else size * SILENT) if rounded and size else 0.0
    low = size / WIDEST if number.at_most else size - slack
    high = size * WIDEST if number.at_least else size + slack
    return Room(low, high) if number.value >= 0 else Room(-high, -low)
