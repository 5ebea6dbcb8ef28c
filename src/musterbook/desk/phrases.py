"""Figures, days and statements in few words, the same for terminal, pipe and page."""

from __future__ import annotations

from datetime import date

from musterbook.model import Status
from musterbook.values import Figures, Period

ARROW = "→"


def figures_in_words(figures: Figures, wording: str = "") -> str:
    """``about 5,200 → 3,000``, ``+600``, ``up to 900``, ``all leave``, or the report's own wording."""
    if figures.is_empty:
        return wording or "no figure"
    words = _change(figures) if figures.is_change else _number(figures.level, figures)
    return _softened(words) if figures.approx else words


def _softened(words: str) -> str:
    """``about`` before the number that it softens; "up to" needs none."""
    lead, arrow, rest = words.rpartition(f"{ARROW} ") if words.startswith(ARROW) else ("", "", words)
    return words if rest.startswith("up to") else f"{lead}{arrow}about {rest}"


def _change(figures: Figures) -> str:
    before, after, delta = figures.before, figures.after, figures.delta
    if figures.ratio == 0 and after is None and (before is None or delta in (None, -before)):
        return f"all {before:,} leave" if before is not None else "all leave"
    parts = []
    if after is not None:
        start = f"{before:,} " if before is not None else ""
        parts.append(f"{start}{ARROW} {_number(after, figures)}")
    if delta is not None:
        whole = f" of {before:,}" if before is not None and after is None else ""
        parts.append(_signed(delta, figures) + whole)
    if not parts and before is not None:
        parts.append(f"from {before:,}")
    if figures.ratio is not None:
        parts.append(_share(figures.ratio))
    return ", ".join(parts)


def _signed(delta: int, figures: Figures) -> str:
    """An increment; its bounds are its own only where no strength stands beside it."""
    sign = "+" if delta >= 0 else "−"
    if figures.after is not None or figures.before is not None:
        return f"{sign}{abs(delta):,}"
    words = _number(abs(delta), figures)
    return f"up to {sign}{words.removeprefix('up to ')}" if words.startswith("up to ") else sign + words


def _share(ratio: float) -> str:
    if ratio == 0:
        return "all leave"
    if ratio == 1:
        return "as many as before"
    return f"{ratio:.0%} stay" if ratio < 1 else f"{ratio:g} times as many"


def _number(value: int | None, figures: Figures) -> str:
    """A number with its bounds; a range has bounds alone."""
    low, high = figures.low, figures.high
    if value is None:
        if low is not None and high is not None:
            return f"{low:,} to {high:,}"
        return f"at least {low:,}" if low is not None else f"up to {high or 0:,}"
    if low is not None and high is not None:
        return f"{value:,} ({low:,} to {high:,})"
    if low == value:
        return f"{value:,} or more"
    return f"up to {value:,}" if high == value else f"{value:,}"


def strength_in_words(low: int | None, best: int | None, high: int | None) -> str:
    """An estimate on one line; unknown is said, never shown as 0."""
    if best is not None:
        return f"{best:,}" if low == high else f"{best:,} ({_bounds(low, high)})"
    return _bounds(low, high) if low is not None or high is not None else "unknown"


def number_in_words(low: int | None, best: int | None, high: int | None) -> str:
    """The number of an estimate alone, its bounds where it has none."""
    return f"{best:,}" if best is not None else strength_in_words(low, best, high)


def range_in_words(low: int | None, best: int | None, high: int | None) -> str:
    """The bounds beside the number, where they differ from it."""
    return _bounds(low, high) if best is not None and low != high else ""


def _bounds(low: int | None, high: int | None) -> str:
    if low is None:
        return f"up to {high:,}"
    return f"{low:,} or more" if high is None else f"{low:,}–{high:,}"


def period_in_words(period: Period | None, status: Status | None = None) -> str:
    """The day or days; a deadline is marked by ``by`` where the change is still to come."""
    if period is None:
        return ""
    if status in (Status.ANNOUNCED, Status.EXPECTED, Status.CONSIDERED):
        return f"by {period.last}"
    return str(period.first) if period.first == period.last else f"{period.first} to {period.last}"


def day_in_words(day: date | None) -> str:
    """An ISO day, or a question mark where nobody says."""
    return day.isoformat() if day else "?"
