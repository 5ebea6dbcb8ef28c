"""Numbers inside one statement must add up; where they do not, the book says so and changes nothing."""

from __future__ import annotations

from collections.abc import Iterable

from musterbook.model import Conflict, Contingent, Entry
from musterbook.reckoning.strength import rounding
from musterbook.values import Figures

ARITHMETIC = "arithmetic"


def conflicts(entries: Iterable[Entry]) -> tuple[Conflict, ...]:
    """The statements whose own numbers contradict each other, in the order of contingents."""
    found = [
        Conflict(entry.contingent, ARITHMETIC, message, (entry.statement.id,))
        for entry in entries
        if entry.statement and entry.contingent and (message := contradiction(entry.statement.figures))
    ]
    return tuple(sorted(found, key=_order))


def contradiction(figures: Figures) -> str:
    """What does not add up, in words; empty when nothing is wrong, rounding allowed for."""
    before, after, delta, ratio = figures.before, figures.after, figures.delta, figures.ratio
    if before is None:
        return ""
    if delta is not None and after is not None and abs(before + delta - after) > _slack(before, after, delta):
        return f"{before:,} and {delta:+,} make {before + delta:,}, not {after:,}"
    if delta is not None and before + delta < 0:
        return f"{-delta:,} cannot leave where only {before:,} are"
    if ratio is not None and after is not None and abs(before * ratio - after) > _slack(before, after):
        return f"{ratio:g} of {before:,} is {before * ratio:,.0f}, not {after:,}"
    return ""


def _slack(*numbers: int) -> int:
    """Each number may be off by half of the step that it looks rounded to."""
    return sum(rounding(abs(number)) // 2 for number in numbers)


def _order(conflict: Conflict) -> tuple[Contingent, tuple[str, ...]]:
    """The same whatever the order of reports."""
    return conflict.contingent, conflict.basis
