"""Which statements carry which curve: one curve for each contingent and counting rule, never mixed, never summed.

What goes back to one utterance counts once, by its first report. Of what one report tells of one day the largest is the
whole, the others its parts. A cap, a mandate and a figure with contractors bound the main curve from above and have a
curve of their own; figures under any other rule stay apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from musterbook.findings import Pledge
from musterbook.model import Contingent, CountingRule, Entry, Report
from musterbook.reckoning.curve.curve import Curve, curve_of
from musterbook.reckoning.curve.pulls import kept_share, pulls_of, until
from musterbook.reckoning.strength import AFTER, CEILINGS, UNKNOWN, Stock, stock_of, wholes

PLAIN = frozenset(
    (CountingRule.UNSPECIFIED, CountingRule.ON_THE_GROUND)
)  # those that are there: the main curve
ABOVE = CEILINGS | {CountingRule.WITH_CONTRACTORS}  # no more than these are there
Curves = Mapping[Contingent, tuple[Curve, ...]]
Parts = tuple[tuple[tuple[str, bool], ...], tuple[Pledge, ...], tuple[str, ...]]
Kept = dict[Contingent, tuple[Parts, tuple[Curve, ...]]]  # curves with what they were reckoned from


@dataclass(frozen=True, slots=True)
class Told:
    """What curves are reckoned from."""

    entries: Sequence[Entry]  # those that stand
    reports: Mapping[str, Report]  # by id
    pledges: Sequence[Pledge] = ()  # with their verdicts
    first: Mapping[str, str] = field(default_factory=dict)  # statement -> first of its utterance, if another
    vouched: frozenset[str] = frozenset()  # ids of statements that a person has confirmed


def curves(told: Told, held: Collection[str] = (), kept: Kept | None = None) -> Curves:
    """The curves of every contingent that any number is known of, the main one first, without what is held.

    ``kept`` is filled with the curves and what they were reckoned from: given again, only what changed is reckoned.
    """
    kept = {} if kept is None else kept
    stocks: dict[Contingent, list[Stock]] = defaultdict(list)
    for stock in (stock_of(entry, told.reports) for entry in told.entries):
        if stock and stock.statement.id not in held:
            stocks[stock.contingent].append(stock)
    promised: dict[Contingent, list[Pledge]] = defaultdict(list)
    for pledge in told.pledges:
        promised[pledge.contingent].append(pledge)
    for contingent, several in stocks.items():
        names = tuple(sorted((s.entry.id, s.statement.id in told.vouched) for s in several))
        parts = names, tuple(promised[contingent]), tuple(told.first.get(s.statement.id, "") for s in several)
        if contingent not in kept or kept[contingent][0] != parts:
            kept[contingent] = parts, curves_of(contingent, several, promised[contingent], told)
    return {contingent: kept[contingent][1] for contingent in sorted(stocks) if kept[contingent][1]}


def curves_of(
    contingent: Contingent, stocks: Iterable[Stock], pledges: Sequence[Pledge], told: Told
) -> tuple[Curve, ...]:
    """The curves of one contingent, the main one first, then those of the other rules by name."""
    by_rule: dict[CountingRule, list[Stock]] = defaultdict(list)
    for stock in wholes(once((s for s in stocks if s.kind != UNKNOWN and s.day), told.first)):
        by_rule[stock.statement.rule].append(stock)
    plain = [stock for rule in sorted(PLAIN) for stock in by_rule[rule]]
    over = [_as_ceiling(stock) for rule in sorted(ABOVE) for stock in by_rule[rule]]
    rule = CountingRule.UNSPECIFIED if by_rule[CountingRule.UNSPECIFIED] else CountingRule.ON_THE_GROUND
    gone = (stock.day for stock in plain if stock.kind == AFTER and stock.best == 0 and stock.day)
    pulls = until(pulls_of(pledges, kept_share(pledges)), gone)
    main = curve_of(contingent, rule, [*plain, *over], pulls, told.vouched) if plain else None
    others = (
        curve_of(contingent, rule, by_rule[rule], (), told.vouched)
        for rule in sorted(by_rule)
        if rule not in PLAIN
    )
    return tuple(curve for curve in (main, *others) if curve)


def once(stocks: Iterable[Stock], first: Mapping[str, str]) -> list[Stock]:
    """One stock of each utterance: that of its first statement, else the earliest that gives one."""
    kept: dict[tuple[str, CountingRule], Stock] = {}
    for stock in sorted(stocks, key=_order):
        name = stock.statement.id
        key = first.get(name, name), stock.statement.rule
        if key not in kept or name == key[0]:
            kept[key] = stock
    return list(kept.values())


def _order(stock: Stock) -> tuple[date, str]:
    """By day, undated last; then the same in every order."""
    return stock.day or date.max, stock.statement.id


def _as_ceiling(stock: Stock) -> Stock:
    """A figure that more than the troops are counted in, as a bound of them."""
    return replace(stock, low=None, best=None, high=stock.high if stock.high is not None else stock.size)
