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
CLOSE = 150  # characters between two statements; further apart they are not taken to belong together
END_OF_SENTENCE = re.compile(r"[.!?][\"”’)]*\s+(?=[A-Z“\"\d*•-])|\n\s*\n")


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
    before_part: re.Pattern[str]
    after_part: re.Pattern[str]
    same: re.Pattern[str]
    to_a_total: re.Pattern[str]
    of_whole: re.Pattern[str]
    gone: re.Pattern[str]
    result: re.Pattern[str]
    unreal: re.Pattern[str]
    rest: re.Pattern[str]


@cache
def cues_of(language: str) -> Cues:
    """The patterns of a language; of one without a pack, patterns that match nothing."""
    if language not in languages():
        return Cues(*[re.compile(r"(?!)")] * 17)
    words = partial(load_pack(language).words, "sums")
    less_of, more_of = (_amount(words(n), words("softened"), words("no_heads")) for n in ("less_nouns", "more_nouns"))
    part, more, *rest = (_pattern(words(n)) for n in ("part", "more", "closed", "within", "total", "rounded"))
    before, after, same = (words(n) for n in ("before_part", "after_part", "same"))
    last = re.compile(rf"(?:{_any(before)})(?: (?:{_any(words('softened'))}))? $", re.IGNORECASE)
    next_ = re.compile(rf"(?: [a-z]+)? (?:{_any(after)})", re.IGNORECASE)
    one = re.compile(rf"\b(?:{_any(same)})(?: (?:{_any(words('softened'))}))? $", re.IGNORECASE)
    total = _amount(words("to_a_total"), words("softened"), words("no_heads"), joint="")
    whole = re.compile(rf"(?:{_any(words('of_whole'))}) ", re.IGNORECASE)
    others = (_pattern(words(n)) for n in ("gone", "result", "unreal", "rest"))
    return Cues(part, more, less_of, more_of, *rest, last, next_, one, total, whole, *others)


def _any(words: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, words))


def place_of(size: int, statement: Statement, text: str) -> tuple[int, int] | None:
    """Where a number is printed in digits in the words of a statement; None where it is spelled out."""
    start, end = statement.evidence[0].start, statement.evidence[-1].end
    for words in dict.fromkeys((f"{size:,}", str(size), f"{size:,}".replace(",", "."), f"{size:,}".replace(",", " "))):
        found = re.search(rf"(?<![\d,.]){re.escape(words)}(?![,.]?\d)", text[start:end])
        if found:
            return start + found.start(), start + found.end()
    return None


def is_printed(number: Number, statement: Statement, reports: Mapping[str, Report]) -> bool:
    """Whether a number stands in digits, so that a finger may have slipped; without the text, it may."""
    report = reports.get(statement.report)
    return report is None or place_of(number.size, statement, report.text) is not None


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


def _any(words: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, words))


def place_of(size: int, statement: Statement, text: str) -> tuple[int, int] | None:
    """Where a number is printed in digits in the words of a statement; None where it is spelled out."""
    start, end = statement.evidence[0].start, statement.evidence[-1].end
    for words in dict.fromkeys((f"{size:,}", str(size), f"{size:,}".replace(",", "."), f"{size:,}".replace(",", " "))):
        found = re.search(rf"(?<![\d,.]){re.escape(words)}(?![,.]?\d)", text[start:end])
        if found:
            return start + found.start(), start + found.end()
    return None


def is_printed(number: Number, statement: Statement, reports: Mapping[str, Report]) -> bool:
    """Whether a number stands in digits, so that a finger may have slipped; without the text, it may."""
    report = reports.get(statement.report)
    return report is None or place_of(number.size, statement, report.text) is not None


def spoken_flows(statement: Statement, reports: Mapping[str, Report]) -> Iterator[Fact]:
    """What comes or goes as a noun says it near a change from one number to another: "a drop of 800"."""
    figures, report = statement.figures, reports.get(statement.report)
    if report is None or figures.before is None or figures.after is None or figures.delta is not None:
        return
    start, end = statement.evidence[0].start, statement.evidence[-1].end
    rest = END_OF_SENTENCE.split(report.text[end - 1 : end + CLOSE])[0]  # a full stop may stand at the end
    near, heard = report.text[start : end - 1] + rest, cues_of(report.language)
    tense = DONE if statement.status is Status.DONE else COMING
    for sign, pattern in ((-1, heard.less_of), (1, heard.more_of)):
        if found := pattern.search(near):
            number = number_of(sign * int(found["number"].replace(",", "")), Figures(), statement.id)
            number = replace(number, approx=bool(found["soft"]))
            yield Fact(FLOW, tense, number, statement, spoken=True)


def in_one_sentence(one: Statement, other: Statement, reports: Mapping[str, Report]) -> bool:
    """Whether no sentence ends between two statements of one report; an abbreviation may look like an end."""
    report = reports.get(one.report)
    first, last = sorted((one.evidence, other.evidence))
    return report is not None and not ends_sentence(report.text[first[-1].end - 1 : last[0].start + 1])


def ends_sentence(between: str) -> bool:
    """Whether a sentence ends in a stretch of text."""
    return bool(END_OF_SENTENCE.search(between))


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


def _amount(
    nouns: tuple[str, ...], soft: tuple[str, ...], no_heads: tuple[str, ...], joint: str = " of"
) -> re.Pattern[str]:
    """One of the nouns with its number of heads: "a drop of some 800"."""
    named, hedge, other = ("|".join(map(re.escape, words)) for words in (nouns, soft, no_heads))
    number = r"(?P<number>\d{1,3}(?:,\d{3})+|\d+)"
    return re.compile(rf"\b(?:{named}){joint} (?:(?P<soft>{hedge}) )?{number}(?![\d,.]*\d| ?(?:{other}))", re.IGNORECASE)
