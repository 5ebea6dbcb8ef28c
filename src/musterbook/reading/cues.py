"""The words of saying, made ready once for each pack."""

from __future__ import annotations

from functools import cache

from musterbook.lexicon.pack import Pack

KINDS = ("say", "tell", "announce", "promise", "deny", "write", "decide", "reckon", "base")
_KINDS: dict[str, tuple[Pack, dict[str, str], dict[str, tuple[tuple[str, ...], ...]]]] = {}


def compiled(pack: Pack) -> tuple[Pack, dict[str, str], dict[str, tuple[tuple[str, ...], ...]]]:
    """The pack's verbs by form and its phrases by first word, made once."""
    held = _KINDS.get(pack.language)
    if held is None or held[0] is not pack:
        kinds = {w: k for k in reversed(KINDS) for w in pack.words("voices", "verbs", k)}
        by_first: dict[str, tuple[tuple[str, ...], ...]] = {}
        for phrase in sorted(pack.words("voices", "phrases", "according"), key=len, reverse=True):
            parts = tuple(phrase.split())
            by_first[parts[0]] = (*by_first.get(parts[0], ()), parts)
        held = _KINDS[pack.language] = (pack, kinds, by_first)
    return held


@cache
def agency_names(names: tuple[str, ...]) -> frozenset[str]:
    """The agencies' names without regard to case."""
    return frozenset(name.casefold() for name in names)


def cue_kinds(pack: Pack) -> dict[str, str]:
    """The kind of every verb form of saying."""
    return compiled(pack)[1]


def openings(pack: Pack) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Phrases like "according to", by their first word."""
    return compiled(pack)[2]
