"""An official series beside what was said in public: where they agree, where they part, and where nobody can compare.

For every contingent and day of the series, the statement nearest in time is set beside its figure: first one of the
season around that day that counts by the same rule or names none; else the nearest of the year, whatever its rule. A
report that only repeats the table is no statement of its own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from musterbook.findings import Estimate
from musterbook.model import Contingent, CountingRule, Entry, Report
from musterbook.reckoning.beside import TENTH, Comparison, Official, Said, are_alike, verdict_on
from musterbook.reckoning.joint import JOINT, Key, added, from_parts
from musterbook.reckoning.strength import UNKNOWN, Stock, rank, stock_of

SEASON = timedelta(days=120)  # either side of the table's day
YEAR = timedelta(days=365)  # before it; what is older says nothing of that day
LATER = timedelta(days=30)  # who gives a table's figure for a day so long past has it from the table
Estimator = Callable[[Contingent, date], Estimate | None]


def compare(
    series: Iterable[Entry],
    public: Iterable[Entry],
    reports: Mapping[str, Report],
    estimating: Callable[[Sequence[Entry]], Estimator],
    joint: Collection[Contingent] = (),
) -> tuple[Comparison, ...]:
    """The comparisons in the order of contingents and days.

    ``series`` are the entries of the series, ``public`` all others that may be reckoned with; ``estimating`` gives from
    those of them that do not repeat the tables what they support for a contingent on a day. A joint contingent
    ("AFG+IRQ") is compared with the sum of its parts where somebody speaks of it, or where it is in ``joint``: there
    its parts' statements are added up where nobody does.
    """
    others = tuple(public)
    figures = official(series, reports)
    spoken_of = {e.contingent for e in others if e.contingent and JOINT in e.contingent.place}
    wholes = {c for c in spoken_of if not c.mission} | set(joint)
    sums = {
        (whole, one.day): (one, parts) for whole in sorted(wholes) for one, parts in added(whole, figures)
    }
    both = figures | {key: one for key, (one, _) in sums.items()}
    repeated = {e.statement.id: key for e in others if e.statement and (key := _repeated(e, both, reports))}
    own = tuple(e for e in others if e.statement and e.statement.id not in repeated)
    told = _Public(_stocks(own, reports), estimating(own), Counter(repeated.values()))
    found = {key: told.beside(one) for key, one in both.items()}
    for key, (one, parts) in sums.items():
        if found[key].said is None and key[0] in joint:
            found[key] = from_parts(one, [found[part] for part in parts])
    return tuple(found[key] for key in sorted(found))


def official(series: Iterable[Entry], reports: Mapping[str, Report]) -> dict[Key, Official]:
    """The figures of a series by contingent and day: of the report that came last, and in it the largest."""
    best: dict[Key, tuple[tuple[date, int, str], Official]] = {}
    for entry in series:
        one = _official(entry, reports)
        if one is None:
            continue
        order = (one.published or date.min, one.number, one.statements[0])
        key = one.contingent, one.day
        if key not in best or order > best[key][0]:
            best[key] = order, one
    return {key: one for key, (_, one) in best.items()}


def _official(entry: Entry, reports: Mapping[str, Report]) -> Official | None:
    """The figure of one entry of the series, None where it gives none."""
    said, where = entry.statement, entry.contingent
    if said is None or where is None or said.period is None:
        return None
    figures, report = said.figures, reports.get(said.report)
    number = figures.level if figures.level is not None else figures.low
    if number is None:
        return None
    floor = figures.level is None
    published = report.published if report else None
    return Official(where, said.period.last, number, said.rule, floor, published, (said.id,))


def _stocks(
    public: Iterable[Entry], reports: Mapping[str, Report]
) -> dict[Contingent, dict[CountingRule, list[Stock]]]:
    """What everybody else says, by contingent and rule, in the order of days; the best of each day first."""
    found: dict[Contingent, dict[CountingRule, list[Stock]]] = defaultdict(lambda: defaultdict(list))
    for entry in public:
        stock = stock_of(entry, reports)
        if stock and stock.day and stock.kind != UNKNOWN and stock.size >= 0:
            found[stock.contingent][stock.statement.rule].append(stock)
    for by_rule in found.values():
        for stocks in by_rule.values():
            stocks.sort(key=lambda stock: (stock.day or date.min, rank(stock)))
    return found


@dataclass(frozen=True, slots=True)
class _Public:
    """What everybody but the series says of his own, what is estimated from it, and who repeats the tables."""

    stocks: Mapping[Contingent, Mapping[CountingRule, Sequence[Stock]]]
    estimate: Estimator
    repeats: Mapping[Key, int]

    def beside(self, one: Official) -> Comparison:
        """A figure with the statement beside it; of the whole force in the place where none is of its mission."""
        where = one.contingent
        if where not in self.stocks and where.mission:
            where = Contingent(where.force, where.place)
        by_rule = self.stocks.get(where, {})
        near = _nearest([stock for held in by_rule.values() for stock in _near(held, one)], one)
        said, also = (_said(near[0]) if near else None), _others(near)
        found = self.estimate(where, one.day) if by_rule else None
        repeats = self.repeats.get((one.contingent, one.day), 0)
        return Comparison(one, said, found, verdict_on(one, said), repeats, also)


def _repeated(entry: Entry, figures: Mapping[Key, Official], reports: Mapping[str, Report]) -> Key | None:
    """The figure that it repeats: about the table's own, for its own day, long after. Where else would it be from?"""
    stock = stock_of(entry, reports)
    report = reports.get(entry.statement.report) if entry.statement else None
    if stock is None or stock.day is None or report is None or report.published is None:
        return None
    key = stock.contingent, stock.day
    one = figures.get(key)
    if one is None or report.published - one.day < LATER:
        return None
    return key if abs(stock.size - one.number) <= TENTH * one.number else None


def _near(stocks: Sequence[Stock], one: Official) -> Iterator[Stock]:
    """Those from a year before the table's day to a season after it; ``stocks`` are of one rule."""
    first = bisect_left(stocks, one.day - YEAR, key=_day)
    for stock in stocks[first:]:
        if _day(stock) > one.day + SEASON:
            return
        yield stock


def _nearest(stocks: Sequence[Stock], one: Official) -> list[Stock]:
    """The statements of the day to compare with: by a like rule within the season, else the nearest of all."""
    alike = [s for s in stocks if are_alike(s.statement.rule, one.rule) and abs(_day(s) - one.day) <= SEASON]
    ranked = sorted(alike or stocks, key=lambda s: (abs(_day(s) - one.day), _day(s), rank(s)))
    return [stock for stock in ranked if _day(stock) == _day(ranked[0])]


def _others(stocks: Sequence[Stock]) -> tuple[Said, ...]:
    """What is said beside the first of one day, each number once."""
    numbers = {stock.size: stock for stock in reversed(stocks)}
    first = stocks[0].size if stocks else None
    return tuple(_said(stock) for size, stock in sorted(numbers.items()) if size != first)


def _said(stock: Stock) -> Said:
    """What one statement says."""
    head = _day(stock), stock.size, stock.low, stock.high
    return Said(*head, stock.statement.rule, (stock.statement.id,))


def _day(stock: Stock) -> date:
    return stock.day or date.min
