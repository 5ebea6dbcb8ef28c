"""The words of saying, made ready once for each pack."""

from __future__ import annotations

from functools import cache

from musterbook.lexicon.pack import Pack
from musterbook.reading.phrases import ByFirst, by_first

KINDS = ("say", "tell", "announce", "promise", "deny", "write", "decide", "reckon", "base")
_KINDS: dict[str, tuple[Pack, dict[str, str], ByFirst]] = {}


def compiled(pack: Pack) -> tuple[Pack, dict[str, str], ByFirst]:
    """The pack's verbs by form and its phrases by first word, made once."""
    held = _KINDS.get(pack.language)
    if held is None or held[0] is not pack:
        kinds = {w: k for k in reversed(KINDS) for w in pack.words("voices", "verbs", k)}
        opening = by_first(pack.words("voices", "phrases", "according"))
        held = _KINDS[pack.language] = (pack, kinds, opening)
    return held


@cache
def agency_names(names: tuple[str, ...]) -> frozenset[str]:
    """The agencies' names without regard to case."""
    return frozenset(name.casefold() for name in names)


def cue_kinds(pack: Pack) -> dict[str, str]:
    """The kind of every verb form of saying."""
    return compiled(pack)[1]


def openings(pack: Pack) -> ByFirst:
    """Phrases like "according to", by their first word."""
    return compiled(pack)[2]
