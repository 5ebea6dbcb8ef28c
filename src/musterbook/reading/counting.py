"""What was counted decides what may be compared: a cap, the assigned, the rotating, those on the ground.

Only words of the claim's own clause speak; where none does, the rule stays unspecified.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from musterbook.lexicon.pack import Pack, load_pack
from musterbook.model import CountingRule
from musterbook.reading.marks import Claim
from musterbook.reading.phrases import ByFirst, by_first
from musterbook.reading.sheet import Sheet

# Which rule speaks where two have their words: the narrower one first.
ORDER = (
    CountingRule.MANDATE_CEILING,
    CountingRule.AUTHORISED_CAP,
    CountingRule.WITH_CONTRACTORS,
    CountingRule.PERMANENTLY_ASSIGNED,
    CountingRule.TEMPORARY,
    CountingRule.COALITION_SHARE,
    CountingRule.ON_THE_GROUND,
)
BACK = 2  # tokens before a phrase in which a word may take it away
REACH = 60  # tokens of a clause looked at
GAP = "..."  # stands for some words in a phrase
WIDEST = 8  # words that a gap may hold


@dataclass(frozen=True)
class Phrases:
    """First word -> phrases of one rule that start with it."""

    rule: CountingRule
    starts: ByFirst
    unless: frozenset[str]


def rule_of(claim: Claim, sheet: Sheet, pack: Pack) -> CountingRule:
    """The counting rule that the clause's words name; UNSPECIFIED where none does."""
    first = sheet.token_at(claim.clause.start)
    last = min(sheet.token_at(max(claim.clause.end - 1, 0)) + 1, first + REACH)
    words = list(sheet.lowers[first:last])
    return next((p.rule for p in _phrases(pack.language) if stands_in(words, p)), CountingRule.UNSPECIFIED)


def stands_in(words: list[str], phrases: Phrases) -> bool:
    """Whether one of the phrases stands in the words and is not taken away."""
    if phrases.starts.keys().isdisjoint(words):
        return False
    for index, word in enumerate(words):
        for phrase in phrases.starts.get(word, ()):
            if phrases.unless.intersection(words[max(0, index - BACK) : index]):
                break
            if follows(words, index, phrase):
                return True
    return False


def follows(words: list[str], index: int, phrase: tuple[str, ...]) -> bool:
    """Whether the phrase starts at the index; one gap in it may hold some words."""
    if GAP not in phrase:
        return tuple(words[index : index + len(phrase)]) == phrase
    cut = phrase.index(GAP)
    before, after = phrase[:cut], phrase[cut + 1 :]
    start = index + len(before)
    if tuple(words[index:start]) != before:
        return False
    return any(tuple(words[at : at + len(after)]) == after for at in range(start, start + WIDEST + 1))


@cache
def _phrases(language: str) -> tuple[Phrases, ...]:
    table = load_pack(language).table("counting")
    found = []
    for rule in ORDER:
        starts, unless = by_first(tuple(table[rule.value]["phrases"])), table[rule.value].get("unless", ())
        found.append(Phrases(rule, starts, frozenset(unless)))
    return tuple(found)
