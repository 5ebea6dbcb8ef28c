"""What a promise aims at: a strength, a change, a share. Two promises agree where one is the other's arithmetic.

"From 5,200 to 3,000" is also "minus 2,200"; "half of 5,100" is also "about 2,500". Numbers agree within their
rounding: "12,000" is 11,900 told shortly. A bound takes in the number that it was rounded from: "fewer than 5,000"
may be 4,500.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf

from musterbook.model import Statement
from musterbook.reckoning.strength import rounding
from musterbook.values import Figures

EXACT, LOOSE = 0.05, 0.10  # shares by which rounding may move a number, an approximate one
SHARE = 0.15  # "nearly half" of a strength is no number: what it comes to may be off by so much
NEARLY_ALL = 0.15  # of the strength before: what may be left where nearly all leave


@dataclass(frozen=True, slots=True)
class Aim:
    """What figures promise. ``low`` and ``high`` bound the strength: alike for a number, one open for a bound."""

    low: float | None = None
    high: float | None = None
    delta: float | None = None  # signed
    ratio: float | None = None  # the share that remains, where it is neither all nor nothing
    before: float | None = None
    approx: bool = False
    nearly_all: bool = False

    @property
    def names_strength(self) -> bool:
        """Whether it says how many will be there."""
        return self.low is not None or self.high is not None

    @property
    def is_empty(self) -> bool:
        """Whether it promises nothing in figures."""
        return not self.names_strength and self.delta is None and self.ratio is None

    @property
    def is_all(self) -> bool:
        """Whether everybody leaves, or nearly."""
        return self.high == 0

    @property
    def is_bound(self) -> bool:
        """Whether one end is open: "up to 600", "at least 400"."""
        return self.names_strength and (self.low is None or self.high is None)

    @property
    def number(self) -> float | None:
        """The strength as one number: of a range or bound the end that counts."""
        return self.high if self.high is not None else self.low

    def filled(self, before: float | None) -> Aim:
        """The same with what follows from the strength before, where it leaves that out."""
        base = before if self.before is None else self.before
        if base is None:
            return self
        if self.names_strength and self.delta is None and self.low == self.high and self.number is not None:
            return replace(self, delta=self.number - base)
        if self.names_strength or (self.delta is None and self.ratio is None):
            return self
        left = base + self.delta if self.delta is not None else base * (self.ratio or 0)
        return replace(self, low=left, high=left, delta=left - base) if left >= 0 else self

    def joined(self, other: Aim) -> Aim:
        """The same with what only the other says."""
        strength = self if self.names_strength else other
        return Aim(
            strength.low,
            strength.high,
            other.delta if self.delta is None else self.delta,
            other.ratio if self.ratio is None else self.ratio,
            other.before if self.before is None else self.before,
            self.approx and other.approx,
            self.nearly_all or (other.nearly_all and not self.names_strength),
        )


def aim_of(statement: Statement) -> Aim:
    """What a statement's figures promise."""
    figures = statement.figures
    before, delta = figures.before, figures.delta
    if figures.ratio == 0 and figures.after in (None, 0):
        base = before if before is not None else -delta if delta is not None and delta < 0 else None
        nearly = figures.approx and base is None
        return Aim(0, 0, delta, None, base, figures.approx, nearly)
    low, high = _strength(figures)
    if delta is None and before is not None and low is not None and low == high:
        delta = round(low) - before
    ratio = figures.ratio or None
    return Aim(low, high, delta, ratio, before, figures.approx)


def _strength(figures: Figures) -> tuple[float | None, float | None]:
    """The ends of the strength that is promised, as far as it is said."""
    number = figures.level if figures.after is None else figures.after
    if number is None and figures.before is not None and figures.delta is not None:
        number = max(0, figures.before + figures.delta)
        return number, number
    low, high = figures.low, figures.high
    if number is None:
        return (low, high) if not figures.is_change else (None, None)
    if low is not None and high is not None:
        return min(low, number), max(high, number)
    if high is not None and high <= number:
        return None, number
    return (number, None) if low is not None and low >= number else (number, number)


def agree(one: Aim, other: Aim, before: float | None, by_arithmetic: bool = True) -> bool:
    """Whether the two promise the same, given the strength before; ``by_arithmetic``: also in other figures."""
    loose = one.approx or other.approx
    if one.names_strength and other.names_strength:
        return strengths_agree(one, other, loose, before) or swapped(one, other)
    if one.delta is not None and other.delta is not None:
        return one.delta * other.delta > 0 and near(abs(one.delta), abs(other.delta), loose)
    if one.ratio is not None and other.ratio is not None:
        return abs(one.ratio - other.ratio) <= EXACT + loose * EXACT
    return by_arithmetic and _agree_by_arithmetic(one, other, before)


def _agree_by_arithmetic(one: Aim, other: Aim, before: float | None) -> bool:
    """Whether two ways to say a change come to the same."""
    base = one.before if one.before is not None else other.before if other.before is not None else before
    first, second = one.filled(base), other.filled(base)
    if base is None or not (first.names_strength and second.names_strength):
        return False
    room = SHARE if one.ratio is not None or other.ratio is not None else EXACT
    gap = _gap(first, second)
    moved = max(abs((first.number or 0) - base), abs((second.number or 0) - base))
    return gap <= room * max(first.number or 0, second.number or 0) and gap <= 2 * room * moved


def strengths_agree(one: Aim, other: Aim, loose: bool, before: float | None = None) -> bool:
    """Whether two promised strengths are one: within rounding, or a bound and the number it was rounded from."""
    if one.nearly_all or other.nearly_all:
        rest = max(one.number or 0, other.number or 0)
        return rest == 0 or (before is not None and rest <= NEARLY_ALL * before)
    if one.is_all or other.is_all:
        return one.is_all and other.is_all
    if one.number is None or other.number is None:
        return False
    if one.is_bound != other.is_bound:
        return near(one.number, other.number, loose) or _rounds_to(one, other)
    return near(one.number, other.number, loose) or (
        (_is_range(one) or _is_range(other)) and _overlap(one, other)
    )


def _rounds_to(one: Aim, other: Aim) -> bool:
    """Whether the number keeps the bound and is near it."""
    bound, plain = (one, other) if one.is_bound else (other, one)
    edge, number = bound.number or 0, plain.number or 0
    inside = number <= edge if bound.high is not None else number >= edge
    return inside and abs(edge - number) <= LOOSE * max(edge, number)


def _is_range(aim: Aim) -> bool:
    return aim.low is not None and aim.high is not None and aim.low < aim.high


def _overlap(one: Aim, other: Aim) -> bool:
    """Whether two ranges, or a range and a number, meet."""
    low = max(x if x is not None else -inf for x in (one.low, other.low))
    high = min(x if x is not None else inf for x in (one.high, other.high))
    return low <= high * (1 + EXACT)


def _gap(one: Aim, other: Aim) -> float:
    """How far two strengths are apart, a bound being taken for its number; 0 where a range meets the other."""
    if (_is_range(one) or _is_range(other)) and _overlap(one, other):
        return 0
    ends = [(a, b) for a in (one.low, one.high) for b in (other.low, other.high)]
    return min((abs(a - b) for a, b in ends if a is not None and b is not None), default=inf)


def near(one: float, other: float, loose: bool = False) -> bool:
    """Whether two numbers are one number in different rounding."""
    larger, gap = max(one, other), abs(one - other)
    step = max(rounding(round(one)), rounding(round(other)))
    if loose:
        return gap <= max(min(step, LOOSE * larger), EXACT / 2 * larger)
    return gap <= min(step / 2, EXACT * larger)


def swapped(one: Aim, other: Aim) -> bool:
    """Whether one is the other with what leaves printed as what stays: a slip that papers copy from each other."""
    return _is_slip_of(one, other) or _is_slip_of(other, one)


def _is_slip_of(slip: Aim, true: Aim) -> bool:
    if slip.before is None or true.delta is None or slip.number is None or true.delta >= 0:
        return False
    same_start = true.before is not None and near(slip.before, true.before, loose=True)
    return same_start and slip.number > 0 and abs(slip.number + true.delta) <= LOOSE * -true.delta
