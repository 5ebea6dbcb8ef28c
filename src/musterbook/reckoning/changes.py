"""One change told in several sentences of a report must still add up: 5,200 now, 2,200 leave, 3,000 stay.

A start, a flow and an end of one contingent that do not make a sum are flagged only where all of this holds: they stand
near each other, nobody else says one of them and no other day is named for it, no words call the flow a part of more,
no other numbers of the report explain any two of them, and one slip of the hand does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, product

from musterbook.findings import Conflict
from musterbook.model import Contingent, Report, Statement
from musterbook.reckoning.arithmetic import CHANGE, in_words, likely_misprint
from musterbook.reckoning.cues import Pattern, cues_of, in_one_sentence, is_printed, language_of, words_of
from musterbook.reckoning.facts import COMING, DONE, END, FLOW, START, Fact, facts_of, spoken
from musterbook.reckoning.shares import basis, shares
from musterbook.reckoning.sums import comes_out, repairs
from musterbook.reckoning.voices import is_said_by_one

FLOWS = 4  # flows that may make one change together
MANY = 40  # facts of one contingent in one report beyond which it is a chronicle, and is not looked at
Triple = tuple[Fact, Fact, Fact]


def changes(
    contingent: Contingent, statements: Sequence[Statement], reports: Mapping[str, Report]
) -> Iterator[Conflict]:
    """The sums of one report about one contingent that do not come out; its statements in the order of the text."""
    told = [fact for statement in statements for fact in facts_of(statement)]
    told = [f for f in told if not f.result or _says(RESULT, f.statement, reports)]
    heard = [fact for statement in statements for fact in spoken(statement, reports)]
    sizes = {(fact.kind, fact.number.size) for fact in heard}
    told = [f for f in told if (f.kind, f.number.size) in sizes or not _is_misread(f, heard)]
    read = {(f.kind, f.number.size) for f in told}
    told += [fact for fact in heard if (fact.kind, fact.number.size) not in read]
    for tense in (COMING, DONE):
        of_tense = [fact for fact in told if fact.tense == tense]
        if len(of_tense) <= MANY:
            yield from _broken(contingent, of_tense, reports)
    yield from shares(contingent, statements, told, reports)


def _broken(
    contingent: Contingent, told: Sequence[Fact], reports: Mapping[str, Report]
) -> Iterator[Conflict]:
    """One conflict for each flow that belongs to a start and an end and does not lead from one to the other."""
    starts, flows, ends = (_of(told, kind) for kind in (START, FLOW, END))
    if not (starts and flows and ends):
        return
    good = list(_sums(starts, flows, ends))
    for flow in {flow.number.value: flow for flow in reversed(flows)}.values():
        if any(flow.number.value in sum_.flows for sum_ in good):
            continue
        near = sorted(_triples(starts, flow, ends), key=_distance)
        broken = (t for t in near if not _explained(t, good) and _belongs(t, reports))
        for start, _, end in islice(broken, 1):
            yield from _conflict(contingent, (start, flow, end), told, reports)


def _is_misread(fact: Fact, heard: Sequence[Fact]) -> bool:
    """Whether a noun near another statement says what this number is: "a drop of 800" leads to no 800."""
    return any(fact.number.size == one.number.size and fact.statement is not one.statement for one in heard)


@dataclass(frozen=True, slots=True)
class Sum:
    """Numbers of a report that do make a sum."""

    start: int
    flows: frozenset[int]
    end: int


def _sums(starts: Iterable[Fact], flows: Sequence[Fact], ends: Iterable[Fact]) -> Iterator[Sum]:
    """Every way in which flows lead from a start to an end."""
    distinct = list({flow.number.value: flow.number for flow in flows}.values())[: 2 * FLOWS]
    sets = [some for size in range(1, FLOWS + 1) for some in combinations(distinct, size)]
    for start, end in product(starts, ends):
        if start.number.value == end.number.value:
            continue  # a few who go are lost in the rounding of many who stay
        for some in sets:
            if comes_out([start.number, *some], end.number):
                yield Sum(start.number.value, frozenset(n.value for n in some), end.number.value)


def _triples(starts: Iterable[Fact], flow: Fact, ends: Iterable[Fact]) -> Iterator[Triple]:
    """A start and an end that the flow may lead between: none of them weak, all in its direction, not one sentence."""
    for start, end in product(starts, ends):
        rises = end.number.value > start.number.value
        close = len({id(fact.statement) for fact in (start, flow, end)}) < 3
        one = start.statement is end.statement is flow.statement and not flow.spoken
        weak = (
            start.weak
            or end.weak
            or start.number.value == end.number.value
            or start.number.size == flow.number.size
        )
        if (
            not (one or weak)
            and (close or rises == (flow.number.value > 0))
            and flow.is_near(start)
            and flow.is_near(end)
        ):
            yield start, flow, end


def _explained(triple: Triple, good: Iterable[Sum]) -> bool:
    """Whether two of the three are in a sum that comes out."""
    start, flow, end = (fact.number.value for fact in triple)
    return any((s.start == start) + (flow in s.flows) + (s.end == end) > 1 for s in good)


def _belongs(triple: Triple, reports: Mapping[str, Report]) -> bool:
    """Whether flow and end are of one speaker and one day, and the flow is not called a part."""
    start, flow, end = triple
    said, then = flow.statement, end.statement
    if any(_says(UNREAL, fact.statement, reports) for fact in triple):
        return False
    if said is then or flow.spoken or end.spoken:
        return True
    led_to = _says(RESULT, then, reports)
    joined = start.statement in (said, then) or in_one_sentence(said, then, reports)
    spoken_by_one = led_to or is_said_by_one(said, then, reports)
    if not (joined and spoken_by_one and _same_day(start.statement, said, then)):
        return False
    together = start.statement is said
    if _says(PART, said, reports) or (not together and _says(GONE, said, reports)):
        return False
    return together or flow.number.value > 0 or not _says(MORE, said, reports)


PART, MORE, GONE, RESULT, UNREAL = "part", "more", "gone", "result", "unreal"


def _says(cue: str, statement: Statement, reports: Mapping[str, Report]) -> bool:
    """Whether the words of a statement hold a cue of that kind."""
    pattern: Pattern = getattr(cues_of(language_of(statement, reports)), cue)
    return bool(pattern.search(words_of(statement, reports)))


def _same_day(start: Statement, flow: Statement, end: Statement) -> bool:
    """Whether the end is of no other day than the flow; "2,200 leave by May and 3,000 stay" names it once."""
    if end.period is None or not end.figures.is_change:
        return True
    if flow.period is None:
        return start is end
    return flow.period.last == end.period.last


def _conflict(
    contingent: Contingent, triple: Triple, told: Iterable[Fact], reports: Mapping[str, Report]
) -> Iterator[Conflict]:
    """The conflict, where one slip explains it."""
    start, flow, end = (fact.number for fact in triple)
    said = [fact.statement for fact in triple]
    kept = frozenset(
        number
        for number in (start.size, flow.size, end.size)
        if len({f.statement.id for f in told if f.number.size == number}) > 1
    )
    misprint = likely_misprint([start, flow], end, kept)
    printed = {f.number for f in triple if f.spoken or is_printed(f.number, f.statement, reports)}
    slips = [(number, slip) for number, slip in repairs([start, flow], end) if number in printed]
    if slips:
        total = in_words([start, flow], start.printed_as(max(0, start.value + flow.value)))
        message = f"{total}, not {end.value:,}"
        yield Conflict(contingent, CHANGE, message, basis(said), misprint)


def _of(told: Iterable[Fact], kind: str) -> list[Fact]:
    return [fact for fact in told if fact.kind == kind]


def _distance(triple: Triple) -> tuple[int, int, str]:
    """Nearest first: the same in every order of entries."""
    start, flow, end = triple
    apart = abs(flow.at - start.at) + abs(flow.at - end.at)
    return apart, start.at, start.statement.id + end.statement.id
