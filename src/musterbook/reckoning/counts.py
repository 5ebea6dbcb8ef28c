"""What the guards compare: the numbers that reports give for one contingent, each with its day and its room.

A count is a strength (``strength.stock_of``) on its day, or the target of a change still to come, on its deadline.
The number before a change that is done or underway stands on no day that we know and is not compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from math import inf

from musterbook.lexicon.register import load_register
from musterbook.model import Contingent, CountingRule, Entry, Report, Statement, Status
from musterbook.reckoning.strength import CEILINGS, INTENTS, UNKNOWN, Stock, bounds, stock_of
from musterbook.values import Figures

TEN = 8.0  # ten times, where each of the two may be rounded by a tenth: "about 10,000" to "about 1,000"
HALF = 0.5  # a change by more than this share is a jump
SMALL = 200  # persons: with so few, two advisers are twenty-five next week and nobody misprinted
PLANS = INTENTS | {Status.UNDERWAY}
TARGET = UNKNOWN + 1  # beside the kinds of a stock: what shall be there


@dataclass(frozen=True, slots=True)
class Count:
    """One number of a statement; ``low`` and ``high`` leave room: "up to" has low 0, "at least" has no end."""

    statement: str  # id
    report: str  # id
    source: str
    published: date
    day: date  # of the strength, or the deadline of the target
    kind: int  # LEVEL, AFTER or BEFORE, as of a stock, or TARGET
    number: int  # as stated, for people
    low: int
    high: float
    rule: CountingRule
    is_established: bool = False  # whether the registers know the source, and no state controls it

    @property
    def is_target(self) -> bool:
        """Whether so many shall be there, and are not yet."""
        return self.kind == TARGET

    @property
    def is_cap(self) -> bool:
        """Whether it limits heads instead of counting them; the two are never compared."""
        return self.rule in CEILINGS

    @property
    def counting(self) -> CountingRule:
        """What was counted; where nobody says, those on the ground."""
        return CountingRule.ON_THE_GROUND if self.rule is CountingRule.UNSPECIFIED else self.rule

    @property
    def most(self) -> float:
        """The upper end by which a slip is measured: "at least 2,500" is taken for 2,500."""
        return self.low if self.high == inf else self.high

    @property
    def plain(self) -> Count:
        """The count at its number: "up to 5,000" does not exclude 10 men, but it does not speak for them either."""
        low, high = self.low or self.number, self.most or self.number
        return self if (low, high) == (self.low, self.high) else replace(self, low=low, high=high)

    @property
    def vote(self) -> tuple[str, date]:
        """Who said it when: the same source on the same day counts once."""
        return self.source, self.published

    @property
    def whole(self) -> tuple[object, ...]:
        """Alike in counts of one report of which all but the largest are parts (as in ``strength``)."""
        return self.report, self.day, self.kind, self.is_open_below

    @property
    def is_open_below(self) -> bool:
        """Whether it bounds from above only, as "up to 600" does."""
        return self.low == 0 < self.number


@dataclass(frozen=True, slots=True)
class Telling:
    """One statement as the guards see it: when it was published, and the numbers to compare."""

    statement: Statement
    contingent: Contingent
    published: date
    counts: tuple[Count, ...]

    @property
    def order(self) -> tuple[date, str, int, str]:
        """By publication, in one report the whole before its parts: the same in whatever order they came."""
        largest = max((count.number for count in self.counts), default=0)
        return self.published, self.statement.report, -largest, self.statement.id


def telling_of(entry: Entry, reports: Mapping[str, Report]) -> Telling | None:
    """What an entry tells the guards, or None where it has no contingent or no day."""
    statement, contingent = entry.statement, entry.contingent
    if statement is None or contingent is None:
        return None
    report = reports.get(statement.report)
    stock = stock_of(entry, reports)
    published = report.published if report else None
    published = published or (stock.day if stock else None)
    if published is None:
        return None
    source = source_of(report) if report else statement.report
    publisher = load_register().publisher(report.publisher, report.url) if report else None
    known = publisher is not None and not publisher.controlled
    counts = tuple(replace(c, is_established=known) for c in _counts(statement, stock, source, published))
    return Telling(statement, contingent, published, counts)


def _counts(statement: Statement, stock: Stock | None, source: str, published: date) -> Iterator[Count]:
    """The strength that a statement gives, then the target of the change that it tells of."""
    head, rule, figures = (
        (statement.id, statement.report, source, published),
        statement.rule,
        statement.figures,
    )
    if stock and stock.day and stock.kind != UNKNOWN:
        yield Count(*head, stock.day, stock.kind, stock.size, *_room(stock.low, stock.high, rule), rule)
    if statement.status in PLANS and figures.after is not None:
        day = statement.period.last if statement.period else published
        alone = figures.before is None and figures.delta is None  # else the bounds may be another number's
        low, _, high = bounds(figures if alone else Figures(), figures.after, False)
        yield Count(*head, day, TARGET, figures.after, *_room(low, high, rule), rule)


def _room(low: int | None, high: int | None, rule: CountingRule) -> tuple[int, float]:
    """The ends of a count, open ones as 0 and no end; a cap is a number like any other among caps."""
    if rule in CEILINGS and high is not None:
        return high, high
    return low or 0, inf if high is None else high


def tenfold(one: Count, other: Count) -> bool:
    """Whether one is ten times the other or more, either way."""
    return is_ten_times(one, other) or is_ten_times(other, one)


def is_ten_times(larger: Count, smaller: Count) -> bool:
    """Whether it is ten times the smaller or more, rounding allowed for; 0 is nobody's tenth."""
    return larger.low >= max(SMALL, TEN * smaller.most) and smaller.most > 0


def jumps(before: Count, after: Count) -> bool:
    """Whether the strength grew or shrank by more than half; what the bounds allow is no jump."""
    if abs(after.number - before.number) < SMALL:
        return False
    return after.low > before.high * (1 + HALF) or after.high < before.low * (1 - HALF)


def source_of(report: Report) -> str:
    """Who published it: the publisher, else the domain of its address, else the report itself."""
    domain = report.url.partition("//")[2].partition("/")[0].lower().removeprefix("www.")
    return report.publisher or domain or report.id
