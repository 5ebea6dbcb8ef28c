"""One change told in several sentences of a report must still add up: 5,200 now, 2,200 leave, 3,000 stay.

A start, a flow and an end of one contingent that do not make a sum are flagged only where all of this holds: they stand
near each other, nobody else says one of them and no other day is named for it, no words call the flow a part of more,
no other numbers of the report explain any two of them, and one slip of the hand does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, product

from musterbook.model import Conflict, Contingent, Report, Statement
from musterbook.reckoning.arithmetic import CHANGE, SHARE, in_words, likely_misprint, misses, share_misprint
from musterbook.reckoning.facts import (
    COMING,
    DONE,
    END,
    FLOW,
    START,
    Fact,
    cues_of,
    facts_of,
    language_of,
    spoken_flows,
    words_of,
)
from musterbook.reckoning.sums import comes_out, repairs

FLOWS = 4  # flows that may make one change together
MANY = 40  # facts of one contingent in one report beyond which it is a chronicle, and is not looked at
Triple = tuple[Fact, Fact, Fact]


def changes(
    contingent: Contingent, statements: Sequence[Statement], reports: Mapping[str, Report]
) -> Iterator[Conflict]:
    """The sums of one report about one contingent that do not come out; its statements in the order of the text."""
    told = [fact for statement in statements for fact in facts_of(statement)]
    read = {fact.number.size for fact in told if fact.kind == FLOW}
    spoken = (fact for statement in statements for fact in spoken_flows(statement, reports))
    told += [fact for fact in spoken if fact.number.size not in read]
    for tense in (COMING, DONE):
        of_tense = [fact for fact in told if fact.tense == tense]
        if len(of_tense) <= MANY:
            yield from _broken(contingent, of_tense, reports)
    yield from _shares(contingent, statements, told, reports)


def _broken(
    contingent: Contingent, told: Sequence[Fact], reports: Mapping[str, Report]
) -> Iterator[Conflict]:
    """One conflict for each flow that belongs to a start and an end and does not lead from one to the other."""
    starts, flows, ends = (_of(told, kind) for kind in (START, FLOW, END))
    if not (starts and flows and ends):
        return
    good = list(_sums(starts, flows, ends))
    for flow in flows:
        if any(flow.number.value in sum_.flows for sum_ in good):
            continue
        near = sorted(_triples(starts, flow, ends), key=_distance)
        broken = (t for t in near if not _explained(t, good) and _belongs(t, reports))
        for start, _, end in islice(broken, 1):
            yield from _conflict(contingent, (start, flow, end), told)


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
        for some in sets:
            if comes_out([start.number, *some], end.number):
                yield Sum(start.number.value, frozenset(n.value for n in some), end.number.value)


def _triples(starts: Iterable[Fact], flow: Fact, ends: Iterable[Fact]) -> Iterator[Triple]:
    """A start and an end that the flow may lead between: none of them weak, all in its direction, not one sentence."""
    for start, end in product(starts, ends):
        rises = end.number.value > start.number.value
        close = len({id(fact.statement) for fact in (start, flow, end)}) < 3
        one = start.statement is end.statement is flow.statement and not flow.spoken
        weak = start.weak or end.weak or start.number.value == end.number.value
        if not (one or weak) and (close or rises == (flow.number.value > 0)) and flow.is_near(start) and flow.is_near(end):
            yield start, flow, end


def _explained(triple: Triple, good: Iterable[Sum]) -> bool:
    """Whether two of the three are in a sum that comes out."""
    start, flow, end = (fact.number.value for fact in triple)
    return any((s.start == start) + (flow in s.flows) + (s.end == end) > 1 for s in good)


def _belongs(triple: Triple, reports: Mapping[str, Report]) -> bool:
    """Whether flow and end are of one speaker and one day, and the flow is not called a part."""
    _, flow, end = triple
    said = flow.statement
    if said is not end.statement and not (same_voice(said, end.statement) and _same_day(said, end.statement)):
        return False
    if said is end.statement or flow.spoken:
        return True
    heard, words = cues_of(language_of(said, reports)), words_of(said, reports)
    return not heard.part.search(words) and (flow.number.value > 0 or not heard.more.search(words))


def same_voice(one: Statement, other: Statement) -> bool:
    """Whether nothing says that two people speak: one is not named, or the names share their last word."""
    if one.speaker is None or other.speaker is None:
        return True
    first, second = (s.name or s.words for s in (one.speaker, other.speaker))
    return first == second or first.split()[-1:] == second.split()[-1:] or first in second or second in first


def _same_day(one: Statement, other: Statement) -> bool:
    """Whether no two different days are named for the change."""
    return one.period is None or other.period is None or one.period.last == other.period.last


def _conflict(contingent: Contingent, triple: Triple, told: Iterable[Fact]) -> Iterator[Conflict]:
    """The conflict, where one slip explains it."""
    start, flow, end = (fact.number for fact in triple)
    said = [fact.statement for fact in triple]
    kept = frozenset(
        number
        for number in (start.size, flow.size, end.size)
        if len({f.statement.id for f in told if f.number.size == number}) > 1
    )
    misprint = likely_misprint([start, flow], end, kept)
    if misprint or repairs([start, flow], end):
        total = in_words([start, flow], start.printed_as(max(0, start.value + flow.value)))
        message = f"{total}, not {end.value:,}"
        yield Conflict(contingent, CHANGE, message, _basis(said), misprint)


def _shares(
    contingent: Contingent,
    statements: Sequence[Statement],
    told: Sequence[Fact],
    reports: Mapping[str, Report],
) -> Iterator[Conflict]:
    """Shares that do not fit the numbers told beside them: "a third of the 12,000", and then "3,000 will leave"."""
    for said in statements:
        if said.figures.ratio not in (None, 0, 1):
            yield from islice(_of_share(contingent, said, told, reports), 1)


def _of_share(
    contingent: Contingent, said: Statement, told: Sequence[Fact], reports: Mapping[str, Report]
) -> Iterator[Conflict]:
    """What does not fit one share: a number that one slip makes fit, where no number of the report fits."""
    figures, ratio = said.figures, said.figures.ratio
    tense = DONE if any(f.tense == DONE for f in facts_of(said)) else COMING
    of_tense = [f for f in told if f.tense == tense]
    wholes = [f for f in of_tense if f.kind == START and (figures.before in (None, f.number.value))]
    heard = cues_of(language_of(said, reports))
    rounded = figures.approx or bool(heard.rounded.search(words_of(said, reports)))
    wholes = [f for f in wholes if not f.weak] or wholes
    outs = [f for f in of_tense if f.kind in (FLOW, END) and not f.weak]
    pairs = [(w, o) for w, o in product(wholes, outs) if w.number.value != o.number.value]
    if ratio is None or any(_fits(w, o, ratio, rounded=True) for w, o in pairs):
        return
    for whole, out in pairs:
        if out.statement is said and whole.statement is said:
            continue
        near = out.is_near(whole) and abs(out.at - said.evidence[0].start) <= 600
        way = out.kind == END or (out.number.value < 0) == (ratio < 1)
        if near and way and _belongs((whole, out, Fact(END, tense, out.number, said)), reports):
            slack = rounded or out.number.approx or whole.number.approx
            if not _fits(whole, out, ratio, rounded=slack):
                misprint = share_misprint(out.number, whole.number, ratio, slack)
                if misprint:
                    yield Conflict(
                        contingent,
                        SHARE,
                        _share_in_words(whole, out, ratio),
                        _basis([said, whole.statement, out.statement]),
                        misprint,
                    )


def _fits(whole: Fact, out: Fact, ratio: float, *, rounded: bool) -> bool:
    before = whole.number.value
    after = before + out.number.value if out.kind == FLOW else out.number.value
    return not misses(before, ratio, after, rounded)


def _share_in_words(whole: Fact, out: Fact, ratio: float) -> str:
    share = abs(1 - ratio) if out.kind == FLOW else ratio
    before = whole.number.value
    return f"{share:.0%} of {before:,} is {before * share:,.0f}, not {out.number.size:,}"


def _of(told: Iterable[Fact], kind: str) -> list[Fact]:
    return [fact for fact in told if fact.kind == kind]


def _distance(triple: Triple) -> tuple[int, int, str]:
    """Nearest first: the same in every order of entries."""
    start, flow, end = triple
    apart = abs(flow.at - start.at) + abs(flow.at - end.at)
    return apart, start.at, start.statement.id + end.statement.id


def _basis(said: Iterable[Statement]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(statement.id for statement in said))
