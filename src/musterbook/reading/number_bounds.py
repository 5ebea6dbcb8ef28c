"""A bound or a softening word belongs to the one number that it stands at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from musterbook.lexicon.pack import Pack
from musterbook.reading.numerals import lower, phrase
from musterbook.reading.sheet import Token

SENSES = ("approx", "low", "high")
STEPS = 4  # hedge phrases and fillers that may stand before one number
AWAY = 5  # tokens between "not" and the "below" that it turns
CEILING = 8  # tokens between "ceiling" and its number
TURNED = {"low": "high", "high": "low"}
Match = tuple[tuple[str, ...], str]  # the words of a phrase and its sense
Phrases = dict[str, tuple[Match, ...]]  # by last (or first) word, the longest first


@dataclass(frozen=True)
class Hedges:
    """The hedging phrases of a pack by the word next to the number."""

    before: Phrases
    after: Phrases
    fillers: frozenset[str]
    numerals: frozenset[str]
    openers: frozenset[str]
    than: str
    negations: frozenset[str]
    turns: frozenset[tuple[str, ...]]
    ceilings: frozenset[str]
    allowing: frozenset[str]
    links: frozenset[str]

    @classmethod
    def of_pack(cls, pack: Pack, numerals: frozenset[str]) -> Hedges:
        """Reads ``hedges.toml``."""
        before = [(phrase(w), s) for s in SENSES for w in pack.words("hedges", "before", s)]
        before += [(phrase(w), "cancel") for w in pack.words("hedges", "cancel", "before")]
        after = [(phrase(w), s) for s in SENSES for w in pack.words("hedges", "after", s)]
        return cls(
            before=by_word(before, -1),
            after=by_word(after, 0),
            fillers=frozenset(pack.words("hedges", "fillers")),
            openers=frozenset((*pack.words("hedges", "fillers"), *pack.words("numbers", "before_bare"))),
            numerals=numerals,
            than=pack.table("hedges", "than"),
            negations=frozenset(pack.words("hedges", "negation", "words")),
            turns=frozenset(phrase(w) for w in pack.words("hedges", "negation", "turns")),
            ceilings=frozenset(pack.words("hedges", "ceiling", "nouns")),
            allowing=frozenset(pack.words("hedges", "ceiling", "verbs")),
            links=frozenset(pack.words("hedges", "ceiling", "links")),
        )


def by_word(phrases: Iterable[Match], place: int) -> Phrases:
    """The phrases by their first or last word, the longest first."""
    found: dict[str, list[Match]] = {}
    for words, sense in phrases:
        found.setdefault(words[place], []).append((words, sense))
    return {word: tuple(sorted(held, key=lambda h: -len(h[0]))) for word, held in found.items()}


@dataclass(frozen=True, slots=True)
class Bounds:
    """The senses that hold of a number, and the tokens from the first hedge to the last."""

    senses: frozenset[str]
    first: int
    last: int


def bounds(tokens: tuple[Token, ...], hedges: Hedges, first: int, last: int) -> Bounds:
    """What the words around the number ``first:last`` say of it."""
    start, senses = preceding(tokens, hedges, first)
    end, after = following(tokens, hedges, last)
    senses |= after
    if "low" not in senses and "high" not in senses and under_ceiling(tokens, hedges, start):
        senses.add("high")
    return Bounds(frozenset(senses), start, end)


def preceding(tokens: tuple[Token, ...], hedges: Hedges, first: int) -> tuple[int, set[str]]:
    """The place of the first hedge before a number, and what the hedges say."""
    senses: set[str] = set()
    start = at = first
    for _ in range(STEPS):
        found = ending_at(tokens, hedges, at)
        if found is None:
            if lower(tokens, at - 1) not in hedges.fillers:
                break
            at -= 1
            continue
        words, sense = found
        if sense == "cancel":
            break
        start = at = at - len(words)
        senses.add(
            TURNED.get(sense, sense) if words in hedges.turns and denied(tokens, hedges, at) else sense
        )
    return start, senses


def ending_at(tokens: tuple[Token, ...], hedges: Hedges, i: int) -> Match | None:
    """The longest hedge that ends right before token ``i``."""
    for words, sense in hedges.before.get(lower(tokens, i - 1), ()):
        if len(words) == 1 or (i >= len(words) and stands_at(tokens, i - len(words), words)):
            return words, sense
    return None


def stands_at(tokens: tuple[Token, ...], i: int, words: tuple[str, ...]) -> bool:
    """Whether the phrase stands at token ``i``."""
    if i + len(words) > len(tokens):
        return False
    for word in words:
        if tokens[i].lower != word:
            return False
        i += 1
    return True


def denied(tokens: tuple[Token, ...], hedges: Hedges, i: int) -> bool:
    """Whether a "not" shortly before turns the bound: "not go below 950"."""
    for token in reversed(tokens[max(0, i - AWAY) : i]):
        if token.lower in hedges.negations:
            return True
        if token.text in ".,;:!?" or token.text[0].isdecimal():
            return False
    return False


def under_ceiling(tokens: tuple[Token, ...], hedges: Hedges, i: int) -> bool:
    """Whether the number is named as a ceiling: "the limit stays at 1,200", "allows 25,000"."""
    if lower(tokens, i - 1) in hedges.allowing:
        return True
    for token in reversed(tokens[max(0, i - CEILING) : i]):
        if token.lower in hedges.ceilings:
            return True
        if token.lower not in hedges.links and token.lower != ",":
            return False
    return False


def following(tokens: tuple[Token, ...], hedges: Hedges, i: int) -> tuple[int, set[str]]:
    """The hedge after the number, or after its noun ("600 men at most"), where it does not widen the span."""
    for gap in (0, 1, 2, 3):
        if i + gap >= len(tokens) or (gap and not joins(tokens[i + gap - 1].text)):
            break
        for words, sense in hedges.after.get(tokens[i + gap].lower, ()):
            end = i + gap + len(words)
            if (gap and len(words) == 1) or not stands_at(tokens, i + gap, words):
                continue
            if opens_next(tokens, hedges, end, gap, len(words)):
                continue
            return (i if gap else end), {sense}
    return i, set()


def joins(word: str) -> bool:
    """Whether the hedge of a number may stand behind this word."""
    return word == "," or word.isalpha()


def opens_next(tokens: tuple[Token, ...], hedges: Hedges, end: int, gap: int, size: int) -> bool:
    """Whether the phrase belongs to a number after it: "500, at least 300 of them"."""
    word = lower(tokens, end)
    counts = word in hedges.numerals or word[:1].isdecimal() or word == hedges.than
    return counts if gap or size > 1 else counts or word in hedges.openers
