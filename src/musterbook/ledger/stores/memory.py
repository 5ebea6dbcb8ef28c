"""Lines in memory: the plainest store, for tests, for trials, and as the yardstick of the others."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from musterbook.ledger.lines import Line, columns_of, moment_text
from musterbook.ledger.merkle import Edge
from musterbook.ledger.store import Head, Query, Row, Shelf
from musterbook.model import Contingent

T = TypeVar("T")


class MemoryStore:
    """A list of lines; gone when the program ends."""

    name = ":memory:"

    def __init__(self) -> None:
        self._shelf = MemoryShelf()

    def write(self, work: Callable[[Shelf], T]) -> T:
        """See ``Store.write``; lines are put down in one step at the end, so nothing is left half done."""
        return work(self._shelf)

    def ask(self, work: Callable[[Shelf], T]) -> T:
        """See ``Store.ask``."""
        return work(self._shelf)

    def facts(self) -> Mapping[str, str]:
        """See ``Store.facts``."""
        return {}

    def damage(self) -> Sequence[str]:
        """See ``Store.damage``."""
        return ()

    def close(self) -> None:
        """See ``Store.close``."""


class MemoryShelf:
    """See ``Shelf``."""

    def __init__(self) -> None:
        self._lines: list[Line] = []
        self._ids: set[str] = set()
        self._matters: dict[str, str] = {}
        self._edge = Edge()

    def head(self) -> Head:
        """See ``Shelf.head``."""
        return Head(self._edge, datetime.fromisoformat(self._lines[-1].at) if self._lines else None)

    def find(self, query: Query) -> Iterator[Line]:
        """See ``Shelf.find``."""
        matters = set(query.matters)
        if query.contingents:
            wanted = set(query.contingents)
            matters |= {line.matter for line in self._lines[: query.last] if line.contingent in wanted}
        for line in self._lines[query.first - 1 : query.last]:
            if (
                (not query.kinds or line.kind in query.kinds)
                and (not query.ids or line.id in query.ids)
                and (not (query.matters or query.contingents) or line.matter in matters)
                and (not query.reports or line.report in query.reports)
            ):
                yield line

    def texts(self, query: Query) -> Iterator[str]:
        """See ``Shelf.texts``."""
        return (line.text for line in self.find(query))

    def held(self, ids: Collection[str]) -> set[str]:
        """See ``Shelf.held``."""
        return self._ids.intersection(ids)

    def matters(self, statements: Collection[str]) -> Mapping[str, str]:
        """See ``Shelf.matters``."""
        return {one: self._matters[one] for one in statements if one in self._matters}

    def said(self, first: int, last: int) -> Mapping[str, int]:
        """See ``Shelf.said``."""
        return Counter(line.report for line in self._lines[first - 1 : last] if line.statement)

    def contingents(self, codes: Collection[str] = ()) -> set[Contingent]:
        """See ``Shelf.contingents``."""
        found = {line.contingent for line in self._lines if line.contingent}
        return {one for one in found if not codes or not one.codes.isdisjoint(codes)}

    def place(self, known: datetime) -> int:
        """See ``Shelf.place``."""
        return bisect_right(self._lines, moment_text(known), key=lambda line: line.at)

    def leaves(self, last: int | None = None) -> Iterator[bytes]:
        """See ``Shelf.leaves``."""
        return (line.leaf for line in self._lines[:last])

    def named(self, beginning: str) -> Iterator[Line]:
        """See ``Shelf.named``."""
        return (
            line
            for line in self._lines
            if any(id_.startswith(beginning) for id_ in (line.id, line.statement))
        )

    def rows(self, after: int | None, many: int) -> list[Row]:
        """See ``Shelf.rows``."""
        found = self._lines[after or 0 : (after or 0) + many]
        return [Row(line.n, line.text, line.leaf, columns_of(line)) for line in found]

    def oddities(self) -> Iterator[str]:
        """See ``Shelf.oddities``."""
        return iter(())

    def write(self, lines: Sequence[Line]) -> None:
        """See ``Shelf.write``."""
        self._lines += lines
        self._ids |= {line.id for line in lines}
        self._matters |= {line.statement: line.matter for line in lines if line.statement}
        self._edge = self._edge.grown(line.leaf for line in lines)
