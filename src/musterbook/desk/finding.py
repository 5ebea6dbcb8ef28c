"""Looks for words in what the book holds: all of them must stand there, in any order, accents and case folded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from musterbook.lexicon.folding import fold

INNER = re.compile(r"(?<=\d),(?=\d)")
KEPT = 200_000  # texts whose folded form is kept: sentences and titles, some hundred bytes each


def wanted_words(words: str) -> tuple[str, ...]:
    """The words that are looked for, folded."""
    return tuple(dict.fromkeys(_folded(words).split()))


def has_words(wanted: Sequence[str], *texts: str) -> bool:
    """Whether every wanted word begins a word of these texts."""
    found = " ".join(map(_folded, texts))
    return all(f" {word}" in f" {found}" for word in wanted)


@lru_cache(KEPT)
def _folded(text: str) -> str:
    """The words of a text, parted by single blanks; 5,200 is 5200."""
    whole = INNER.sub("", fold(text))
    return " ".join("".join(sign if sign.isalnum() else " " for sign in whole).split())
