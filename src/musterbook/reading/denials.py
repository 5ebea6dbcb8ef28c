"""What a sentence denies outright is denied, whatever else stands around it: "denied that", "it is not true that".

A denial reaches up to the first figure behind it, and no further than a "but" or a "saying".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from musterbook.lexicon.pack import Pack, load_pack
from musterbook.reading.phrases import ByFirst, by_first

REACH = 15  # tokens between a denial and the figure that it denies
BACK = 2  # tokens before a denial in which a word may take it away


@dataclass(frozen=True)
class Denials:
    """The pack's phrases of denying by their first word, what takes them away, and where they end."""

    starts: ByFirst
    unless: frozenset[str]
    stops: frozenset[str]


def is_denied(words: Sequence[str], pack: Pack) -> bool:
    """Whether the words of a sentence before a figure deny what the figure says."""
    denials = _denials(pack.language)
    for at in range(len(words) - 1, max(-1, len(words) - 1 - REACH), -1):
        word = words[at]
        if word in denials.stops or word[:1].isdigit():
            return False
        if any(tuple(words[at : at + len(p)]) == p for p in denials.starts.get(word, ())):
            return not denials.unless.intersection(words[max(0, at - BACK) : at])
    return False


@cache
def _denials(language: str) -> Denials:
    table = load_pack(language).table("verbs", "denial")
    return Denials(by_first(tuple(table["phrases"])), frozenset(table["unless"]), frozenset(table["stops"]))
