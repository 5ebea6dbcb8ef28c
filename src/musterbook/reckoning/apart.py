"""Two sources that count the same force in the same way within a month cannot both be right when their figures part.

It is no conflict, and is said to be none, where they counted by different rules, or where one repeats an old figure.
It is none either where a change that was told of leads from one to the other, where one report or one utterance gives
both, where the publisher is the same, or where one is so much smaller that it may be a part.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from musterbook.findings import Conflict, Misprint
from musterbook.model import Contingent, CountingRule, Entry, Report, Statement, Status
from musterbook.reckoning.counts import Count, Telling, telling_of
from musterbook.reckoning.misprints import slip_between
from musterbook.reckoning.strength import BEFORE, MOST_ROUNDING, rounding
from musterbook.values import Figures

SOURCES, RULES, STALE = "sources", "rule-difference", "stale"
MONTH = timedelta(days=30)  # so long a count stands for its time
OLD = timedelta(days=90)  # a figure first told before that is repeated, not counted
AHEAD, AFTERWARDS = (
    timedelta(days=365),
    timedelta(days=60),
)  # a change is told of before it comes, or found afterwards
AT_ONCE = timedelta(days=3)  # what is only announced changes nothing in so few days
DOING = {Status.DONE, Status.UNDERWAY}
Change = tuple[int | None, int | None, float | None]  # after, delta, ratio
PART = 0.34  # of the other: a smaller one may be a part of it
FINE = 100  # a number given to the hundredth part of it or finer is no other's neighbour by chance
ON_THE_WAY = 0.1  # of the larger one


def apart(
    entries: Iterable[Entry], reports: Mapping[str, Report], first: Mapping[str, str] | None = None
) -> tuple[Conflict, ...]:
    """The pairs of figures that cannot both be true, each told once a year, in the order of contingents and days.

    ``first`` leads from a statement to the first of its utterance: an echo contradicts nobody.
    """
    told: dict[Contingent, list[Telling]] = defaultdict(list)
    for entry in entries:
        if telling := telling_of(entry, reports):
            told[telling.contingent].append(telling)
    return tuple(c for contingent in sorted(told) for c in _of(contingent, told[contingent], first or {}))


def _of(contingent: Contingent, told: Sequence[Telling], first: Mapping[str, str]) -> Iterator[Conflict]:
    """The conflicts of one contingent; within a month each number is compared once with each other number."""
    changes = Changes(told)
    counts = sorted(_counts(told), key=_order)
    since, voices = _first_told(counts), _voices(counts)
    mixed = {c.report for telling in told for c in telling.counts if c.rule is CountingRule.TEMPORARY}
    lately: dict[tuple[object, ...], Count] = {}
    reported: dict[tuple[object, ...], date] = {}
    for count in counts:
        for key, other in list(lately.items()):
            if count.day - other.day > MONTH:
                del lately[key]
                continue
            pair = tuple(sorted([count.number, other.number]))
            said_before = count.day - reported.get(pair, date.min) <= AHEAD
            if not said_before and _differ(count, other, first) and not _is_rest(count, other, lately):
                found = _judged(contingent, other, count, changes, since, voices, mixed)
                if found is not None:
                    reported[pair] = count.day
                    yield found
        lately[count.number, count.counting, count.is_cap, count.source] = count


def _counts(told: Sequence[Telling]) -> Iterator[Count]:
    """The strengths that are counted: of each report and day the largest, since the others may be its parts."""
    largest: dict[tuple[object, ...], Count] = {}
    for telling in told:
        for count in telling.counts:
            if not count.is_target and count.kind != BEFORE and not count.is_open_below:
                speaker = telling.statement.speaker
                key = count.report, count.day, count.counting, speaker.words if speaker else ""
                if key not in largest or (largest[key].number, count.statement) < (
                    count.number,
                    largest[key].statement,
                ):
                    largest[key] = count
    yield from largest.values()


def _first_told(counts: Iterable[Count]) -> dict[str, date]:
    """For each statement, when its number was first told of those that repeat it without a gap of a year."""
    runs: dict[int, tuple[date, date]] = {}
    since: dict[str, date] = {}
    for count in sorted(counts, key=lambda c: (c.published, c.statement)):
        begun, last = runs.get(count.number, (count.published, count.published))
        begun = begun if count.published - last <= AHEAD else count.published
        runs[count.number] = begun, count.published
        since[count.statement] = begun
    return since


def _voices(counts: Iterable[Count]) -> dict[int, set[str]]:
    """Which sources ever gave each number."""
    found: dict[int, set[str]] = defaultdict(set)
    for count in counts:
        found[count.number].add(count.source)
    return found


def _differ(count: Count, other: Count, first: Mapping[str, str]) -> bool:
    """Whether two counts of different sources and utterances cannot both be true, rounding allowed for."""
    small, large = sorted((count.number, other.number))
    same = first.get(count.statement, count.statement) == first.get(other.statement, other.statement)
    if same or count.report == other.report or count.source == other.source or small < PART * large:
        return False
    slack = _slack(count) + _slack(other)
    return count.low - slack > other.high or other.low - slack > count.high


def _is_rest(count: Count, other: Count, lately: Iterable[tuple[object, ...]]) -> bool:
    """Whether a third number of these days is just what lies between the two: then one is a part of the other."""
    return abs(count.number - other.number) in {key[0] for key in lately}


def _slack(count: Count) -> float:
    return min(rounding(count.number) / 2, count.number / MOST_ROUNDING) if count.number else 0.0


def _judged(
    contingent: Contingent,
    one: Count,
    other: Count,
    changes: Changes,
    since: Mapping[str, date],
    voices: Mapping[int, set[str]],
    mixed: Collection[str],
) -> Conflict | None:
    """What becomes of two counts that differ: a conflict, an explained one, or None where a change lies between."""
    basis = one.statement, other.statement
    both = f"{_words(one)}, and {_words(other)}"
    if one.is_cap != other.is_cap or one.counting != other.counting:
        why = f"counted by different rules ({one.counting}; {other.counting})"
        return Conflict(contingent, RULES, f"{both}: {why}", basis, explained=True)
    if (one.report in mixed) != (other.report in mixed):
        more = one if one.report in mixed else other
        why = f"{more.number:,} is told together with forces on temporary duty, the other is not"
        return Conflict(contingent, RULES, f"{both}: {why}", basis, explained=True)
    at_once = other.day - one.day <= AT_ONCE
    if changes.lead(one, other) or (at_once and changes.lead(other, one)):
        return None
    for old, new in ((one, other), (other, one)):
        told = since[old.statement]
        if old.published - told >= OLD and since[new.statement] > told:
            why = f"{old.number:,} was first told on {told} and may be an old figure"
            return Conflict(contingent, STALE, f"{both}: {why}", basis, explained=True)
    return Conflict(contingent, SOURCES, f"{both}: both cannot be true", basis, _misprint(one, other, voices))


def _misprint(one: Count, other: Count, voices: Mapping[int, set[str]]) -> Misprint | None:
    """The number that only one source has, one slip away from one that several have."""
    for lone, shared in ((one, other), (other, one)):
        kind = slip_between(lone.number, shared.number)
        alone = len(voices[lone.number]) == 1 < len(voices[shared.number])
        if kind and alone and FINE * rounding(lone.number) <= lone.number:
            reason = f"{kind}, and {len(voices[shared.number])} sources have {shared.number:,}"
            return Misprint(lone.statement, lone.number, shared.number, reason)
    return None


def _words(count: Count) -> str:
    return f"{count.source} has {count.number:,} on {count.day}"


def _order(count: Count) -> tuple[date, date, int, str]:
    return count.day, count.published, count.number, count.statement


@dataclass(init=False, slots=True)
class Changes:
    """The changes told of for a contingent, each kind with the days on which it was published."""

    days: dict[tuple[bool, Change], list[date]]

    def __init__(self, told: Iterable[Telling]) -> None:
        self.days = defaultdict(list)
        for telling in sorted(told, key=lambda t: t.published):
            if telling.statement.status is not Status.DENIED and telling.statement.figures.is_change:
                done = telling.statement.status in DOING
                self.days[done, _change(telling.statement)].append(telling.published)

    def lead(self, before: Count, after: Count) -> bool:
        """Whether some change leads from one count to the other, or most of the way."""
        start, end = before.number, after.number
        at_once = abs(after.day - before.day) <= AT_ONCE
        return any(
            (done or not at_once)
            and _is_on_the_way(start, end, change)
            and _is_told(days, before, after, AT_ONCE if done else AHEAD)
            for (done, change), days in self.days.items()
        )


def _change(statement: Statement) -> Change:
    figures: Figures = statement.figures
    return figures.after, figures.delta, figures.ratio


def _is_told(days: Sequence[date], before: Count, after: Count, ahead: timedelta) -> bool:
    """Whether a change was published about the time of two counts."""
    earliest = min(before.day, after.day) - ahead
    latest = max(before.published, after.published) + AFTERWARDS
    at = bisect_left(days, earliest)
    return at < len(days) and days[at] <= latest


def _is_on_the_way(start: int, end: int, change: Change) -> bool:
    """Whether a number lies between another and the one that a change leads it to."""
    after, delta, ratio = change
    goal = after if after is not None else start + delta if delta is not None else start * (ratio or 0)
    room = ON_THE_WAY * max(start, end)
    low, high = sorted((float(start), float(goal)))
    return goal != start and (goal > start) == (end > start) and low - room <= end <= high + room
