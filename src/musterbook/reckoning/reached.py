"""A promise is reached when a later report says that it is done or that the promised strength is there.

Only what is plain counts: a completed change with the promised figure, or a reported strength within a
fiftieth of the promised one. Nobody is said to have broken a promise here; that takes more than silence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from musterbook.model import Contingent, Entry, Report, Status
from musterbook.reckoning.strength import AFTER, LEVEL, stock_of
from musterbook.reckoning.targets import Target, targets_of

NEAR = 50  # 2,450 of 2,500 promised is there, 2,400 is not
NOW = 31  # days between a strength and the report that gives it


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a report shows to be so on its day: a completed change, a strength, or both."""

    statement: str  # id
    published: date
    strength: int | None
    done: frozenset[Target]


def arrivals(
    entries: Sequence[Entry], reports: Mapping[str, Report], day: date
) -> Mapping[Contingent, list[Arrival]]:
    """Everything published by that day that may show a promise reached, by contingent, in order of days."""
    found: dict[Contingent, list[Arrival]] = defaultdict(list)
    for entry in entries:
        arrival = _arrival(entry, reports)
        if arrival and entry.contingent and arrival.published <= day:
            found[entry.contingent].append(arrival)
    for held in found.values():
        held.sort(key=lambda a: (a.published, a.statement))
    return found


def reached_by(targets: Iterable[Target], announced: date | None, found: Iterable[Arrival]) -> Arrival | None:
    """The first of the arrivals after the announcement that shows one of the targets reached."""
    wanted = frozenset(targets)
    later = (a for a in found if announced is not None and a.published > announced)
    return next((a for a in later if not wanted.isdisjoint(a.done) or _is_there(a.strength, wanted)), None)


def _arrival(entry: Entry, reports: Mapping[str, Report]) -> Arrival | None:
    """What the entry shows to be so, or None where it shows nothing."""
    statement, stock = entry.statement, stock_of(entry, reports)
    report = reports.get(statement.report) if statement else None
    if statement is None or report is None or report.published is None:
        return None
    strength = stock.best if stock and stock.kind in (LEVEL, AFTER) and _is_now(stock.day, report) else None
    done = targets_of(statement.figures) if statement.status is Status.DONE else frozenset()
    return Arrival(statement.id, report.published, strength, done) if done or strength is not None else None


def _is_now(day: date | None, report: Report) -> bool:
    """Whether a strength is one of the report's own time, not one of an earlier year that it recalls."""
    return day is not None and report.published is not None and abs((report.published - day).days) <= NOW


def _is_there(strength: int | None, wanted: frozenset[Target]) -> bool:
    """Whether the strength is the one promised."""
    if strength is None:
        return False
    levels = [number for name, number, _ in wanted if name == "after"]
    levels += [0.0 for name, number, _ in wanted if name == "ratio" and number == 0]
    return any(abs(strength - level) <= level / NEAR for level in levels)
