"""The noun that a number counts: "5,200 U.S. troops", "a 600-man battalion", "troops, 5,200 of them"."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from musterbook.lexicon.pack import Pack
from musterbook.reading.sheet import Sheet

CLASSES = ("strong", "weak", "body", "other")
REACH = 7  # words between a number and its noun
PHRASE = 3  # words of the longest noun


@dataclass(frozen=True, slots=True)
class Head:
    """A unit noun: its words as tokens ``first:last``, its singular, and its class (see units.toml)."""

    first: int
    last: int
    singular: str
    kind: str


@dataclass(frozen=True)
class Nouns:
    """Unit nouns by their folded words."""

    known: dict[tuple[str, ...], tuple[str, str]]  # words -> singular, class
    openers: frozenset[str]  # first words of known nouns
    stops: frozenset[str]  # words that end the noun phrase after a number

    def at(self, sheet: Sheet, index: int, limit: int) -> Head | None:
        """The longest unit noun that starts at the token, if any."""
        if sheet.lowers[index] not in self.openers:
            return None
        for size in range(min(PHRASE, limit - index), 0, -1):
            found = self.known.get(sheet.lowers[index : index + size])
            if found:
                return Head(index, index + size, *found)
        return None


def plural(singular: str, irregular: dict[str, str]) -> str:
    """The plural of a noun or of the last word of a phrase."""
    if singular in irregular:
        return irregular[singular]
    if singular.endswith(("s", "x", "ch", "sh")):
        return singular + "es"
    return singular + "s"


@cache
def nouns(pack: Pack) -> Nouns:
    """The unit nouns of a pack, built once."""
    odd, known = pack.table("units", "plurals"), {}
    for kind in reversed(CLASSES):
        for word in pack.words("units", kind):
            for form in (word, plural(word, odd)):
                known[tuple(form.split())] = (word, kind)
    return Nouns(
        known, frozenset(words[0] for words in known), frozenset(pack.words("grammar", "phrase_stops"))
    )


def head_after(sheet: Sheet, after: int, limit: int, known: Nouns) -> Head | None:
    """The noun of a number that ends before token ``after``: the last noun of the phrase that follows it."""
    found: Head | None = None
    index = after
    while index < min(limit, after + REACH):
        token = sheet.tokens[index]
        head = known.at(sheet, index, limit)
        if head:
            found, index = head, head.last
            continue
        if token.lower in known.stops or not (
            token.text[0].isalpha() or token.text in "'’-\"“”" or token.lower in ("'s", "’s")
        ):
            break
        if found and not token.text[0].isupper():
            break
        index += 1
    return found
