"""Statements in, pledges out: gathered, set beside what followed, judged, linked into chains."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

from musterbook.findings import Pledge
from musterbook.model import Contingent, Entry, Report, Status
from musterbook.reckoning.pledges.cases import LATE, MISSED, UP, WATCHED, Case
from musterbook.reckoning.pledges.chains import next_of
from musterbook.reckoning.pledges.evidence import HALT, STRENGTH, Evidence, Fact, gather_evidence
from musterbook.reckoning.pledges.grouping import RENEWED, Announcement, gather_announcements
from musterbook.reckoning.pledges.hearing import Hearing
from musterbook.reckoning.pledges.judging import Ruling, judge
from musterbook.reckoning.pledges.promises import BINDING, Promise

NO_ECHOES: Mapping[str, str] = MappingProxyType({})
NO_AREAS: Mapping[str, Collection[str]] = MappingProxyType({})
ADDING = timedelta(days=365)  # increments within a year add up where nobody says how many were there
FIRM = (Status.UNDERWAY, Status.ANNOUNCED, Status.EXPECTED)


def pledges(
    entries: Sequence[Entry],
    reports: Mapping[str, Report],
    day: date,
    first: Mapping[str, str] = NO_ECHOES,
    areas: Mapping[str, Collection[str]] = NO_AREAS,
) -> tuple[Pledge, ...]:
    """The changes announced by that day with what became of them, by contingent and then day of announcement.

    ``entries`` are those that stand (``Book.entries``); ``reports`` gives their days of publication by id; ``first``
    names for a statement the first one of its utterance; ``areas`` the places that an area takes in, all as codes.
    Nothing that was published after the day is looked at.
    """
    evidence = gather_evidence(entries, reports, day, first)
    announced = gather_announcements(entries, reports, day, first, evidence)
    cases = {
        contingent: _cases(announced[contingent], evidence.get(contingent, Evidence()))
        for contingent in sorted(announced)
    }
    around = _around(cases, areas)
    return tuple(
        p for contingent in cases for p in _judged(cases[contingent], around.get(contingent, ()), day)
    )


def _cases(announcements: Sequence[Announcement], evidence: Evidence) -> list[Case]:
    """The announcements of one contingent, each with what came out afterwards, in their order."""
    recalls = {p.statement.id for a in announcements for p in a.promises if _is_recall(a, p)}
    cases = sorted((_case(a, evidence, recalls) for a in announcements), key=_order)
    return _added_up(_in_steps(cases), evidence.known_since)


def _in_steps(cases: Sequence[Case]) -> list[Case]:
    """Where one report names a strength for a day and a share for a later one, the share is of that strength."""
    steps = {
        promise.statement.report: case
        for case in cases
        if case.deadline and case.announcement.aim.names_strength and case.goal
        for promise in case.announcement.promises
    }
    return [_in_step(case, steps) for case in cases]


def _in_step(case: Case, steps: Mapping[str, Case]) -> Case:
    aim, deadline = case.announcement.aim, case.deadline
    if aim.ratio is None or aim.names_strength or aim.before is not None or deadline is None:
        return case
    before = (steps.get(promise.statement.report) for promise in case.announcement.promises)
    step = next((s for s in before if s and s.deadline and s.deadline.last < deadline.middle), None)
    return replace(case, before=step.goal) if step else case


def _around(
    cases: Mapping[Contingent, Sequence[Case]], areas: Mapping[str, Collection[str]]
) -> dict[Contingent, list[Case]]:
    """What the same force announced for areas that take in the place of a contingent."""
    found: dict[Contingent, list[Case]] = {}
    for area in (c for c in cases if c.place in areas):
        for place in areas[area.place]:
            inside = replace(area, place=place)
            if inside in cases and place != area.place:
                found[inside] = sorted((*found.get(inside, ()), *cases[area]), key=_order)
    return found


def _judged(cases: Sequence[Case], wider: Sequence[Case], day: date) -> list[Pledge]:
    """The pledges of one contingent."""
    starts = [case.start or date.max for case in cases]
    made: list[Pledge] = []
    following: list[Case | None] = []
    for at, case in enumerate(cases):
        later = cases[at + 1 : bisect_right(starts, _horizon(case))]
        hearing = Hearing(case, later, day, wider)
        made.append(_pledge(hearing, judge(hearing)))
        following.append(next_of(case, later))
    return list(_linked(made, cases, following))


def _is_recall(announcement: Announcement, promise: Promise) -> bool:
    """Whether a report tells of an announcement long after it, so that its number before is one of then."""
    announced = announcement.announced
    return bool(promise.past or (announced and promise.published and promise.published - announced > RENEWED))


def _case(announcement: Announcement, evidence: Evidence, recalls: Collection[str]) -> Case:
    """An announcement with what came out afterwards; a number before that a recall gives is no later strength."""
    case = Case(announcement, announcement.before, ())
    if case.start is None:
        return case
    facts = evidence.on(case.start) if case.is_recalled else evidence.after(case.start)
    until = _horizon(case)
    shown = (f for f in facts if f.day <= until and not (f.on_paper and f.statement in recalls))
    return replace(case, facts=tuple(shown))


def _horizon(case: Case) -> date:
    """The last day that can tell anything about it."""
    start = case.start or date.max - MISSED
    last = case.deadline.last if case.deadline else start
    return min(max(start + MISSED, last + max(LATE, WATCHED)), date.max)


def _order(case: Case) -> tuple[object, ...]:
    """By the day of announcement; undated ones last."""
    first = case.announcement.promises[0].statement
    return case.start or date.max, case.deadline.last if case.deadline else date.max, first.report, first.id


def _added_up(cases: Sequence[Case], known_since: date) -> list[Case]:
    """Where no strength was ever reported, an increment comes on top of those announced in the year before."""
    found: list[Case] = []
    added: list[tuple[date, float]] = []
    for case in cases:
        delta = case.aim.delta
        unknown = case.before is None and case.start is not None and case.start < known_since
        if unknown and not case.aim.names_strength and delta and delta > 0 and case.start:
            earlier = sum(more for day, more in added if case.start - day <= ADDING)
            added.append((case.start, delta))
            found.append(replace(case, before=earlier))
        else:
            found.append(case)
    return found


def _pledge(hearing: Hearing, ruling: Ruling) -> Pledge:
    """The record of a case with its ruling."""
    case, announcement = hearing.case, hearing.case.announcement
    told = [promise.statement for promise in announcement.promises]
    first = next((s for s in told if s.status in BINDING), told[0])
    speaker = next((s.speaker for s in (first, *told) if s.speaker), None)
    seen = _seen(hearing, ruling)
    statuses = {statement.status for statement in told}
    return Pledge(
        contingent=announcement.contingent,
        figures=first.figures,
        status=next(status for status in FIRM if status in statuses),
        announced=announcement.announced,
        deadline=case.deadline.last if case.deadline else None,
        target=None if _is_guess(case) else _whole(case.goal),
        delta=_whole(case.aim.delta),
        verdict=ruling.verdict,
        decided_on=ruling.decided,
        because=ruling.because,
        speaker=speaker.words if speaker else None,
        voice=(speaker.name or speaker.words) if speaker else None,
        basis=tuple(dict.fromkeys((*(s.id for s in told), *ruling.deciding))),
        deciding=ruling.deciding,
        evidence=tuple(fact.statement for fact in seen),
        reached=_reached(seen, ruling),
        pace=_pace(case),
    )


def _seen(hearing: Hearing, ruling: Ruling) -> list[Fact]:
    """The facts that bear on it until it was decided."""
    until = ruling.decided or hearing.day
    if ruling.deciding:
        until = max([until, *(f.published for f in hearing.case.facts if f.statement in ruling.deciding)])
    case = hearing.case
    bearing = (f for f in case.facts if f.published <= until)
    return [f for f in bearing if f.kind in (STRENGTH, HALT) or case.is_there(f) or _is_part(case, f)]


def _reached(seen: Sequence[Fact], ruling: Ruling) -> int | None:
    """The strength that decided, else the one that was seen last; None where none was."""
    strengths = [fact for fact in seen if fact.kind == STRENGTH and fact.best is not None]
    deciding = [fact for fact in strengths if fact.statement in ruling.deciding]
    return next((fact.best for fact in reversed(deciding or strengths)), None)


def _is_part(case: Case, fact: Fact) -> bool:
    """Whether a finished change goes the same way."""
    return bool(fact.aim.delta and case.direction and fact.aim.delta * case.direction > 0)


def _whole(number: float | None) -> int | None:
    return None if number is None else round(number)


def _pace(case: Case) -> tuple[int, int] | None:
    """How many have to move in how many days; None where the one or the other is not known."""
    start, deadline, goal = case.announcement.announced, case.deadline, case.goal
    moving = case.aim.delta
    if moving is None and goal is not None and case.before is not None and case.direction:
        moving = goal - case.before
    if moving is None or start is None or deadline is None or deadline.last <= start or _is_guess(case):
        return None
    return abs(round(moving)), (deadline.last - start).days


def _is_guess(case: Case) -> bool:
    """Whether the change is not said, and the strength before is only what had been promised."""
    return case.announcement.aim.delta is None and case.announcement.before is None and case.direction == UP


def _linked(
    made: Sequence[Pledge], cases: Sequence[Case], following: Sequence[Case | None]
) -> Iterator[Pledge]:
    """The pledges, each with the one that follows it and the last one that it follows."""
    at = {id(case): place for place, case in enumerate(cases)}
    after = {place: at[id(case)] for place, case in enumerate(following) if case is not None}
    before = {later: earlier for earlier, later in after.items()}
    for place, pledge in enumerate(made):
        earlier, later = before.get(place), after.get(place)
        yield replace(
            pledge,
            replaces=None if earlier is None else made[earlier].id,
            replaced_by=None if later is None else made[later].id,
        )
