"""Numbers inside one statement must add up; where they do not, the book says so and changes nothing."""

from __future__ import annotations

from collections.abc import Iterable

from musterbook.findings import Conflict, Misprint
from musterbook.model import Contingent, Entry, Statement
from musterbook.reckoning.misprints import Slip, repair
from musterbook.reckoning.sums import Number, comes_out, likeliest, number_of, repairs
from musterbook.values import Figures

CHANGE, SHARE = "change", "share"
EXACT, ROUNDED = 0.04, 0.12  # of the whole: "a third" of 5,200 may be 1,700, "nearly half" of it 2,200
HALVES = 0.5  # a share below which "a third" of a few is a whole number of heads


def conflicts(entries: Iterable[Entry]) -> tuple[Conflict, ...]:
    """The statements whose own numbers contradict each other, in the order of contingents."""
    found = (
        _conflict(entry.statement, entry.contingent)
        for entry in entries
        if entry.statement and entry.contingent and entry.statement.figures.is_change
    )
    return tuple(sorted((one for one in found if one), key=order))


def contradiction(figures: Figures) -> str:
    """What does not add up, in words; empty when nothing is wrong, rounding allowed for.

    Where all that were there go and some are left, one number was taken for two: that is a misreading, not a misprint.
    """
    before, after, delta, ratio = figures.before, figures.after, figures.delta, figures.ratio
    if before is None or (after and before == -(delta or 0)):
        return ""
    if delta is not None and before + delta < 0:
        return f"{-delta:,} cannot leave where only {before:,} are"
    if delta is not None and after is not None and not _is_change(figures):
        return f"{before:,} and {delta:+,} make {before + delta:,}, not {after:,}"
    if ratio is None:
        return ""
    if after is not None and misses(before, ratio, after, figures.approx):
        return f"{ratio:g} of {before:,} is {before * ratio:,.0f}, not {after:,}"
    if after is None and delta is not None and misses(before, ratio, before + delta, figures.approx):
        return f"{abs(1 - ratio):g} of {before:,} is {abs(before * (1 - ratio)):,.0f}, not {abs(delta):,}"
    return ""


def misses(before: int, ratio: float, after: float, approx: bool) -> bool:
    """Whether a share is not the one that two numbers make."""
    room = before * (ROUNDED if approx else EXACT) * max(1.0, ratio)
    return abs(before * ratio - after) > max(room, HALVES)


def likely_misprint(
    numbers: list[Number], whole: Number, kept: frozenset[int] = frozenset()
) -> Misprint | None:
    """The number that one slip led away from a sum that comes out: the change before the strengths around it.

    ``numbers`` are a strength and its changes, ``whole`` the strength afterwards; ``kept`` are numbers that are told
    elsewhere, and stand. None where nothing is a slip away, or both strengths are and the change is not.
    """
    found = likeliest([one for one in repairs(numbers, whole) if one[0].size not in kept])
    likely = [one for one in found if one[0] in numbers[1:]] or found
    if len(likely) != 1:
        return None
    number, slip = likely[0]
    parts = [n.printed_as(slip.likely) if n is number else n for n in numbers]
    end = whole.printed_as(slip.likely) if number is whole else whole
    return misprint_of(number, slip, in_words(parts, end))


def misprint_of(number: Number, slip: Slip, sum_in_words: str) -> Misprint:
    """The record, with its reason in words."""
    return Misprint(number.statement, number.size, slip.likely, f"{slip.kind}, and {sum_in_words}")


def in_words(parts: list[Number], whole: Number) -> str:
    """``5,200 - 2,200 = 3,000``."""
    first, *rest = parts
    terms = "".join(f" {'-' if part.value < 0 else '+'} {part.size:,}" for part in rest)
    return f"{first.value:,}{terms} = {whole.value:,}"


def order(conflict: Conflict) -> tuple[Contingent, str, tuple[str, ...]]:
    """The same whatever the order of reports."""
    return conflict.contingent, conflict.code, conflict.basis


def _is_change(figures: Figures) -> bool:
    """Whether the three numbers of a change come out, as far as they are given."""
    before, after, delta = figures.before, figures.after, figures.delta
    if before is None or after is None or delta is None:
        return True
    told = [number_of(n, figures) for n in (before, delta, after)]
    return comes_out(told[:2], told[2])


def _conflict(statement: Statement, contingent: Contingent) -> Conflict | None:
    figures = statement.figures
    message = contradiction(figures)
    if not message:
        return None
    before, delta, after = figures.before, figures.delta, figures.after
    misprint = None
    if before is not None and delta is not None and after is not None:
        told = [number_of(n, figures, statement.id) for n in (before, delta, after)]
        misprint = likely_misprint(told[:2], told[2])
        return Conflict(contingent, CHANGE, message, (statement.id,), misprint)
    return Conflict(contingent, SHARE, message, (statement.id,), _of_share(statement))


def _of_share(statement: Statement) -> Misprint | None:
    """The slip behind a share that does not come out, where only one of the two numbers can be it."""
    figures = statement.figures
    before, ratio, delta, after = figures.before, figures.ratio, figures.delta, figures.after
    if before is None or ratio is None:
        return None
    end = after if after is not None else before + (delta or 0)
    number = number_of(delta if after is None and delta is not None else end, figures, statement.id)
    return share_misprint(number, number_of(before, figures, statement.id), ratio, figures.approx)


def share_misprint(number: Number, whole: Number, ratio: float, approx: bool) -> Misprint | None:
    """What was likely printed wrongly: what goes, or what stays, of the whole; else the whole itself."""
    goes = number.value < 0

    def off(before: int, size: int) -> float | None:
        after = before - size if goes else size
        return None if misses(before, ratio, after, approx) else abs(before * ratio - after)

    of_part = repair(number.size, lambda size: off(whole.value, size))
    of_whole = repair(whole.size, lambda size: off(size, number.size))
    found = likeliest([(n, slip) for n, slip in ((number, of_part), (whole, of_whole)) if slip])
    if not found:
        return None
    at, slip = found[0]
    before, part = (whole.value, slip.likely) if at is number else (slip.likely, number.size)
    return misprint_of(at, slip, f"{abs(1 - ratio) if goes else ratio:g} of {before:,} is {part:,}")
