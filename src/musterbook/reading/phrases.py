"""Phrases of several words, looked up by their first."""

from __future__ import annotations

from functools import cache

ByFirst = dict[str, tuple[tuple[str, ...], ...]]  # first word -> the words of each phrase


@cache
def by_first(phrases: tuple[str, ...]) -> ByFirst:
    """Phrases by their first word, longest first."""
    found: ByFirst = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        words = tuple(phrase.split())
        found[words[0]] = (*found.get(words[0], ()), words)
    return found
