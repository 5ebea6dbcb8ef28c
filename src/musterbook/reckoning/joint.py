"""A joint place is compared with the sum of its parts, on days on which the series has all of them and on no others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from musterbook.findings import Estimate
from musterbook.model import Contingent, CountingRule
from musterbook.reckoning.beside import NO_STATEMENT, Comparison, Official, Said, verdict_on

JOINT = "+"
Key = tuple[Contingent, date]


def added(whole: Contingent, figures: Mapping[Key, Official]) -> Iterator[tuple[Official, list[Key]]]:
    """The sums of the parts of a joint contingent, on every day on which the series has all of them."""
    parts = [Contingent(whole.force, place) for place in whole.place.split(JOINT)]
    days = sorted(day for contingent, day in figures if contingent == parts[0])
    for day in days:
        keys = [(part, day) for part in parts]
        if all(key in figures for key in keys):
            yield _sum(whole, day, [figures[key] for key in keys]), keys


def _sum(whole: Contingent, day: date, parts: Sequence[Official]) -> Official:
    """Parts added up; under no rule where they are counted by several."""
    rules = {part.rule for part in parts}
    rule = rules.pop() if len(rules) == 1 else CountingRule.UNSPECIFIED
    out = max((part.published for part in parts if part.published), default=None)
    ids = tuple(identity for part in parts for identity in part.statements)
    number, floor = sum(part.number for part in parts), any(part.is_floor for part in parts)
    return Official(whole, day, number, rule, floor, out, ids)


def from_parts(one: Official, parts: Sequence[Comparison]) -> Comparison:
    """A joint figure beside what was said of its parts, where something was said of each."""
    told = [part.said for part in parts if part.said]
    if len(told) < len(parts):
        return Comparison(one, None, None, NO_STATEMENT)
    rules = {said.rule for said in told}
    low = _total([said.low for said in told])
    high = _total([said.high for said in told])
    ids = tuple(identity for said in told for identity in said.statements)
    rule = rules.pop() if len(rules) == 1 else CountingRule.UNSPECIFIED
    said = Said(min(s.day for s in told), sum(s.number for s in told), low, high, rule, ids)
    return Comparison(one, said, _estimates_added(one, parts), verdict_on(one, said))


def _estimates_added(one: Official, parts: Sequence[Comparison]) -> Estimate | None:
    """The estimates of the parts added up; unknown where one of them is."""
    found = [part.estimate for part in parts if part.estimate]
    if len(found) < len(parts):
        return None
    low, best, high = (_total([getattr(e, name) for e in found]) for name in ("low", "best", "high"))
    basis = tuple(identity for e in found for identity in e.basis)
    return Estimate(one.contingent, one.day, low, best, high, None, basis)


def _total(numbers: Sequence[int | None]) -> int | None:
    """Their sum, None where one is unknown."""
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None
