"""What one statement makes of a strength: how likely its words are for each number of persons.

Room for rounding and bounds first, then for error, by who says so; a share of doubt for the case that the number is
another thing altogether (a misprint, a part, another way of counting). A figure is as old as its source usually is.
A ceiling bounds from above and is no level. "More than" leans upwards by a fifth.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from musterbook.model import CountingRule, Statement, Status
from musterbook.reckoning.curve.grid import Array, Grid
from musterbook.reckoning.curve.motion import Motion
from musterbook.reckoning.strength import BEFORE, CEILINGS, Stock, rounding

SPAN = 6.0  # of the logarithm: where a number may lie that is another thing altogether
PLAIN_ROOM = (
    0.04  # an unqualified number may be rounded by half its last step, but by no more than this share
)
ABOUT_ROOM = 0.10  # the same of "about"
ABOVE = 0.2  # "more than 5,000" is seldom more than a fifth more
SURPASSED = 0.3  # a ceiling is broken by so much, where it is
BREACH = 0.12  # how often it is
FLOOR = 1e-9  # nothing that is said is quite impossible
NOBODY = 0.3  # of the doubt: somebody counts men where nobody is


@dataclass(frozen=True, slots=True)
class Voice:
    """A class of sources: how far its numbers are off, how often they are another thing, how old they are."""

    name: str
    speaks: Callable[[Stock], bool]
    error: float  # of the logarithm
    doubt: float  # share
    lag: int  # days


def _is_official_count(stock: Stock) -> bool:
    return stock.statement.rule is CountingRule.PERMANENTLY_ASSIGNED


def _is_told_back(stock: Stock) -> bool:
    return stock.kind == BEFORE


def _is_named(stock: Stock) -> bool:
    return stock.statement.speaker is not None and stock.statement.speaker.named


def _is_unnamed(stock: Stock) -> bool:
    return stock.statement.speaker is not None


VOUCHED = 0.005  # the doubt that is left where a person has looked
# The first that fits is taken.
VOICES = (
    Voice("an official series", _is_official_count, error=0.004, doubt=0.01, lag=0),
    Voice("the start of a change", _is_told_back, error=0.05, doubt=0.1, lag=45),
    Voice("somebody named", _is_named, error=0.03, doubt=0.08, lag=20),
    Voice("somebody unnamed", _is_unnamed, error=0.05, doubt=0.15, lag=30),
    Voice("the report itself", lambda _: True, error=0.05, doubt=0.15, lag=75),
)


@dataclass(frozen=True, slots=True)
class Hearing:
    """One statement as evidence of a strength on a day: between which ends, how sure, how old."""

    stock: Stock
    day: date
    low: float  # persons
    high: float
    is_ceiling: bool
    voice: Voice
    lag: int  # days

    @property
    def statement(self) -> Statement:
        """The statement that is heard."""
        return self.stock.statement

    @property
    def words(self) -> tuple[object, ...]:
        """All that its likelihood depends on."""
        return self.low, self.high, self.is_ceiling, self.voice.name, self.lag

    @property
    def number(self) -> int:
        """The number as stated, for a figure to be given in the words of its source."""
        return self.stock.size


def hear(stock: Stock, vouched: bool = False) -> Hearing | None:
    """The stock as evidence; None where it gives no number or no day. ``vouched``: a person has confirmed it."""
    if stock.day is None or stock.size < 0:
        return None
    voice = next(voice for voice in VOICES if voice.speaks(stock))
    if vouched:
        voice = replace(voice, name=f"{voice.name}, confirmed", doubt=min(voice.doubt, VOUCHED))
    low, high = _ends(stock)
    day, lag = _when(stock, voice)
    return Hearing(stock, day, low, high, _is_ceiling(stock), voice, lag)


def _is_ceiling(stock: Stock) -> bool:
    """Whether it bounds from above only."""
    return stock.is_ceiling or stock.statement.rule in CEILINGS


def _when(stock: Stock, voice: Voice) -> tuple[date, int]:
    """The day that the figure speaks of, and how many days it may be off: half of a long period."""
    period, day = stock.statement.period, stock.day
    assert day is not None  # noqa: S101 -- ``hear`` asked; for the type checker
    if stock.statement.status is not Status.PAST or period is None:
        return day, voice.lag
    half = (period.last - period.first).days // 2
    return period.last - timedelta(half), half


def _ends(stock: Stock) -> tuple[float, float]:
    """Between which numbers of persons the words are simply true."""
    if stock.is_ceiling and stock.high is not None:
        return 0.0, float(stock.high)
    number, approx = stock.size, stock.statement.figures.approx
    if number == 0:
        return 0.0, 0.0
    step = rounding(number)
    room = min(step, ABOUT_ROOM * number) if approx else min(step / 2, PLAIN_ROOM * number)
    low = number - room if stock.low is None else min(number - room, stock.low)
    if stock.low is not None and stock.low == number and stock.high is None:
        return float(number), number * (1 + ABOVE)
    if stock.best is None and stock.low is not None and stock.high is not None:
        return float(stock.low), float(stock.high)
    return low, number + room if stock.high is None else max(number + room, stock.high)


def likelihoods(heard: Sequence[Hearing], motion: Motion) -> Array:
    """A row for each hearing: how likely its words are for each state of the grid, up to a factor."""
    grid = motion.grid
    column = [
        np.array(values, dtype=float)[:, None]
        for values in zip(*((h.low, h.high, h.voice.error, h.voice.doubt) for h in heard), strict=True)
    ]
    low, high, error, doubt = column
    ceilings = np.array([h.is_ceiling for h in heard])
    rows = np.where(ceilings[:, None], _ceiling(grid, high), _level(grid, low, high, error, doubt))
    lags = np.array([float(h.lag) for h in heard])
    return np.maximum(motion.backward(rows, lags), FLOOR)


def _level(grid: Grid, low: Array, high: Array, error: Array, doubt: Array) -> Array:
    """Rows of levels: near the stated number, or, with the doubt, anywhere."""
    bottom, top = np.log(np.maximum(low, 1.0)), np.log(np.maximum(high, 1.0))
    off = np.maximum(np.maximum(bottom - grid.logs, grid.logs - top), 0.0) / error
    near = (1 + off**2) ** -1.5 / (top - bottom + 2 * error)
    rows = (1 - doubt) * near + doubt / SPAN
    none = doubt / SPAN * NOBODY
    nobody = high == 0  # told that nobody is there: then a few may be, seldom many
    rows = np.where(nobody, doubt / SPAN * np.minimum(1.0, 100 / grid.numbers), rows)
    none = np.where(nobody, 1.0, none)
    return np.concatenate([none, rows], axis=1)


def _ceiling(grid: Grid, high: Array) -> Array:
    """Rows of ceilings: anything below alike, above less and less."""
    over = np.maximum(grid.logs - np.log(np.maximum(high, 1.0)), 0.0)
    rows = np.where(over > 0, BREACH * np.exp(-over / SURPASSED), 1.0)
    return np.concatenate([np.ones_like(high), rows], axis=1)
