"""The words of all packs by which a page that may hold a statement is known from its bytes, unparsed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from musterbook.lexicon.pack import Pack, languages, load_pack
from musterbook.lexicon.register import load_register

FILE = "gate"
SHORT = 5  # letters of a mission's short name that is no other word
NUMBERS = (  # where in numbers.toml the words for numbers stand: tables of them, then lists
    ("units", "tens", "magnitudes", "magnitudes_after"),
    (
        ("vague", "plurals"),
        ("vague", "before_plural"),
        ("vague", "few"),
        ("vague", "couple"),
        ("half",),
        ("all", "every"),
        ("all", "last"),
        ("all", "none"),
    ),
)
SHARES = (("shares", "named"), ("shares", "times"))


@dataclass(frozen=True)
class GateWords:
    """Small letters throughout: beginnings of words, whole words, and words for numbers."""

    beginnings: tuple[str, ...]
    whole: tuple[str, ...]
    numbers: frozenset[str]


@cache
def gate_words() -> GateWords:
    """The words of every pack that ships, and the names of peoples and missions in the register."""
    packs = [load_pack(language) for language in languages()]
    peoples = {one.words.lower() for one in load_register().phrases if one.form == "people"}
    beginnings = {word for pack in packs for word in (*pack.words(FILE, "signs"), *_strong(pack))}
    whole = {word for pack in packs for word in pack.words(FILE, "whole")}
    whole |= {
        one.words.lower() for one in load_register().phrases if one.form == "mission" and _is_short(one.words)
    }
    numbers = frozenset(word for pack in packs for word in _numbers(pack))
    return GateWords(_shortest(beginnings | peoples), tuple(sorted(whole)), numbers)


def _is_short(name: str) -> bool:
    """Whether a mission's name is a word of its own: UNAMSIL, not "Unity"."""
    return name.isalpha() and name.isupper() and len(name) >= SHORT


def _strong(pack: Pack) -> set[str]:
    """The nouns that count people under arms, with the plurals that are no mere longer words."""
    nouns = set(pack.words("units", "strong")) - set(pack.words(FILE, "common"))
    plurals = pack.table("units", "plurals")
    return nouns | {plurals[noun] for noun in nouns if noun in plurals}


def _numbers(pack: Pack) -> set[str]:
    """The words that stand for a number or a share."""
    tables, lists = NUMBERS
    found = {word for name in tables for word in pack.table("numbers", name)}
    found |= {word for path in SHARES for word in pack.table("numbers", *path)}
    return (
        found
        | {word for path in lists for word in pack.words("numbers", *path)}
        | set(pack.words(FILE, "numbers"))
    )


def _shortest(words: set[str]) -> tuple[str, ...]:
    """The words without those that only begin with another of them."""
    found: list[str] = []
    for word in sorted(words):
        if not found or not word.startswith(found[-1]):
            found.append(word)
    return tuple(found)
