"""The words that tell how numbers of a report belong together, and where these numbers and sentences are.

The words stand in the packs (``sums.toml``); a language without a pack has none, and then only figures are compared.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial

from musterbook.lexicon.pack import languages, load_pack
from musterbook.model import Report, Statement
from musterbook.reckoning.sums import Number

END_OF_SENTENCE = re.compile(r"[.!?][\"”’)]*\s+(?=[A-Z“\"\d*•-])|\n\s*\n")
NOWHERE = re.compile(r"(?!)")
LISTS = ("part", "more", "gone", "result", "unreal", "closed", "within", "total", "rounded", "rest")
Pattern = re.Pattern[str]


@dataclass(frozen=True)
class Cues:
    """The words of a language as patterns; what each list is for stands beside it in the pack."""

    part: Pattern = NOWHERE
    more: Pattern = NOWHERE
    gone: Pattern = NOWHERE
    result: Pattern = NOWHERE
    unreal: Pattern = NOWHERE
    closed: Pattern = NOWHERE
    within: Pattern = NOWHERE
    total: Pattern = NOWHERE
    rounded: Pattern = NOWHERE
    rest: Pattern = NOWHERE
    less_of: Pattern = NOWHERE  # "a drop of 800"
    more_of: Pattern = NOWHERE  # "a rise of 800"
    to_a_total: Pattern = NOWHERE  # "for a total of 800"
    of_whole: Pattern = NOWHERE  # at the beginning of a statement: "of the 800"
    before_part: Pattern = NOWHERE  # at the end of what stands before a number: "among them "
    after_part: Pattern = NOWHERE  # at the beginning of what follows it: " of them"
    same: Pattern = NOWHERE  # at the end of what stands before a number: "the "


@cache
def cues_of(language: str) -> Cues:
    """The patterns of a language; of one without a pack, patterns that match nothing."""
    if language not in languages():
        return Cues()
    words = partial(load_pack(language).words, "sums")
    soft = words("softened")
    amount = partial(_amount, soft=soft, no_heads=words("no_heads"))
    return Cues(
        **{name: _pattern(words(name)) for name in LISTS},
        less_of=amount(words("less_nouns")),
        more_of=amount(words("more_nouns")),
        to_a_total=amount(words("to_a_total"), joint=""),
        of_whole=re.compile(rf"(?:{_any(words('of_whole'))}) ", re.IGNORECASE),
        before_part=re.compile(rf"(?:{_any(words('before_part'))})(?: (?:{_any(soft)}))? $", re.IGNORECASE),
        after_part=re.compile(rf"(?: [a-z]+)? (?:{_any(words('after_part'))})", re.IGNORECASE),
        same=re.compile(rf"\b(?:{_any(words('same'))})(?: (?:{_any(soft)}))? $", re.IGNORECASE),
    )


def place_of(size: int, statement: Statement, text: str) -> tuple[int, int] | None:
    """Where a number is printed in digits in the words of a statement; None where it is spelled out."""
    start, end = statement.evidence[0].start, statement.evidence[-1].end
    for words in dict.fromkeys(
        (f"{size:,}", str(size), f"{size:,}".replace(",", "."), f"{size:,}".replace(",", " "))
    ):
        found = re.search(rf"(?<![\d,.]){re.escape(words)}(?![,.]?\d)", text[start:end])
        if found:
            return start + found.start(), start + found.end()
    return None


def is_printed(number: Number, statement: Statement, reports: Mapping[str, Report]) -> bool:
    """Whether a number stands in digits, so that a finger may have slipped; without the text, it may."""
    report = reports.get(statement.report)
    return report is None or place_of(number.size, statement, report.text) is not None


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
    return re.compile(
        rf"\b(?:{named}){joint} (?:(?P<soft>{hedge}) )?{number}(?![\d,.]*\d| ?(?:{other}))", re.IGNORECASE
    )


def _any(words: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, words))
