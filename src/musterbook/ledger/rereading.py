"""A newer reader's statements of a report beside those of the book: what is new, what changed, what is gone.

A statement that reads differently is the same matter when it has the same id, or when its words overlap and it has
the same figures or the same force and place. On a matter that a person has decided about nothing is proposed.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from musterbook.ledger.asof import folded, in_force
from musterbook.ledger.deciding import GUARD
from musterbook.ledger.entries import record, replace, retract
from musterbook.ledger.fields import Change, changes
from musterbook.model import Act, Contingent, Entry, Statement

Read = tuple[Statement, Contingent | None]  # what the newer reader says, and of which contingent


class Fate(StrEnum):
    """What became of a statement with a newer reader."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"
    KEPT = "kept"  # it would be another, but a person has decided on it


@dataclass(frozen=True, slots=True)
class Matter:
    """Every entry on one statement of the report, in the order written."""

    past: tuple[Entry, ...]

    @property
    def stands(self) -> Entry | None:
        """What the matter comes to: the first statement, where it was split."""
        return next(iter(folded(self.past).entries), None)

    @property
    def decision(self) -> Entry | None:
        """The last word of a person on it; the guard's holds and accepted proposals are none."""
        by_hand = (
            e for e in in_force(self.past) if e.act is not Act.RECORD and not e.reader and e.by != GUARD
        )
        return next(reversed(tuple(by_hand)), None)

    @property
    def versions(self) -> tuple[Entry, ...]:
        """Every entry that brought a statement."""
        return tuple(entry for entry in self.past if entry.statement)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One difference between the book and a newer reading."""

    fate: Fate
    before: Entry | None  # what stands in the book
    after: Entry | None  # what the newer reader would record; not written
    changes: tuple[Change, ...]
    seen: str = ""  # id of the last entry on the matter
    decision: Entry | None = None  # KEPT: what a person has decided


@dataclass(frozen=True, slots=True)
class Rereading:
    """One report read again: how many statements are the same, and what differs."""

    report: str  # id
    version: str  # of the reader
    same: int
    proposals: tuple[Proposal, ...]


def compare(
    report: str, matters: Sequence[Matter], reread: Iterable[Read], at: datetime, version: str
) -> Rereading:
    """The report's matters beside what the reader of that version finds now."""
    said = {s.id: record(s, where, at, "reader", version, f"reread with {version}") for s, where in reread}
    found, fresh = _matched(matters, tuple(said.values()))
    proposals = [_proposal(matter, found.get(n)) for n, matter in enumerate(matters)]
    proposals += [Proposal(Fate.NEW, None, entry, changes(None, entry)) for entry in fresh]
    differing = tuple(one for one in proposals if one is not None)
    same = sum(
        one is None and matter.stands is not None for one, matter in zip(proposals, matters, strict=False)
    )
    return Rereading(report, version, same, differing)


def accepted(proposal: Proposal, at: datetime, by: str, version: str) -> Entry | None:
    """The entry that makes a proposal stand, None where a person's decision is kept; signed by reader and person."""
    if proposal.fate is Fate.KEPT:
        return None
    was, now = proposal.before, proposal.after
    old = was.statement.id if was and was.statement else ""
    if now is None or now.statement is None:
        gone = retract(old, at, by, f"no longer found by {version}", proposal.seen)
        return dataclasses.replace(gone, reader=version)
    if not old:
        return dataclasses.replace(now, recorded=at, by=by, after=proposal.seen)
    return replace(old, now.statement, now.contingent, at, by, version, now.reason, proposal.seen)


def _matched(matters: Sequence[Matter], said: Sequence[Entry]) -> tuple[dict[int, Entry], list[Entry]]:
    """The new statement of each matter, and those that belong to none: first by id, then by their words."""
    found: dict[int, Entry] = {}
    places = {e.statement.id: n for n, m in enumerate(matters) for e in m.versions if e.statement}
    rest = []
    for entry in said:
        place = places.get(entry.statement.id) if entry.statement else None
        if place is None or place in found:
            rest.append(entry)
        else:
            found[place] = entry
    fresh = []
    for entry in rest:
        free = [n for n in range(len(matters)) if n not in found]
        best = max(free, key=lambda n: _likeness(matters[n], entry), default=None)
        if best is None or not _likeness(matters[best], entry):
            fresh.append(entry)
        else:
            found[best] = entry
    return found, fresh


def _likeness(matter: Matter, entry: Entry) -> int:
    """How much a statement looks like another reading of a matter; 0 where it is another claim."""
    return max((_alike(old.statement, entry.statement) for old in matter.versions), default=0)


def _alike(old: Statement | None, new: Statement | None) -> int:
    """What two statements whose words overlap have in common: figures count 2, force and place 1 each."""
    if old is None or new is None or not any(a.meets(b) for a in old.evidence for b in new.evidence):
        return 0
    figures = 2 if old.figures.key() == new.figures.key() else 0
    names = (old.force.code == new.force.code) + (_place(old) == _place(new))
    return figures + names if figures or names == 2 else 0


def _place(said: Statement) -> str:
    return said.place.code if said.place else ""


def _proposal(matter: Matter, now: Entry | None) -> Proposal | None:
    """What differs on one matter; None where nothing does."""
    was, decision = matter.stands, matter.decision
    differing = changes(was, now)
    if not differing:
        return None
    seen = matter.past[-1].id
    if decision is not None:
        return Proposal(Fate.KEPT, was, now, differing, seen, decision)
    if now is None:
        return Proposal(Fate.GONE, was, None, differing, seen)
    return Proposal(Fate.NEW if was is None else Fate.CHANGED, was, now, differing, seen)
