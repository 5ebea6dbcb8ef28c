"""Whether a book is what it was: every line is hashed again and held against the tree and against notes kept elsewhere.

A *checkpoint* is the size of the book and the root of its tree at a moment. Kept outside the book, it shows later
that nothing before it was changed, taken out or put in, and that the end was not cut off: not even by somebody who
hashes the whole book anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from musterbook.errors import BookError, UsageError
from musterbook.ledger.book import Book
from musterbook.ledger.lines import Line, columns_of, parsed
from musterbook.ledger.merkle import Edge, leaf_hash, path_of, root_of
from musterbook.ledger.store import Head, Query, Row, Shelf

Progress = Callable[[int, int], None]
"""Told how many lines of how many are done."""
STEP = 10_000  # lines between two calls of it


class Checkpoint(msgspec.Struct, frozen=True):
    """How the book stood at a moment."""

    at: str  # moment of the last line, UTC
    book: str  # leaf of the first line, in hexadecimal digits: which book it is
    root: str  # of the tree over all lines, in hexadecimal digits
    size: int  # lines


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was written; ``line`` is its place, 0 where no single line is to blame."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check came to: how many lines it saw, and the first faults, by place."""

    lines: int
    checkpoints: int  # that the book was held against
    faults: tuple[Fault, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found."""
        return not self.faults


class Proof(msgspec.Struct, frozen=True):
    """That one line stands in the book of a checkpoint; anyone can check it without the book (RFC 9162, 2.1.3)."""

    line: str
    n: int  # its place, from 1
    path: list[str]  # the audit path, lowest sister first, in hexadecimal digits
    root: str
    size: int


def checkpoint(book: Book) -> Checkpoint:
    """How the book stands now; UsageError for an empty one."""

    def work(shelf: Shelf) -> Checkpoint:
        head = shelf.head()
        first = next(shelf.leaves(1), None)
        if first is None:
            raise UsageError(f"{book.store.name} is empty; there is nothing to vouch for yet")
        return Checkpoint(_moment(head), first.hex(), head.edge.root.hex(), head.edge.size)

    return book.store.ask(work)


def write_checkpoint(file: Path, note: Checkpoint) -> bool:
    """Put the note at the end of the file, unless it is the last one there already; whether it was new."""
    held = read_checkpoints(file) if file.exists() else ()
    if held and held[-1] == note:
        return False
    if held and held[-1].book != note.book:
        raise UsageError(f"{file} holds checkpoints of another book; name another file")
    with file.open("ab") as out:
        out.write(msgspec.json.encode(note) + b"\n")
        out.flush()
    return True


def read_checkpoints(file: Path) -> tuple[Checkpoint, ...]:
    """The checkpoints of a file, oldest first; UsageError where it holds none."""
    try:
        lines = [line for line in file.read_bytes().splitlines() if line.strip()]
        found = tuple(msgspec.json.decode(line, type=Checkpoint) for line in lines)
    except OSError as trouble:
        raise UsageError(f"{file} cannot be read: {trouble.strerror}") from trouble
    except msgspec.MsgspecError as trouble:
        raise UsageError(f"{file} is no file of checkpoints: {trouble}") from trouble
    if not found:
        raise UsageError(f"{file} holds no checkpoint; write one with: musterbook checkpoint {file}")
    return found


def verify(book: Book, notes: Sequence[Checkpoint] = (), progress: Progress | None = None) -> Verdict:
    """Hash every line again, and hold it against its place, its columns, the tree and the checkpoints."""
    return book.store.ask(lambda shelf: _Check(shelf, notes, progress).run())


class _Check:
    """One pass over the lines."""

    def __init__(self, shelf: Shelf, notes: Sequence[Checkpoint], progress: Progress | None) -> None:
        self._shelf, self._notes, self._progress = shelf, notes, progress
        self._roots = {note.size: "" for note in notes}
        self._faults: list[Fault] = []
        self._edge = Edge()
        self._first = b""
        self._at = ""

    def run(self) -> Verdict:
        """What is wrong, the first line first."""
        head = self._head()
        rows = self._shelf.rows()
        total = head.edge.size if head else 0
        while (row := self._next(rows)) is not None:
            self._line(row)
            if self._progress and self._edge.size % STEP == 0:
                self._progress(self._edge.size, total)
        self._end(head)
        self._faults += [
            Fault(0, f"the seal {name} is gone: lines could be changed") for name in self._shelf.unsealed()
        ]
        faults = sorted(self._faults, key=lambda fault: (not fault.line, fault.line))
        return Verdict(self._edge.size, len(self._notes), tuple(faults))

    def _head(self) -> Head | None:
        try:
            return self._shelf.head()
        except (BookError, ValueError) as trouble:
            self._faults.append(Fault(0, f"the head of the book is broken: {trouble}"))
            return None

    def _next(self, rows: Iterator[Row]) -> Row | None:
        """The next row; one that the database cannot even give is a fault, and the end."""
        try:
            return next(rows, None)
        except BookError as trouble:
            self._faults.append(Fault(self._edge.size + 1, f"cannot be read: {trouble}"))
            return None

    def _line(self, row: Row) -> None:
        """One line."""
        place = self._edge.size + 1
        leaf = leaf_hash(row.text.encode()) if isinstance(row.text, str) else b""
        self._first = self._first or leaf
        if wrong := self._wrong(row, place, leaf):
            self._faults.append(Fault(place, wrong))
        self._edge = self._edge.grown([leaf])
        if self._edge.size in self._roots:
            self._roots[self._edge.size] = self._edge.root.hex()

    def _wrong(self, row: Row, place: int, leaf: bytes) -> str:
        """What is wrong with a line, or nothing."""
        if row.n != place:
            return f"is gone, or out of its place: the next one is {row.n}"
        if leaf != row.leaf:
            return "its text or its hash was changed"
        try:
            held = parsed(row.text)
        except BookError as trouble:
            return f"its text was changed: {trouble}"
        if columns_of(held) != row.columns:
            return "what it is found by was changed"
        before, self._at = self._at, held.at
        return f"its moment {held.at} lies before the last line's" if held.at < before else ""

    def _end(self, head: Head | None) -> None:
        """The end of the book, and the checkpoints."""
        edge = self._edge
        if head is not None and head.edge.size != edge.size:
            self._faults.append(
                Fault(
                    min(head.edge.size, edge.size) + 1,
                    f"the book should end at {head.edge.size}, but ends at {edge.size}",
                )
            )
        elif head is not None and (head.edge != edge or _moment(head) != self._at):
            self._faults.append(Fault(0, "the tree over the lines is not the one that was kept"))
        last = 0
        for note in sorted(self._notes, key=lambda note: note.size):
            if fault := self._against(note, last):
                self._faults.append(fault)
                return
            last = note.size

    def _against(self, note: Checkpoint, last: int) -> Fault | None:
        """The book against one checkpoint, the one before it being right."""
        if note.book != self._first.hex():
            return Fault(1, f"this is another book than the one of the checkpoint of {note.at}")
        if note.size > self._edge.size:
            told = f"the book ends at {self._edge.size}, but had {note.size} lines at {note.at}"
            return Fault(
                self._edge.size + 1, f"{told}: its end was cut off, or an old copy was put in its place"
            )
        if self._roots[note.size] != note.root:
            return Fault(
                last + 1, f"lines {last + 1} to {note.size} are not those of the checkpoint of {note.at}"
            )
        return None


def prove(book: Book, identity: str, note: Checkpoint | None = None) -> Proof:
    """The proof that the line of an entry, a statement, a report or a doubt stands in the book.

    It leads to the root of that checkpoint, of the book as it is now when None. UsageError where there is no such line
    or it came after the checkpoint.
    """

    def work(shelf: Shelf) -> Proof:
        line = next(iter(shelf.find(Query(ids=[identity]))), None) or _first_of(shelf, identity)
        size = note.size if note else shelf.head().edge.size
        if line is None:
            raise UsageError(f"nothing in the book has the id {identity[:12]}")
        if line.n > size:
            raise UsageError(f"line {line.n} came after that checkpoint of {size} lines; write a new one")
        leaves = list(shelf.leaves(size))
        path = [sister.hex() for sister in path_of(leaves, line.n - 1)]
        return Proof(line.text, line.n, path, root_of(leaves).hex(), size)

    return book.store.ask(work)


def _first_of(shelf: Shelf, statement: str) -> Line | None:
    """The line that brought a statement last."""
    matter = shelf.matters([statement]).get(statement)
    lines: Iterable[Line] = shelf.find(Query(matters=[matter])) if matter else ()
    return next((line for line in reversed(list(lines)) if line.statement == statement), None)


def _moment(head: Head) -> str:
    return head.at.isoformat(timespec="microseconds") if head.at else ""


def described(note: Checkpoint) -> dict[str, Any]:
    """The checkpoint in JSON's own types."""
    held: dict[str, Any] = msgspec.to_builtins(note)
    return held
