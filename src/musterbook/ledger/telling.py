"""The history of a matter told line by line: who did what, why, and what it changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from musterbook.ledger.asof import folded, is_statement
from musterbook.ledger.fields import Change, changes
from musterbook.model import STATING, Act, Entry, Role


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a history, with what it came to."""

    entry: Entry
    changes: tuple[Change, ...]  # before -> after, field by field; of an undoing, the way back
    about: Entry | None = None  # of an undoing, what it undoes; else the entry that brought its target


@dataclass(frozen=True, slots=True)
class Overtaken:
    """What happened to a matter since somebody looked at it."""

    since: tuple[Entry, ...]
    changes: tuple[Change, ...]  # from what was seen to what stands now


def steps(entries: Iterable[Entry]) -> tuple[Step, ...]:
    """The entries, in the order written, each with what it changed."""
    said: dict[str, Entry] = {}  # statement id -> the entry that brought it last
    told: dict[str, Step] = {}  # entry id -> its step
    roles: dict[str, str] = {}
    found = []
    for entry in entries:
        step = _step(entry, said, told, roles)
        found.append(step)
        told[entry.id] = step
        if entry.statement is not None:
            said[entry.statement.id] = entry
        if entry.act is Act.GRANT:
            roles[entry.target] = entry.into
    return tuple(found)


def _step(entry: Entry, said: dict[str, Entry], told: dict[str, Step], roles: dict[str, str]) -> Step:
    """One entry after those told already."""
    if entry.act is Act.UNDO:
        undone = told.get(entry.target)
        back = tuple(change.reversed for change in undone.changes) if undone else ()
        return Step(entry, back, undone.entry if undone else None)
    if entry.act is Act.GRANT:
        return Step(entry, (Change("role", roles.get(entry.target, str(Role.NONE)), entry.into),))
    about = said.get(entry.target)
    if entry.act in STATING:
        return Step(entry, changes(about, entry) if entry.target else (), about)
    if entry.act is Act.MERGE and not is_statement(entry.target):
        return Step(entry, (Change("name", entry.target, entry.into),))
    return Step(entry, (), about)


def overtaken(past: Sequence[Entry], seen: str) -> Overtaken:
    """What came after the entry ``seen`` (everything, where it is not of this matter), and what it comes to."""
    at = next((n for n, entry in enumerate(past, 1) if entry.id == seen), 0)
    return Overtaken(tuple(past[at:]), changes(_stands(past[:at]), _stands(past)))


def _stands(past: Sequence[Entry]) -> Entry | None:
    """The statement that a matter comes to: the first, where it was split."""
    return next(iter(folded(past).entries), None)
