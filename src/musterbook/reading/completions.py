"""A withdrawal may be told as finished without a number: the word that finishes it counts as all of the force.

Precision first: the noun of a withdrawal or of people under arms stands in the same stretch of words, nothing there
makes it a part or a condition, and no number or "all" says the same with more right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from musterbook.lexicon.pack import Pack, load_pack
from musterbook.reading.numerals import lower
from musterbook.reading.sheet import Token

FORWARD = 6  # words between "completed" and the noun of the withdrawal
BACK = 14  # words between that noun and "will be completed" behind it
BEFORE = 4  # words in front of the phrase that are looked at
BEHIND = 7  # words of the phrase behind its noun
PLACED = 3  # words between the soldiers and "will be gone": "in Mali"
COMMA = ","  # "the last plane left, completing the withdrawal" says nothing new
JOINING = frozenset("'’-\"“”‘")
Tokens = tuple[Token, ...]
Counted = Callable[[int], bool]  # whether a number, "all" or a like word begins at a token
Whole = Callable[[int], bool]  # whether "all" or a like word does


@dataclass(frozen=True, slots=True)
class Finished:
    """The table ``finished`` of ``numbers.toml``."""

    verbs: frozenset[str]
    predicates: frozenset[str]
    departures: frozenset[str]
    departures_up: frozenset[str]
    departures_led: frozenset[str]
    leading: frozenset[str]
    adverbs: frozenset[str]
    be: frozenset[str]
    partial: frozenset[str]
    phrase_ends: frozenset[str]
    people: frozenset[str]
    ahead: frozenset[str]
    have: frozenset[str]
    left: frozenset[str]
    gone: frozenset[str]
    out: frozenset[str]
    after_out: frozenset[str]
    of: frozenset[str]
    whence: frozenset[str]
    after_gone: frozenset[str]
    own: frozenset[str]
    wanting: frozenset[str]
    facts: frozenset[str]
    remaining: frozenset[str]
    left_behind: frozenset[str]
    nobody_not: frozenset[str]
    none: frozenset[str]
    opening: frozenset[str]
    unsure: frozenset[str]
    wished: frozenset[str]


def finished_of(pack: Pack) -> Finished:
    """The table of a pack, made once a language."""
    return _finished(pack.language)


@cache
def _finished(language: str) -> Finished:
    table = load_pack(language).table("numbers", "finished")
    return Finished(*(frozenset(table[name]) for name in Finished.__dataclass_fields__))


def finishes(tokens: Tokens, i: int, words: Finished, counted: Counted, whole: Whole) -> bool:
    """Whether the word there tells that nobody of a force is left, or will be."""
    ends = ends_of(tokens, i, words)
    if ends is None or not is_whole(tokens, *ends, words, counted):
        return False
    behind = range(ends[1] + 1, min(len(tokens), ends[1] + 1 + BACK))
    return not any(whole(k) for k in behind)  # "completed in May, when the last 300 left" is told by those


def ends_of(tokens: Tokens, i: int, words: Finished) -> tuple[int, int] | None:
    """The first and last word of what is told there: a verb with the noun of a withdrawal, people and "gone"."""
    word = tokens[i].lower
    if word in words.verbs and lower(tokens, i - 1) != COMMA and (noun := noun_ahead(tokens, i, words)):
        return i, noun
    if word in words.predicates and (noun := noun_behind(tokens, i, words)) is not None:
        return noun, i
    people = people_gone(tokens, i, words)
    return (people, i) if people is not None else None


def is_word(token: Token) -> bool:
    """Whether the token goes on with a stretch of words; numbers and signs end it."""
    return token.text[0].isalpha() or token.text[0] in JOINING


def noun_ahead(tokens: Tokens, i: int, words: Finished) -> int | None:
    """The noun of a withdrawal after a verb of finishing."""
    for k in range(i + 1, min(len(tokens), i + 1 + FORWARD)):
        if not is_word(tokens[k]):
            return None
        if departs(tokens, k, words):
            return k
    return None


def departs(tokens: Tokens, k: int, words: Finished) -> bool:
    """Whether a withdrawal is named there: one word, or "pull-out"."""
    word = tokens[k].lower
    led = word in words.departures_led and not words.departures_up.isdisjoint(shown(tokens, k + 1, k + 6))
    return led or word in words.departures


def noun_behind(tokens: Tokens, i: int, words: Finished) -> int | None:
    """The noun of a withdrawal of which the word at ``i`` is said: "the withdrawal from Mali will be completed"."""
    at = i - 1
    while lower(tokens, at) in words.adverbs:
        at -= 1
    if lower(tokens, at) not in words.be:
        return None
    while lower(tokens, at) in words.leading | words.adverbs | words.be:
        at -= 1
    for k in range(at, max(-1, i - BACK), -1):
        if not is_word(tokens[k]) or tokens[k].lower in words.be | words.phrase_ends:
            return None
        if departs(tokens, k, words):
            return k
    return None


def people_gone(tokens: Tokens, i: int, words: Finished) -> int | None:
    """The people under arms who "will have left", "are to be gone" or whom somebody "wants out by"."""
    word, at = tokens[i].lower, i - 1
    if word not in words.left and word not in words.gone:
        return None
    if word in words.gone and not leads_on(tokens, i, words):
        return None
    if word in words.gone and lower(tokens, at) in words.people:
        return wanted(tokens, at, words)
    while lower(tokens, at) in words.adverbs:
        at -= 1
    joined = (word in words.left and lower(tokens, at) in words.have) or (
        word in words.gone and lower(tokens, at) in words.be
    )
    if not joined or lower(tokens, at - 1) not in words.ahead:
        return None
    at -= 2
    while lower(tokens, at) in words.leading | words.adverbs | words.be:
        at -= 1
    near = range(at, max(-1, at - 1 - PLACED), -1)
    return next((k for k in near if lower(tokens, k) in words.people), None)


def leads_on(tokens: Tokens, i: int, words: Finished) -> bool:
    """Whether a "gone" or "out" is followed by whence or until when; "gone for a year" is away from home."""
    if lower(tokens, i + 1) in words.of:
        near = tokens[i + 2 : i + 4]
        return any(t.lower in words.whence for t in near) or (bool(near) and near[0].text[0].isupper())
    if tokens[i].lower in words.out:
        return lower(tokens, i + 1) in words.after_out
    return i + 1 >= len(tokens) or not goes_on(tokens[i + 1]) or tokens[i + 1].lower in words.after_gone


def wanted(tokens: Tokens, noun: int, words: Finished) -> int | None:
    """The noun, where somebody wants people of their own out: "Britain wants its combat troops out by"."""
    before = [t.lower for t in tokens[max(0, noun - FORWARD) : noun]]
    own = next((at for at in range(len(before) - 1, 0, -1) if before[at] in words.own), 0)
    return noun if own and before[own - 1] in words.wanting else None


def shown(tokens: Tokens, first: int, last: int) -> Iterable[str]:
    """The folded words of a stretch."""
    return (t.lower for t in tokens[max(0, first) : max(0, last)])


def is_whole(tokens: Tokens, first: int, last: int, words: Finished, counted: Counted) -> bool:
    """Whether nothing around ``first..last`` speaks of a part, a condition, a number or "all"."""
    start, end = first, last + 1
    while start > max(0, first - BEFORE) and goes_on(tokens[start - 1]):
        start -= 1
    while end < min(len(tokens), last + 1 + BEHIND) and goes_on(tokens[end]):
        if tokens[end].lower in words.phrase_ends:
            break
        end += 1
    inside = (k for k in range(start, end) if k not in (first, last))
    return not any(tokens[k].lower in words.partial or counted(k) for k in inside)


def goes_on(token: Token) -> bool:
    """Whether a phrase goes on with this token."""
    return token.text[0].isalnum() or token.text[0] in JOINING


def leaves_nobody(
    tokens: Tokens, span: tuple[int, int], words: Finished, nouns: frozenset[str], counted: Counted
) -> bool:
    """Whether a "no" or "none" opens a clause on named people who remain: "no French soldier is left in Mali"."""
    first, last = span
    verb = verb_of_none(tokens, first, words)
    opened = first == 0 or not is_word(tokens[first - 1]) or tokens[first - 1].lower in words.opening
    if verb is None or not opened or not is_fact(tokens, first, words):
        return False
    noun = next((k for k in range(last, min(verb, last + BEFORE)) if tokens[k].lower in nouns), None)
    if noun is None or verb - noun > FORWARD or not any(t.text[0].isupper() for t in tokens[last : noun + 1]):
        return False
    return not any(tokens[k].lower in words.nobody_not or counted(k) for k in range(last, noun))


def verb_of_none(tokens: Tokens, i: int, words: Finished) -> int | None:
    """The verb of remaining behind a "no" or "none", in the same stretch of words."""
    for k in range(i + 1, min(len(tokens), i + 1 + BACK)):
        if not is_word(tokens[k]):
            return None
        word = tokens[k].lower
        if word in words.remaining or (word in words.left_behind and lower(tokens, k - 1) in words.be):
            return k
    return None


def is_fact(tokens: Tokens, i: int, words: Finished) -> bool:
    """Whether the word there tells of a withdrawal that is behind us."""
    verb = verb_of_none(tokens, i, words) if tokens[i].lower in words.none else None
    if verb is not None:
        around = {*shown(tokens, verb - 2, verb), *shown(tokens, i - BEHIND, i)}
        return around.isdisjoint(words.unsure | words.wished)
    before = [k for k in range(max(0, i - BEFORE), i) if tokens[k].lower not in words.adverbs]
    told = [*(tokens[k].lower for k in before), tokens[i].lower]
    for size in (3, 2):
        if " ".join(told[-size:]) in words.facts:
            return not words.ahead.intersection(told[-size - 1 : -size])
    return False


def is_resolve(tokens: Tokens, i: int, words: Finished) -> bool:
    """Whether somebody wants people of their own gone: who commands them has resolved it."""
    people = i - 1 if tokens[i].lower in words.gone and lower(tokens, i - 1) in words.people else None
    return people is not None and wanted(tokens, people, words) is not None
