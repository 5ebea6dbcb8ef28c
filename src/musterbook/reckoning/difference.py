"""What was learned between two moments of a book: which figures changed, and by which lines.

Both moments are asked about one day of the world, so what differs is only what the book knew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from musterbook.findings import Estimate, Pledge
from musterbook.model import Act, Contingent, Entry

NEW, GONE, MOVED, HELD, RELEASED, CONFIRMED = "new", "gone", "moved", "held", "released", "confirmed"
CHANGED, RENAMED, RESTORED = "changed", "renamed", "restored"
ENDS = {Act.RETRACT: "retracted", Act.REPLACE: "replaced", Act.MERGE: "merged", Act.UNDO: "undone"}


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What a book comes to at one moment, for one day of the world."""

    entries: Sequence[Entry]  # all that stand, those that are held among them
    held: Mapping[str, str]  # statement id -> why it is held
    confirmed: frozenset[str]  # ids of statements that somebody vouches for
    names: Mapping[str, str]  # code -> the code that it is the same as
    estimates: Sequence[Estimate]
    pledges: Sequence[Pledge]


@dataclass(frozen=True, slots=True)
class News:
    """One statement of which the book holds something else than before."""

    what: str  # one of the words above, or how it ended (``ENDS``)
    statement: str  # id
    entry: Entry | None  # the entry that brings it, or brought it last
    act: Entry | None  # the line that did it; None where a guard did
    detail: str = ""  # why it is held, or from where it came and where it went


@dataclass(frozen=True, slots=True)
class Shift:
    """One contingent of which the book says something else than before."""

    contingent: Contingent
    before: Estimate | None
    after: Estimate | None
    news: tuple[News, ...]

    @property
    def moves(self) -> bool:
        """Whether the figure itself is another one."""
        return _figure(self.before) != _figure(self.after)


@dataclass(frozen=True, slots=True)
class PledgeShift:
    """An announcement that is new or gone, or has another verdict."""

    before: Pledge | None
    after: Pledge | None


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs between two moments."""

    shifts: tuple[Shift, ...] = ()
    pledges: tuple[PledgeShift, ...] = ()


def difference(before: Knowledge, after: Knowledge, journal: Sequence[Entry], since: datetime) -> Difference:
    """What the later knowledge has that the earlier had not, and the other way round.

    ``journal`` holds every entry up to the later moment in the order written; ``since`` is the earlier moment.
    """
    told = _Telling(before, after, {entry.id: entry for entry in journal})
    told.note([entry for entry in journal if entry.recorded > since])
    news: dict[Contingent, list[News]] = defaultdict(list)
    for contingent, one in told.news():
        news[contingent].append(one)
    old = {estimate.contingent: estimate for estimate in before.estimates}
    new = {estimate.contingent: estimate for estimate in after.estimates}
    shifts = (
        Shift(contingent, old.get(contingent), new.get(contingent), tuple(news.get(contingent, ())))
        for contingent in sorted({*old, *new, *news})
    )
    changed = tuple(shift for shift in shifts if shift.moves or shift.news)
    return Difference(changed, tuple(_pledges(before.pledges, after.pledges)))


@dataclass(slots=True)
class _Telling:
    """The statements of two moments, one beside the other."""

    before: Knowledge
    after: Knowledge
    by_id: Mapping[str, Entry]  # every entry
    last: dict[str, Entry] = field(
        default_factory=dict
    )  # statement id, or code -> the last line on it since then
    joined: Entry | None = None  # the last line that joined two names, or parted them

    def note(self, acts: Iterable[Entry]) -> None:
        """Remember which line was the last on each statement."""
        for act in acts:
            base = act
            while base.act is Act.UNDO:
                base = self.by_id[base.target]
            for name in (base.target, base.statement.id if base.statement else ""):
                self.last[name] = act
            if base.act is Act.MERGE and base.target in {**self.before.names, **self.after.names}:
                self.joined = act

    def news(self) -> Iterator[tuple[Contingent, News]]:
        """What differs of each statement, under each contingent that it concerns."""
        old, new = _by_statement(self.before.entries), _by_statement(self.after.entries)
        for statement in {**old, **new}:
            was, now = old.get(statement), new.get(statement)
            here, there = was.contingent if was else None, now.contingent if now else None
            if was and now and here != there:
                yield from self._moved(statement, was, now)
            elif (contingent := here or there) and (what := self._what(statement, was, now)):
                act = self.last.get(statement)
                detail = self.after.held.get(statement, "") if HELD in what else ""
                yield contingent, News(what, statement, now or was, act, detail)

    def _moved(self, statement: str, was: Entry, now: Entry) -> Iterator[tuple[Contingent, News]]:
        """A statement that counts for another contingent: told under both."""
        act = self.last.get(statement)
        what = MOVED if act else RENAMED
        act = act or self.joined
        if was.contingent:
            where = f"to {now.contingent.id}" if now.contingent else "to no contingent"
            yield was.contingent, News(what, statement, was, act, where)
        if now.contingent:
            where = f"from {was.contingent.id}" if was.contingent else "from no contingent"
            yield now.contingent, News(what, statement, now, act, where)

    def _what(self, statement: str, was: Entry | None, now: Entry | None) -> str:
        """What happened to a statement of one contingent; empty where nothing did."""
        before, after = statement in self.before.held, statement in self.after.held
        act = self.last.get(statement)
        if was is None:
            what = RESTORED if act and act.act is Act.UNDO else NEW
            return f"{what}, {HELD}" if after else what
        if now is None:
            return ENDS.get(act.act, GONE) if act else GONE
        if before != after:
            return HELD if after else RELEASED
        if was.statement != now.statement:
            return CHANGED
        vouched = statement in self.after.confirmed and statement not in self.before.confirmed
        return CONFIRMED if vouched else ""


def _by_statement(entries: Iterable[Entry]) -> dict[str, Entry]:
    return {entry.statement.id: entry for entry in entries if entry.statement}


def _pledges(before: Sequence[Pledge], after: Sequence[Pledge]) -> Iterator[PledgeShift]:
    """Announcements that are new, gone, or judged otherwise, in the order of the later ones."""
    old, new = {pledge.id: pledge for pledge in before}, {pledge.id: pledge for pledge in after}
    for pledge in after:
        was = old.get(pledge.id)
        if was is None or was.verdict != pledge.verdict:
            yield PledgeShift(was, pledge)
    for pledge in before:
        if pledge.id not in new:
            yield PledgeShift(pledge, None)


def _figure(estimate: Estimate | None) -> tuple[int | None, ...]:
    """The numbers of an estimate; one that is not there has none, like an unknown one."""
    return (estimate.low, estimate.best, estimate.high) if estimate else (None, None, None)
