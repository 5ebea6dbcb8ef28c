"""What one report tells of one contingent, number by number, in the order of its text.

A *start* is a strength that a change begins with, an *end* one that it leads to, a *flow* what comes or goes. A change
that is still to come starts from the present strength; one that is done ends there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial

from musterbook.lexicon.pack import languages, load_pack
from musterbook.model import Entry, Report, Statement, Status
from musterbook.reckoning.counts import PLANS
from musterbook.reckoning.strength import CEILINGS
from musterbook.reckoning.sums import Number, number_of
from musterbook.values import Figures

START, FLOW, END = "start", "flow", "end"
COMING, DONE = "coming", "done"
PROMISED = PLANS | {Status.CONSIDERED}
CLOSE = 200  # characters
CHARACTERS = 600  # further apart in a text, two numbers are not taken to belong together


@dataclass(frozen=True, slots=True)
class Fact:
    """One number in its part; a weak one may explain a sum, and accuses nobody."""

    kind: str
    tense: str
    number: Number
    statement: Statement
    weak: bool = False
    close: bool = False  # it accuses only what stands in the same sentence or the next
    spoken: bool = False  # found by its noun, beside what was read

    @property
    def at(self) -> int:
        """Where its statement begins in the text."""
        return self.statement.evidence[0].start

    def is_near(self, other: Fact) -> bool:
        """Whether the two stand close to each other in the text."""
        return abs(self.at - other.at) <= (CLOSE if self.close or other.close else CHARACTERS)


def facts_of(statement: Statement) -> Iterator[Fact]:
    """The numbers of a statement in all the parts that they may play."""
    figures, status = statement.figures, statement.status
    if statement.rule in CEILINGS or status is Status.DENIED:
        return
    if not figures.is_change:
        yield from _stock(statement)
        return
    tense = DONE if status is Status.DONE else COMING
    before, delta, after = figures.before, figures.delta, figures.after
    all_leave = figures.ratio == 0 and before is not None and delta in (None, -before)
    if all_leave and before is not None:  # "its 300 leave" may be all, or those just told of
        delta = -before
    for kind, value in ((START, before), (FLOW, delta), (END, after)):
        if value is not None and (tense == DONE or status in PROMISED):
            number = number_of(value, figures, statement.id)
            yield Fact(kind, tense, number, statement, weak=kind == START and all_leave)
            if kind == END:  # where one change ends the next begins
                yield Fact(START, COMING, number, statement, weak=tense == COMING)
            if kind == END and tense == COMING and before is None and delta is None:
                yield Fact(END, DONE, number, statement, close=True)


def _stock(statement: Statement) -> Iterator[Fact]:
    """A strength: of now, before what comes and after what is done; of then, before what is done since."""
    level, status = statement.figures.level, statement.status
    if level is None:
        return
    number = number_of(level, statement.figures, statement.id)
    if status is Status.CURRENT:
        yield Fact(START, COMING, number, statement)
        yield Fact(END, DONE, number, statement)
    elif status is Status.PAST:
        yield Fact(START, DONE, number, statement)
        yield Fact(START, COMING, number, statement, weak=True)


@dataclass(frozen=True)
class Cues:
    """The words of a language that tell parts from wholes, as patterns."""

    part: re.Pattern[str]
    more: re.Pattern[str]
    less_of: re.Pattern[str]
    more_of: re.Pattern[str]
    closed: re.Pattern[str]
    within: re.Pattern[str]
    total: re.Pattern[str]
    rounded: re.Pattern[str]


@cache
def cues_of(language: str) -> Cues:
    """The patterns of a language; of one without a pack, patterns that match nothing."""
    if language not in languages():
        return Cues(*[re.compile(r"(?!)")] * 8)
    words = partial(load_pack(language).words, "sums")
    less_of, more_of = (_amount(words(n), words("softened"), words("no_heads")) for n in ("less_nouns", "more_nouns"))
    part, more, *rest = (_pattern(words(n)) for n in ("part", "more", "closed", "within", "total", "rounded"))
    return Cues(part, more, less_of, more_of, *rest)


def spoken_flows(statement: Statement, reports: Mapping[str, Report]) -> Iterator[Fact]:
    """What comes or goes as a noun says it near a change from one number to another: "a drop of 800"."""
    figures, report = statement.figures, reports.get(statement.report)
    if report is None or figures.before is None or figures.after is None or figures.delta is not None:
        return
    start, end = statement.evidence[0].start, statement.evidence[-1].end
    near, heard = report.text[start : end + CLOSE], cues_of(report.language)
    tense = DONE if statement.status is Status.DONE else COMING
    for sign, pattern in ((-1, heard.less_of), (1, heard.more_of)):
        if found := pattern.search(near):
            number = number_of(sign * int(found["number"].replace(",", "")), Figures(), statement.id)
            number = replace(number, approx=bool(found["soft"]))
            yield Fact(FLOW, tense, number, statement, spoken=True)


def words_between(one: Statement, other: Statement, reports: Mapping[str, Report]) -> str:
    """The text from where the first of two statements begins to where the last ends."""
    report = reports.get(one.report)
    first, last = sorted((one.evidence, other.evidence))
    return report.text[first[0].start : last[-1].end] if report else ""


def words_of(statement: Statement, reports: Mapping[str, Report]) -> str:
    """The words that state it."""
    report = reports.get(statement.report)
    return " ".join(span.cut(report.text) for span in statement.evidence) if report else ""


def language_of(statement: Statement, reports: Mapping[str, Report]) -> str:
    """The language of its report."""
    report = reports.get(statement.report)
    return report.language if report else ""


def in_text_order(entry: Entry) -> tuple[int, int, str]:
    """Sorts the entries of one report as a reader meets them."""
    if entry.statement is None:
        return 0, 0, ""
    return entry.statement.evidence[0].start, entry.statement.evidence[-1].end, entry.statement.id


def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words, as whole words where they are words; a colon that parts hours from minutes is none."""
    found = (re.escape(w) if w[0].isalnum() else rf"{re.escape(w)}(?!\d)" for w in words)
    ends = (rf"\b{w}\b" if w[0].isalnum() else w for w in found)
    return re.compile("|".join(ends), re.IGNORECASE)


def _amount(nouns: tuple[str, ...], soft: tuple[str, ...], no_heads: tuple[str, ...]) -> re.Pattern[str]:
    """One of the nouns with its number of heads: "a drop of some 800"."""
    named, hedge, other = ("|".join(map(re.escape, words)) for words in (nouns, soft, no_heads))
    number = r"(?P<number>\d{1,3}(?:,\d{3})+|\d+)"
    return re.compile(rf"\b(?:{named}) of (?:(?P<soft>{hedge}) )?{number}(?![\d,.]*\d| ?(?:{other}))", re.IGNORECASE)
