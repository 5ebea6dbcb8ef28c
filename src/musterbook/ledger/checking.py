"""Whether a book is what it was: every line is hashed again and held against its place, its columns and the tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from musterbook.errors import BookError
from musterbook.ledger.checkpoints import Checkpoint
from musterbook.ledger.inspecting import Inspector
from musterbook.ledger.lines import Kind, moment_text, report_of, told_by
from musterbook.ledger.merkle import Edge, leaf_hash
from musterbook.ledger.packing import why_no_text
from musterbook.ledger.slices import Progress, slices
from musterbook.ledger.store import Head, Query, Row, Store
from musterbook.model import Report

LISTED = 20  # faults that are told one by one; the others are counted


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was written; ``line`` is its place, 0 where no single line is to blame."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check came to: how the book stands, the first faults by place, and how many there are in all."""

    lines: int  # that were looked at
    checkpoints: int  # that the book was held against
    now: Checkpoint | None = None  # None where the book is empty or not clean
    faults: tuple[Fault, ...] = ()
    count: int = 0  # of all faults

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found."""
        return not self.faults


def verify(store: Store, notes: Sequence[Checkpoint] = (), progress: Progress | None = None) -> Verdict:
    """Hash every line again, and hold it against its place, its columns, the tree and the checkpoints.

    Where a line was changed together with its hash, every line is made anew from what it holds, to find which.
    """
    check = _Check(notes)
    try:
        for head, rows in slices(store):
            check.take(head, rows)
            if progress:
                progress(check.place, check.size)
    except BookError as trouble:
        check.blame(Fault(check.place + 1, f"cannot be read: {trouble}"))
    if doubt := check.end():
        odd = next(inspect(store, inspector_of(store)), None)
        check.blame(odd if odd and odd.line <= check.place else doubt)
    for oddity in store.ask(lambda shelf: tuple(shelf.oddities())):
        check.blame(Fault(0, oddity))
    return check.verdict()


def inspector_of(store: Store) -> Inspector:
    """An inspector who asks the book for the reports that lie far behind."""
    return Inspector(lambda identity: _report(store, identity))


def inspect(store: Store, inspector: Inspector, progress: Progress | None = None) -> Iterator[Fault]:
    """Make every line anew from what it holds, and follow what it points to: slower than ``verify``, and deeper."""
    for head, rows in slices(store):
        for row in rows:
            if wrong := inspector.wrong(row.n, row.text):
                yield Fault(row.n, wrong)
        if progress and rows:
            progress(rows[-1].n, head.edge.size if isinstance(head, Head) else rows[-1].n)


def _report(store: Store, identity: str) -> Report | None:
    """The report with that id, where the book can still give it."""
    query = Query(kinds=[Kind.REPORT], ids=[identity])
    try:
        return next((report_of(line) for line in store.ask(lambda shelf: tuple(shelf.find(query)))), None)
    except BookError:
        return None


class _Check:
    """One pass over the lines; the tree is grown up to the first fault, since nobody can tell it behind that."""

    def __init__(self, notes: Sequence[Checkpoint]) -> None:
        self.place = 0  # of the last line seen
        self._notes = sorted(notes, key=lambda note: note.size)
        self._roots: dict[int, str] = {}  # of the tree, at the size of each note that was reached
        self._head: Head | BookError = Head()
        self._edge = Edge()
        self._first = b""  # leaf of the first line
        self._at = ""  # moment of the last line
        self._leaves: list[bytes] = []
        self._faults: list[Fault] = []
        self._count = 0

    @property
    def size(self) -> int:
        """Of the book, as its head says."""
        return self._head.edge.size if isinstance(self._head, Head) else 0

    def blame(self, fault: Fault) -> None:
        """Keep a fault; of very many only the first ones."""
        self._count += 1
        if self._count <= LISTED:
            self._faults.append(fault)

    def take(self, head: Head | BookError, rows: Iterable[Row]) -> None:
        """The next rows, and the head of their moment."""
        self._head = head
        for row in rows:
            if wrong := self._misplaced(row):
                self.blame(wrong)
                continue
            if row.n > self.place + 1:
                last = row.n - 1
                gone = "is gone" if last == self.place + 1 else f"is gone, and all up to line {last}"
                self.blame(Fault(self.place + 1, gone))
            self.place = row.n
            if changed := self._changed(row):
                self.blame(Fault(row.n, changed))
        self._grow()

    def _misplaced(self, row: Row) -> Fault | None:
        """A row where no line can be."""
        if row.n < 1:
            return Fault(0, f"a line stands in place {row.n}, where none can")
        if row.n <= self.place:
            return Fault(row.n, "stands there twice")
        if isinstance(self._head, Head) and row.n > self.size:
            return Fault(row.n, f"stands behind the end of the book, which is line {self.size}")
        return None

    def _changed(self, row: Row) -> str:
        """What is wrong with a line, or nothing."""
        if not isinstance(row.text, str):
            return why_no_text(row.text)
        held = row.text.encode("utf-8", "surrogateescape")
        leaf = leaf_hash(held)
        if leaf != row.leaf:
            return "its text or its hash was changed"
        try:
            n, columns = told_by(held)
        except BookError as trouble:
            return f"its text was changed: {trouble}"
        if n != row.n:
            return f"was moved here: it is line {n}"
        if columns != row.columns:
            return "what it is found by was changed"
        before, self._at = self._at, columns[2] or ""
        if self._at < before:
            return f"its moment {self._at} lies before the last line's"
        if not self._count:
            self._leaves.append(leaf)
        return ""

    def _grow(self) -> None:
        """Put the leaves into the tree, and note its root at the size of each checkpoint."""
        leaves, start = self._leaves, self._edge.size
        reached = {note.size for note in self._notes if start < note.size <= start + len(leaves)}
        for size in sorted(reached):
            self._edge = self._edge.grown(leaves[self._edge.size - start : size - start])
            self._roots[size] = self._edge.root.hex()
        self._edge = self._edge.grown(leaves[self._edge.size - start :])
        self._first = self._first or b"".join(leaves[:1])
        self._leaves = []

    def end(self) -> Fault | None:
        """Look at the end of the book; gives what is odd where somebody changed lines together with their hashes."""
        if isinstance(self._head, BookError):
            self.blame(Fault(0, f"the head of the book is broken: {self._head}"))
        elif self.size > self.place:
            told = f"the book should end at line {self.size}, but ends at {self.place}: its end was cut off"
            self.blame(Fault(self.place + 1, told))
        if self._notes and self._notes[-1].size > self.place:
            told = (
                f"the book had {self._notes[-1].size} lines on {self._notes[-1].at}, but ends at {self.place}"
            )
            self.blame(
                Fault(self.place + 1, f"{told}: its end was cut off, or an old copy was put in its place")
            )
        return self._against_notes() or self._against_head()

    def _against_notes(self) -> Fault | None:
        """The lines of which a checkpoint tells otherwise, those before it being right."""
        last = 0
        for note in self._notes:
            if note.size not in self._roots:
                return None
            if note.book != self._first.hex():
                return Fault(1, f"this is another book than the one of the checkpoint of {note.at}")
            if note.root != self._roots[note.size]:
                told = f"lines {last + 1} to {note.size} are not those of the checkpoint of {note.at}"
                return Fault(last + 1, told)
            last = note.size
        return None

    def _against_head(self) -> Fault | None:
        """The lines of which the head tells otherwise; nothing where faults were found already."""
        head, edge, start = self._head, self._edge, 0
        if self._count or not isinstance(head, Head):
            return None
        for kept, found, size in zip(head.edge.peaks, edge.peaks, edge.parts, strict=True):
            if kept != found:
                told = f"one of the lines {start + 1} to {start + size} was changed together with its hash"
                return Fault(0, f"{told}, or the head of the book was")
            start += size
        if self._at != (moment_text(head.at) if head.at else ""):
            self.blame(Fault(0, "the head of the book names another moment than its last line"))
        return None

    def verdict(self) -> Verdict:
        """What it all came to."""
        edge, now = self._edge, None
        if edge.size and not self._count:
            now = Checkpoint(self._at, self._first.hex(), edge.root.hex(), edge.size)
        faults = sorted(self._faults, key=lambda fault: (not fault.line, fault.line))
        return Verdict(self.place, len(self._notes), now, tuple(faults), self._count)
