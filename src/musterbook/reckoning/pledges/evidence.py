"""What reports published after an announcement tell of it: strengths, finished changes, halts.

An echo tells nothing: a number that only repeats an earlier report speaks of the time of that report.
A cap is no strength, and what was counted with contractors or as a share of a coalition is another number.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from musterbook.model import Contingent, CountingRule, Entry, Report, Statement, Status
from musterbook.reckoning.pledges.aims import Aim, aim_of
from musterbook.reckoning.strength import AFTER, BEFORE, CEILINGS, LEVEL, Stock, rank, stock_of

OTHER_COUNTS = {CountingRule.WITH_CONTRACTORS, CountingRule.COALITION_SHARE}
STRENGTH, CHANGE, HALT = "strength", "change", "halt"
STALE = timedelta(days=400)  # a strength older than this is no longer that before a change
PART = 0.5  # of a strength: what is less, in the same report, is a part of it
BESIDE = timedelta(days=3)  # reports of one announcement, of which the later give the strength before


@dataclass(frozen=True, slots=True)
class Fact:
    """What one later statement tells, with the day it speaks of and the day it came out."""

    statement: str  # id
    report: str
    kind: str  # STRENGTH, CHANGE or HALT
    published: date
    day: date
    begun: date  # a change: the first day of its period, where the report gives one
    low: float | None = None  # of a strength
    high: float | None = None
    best: int | None = None
    aim: Aim = field(default_factory=Aim)  # of a change or a halt
    is_event: bool = False  # it happened on its day; a strength may have been there for long
    on_paper: bool = False  # the number before a further change, as who announces that change puts it


@dataclass(slots=True)
class Evidence:
    """All facts of one contingent, in order of publication, and the strength it had on a day."""

    facts: list[Fact] = field(default_factory=list)
    _days: list[date] = field(default_factory=list)
    _known: list[Stock] = field(default_factory=list)
    _published: list[date] = field(default_factory=list)

    def after(self, day: date) -> list[Fact]:
        """The facts that came out after that day."""
        return self.facts[bisect_right(self._published, day) :]

    def on(self, day: date) -> list[Fact]:
        """The facts that came out on that day or later."""
        return self.facts[bisect_left(self._published, day) :]

    @property
    def known_since(self) -> date:
        """The first day on which a strength was reported; the last of all days where none is."""
        return self._days[0] if self._days else date.max

    def before(self, announced: date) -> int | None:
        """The strength when something was announced, as far as it was known then."""
        place = bisect_right(self._days, announced + BESIDE)
        stock = self._known[place - 1] if place else None
        if stock is None or stock.day is None or stock.day < announced - STALE:
            return None
        return stock.best if stock.best is not None else stock.high or stock.low


def gather_evidence(
    entries: Iterable[Entry], reports: Mapping[str, Report], day: date, first: Mapping[str, str]
) -> dict[Contingent, Evidence]:
    """What is known by that day of every contingent."""
    told: dict[Contingent, list[tuple[Fact, Stock | None]]] = {}
    heard = {entry.statement.id for entry in entries if entry.statement}
    for entry in entries:
        statement, contingent = entry.statement, entry.contingent
        report = reports.get(statement.report) if statement else None
        if statement is None or contingent is None or report is None or report.published is None:
            continue
        if report.published > day or _is_echo(statement.id, first, heard):
            continue
        stock = stock_of(entry, reports)
        if fact := _fact(statement, stock, report.published):
            told.setdefault(contingent, []).append((fact, stock))
    return {contingent: _evidence(_wholes(facts)) for contingent, facts in told.items()}


def _wholes(told: list[tuple[Fact, Stock | None]]) -> list[tuple[Fact, Stock | None]]:
    """The facts without the strengths that are less than half of another in the same report: its parts."""
    largest: dict[tuple[str, date], int] = {}
    for fact, stock in told:
        if stock and fact.kind == STRENGTH and stock.kind == LEVEL:
            key = fact.report, fact.day
            largest[key] = max(largest.get(key, 0), stock.size)
    return [(fact, stock) for fact, stock in told if not _is_part(fact, stock, largest)]


def _is_part(fact: Fact, stock: Stock | None, largest: Mapping[tuple[str, date], int]) -> bool:
    """Whether a counted strength is a part of the largest one of its report."""
    if stock is None or stock.kind != LEVEL or fact.kind != STRENGTH:
        return False
    return stock.size < largest[fact.report, fact.day] * PART


def _is_echo(statement: str, first: Mapping[str, str], heard: Iterable[str]) -> bool:
    """Whether it repeats another statement that the book holds."""
    origin = first.get(statement, statement)
    return origin != statement and origin in heard


def _evidence(told: list[tuple[Fact, Stock | None]]) -> Evidence:
    """The facts in order, with the newest strength that was known on each day of publication."""
    told.sort(key=lambda pair: (pair[0].published, pair[0].statement))
    evidence = Evidence([fact for fact, _ in told], _published=[fact.published for fact, _ in told])
    newest: Stock | None = None
    for fact, stock in told:
        if stock is not None and fact.kind == STRENGTH and _is_newer(stock, newest):
            newest = stock
            evidence._days.append(fact.published)
            evidence._known.append(stock)
    return evidence


def _is_newer(stock: Stock, newest: Stock | None) -> bool:
    """Whether it says better how many there were last: a later day, the whole before its parts, the better witness."""
    if newest is None or newest.day is None or stock.day is None:
        return stock.day is not None
    if stock.day != newest.day:
        return stock.day > newest.day
    if stock.statement.report == newest.statement.report and stock.kind == newest.kind:
        return stock.size > newest.size
    return rank(stock) < rank(newest)


def _fact(statement: Statement, stock: Stock | None, published: date) -> Fact | None:
    """What a statement tells, or None where it tells nothing."""
    head = statement.id, statement.report
    period = statement.period
    if statement.status is Status.DENIED and statement.figures.level is None:
        return Fact(*head, HALT, published, published, published, aim=aim_of(statement))
    if stock and stock.day and stock.kind in (LEVEL, AFTER, BEFORE) and _counts(stock):
        begun = period.first if period else stock.day
        span = (stock.low, stock.high, stock.best)
        event, paper = stock.kind == AFTER and period is not None, stock.kind == BEFORE
        aim = aim_of(statement) if stock.kind == AFTER else Aim()
        return Fact(*head, STRENGTH, published, stock.day, begun, *span, aim, event, paper)
    aim = aim_of(statement)
    if statement.status is Status.DONE and not aim.is_empty:
        first, last = (period.first, period.last) if period else (published, published)
        return Fact(*head, CHANGE, published, last, first, aim=aim, is_event=period is not None)
    return None


def _counts(stock: Stock) -> bool:
    """Whether it is a strength of the force's own troops on the ground; "fewer than 3,000" is one, a cap is none."""
    return stock.statement.rule not in OTHER_COUNTS | CEILINGS
