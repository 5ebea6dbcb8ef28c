"""The family tree of an utterance, in the order in which it is read: each statement under what it goes back to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from musterbook.findings import Descent, Utterance


@dataclass(frozen=True, slots=True)
class Branch:
    """One statement in its place; ``depth`` 0 is the first appearance, which has no descent."""

    statement: str  # id
    depth: int
    descent: Descent | None


def tree(utterance: Utterance) -> tuple[Branch, ...]:
    """Every statement of an utterance, parents before children, children as they appeared."""
    below: dict[str, list[Descent]] = defaultdict(list)
    for descent in utterance.descents:
        below[descent.parent].append(descent)
    return tuple(_grown(utterance.statements[0], below))


def _grown(root: str, below: dict[str, list[Descent]]) -> Iterator[Branch]:
    """The root and all under it, without recursion: a chain of repeats may be long."""
    waiting = [Branch(root, 0, None)]
    while waiting:
        branch = waiting.pop()
        yield branch
        children = reversed(below.get(branch.statement, ()))
        waiting.extend(Branch(child.statement, branch.depth + 1, child) for child in children)
