"""What an editor looks at first: the statement that moves a published figure most.

A statement weighs as many persons as the estimate of its own day changes by when the statement is taken out; where it
is held, as many as it is away from the estimate. What repeats another, or only tells of plans, moves nothing. A chorus
of unknown sources waits as one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from musterbook.findings import Hold, Item
from musterbook.model import Contingent, Entry, Report, Statement
from musterbook.reckoning.chorus import CHORUS
from musterbook.reckoning.curve.curve import Curve
from musterbook.reckoning.curve.gather import PLAIN, Curves
from musterbook.reckoning.curve.hearing import hear
from musterbook.reckoning.curve.weighing import own_weights
from musterbook.reckoning.strength import stock_of

SURE = 0.85  # below this share of right ones a reading is called unsure


@dataclass(frozen=True, slots=True)
class Weight:
    """The figure of a statement's day with it and without it, in persons; None: no figure."""

    with_it: float
    without: float | None

    @property
    def moves(self) -> int:
        """Persons, whichever way."""
        return round(abs(self.with_it - (self.without or 0.0)))


def queue(
    entries: Sequence[Entry],
    reports: Mapping[str, Report],
    held: Iterable[Hold],
    reviewed: Collection[str],
    curves: Curves,
) -> tuple[Item, ...]:
    """The statements that nobody has reviewed: what moves the figure of its day most, then the less sure reading.

    ``entries`` are those that stand, the held ones among them; ``held`` are the holds on them (``guards.held``);
    ``reviewed`` are ids of statements that somebody has looked at and that are left out; ``curves`` are those of the
    book without what is held.
    """
    holds, seen = {hold.statement: hold for hold in held}, frozenset(reviewed)
    weights = _weights(curves)
    sung: set[str] = set()  # a chorus waits as one, with the first of its statements
    found: list[tuple[Statement, Item]] = []
    for entry in sorted(entries, key=lambda e: e.statement.id if e.statement else ""):
        if entry.statement and entry.statement.id not in seen:
            hold = holds.get(entry.statement.id)
            if hold and hold.code == CHORUS:
                if hold.message in sung:
                    continue
                sung.add(hold.message)
            weight = _held_weight(entry, reports, curves) if hold else weights.get(entry.statement.id)
            found.append((entry.statement, _item(entry.statement, entry.contingent, hold, weight)))
    found.sort(key=lambda pair: (-pair[1].moves, pair[0].confidence, pair[0].id))
    return tuple(item for _, item in found)


def _weights(curves: Curves) -> dict[str, Weight]:
    """What each statement of the main curves moves."""
    found: dict[str, Weight] = {}
    for several in curves.values():
        main = several[0]
        lone = main.levels[0].statement.id if len(main.levels) == 1 else ""
        for name, (with_it, without) in own_weights(main.passes, main.heard).items() if main.levels else ():
            found[name] = Weight(with_it, None if name == lone else without)
    return found


def _held_weight(entry: Entry, reports: Mapping[str, Report], curves: Curves) -> Weight | None:
    """How far a held statement is from the figure of its day."""
    stock = stock_of(entry, reports)
    heard = hear(stock) if stock else None
    if stock is None or heard is None:
        return None
    main = _main_of(stock.contingent, curves)
    if main is None or stock.statement.rule not in PLAIN:
        return Weight(float(heard.number), None)
    return Weight(float(heard.number), main.on([heard.day])[0].best)


def _main_of(contingent: Contingent, curves: Curves) -> Curve | None:
    """The main curve of a contingent, None where it has no levels yet."""
    several = curves.get(contingent, ())
    return several[0] if several and several[0].levels else None


def _item(
    statement: Statement, contingent: Contingent | None, hold: Hold | None, weight: Weight | None
) -> Item:
    """The statement with its weight, and with the reason in words."""
    moves = weight.moves if weight else 0
    if hold:
        reason = f"held: {hold.message}"
    elif weight and moves:
        without = "unknown" if weight.without is None else f"{weight.without:,.0f}"
        reason = f"carries the figure: without it {weight.with_it:,.0f} would be {without}"
    else:
        sure = statement.confidence
        reason = f"{'unsure' if sure < SURE else 'sure'} reading {sure:.2f}"
    return Item(statement.id, contingent, reason, moves)
