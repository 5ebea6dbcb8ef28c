"""What an editor looks at first: the statement that moves a published figure most.

A statement weighs as many persons as the latest strength of its contingent changes by when the statement is taken
out, or, where it is held, when it is let in. An unknown figure counts as 0 persons for this, and only for this.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from musterbook.model import Contingent, Entry, Hold, Item, Report, Statement
from musterbook.reckoning.strength import Stock, front, rank, stock_of

SURE = 0.85  # below this share of right ones a reading is called unsure


def queue(
    entries: Sequence[Entry],
    reports: Mapping[str, Report],
    held: Iterable[Hold],
    reviewed: Collection[str],
    day: date,
) -> tuple[Item, ...]:
    """The statements that nobody has reviewed: what moves a figure of that day most, then the less sure reading.

    ``entries`` are those that stand, the held ones among them; ``held`` are the holds on them (``guards.held``);
    ``reviewed`` are ids of statements that somebody has looked at and that are left out.
    """
    holds, seen = {hold.statement: hold for hold in held}, frozenset(reviewed)
    figures: dict[Contingent, Published] = defaultdict(Published)
    waiting: list[Waiting] = []
    for entry in entries:
        if entry.statement is None:
            continue
        name, stock = entry.statement.id, stock_of(entry, reports)
        if stock and stock.day and stock.day > day:
            stock = None
        if stock and name not in holds:
            figures[stock.contingent].add(stock)
        if name not in seen:
            waiting.append(Waiting(name, entry.statement, entry.contingent, stock, holds.get(name)))
    for figure in figures.values():
        figure.settle()
    items = [(one, _item(one, figures)) for one in waiting]
    items.sort(key=lambda pair: (-pair[1].moves, pair[0].statement.confidence, pair[0].name))
    return tuple(item for _, item in items)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A statement to be reviewed, with the stock that it gives by the day and the hold on it."""

    name: str  # its id
    statement: Statement
    contingent: Contingent | None
    stock: Stock | None
    hold: Hold | None


@dataclass(slots=True)
class Published:
    """The stocks of one contingent that may be published, report by report, and those that lead."""

    by_report: dict[str, list[Stock]] = field(default_factory=lambda: defaultdict(list))
    leaders: list[Stock] = field(default_factory=list)  # the front of the two best reports, best first

    def add(self, stock: Stock) -> None:
        """Take in one stock."""
        self.by_report[stock.statement.report].append(stock)

    def settle(self) -> None:
        """Find the leaders, once all stocks are in."""
        fronts = (found for stocks in self.by_report.values() if (found := front(stocks)))
        self.leaders = sorted(fronts, key=rank)[:2]

    @property
    def now(self) -> Stock | None:
        """The stock that the published figure is taken from."""
        return self.leaders[0] if self.leaders else None

    def without(self, stock: Stock) -> Stock | None:
        """The stock that the figure would be taken from without this one."""
        if self.now is None or stock.day != self.now.day:
            return self.now
        return self._front_with(stock, [s for s in self.by_report[stock.statement.report] if s is not stock])

    def letting_in(self, stock: Stock) -> Stock | None:
        """The stock that the figure would be taken from with this one let in."""
        return self._front_with(stock, [*self.by_report.get(stock.statement.report, ()), stock])

    def _front_with(self, changed: Stock, stocks: list[Stock]) -> Stock | None:
        """The front where one report gives other stocks than now."""
        others = [s for s in self.leaders if s.statement.report != changed.statement.report]
        found = front(stocks)
        return min([*others, found] if found else others, key=rank, default=None)


def _item(one: Waiting, figures: Mapping[Contingent, Published]) -> Item:
    """The statement with its weight, and with the reason in words."""
    now, then = None, None
    if one.stock:
        figure = figures.get(one.stock.contingent) or Published()
        now, then = figure.now, figure.letting_in(one.stock) if one.hold else figure.without(one.stock)
    moves = abs(_persons(now) - _persons(then))
    if one.hold:
        reason = f"held: {one.hold.message}"
    elif now != then and _named(now) != _named(then):
        reason = f"carries the figure: without it {_named(now)} would be {_named(then)}"
    else:
        sure = one.statement.confidence
        reason = f"{'unsure' if sure < SURE else 'sure'} reading {sure:.2f}"
    return Item(one.name, one.contingent, reason, moves)


def _persons(stock: Stock | None) -> int:
    """The number that stands for a stock, 0 where it has none."""
    return max(0, stock.size) if stock else 0


def _named(stock: Stock | None) -> str:
    """The number for people."""
    return "unknown" if stock is None or stock.size < 0 else f"{stock.size:,}"
