"""What one statement says of a strength on a day: what somebody counted, never what somebody promised.

Which statements give a stock, and on which day:
- a level that is current or past, on the last day of its period; a current one without a period on the day of
  publication; a past one without a period on no day that we know, so it gives nothing;
- a completed change, by what is left after it (all gone is 0), on its period's last day or on publication;
- the number before a change that is only announced, expected or considered, on the day of publication.
In one report the whole goes before a part of the same day. A ceiling ("up to 600", a cap, a mandate) bounds from above
and has no best.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from musterbook.model import Contingent, CountingRule, Entry, Report, Statement, Status
from musterbook.values import Figures

CEILINGS = {CountingRule.AUTHORISED_CAP, CountingRule.MANDATE_CEILING}
STOCKS = {Status.CURRENT, Status.PAST}
INTENTS = {Status.ANNOUNCED, Status.EXPECTED, Status.CONSIDERED}
LEVEL, AFTER, BEFORE, UNKNOWN = 0, 1, 2, 3  # the order of trust on one day
MOST_ROUNDING = 10  # "about 1,000" is not 500 to 1,500: rounding never widens by more than a tenth


@dataclass(frozen=True, slots=True)
class Stock:
    """What one statement says of the strength on one day; ``kind`` is LEVEL, AFTER, BEFORE or UNKNOWN."""

    entry: Entry
    statement: Statement
    contingent: Contingent
    day: date | None
    kind: int
    low: int | None
    best: int | None
    high: int | None

    @property
    def size(self) -> int:
        """A number to tell a whole from its parts by."""
        return next((n for n in (self.best, self.high, self.low) if n is not None), -1)

    @property
    def is_ceiling(self) -> bool:
        """Whether it bounds from above only."""
        return self.best is None and self.low is None and self.high is not None


def stock_of(entry: Entry, reports: Mapping[str, Report]) -> Stock | None:
    """What the entry's statement says of a strength, or None when it speaks of none."""
    statement, contingent = entry.statement, entry.contingent
    if statement is None or contingent is None:
        return None
    report = reports.get(statement.report)
    kind, low, best, high = _numbers(statement)
    day = _day(statement, kind, report.published if report else None)
    if kind != UNKNOWN and day is not None:
        return Stock(entry, statement, contingent, day, kind, low, best, high)
    if statement.status is not Status.CURRENT or statement.figures.is_change:
        return None
    return Stock(entry, statement, contingent, day, UNKNOWN, None, None, None)


def _numbers(statement: Statement) -> tuple[int, int | None, int | None, int | None]:
    """Kind, low, best and high of the stock that a statement gives."""
    figures, status = statement.figures, statement.status
    if status in STOCKS and not figures.is_change and not figures.is_empty:
        return LEVEL, *bounds(figures, figures.level, statement.rule in CEILINGS)
    if status is Status.DONE and (after := left_after(figures)) is not None:
        alone = figures.before is None and figures.delta is None  # else the bounds may be another number's
        return AFTER, *(bounds(figures, after, False) if alone else _rounded(after, figures.approx))
    if status in INTENTS and figures.before is not None:
        return BEFORE, *_rounded(figures.before, figures.approx)
    return UNKNOWN, None, None, None


def left_after(figures: Figures) -> int | None:
    """What is there after a change, as far as its own numbers tell."""
    if figures.after is not None:
        return figures.after
    if figures.ratio == 0:
        return 0
    if figures.before is not None and figures.delta is not None and figures.before + figures.delta >= 0:
        return figures.before + figures.delta
    return None


def bounds(figures: Figures, number: int | None, ceiling: bool) -> tuple[int | None, int | None, int | None]:
    """Low, best and high of a stated number with its bounds; a range has no best, a ceiling only a high."""
    if ceiling or (figures.high is not None and figures.low is None):
        return None, None, figures.high if figures.high is not None else number
    if number is None:
        return figures.low, None, figures.high
    if figures.low is None:
        return _rounded(number, figures.approx)
    low, high = min(figures.low, number), figures.high
    return low, number, high if high is None else max(high, number)


def _rounded(number: int, approx: bool) -> tuple[int, int, int]:
    """A number with the room that its rounding leaves; as stated when it is not said to be approximate."""
    slack = min(rounding(number) // 2, number // MOST_ROUNDING) if approx else 0
    return number - slack, number, number + slack


def rounding(number: int) -> int:
    """The step that a number looks rounded to: 100 for 5,200, 1 for 17 and 0."""
    step = 1
    while number and number % (step * 10) == 0:
        step *= 10
    return step


def _day(statement: Statement, kind: int, published: date | None) -> date | None:
    """The day on which the stock is said to have been there; None when nobody can tell."""
    if kind != BEFORE and statement.period is not None:
        return statement.period.last
    return None if statement.status is Status.PAST else published


def wholes(stocks: Iterable[Stock]) -> list[Stock]:
    """The stocks without those that one report gives beside a larger one of the same day: its parts."""
    whole: dict[tuple[str, date | None, int, int], Stock] = {}
    for stock in stocks:
        key = (stock.statement.report, stock.day, stock.kind, _worth(stock))
        if key not in whole or _size_rank(stock) < _size_rank(whole[key]):
            whole[key] = stock
    return list(whole.values())


def _size_rank(stock: Stock) -> tuple[int, tuple[object, ...]]:
    """Largest first, then as between reports."""
    return -stock.size, rank(stock)


def rank(stock: Stock) -> tuple[object, ...]:
    """Sorts the stock that wins to the front; the id at the end makes it the same in every order."""
    statement = stock.statement
    return (
        _worth(stock),
        -(stock.day.toordinal() if stock.day else 0),
        stock.kind,
        statement.speaker is None or not statement.speaker.named,
        statement.figures.approx,
        -statement.confidence,
        statement.id,
    )


def _worth(stock: Stock) -> int:
    """A number before a ceiling, a ceiling before mere words."""
    if stock.kind == UNKNOWN:
        return 2
    return 1 if stock.is_ceiling else 0
