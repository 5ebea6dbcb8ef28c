"""What one report tells of one contingent, number by number, in the order of its text.

A *start* is a strength that a change begins with, an *end* one that it leads to, a *flow* what comes or goes. A change
that is still to come starts from the present strength; one that is done ends there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from musterbook.model import Entry, Report, Statement, Status
from musterbook.reckoning.counts import PLANS
from musterbook.reckoning.cues import END_OF_SENTENCE, cues_of
from musterbook.reckoning.strength import CEILINGS
from musterbook.reckoning.sums import Number, number_of
from musterbook.values import Figures

START, FLOW, END = "start", "flow", "end"
COMING, DONE = "coming", "done"
PROMISED = PLANS | {Status.CONSIDERED}
CLOSE = 150  # characters between two statements; further apart they are not taken to belong together


@dataclass(frozen=True, slots=True)
class Fact:
    """One number in its part; a weak one may explain a sum, and accuses nobody."""

    kind: str
    tense: str
    number: Number
    statement: Statement
    weak: bool = False
    result: bool = False  # an end only where its words say that it is what remains
    spoken: bool = False  # found by its noun, beside what was read

    @property
    def at(self) -> int:
        """Where its statement begins in the text."""
        return self.statement.evidence[0].start

    def is_near(self, other: Fact) -> bool:
        """Whether the two stand close to each other in the text."""
        first, last = sorted((self.statement.evidence, other.statement.evidence))
        return last[0].start - first[-1].end <= CLOSE


def facts_of(statement: Statement) -> Iterator[Fact]:
    """The numbers of a statement in all the parts that they may play."""
    figures, status = statement.figures, statement.status
    if statement.rule in CEILINGS or status is Status.DENIED:
        return
    if not figures.is_change:
        yield from _stock(statement)
        return
    tense = tense_of(statement)
    before, delta, after = figures.before, figures.delta, figures.after
    all_leave = figures.ratio == 0 and before is not None and delta in (None, -before)
    if all_leave and before is not None:  # "its 300 leave" may be all, or those just told of
        delta = -before
    alone = sum(value is not None for value in (before, delta, after, figures.ratio)) == 1
    if tense == COMING and status not in PROMISED:
        return
    for kind, value in ((START, before), (FLOW, delta), (END, after)):
        if value is None:
            continue
        number = number_of(value, figures, statement.id)
        yield Fact(kind, tense, number, statement, weak=kind == START and all_leave)
        if alone and kind != FLOW:  # a number that stands alone has the tense of its neighbours
            yield Fact(kind, COMING if tense == DONE else DONE, number, statement)
        if kind == END:  # where one change ends the next begins
            yield Fact(START, COMING, number, statement, weak=True)


def _stock(statement: Statement) -> Iterator[Fact]:
    """A strength: of now, before what comes and after what is done; of then, before what is done since."""
    level, status = statement.figures.level, statement.status
    if level is None:
        return
    number = number_of(level, statement.figures, statement.id)
    if status is Status.CURRENT:
        yield Fact(START, COMING, number, statement)
        yield Fact(END, DONE, number, statement)
        yield Fact(END, COMING, number, statement, result=True)
    elif status is Status.PAST:
        yield Fact(START, DONE, number, statement)
        yield Fact(START, COMING, number, statement, weak=True)


def in_text_order(entry: Entry) -> tuple[int, int, str]:
    """Sorts the entries of one report as a reader meets them."""
    if entry.statement is None:
        return 0, 0, ""
    return entry.statement.evidence[0].start, entry.statement.evidence[-1].end, entry.statement.id


def spoken(statement: Statement, reports: Mapping[str, Report]) -> Iterator[Fact]:
    """What a noun says near a change, whatever was read: "from 5,200 to 4,400, a drop of 800", "for a total of 300"."""
    figures, report = statement.figures, reports.get(statement.report)
    if report is None or not figures.is_change:
        return
    start, end = statement.evidence[0].start, statement.evidence[-1].end
    rest = END_OF_SENTENCE.split(report.text[end - 1 : end + CLOSE])[0]  # a full stop may stand at the end
    near, heard = report.text[start : end - 1] + rest, cues_of(report.language)
    patterns = ((-1, FLOW, heard.less_of), (1, FLOW, heard.more_of), (1, END, heard.to_a_total))
    wanted = {FLOW: figures.delta is None and None not in (figures.before, figures.after)}
    wanted[END] = figures.after is None and figures.delta is not None
    for sign, kind, pattern in patterns:
        if wanted[kind] and (found := pattern.search(near)):
            number = number_of(sign * int(found["number"].replace(",", "")), Figures(), statement.id)
            number = replace(number, approx=bool(found["soft"]))
            yield Fact(kind, tense_of(statement), number, statement, spoken=True)


def tense_of(statement: Statement) -> str:
    """Whether the change of a statement is done."""
    return DONE if statement.status is Status.DONE else COMING
