"""Books of several machines or people become one: every line that this book lacks is added, under its own id.

A joined line is recorded at the moment of joining, since nothing was known here before; an act keeps who did it, and
when it was done first (``Entry.first``). Who may do what is each book's own matter, and is not joined.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby, islice
from pathlib import Path

from musterbook.errors import UsageError
from musterbook.ledger.book import Book, Clock, stamp
from musterbook.ledger.checking import verify
from musterbook.ledger.copies import check_good
from musterbook.ledger.deciding import check_right
from musterbook.ledger.lines import (
    Kind,
    Line,
    book_line,
    entry_line,
    entry_of,
    outcome_line,
    outcome_of,
    parsed,
)
from musterbook.ledger.open import MEMORY
from musterbook.ledger.outcomes import READ, again
from musterbook.ledger.slices import Progress
from musterbook.ledger.store import Shelf
from musterbook.ledger.text import texts_of
from musterbook.model import Act, Role

LOT = 64  # transactions of other books to one of this book
OWN = (Kind.BOOK, Kind.GRANT)  # what each book has for itself


@dataclass(frozen=True, slots=True)
class Left:
    """An act of another book that cannot stand in this one."""

    entry: str  # its id
    by: str
    act: Act
    why: str


@dataclass(frozen=True, slots=True)
class Joined:
    """What other books brought."""

    lines: dict[str, int]  # added, by kind
    known: int  # lines that were there already
    left: tuple[Left, ...]


@dataclass(frozen=True, slots=True)
class _Deed:
    """The lines that one book took in at one moment."""

    at: str
    book: int  # its place among the others
    lines: tuple[Line, ...]


def join(
    book: Book, others: Sequence[Book], clock: Clock, person: str = "", progress: Progress | None = None
) -> Joined:
    """Add what the others hold, in the order of their moments; doing it twice changes nothing.

    The order in which the others are named changes nothing either. UsageError where one of them is this book,
    BookError where one is not what it was, ForbiddenError unless the person is an admin of a book with people.
    """
    for other in others:
        if _is_one(other.store.name, book.store.name):
            raise UsageError(f"{other.store.name} is the book itself; name another one")
        check_good(verify(other.store, (), progress), other.store.name)
    joining = _Joining(book, clock, person)
    ordered = sorted(others, key=lambda other: other.head().edge.root)
    streams = [_deeds(other, place, progress) for place, other in enumerate(ordered)]
    deeds = heapq.merge(*streams, key=lambda deed: (deed.at, deed.book))
    while lot := list(islice(deeds, LOT)):
        joining.add(lot)
    return Joined(dict(sorted(joining.counts.items())), joining.known, tuple(joining.left))


def _is_one(other: str, book: str) -> bool:
    """Whether two names stand for one file or address."""
    if Path(other).exists() and Path(book).exists():
        return Path(other).samefile(book)
    return other == book != MEMORY


def _deeds(other: Book, place: int, progress: Progress | None) -> Iterator[_Deed]:
    """What a book took in, moment by moment."""
    lines = map(parsed, texts_of(other.store, progress))
    for at, held in groupby(lines, key=lambda line: line.at):
        yield _Deed(at, place, tuple(held))


class _Joining:
    """Lines on their way into the book."""

    def __init__(self, book: Book, clock: Clock, person: str) -> None:
        self._book, self._clock, self._person = book, clock, person
        self.counts: Counter[str] = Counter()
        self.known = 0
        self.left: list[Left] = []

    def add(self, lot: Sequence[_Deed]) -> None:
        """Some deeds in one transaction, each at a moment of its own."""
        lines, known, left = self._book.store.write(lambda shelf: self._add(shelf, lot))
        self.counts.update(lines)
        self.known += known
        self.left += left

    def _add(self, shelf: Shelf, lot: Sequence[_Deed]) -> tuple[Counter[str], int, list[Left]]:
        check_right(shelf, self._person, Role.ADMIN)
        counts: Counter[str] = Counter()
        known, left = 0, list[Left]()
        for deed in lot:
            head = shelf.head()
            at = stamp(self._clock(), head.at)
            told = _Told(shelf, deed.lines, at)
            lines = [line for one in deed.lines if (line := told.line(one))]
            known += told.known
            left += told.left
            if lines:
                counts.update(str(line.kind) for line in lines)
                lines = lines if head.edge.size else [book_line(at), *lines]
                shelf.write([line.at_place(n) for n, line in enumerate(lines, head.edge.size + 1)])
        return counts, known, left


class _Told:
    """The lines of one deed beside what the book holds."""

    def __init__(self, shelf: Shelf, lines: Sequence[Line], at: datetime) -> None:
        self._at = at
        self._deeds = {line.id: entry_of(line) for line in lines if line.kind in (Kind.ENTRY, Kind.NAME)}
        entries = self._deeds.values()
        asked = {line.id for line in lines} | {entry.target for entry in entries if entry.act is Act.UNDO}
        self._held = shelf.held(asked | {line.report for line in lines if line.report})
        said = {entry.statement.id for entry in entries if entry.statement}
        named = {name for entry in entries for name in (entry.target, entry.into) if name}
        self._matters = dict(shelf.matters(said | named | {line.matter for line in lines if line.matter}))
        self._before = frozenset(self._held)
        self.known = 0
        self.left: list[Left] = []

    def line(self, line: Line) -> Line | None:
        """The line for this book; None where it has it, or does not take it."""
        if line.kind in OWN:
            return None
        if line.id in self._held:
            self.known += 1
            return None
        found = self._made(line)
        if found is not None:
            self._held.add(found.id)
        return found

    def _made(self, line: Line) -> Line | None:
        if line.id in self._deeds:
            return self._entry(line)
        if line.kind is Kind.OUTCOME and line.report in self._before:
            return self._known_outcome(line)
        return line.moved(self._at)

    def _known_outcome(self, line: Line) -> Line:
        """Of a report that the book has under another name: that it came again."""
        told = outcome_of(line)
        if told.code != READ:
            return line.moved(self._at)
        return outcome_line(line.id, again(told, self._at))

    def _entry(self, line: Line) -> Line | None:
        """An act in its matter, unless this book has put the same things elsewhere."""
        entry = replace(self._deeds[line.id], recorded=self._at, first=self._deeds[line.id].made)
        said = entry.statement.id if entry.statement else ""
        matter = self._matters.get(line.matter, line.matter)
        if entry.act is Act.RECORD:
            matter = self._matters.get(said, said)
        if why := self._why_not(entry.act, entry.target, entry.into, said, matter, line.kind):
            self.left.append(Left(line.id, entry.by, entry.act, why))
            return None
        if said:
            self._matters[said] = matter
        return entry_line(entry, matter, line.kind)

    def _why_not(self, act: Act, target: str, into: str, said: str, matter: str, kind: Kind) -> str:
        """Why an act cannot stand in this book; empty where it can."""
        if act is Act.UNDO:
            return "" if target in self._held else "what it undoes was not joined"
        if kind is Kind.NAME or act is Act.RECORD:
            return ""
        if self._matters.get(target) != matter or (into and into not in self._matters):
            return "what it speaks of stands elsewhere in this book"
        if said and self._matters.get(said, matter) != matter:
            return "the statement that it brings stands on its own in this book"
        return ""
