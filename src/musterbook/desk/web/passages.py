"""A text with stretches of it marked, which may lie in each other or across: cut where any of them begins or ends."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from musterbook.values import Span


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that the same marks lie on."""

    words: str
    names: tuple[str, ...] = ()  # what the marks stand for, in order; empty where nothing is marked

    @property
    def is_marked(self) -> bool:
        """Whether any mark lies on it."""
        return bool(self.names)


def passages(text: str, marks: Iterable[tuple[Span, str]], whole: Span | None = None) -> Iterator[Passage]:
    """The text, or a part of it, in passages; marks beyond it are cut off, none is lost and no word told twice."""
    part = whole or Span(0, len(text))
    first, last = max(0, part.start), min(len(text), part.end)
    cut = [(max(first, span.start), min(last, span.end), name) for span, name in marks]
    cut = [one for one in cut if one[0] < one[1]]
    edges = sorted({first, last, *(start for start, _, _ in cut), *(end for _, end, _ in cut)})
    begun: dict[int, list[str]] = {}
    ended: dict[int, list[str]] = {}
    for start, end, name in cut:
        begun.setdefault(start, []).append(name)
        ended.setdefault(end, []).append(name)
    here: list[str] = []
    for start, end in itertools.pairwise(edges):
        for name in ended.get(start, ()):
            here.remove(name)
        here += begun.get(start, ())
        yield Passage(text[start:end], tuple(dict.fromkeys(here)))
