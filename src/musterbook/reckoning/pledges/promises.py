"""Which statements promise a change, and for which day.

What is announced or under way is a promise. What is expected is one where somebody speaks, or a day or a strength is
named: "officials expect 3,500 to stay" is a pledge, "4,000 more are expected" is talk. What is only considered is none.
Parts of a promised whole are no pledges of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations

from musterbook.model import Contingent, Entry, Report, Statement, Status
from musterbook.reckoning.pledges.aims import Aim, aim_of, near
from musterbook.values import Period

BINDING = {Status.ANNOUNCED, Status.UNDERWAY}  # what binds whoever says it
PLEDGING = BINDING | {Status.EXPECTED}
EARLY = timedelta(days=400)  # an announcement that a speaker is said to have made is not older than this
MOST_PARTS, TABLE = 4, 8  # parts of a whole; promises of one report beyond which it is a table


@dataclass(frozen=True, slots=True)
class Promise:
    """One statement that promises a change; ``deadline`` is None where it names no day still to come."""

    statement: Statement
    contingent: Contingent
    published: date | None
    said: date | None  # when it was announced, where the report tells, else when the report came out
    aim: Aim
    deadline: Period | None
    past: date | None = None  # a deadline that had passed when the report came out
    is_talk: bool = False  # begins no pledge: expected by nobody in particular, or a part of what is promised


def promises(entries: Sequence[Entry], reports: Mapping[str, Report], day: date) -> list[Promise]:
    """The statements that promise a change in figures by that day, in order of contingents and publication."""
    found = []
    outlets = {report.publisher.casefold().removeprefix("the ") for report in reports.values()}
    for entry in entries:
        statement, contingent = entry.statement, entry.contingent
        if statement is None or contingent is None or statement.status not in PLEDGING:
            continue
        report, aim = reports.get(statement.report), aim_of(statement)
        published = report.published if report else None
        if not aim.is_empty and (published is None or published <= day):
            found.append(_promise(statement, contingent, published, aim, outlets))
    return sorted(_without_parts(found), key=_order)


def _promise(
    statement: Statement, contingent: Contingent, published: date | None, aim: Aim, outlets: Collection[str]
) -> Promise:
    """A statement with its days sorted out: still to come, or past when it was published."""
    period, speaker = statement.period, statement.speaker
    past = period.last if period and published and period.last <= published else None
    if statement.status is Status.UNDERWAY and past:
        period = past = None  # the day on which it was under way
    said = published
    if speaker and speaker.on and published and published - EARLY <= speaker.on <= published:
        said = speaker.on
    voiceless = speaker is None or speaker.words.casefold().removeprefix("the ") in outlets
    undated = period is None or past is not None
    talk = statement.status is Status.EXPECTED and voiceless and undated and not aim.names_strength
    return Promise(statement, contingent, published, said, aim, None if past else period, past, talk)


def _without_parts(found: Iterable[Promise]) -> list[Promise]:
    """The promises, those marked that are parts of another one of their report."""
    beside: dict[tuple[object, ...], list[Promise]] = defaultdict(list)
    for promise in found:
        beside[promise.statement.report, promise.contingent, promise.deadline].append(promise)
    return [replace(p, is_talk=p.is_talk or _is_part(p, told)) for told in beside.values() for p in told]


def _is_part(promise: Promise, told: Sequence[Promise]) -> bool:
    """Whether it and others of its report add up to another."""
    if len(told) > TABLE:
        return False
    others = [p for p in told if p is not promise]
    return any(_add_up(size(promise), [size(p) for p in others]) for size in (_strength, _change))


def _add_up(own: float | None, others: Sequence[float | None]) -> bool:
    """Whether a number and some of the others make another one, all of one sign."""
    if not own:
        return False
    alike = [abs(number) for number in others if number and number * own > 0]
    return any(
        near(abs(own) + sum(rest), whole)
        for whole in alike
        if whole > abs(own)
        for count in range(1, MOST_PARTS)
        for rest in combinations([number for number in alike if number < whole], count)
    )


def _strength(promise: Promise) -> float | None:
    """The strength it promises, where it tells of no change."""
    return promise.aim.number if promise.aim.delta is None and promise.aim.before is None else None


def _change(promise: Promise) -> float | None:
    """The change it promises, where it names no strength."""
    return None if promise.aim.names_strength else promise.aim.delta


def _order(promise: Promise) -> tuple[object, ...]:
    """By contingent and day; of one day what binds and what says most first; undated ones last."""
    statement, aim = promise.statement, promise.aim
    said = (aim.number, aim.delta, aim.before, promise.deadline)
    says = -sum(what is not None for what in said)
    firm = promise.is_talk, statement.status not in BINDING, promise.past is not None, aim.approx, says
    place = statement.report, statement.evidence[0].start, statement.id
    return promise.contingent, promise.published or date.max, *firm, *place
