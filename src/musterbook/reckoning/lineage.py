"""Who goes back to whom: every statement has one parent or none, and no statement goes back to itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from musterbook.findings import Descent


class Lineage:
    """The parents of some statements, which are named in the order of their appearance."""

    def __init__(self, statements: Iterable[str]) -> None:
        self._order = {statement: n for n, statement in enumerate(statements)}
        self._descents: dict[str, Descent] = {}

    def of(self, statement: str) -> Descent | None:
        """What a statement goes back to, None where it is the first."""
        return self._descents.get(statement)

    def add(self, descent: Descent) -> None:
        """A statement goes back to an earlier one."""
        self._descents[descent.statement] = descent

    def decide(self, statement: str, into: str, reason: str) -> None:
        """A person's word: it echoes another, or stands by itself (""); what is not there changes nothing."""
        if statement not in self._order or (into and into not in self._order) or into == statement:
            return
        was = self._descents.pop(statement, None)
        if not into:
            return
        self._free(into, statement, was)
        self._descents[statement] = Descent(statement, into, reason, False)

    def _free(self, into: str, statement: str, was: Descent | None) -> None:
        """Where the new parent goes back to the statement itself, it goes back to the old parent of that instead."""
        below = into
        while (descent := self._descents.get(below)) is not None:
            if descent.parent == statement:
                del self._descents[below]
                if was is not None:
                    self._descents[below] = Descent(below, was.parent, was.reason, was.repeats)
                return
            below = descent.parent

    def first(self, statement: str) -> str:
        """The statement at the root."""
        path = [statement]
        while (descent := self._descents.get(path[-1])) is not None:
            path.append(descent.parent)
        return path[-1]

    def groups(self) -> list[list[str]]:
        """The statements of each root, it first, then in the order of their appearance; roots in theirs."""
        roots: dict[str, str] = {}
        for statement in self._order:
            if statement not in roots:
                self._climb(statement, roots)
        found: dict[str, list[str]] = defaultdict(list)
        for statement in self._order:
            if roots[statement] != statement:
                found[roots[statement]].append(statement)
        return [[root, *found.get(root, ())] for root in self._order if roots[root] == root]

    def _climb(self, statement: str, roots: dict[str, str]) -> None:
        """Note the root of a statement and of all on the way to it."""
        path = [statement]
        while path[-1] not in roots and (descent := self._descents.get(path[-1])) is not None:
            path.append(descent.parent)
        root = roots.get(path[-1], path[-1])
        roots.update(dict.fromkeys(path, root))
