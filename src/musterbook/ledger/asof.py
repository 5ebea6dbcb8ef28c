"""What could be known at a moment is one fold over the lines written by then; later lines never change it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from musterbook.model import STATING, Act, Contingent, Entry, Role


@dataclass(frozen=True, slots=True)
class Standing:
    """All that the entries of a book come to at one moment."""

    entries: tuple[
        Entry, ...
    ] = ()  # statements that stand, in the order written, under the names of that moment
    confirmed: Mapping[str, Entry] = field(default_factory=dict)  # statement id -> who vouches for it
    held: Mapping[str, Entry] = field(default_factory=dict)  # statement id -> what keeps it back
    merged: Mapping[str, str] = field(default_factory=dict)  # statement id -> the one it is the same as
    echoes: Mapping[str, str] = field(
        default_factory=dict
    )  # statement id -> the one that somebody says it echoes, "" where it is said to stand by itself
    names: Mapping[str, str] = field(default_factory=dict)  # code -> the code it is the same as
    roles: Mapping[str, Role] = field(default_factory=dict)  # person -> role; none at all: nobody is kept out


def standing(entries: Iterable[Entry], known: datetime | None = None) -> tuple[Entry, ...]:
    """The entries that stand at that moment (after all of them when None), in the order written.

    ``entries`` come in the order written. An act works from its own ``recorded`` on.
    """
    return folded(e for e in entries if known is None or e.recorded <= known).entries


def folded(entries: Iterable[Entry]) -> Standing:
    """What these entries, in the order written, come to."""
    fold = _Fold()
    for entry in in_force(entries):
        fold.take(entry)
    stands = tuple(fold.stands.values())
    if fold.names:
        stands = tuple(
            replace(e, contingent=renamed(e.contingent, fold.names)) if e.contingent else e for e in stands
        )
    return Standing(stands, fold.confirmed, fold.held, fold.merged, fold.echoes, fold.names, fold.roles)


def in_force(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries that were not undone, without those that undo."""
    written = as_made(entries)
    gone = undone(written)
    return tuple(e for e in written if e.act is not Act.UNDO and not (gone and e.id in gone))


def as_made(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries in the order in which they were made, first records before all acts.

    In a book that others were joined to that may not be the order written: whoever decided last, in whichever book,
    has the last word, and it does not matter which book was joined first.
    """
    written = tuple(entries)
    if not any(e.first for e in written):
        return written
    return tuple(sorted(written, key=lambda e: (e.act is not Act.RECORD or bool(e.reason), e.made)))


def undone(entries: Iterable[Entry]) -> frozenset[str]:
    """The ids of the entries that no longer count; an undoing may itself be undone."""
    gone: set[str] = set()
    for entry in reversed(tuple(entries)):
        if entry.act is Act.UNDO and entry.id not in gone:
            gone.add(entry.target)
    return frozenset(gone)


def renamed(contingent: Contingent, names: Mapping[str, str]) -> Contingent:
    """The contingent under the codes that were found to be the same."""
    if not names:
        return contingent
    codes = (contingent.force, contingent.place, contingent.mission)
    return Contingent(*(joint_name(code, names) for code in codes))


def joint_name(code: str, names: Mapping[str, str]) -> str:
    """The code that stands for a code, or for each part of a joint one ("IRQ+SYR")."""
    if code in names or "+" not in code:
        return name_of(code, names)
    return "+".join(name_of(part, names) for part in code.split("+"))


def name_of(code: str, names: Mapping[str, str]) -> str:
    """The code at the end of the chain of codes that are the same."""
    seen: set[str] = set()
    while code in names and code not in seen:
        seen.add(code)
        code = names[code]
    return code


class _Fold:
    """What stands, while the entries go by."""

    def __init__(self) -> None:
        self.stands: dict[str, Entry] = {}
        self.confirmed: dict[str, Entry] = {}
        self.held: dict[str, Entry] = {}
        self.merged: dict[str, str] = {}
        self.echoes: dict[str, str] = {}
        self.names: dict[str, str] = {}
        self.roles: dict[str, Role] = {}
        self._heirs: dict[str, str] = {}  # statement -> the one that took its place

    def take(self, entry: Entry) -> None:
        """One more entry."""
        if entry.act in STATING:
            self._state(entry)
        elif entry.act is Act.RETRACT:
            self._drop(self._heir(entry.target))
        elif entry.act is Act.CONFIRM:
            self.confirmed[entry.target] = entry
            self.held.pop(entry.target, None)
        elif entry.act is Act.HOLD:
            self.held[entry.target] = entry
            self.confirmed.pop(entry.target, None)
        elif entry.act is Act.MERGE:
            self._merge(entry)
        elif entry.act in (Act.ECHO, Act.APART):
            self.echoes[entry.target] = entry.into
        elif entry.act is Act.GRANT:
            self._grant(entry)

    def _state(self, entry: Entry) -> None:
        """A statement enters; what a person puts in by hand is vouched for."""
        said = entry.statement.id if entry.statement else ""
        if entry.act is Act.REPLACE:
            self._drop(self._heir(entry.target))
            self._heirs[entry.target] = said
        self._drop(said)  # said again: it stands where it was written last
        self.stands[said] = entry
        self.merged.pop(said, None)
        if entry.act is not Act.RECORD and not entry.reader:
            self.confirmed[said] = entry

    def _heir(self, statement: str) -> str:
        """What stands where the statement stood: another one where two joined books decided on it, else itself."""
        seen: set[str] = set()
        heir = statement
        while heir not in self.stands and heir in self._heirs and heir not in seen:
            seen.add(heir)
            heir = self._heirs[heir]
        return heir

    def _drop(self, statement: str) -> None:
        self.stands.pop(statement, None)
        self.confirmed.pop(statement, None)
        self.held.pop(statement, None)
        self.echoes.pop(statement, None)

    def _merge(self, entry: Entry) -> None:
        """Two statements are one claim, or two codes one name."""
        if is_statement(entry.target):
            self._drop(entry.target)
            self.merged[entry.target] = entry.into
        else:
            self.names[entry.target] = entry.into

    def _grant(self, entry: Entry) -> None:
        """A role; NONE takes it away."""
        if entry.into == Role.NONE:
            self.roles.pop(entry.target, None)
        else:
            self.roles[entry.target] = Role(entry.into)


def is_statement(target: str) -> bool:
    """Whether the target of an act is the id of a statement, rather than a code of the registers."""
    return re.fullmatch(r"[0-9a-f]{64}", target) is not None
