"""A book as text: a line an entry, exactly as it is hashed, so that the same root comes out of it everywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO

from musterbook.errors import BookError, NewerBookError, UsageError
from musterbook.ledger.deciding import check_right
from musterbook.ledger.inspecting import Inspector
from musterbook.ledger.lines import FORM, Kind, body_of, parsed, report_of
from musterbook.ledger.merkle import Edge, leaf_hash
from musterbook.ledger.slices import SLICE, Progress, slices
from musterbook.ledger.store import Head, Shelf, Store
from musterbook.ledger.stores.files import replacing
from musterbook.model import Report, Role

LOT = 1_000  # lines written at a time
NO_BOOK = "name the file that musterbook export wrote"
LONGEST = 1 << 28  # bytes of a line
AGAIN = "export the book again, and keep other programs from changing the file"
Texts = Callable[[], Iterator[str]]
"""Gives the lines of a book from the first one on, as often as it is called."""


def texts_of(store: Store, progress: Progress | None = None) -> Iterator[str]:
    """The lines of a book in their order, as far as it went when the last of them was read.

    BookError, behind the line before it, where a line is not what it was; at the end, where the tree is another.
    """
    edge, head = Edge(), Head()
    for now, rows in slices(store):
        if isinstance(now, BookError):
            raise now
        head, leaves = now, []
        for row in rows:
            leaf = (
                leaf_hash(row.text.encode("utf-8", "surrogateescape")) if isinstance(row.text, str) else b""
            )
            if not isinstance(row.text, str) or leaf != row.leaf:
                raise BookError(f"{store.name}, line {row.n} was changed; see: musterbook verify")
            leaves.append(leaf)
            yield row.text
        edge = edge.grown(leaves)
        if progress:
            progress(edge.size, head.edge.size)
    if edge != head.edge:
        raise BookError(f"{store.name} is not what it was; find out where: musterbook verify")


def export(store: Store, out: IO[bytes], progress: Progress | None = None) -> Edge:
    """Write every line, and give the tree over them."""
    edge = Edge()
    texts = texts_of(store, progress)
    while lot := [text.encode() for text in islice(texts, LOT)]:
        out.writelines(text + b"\n" for text in lot)
        edge = edge.grown(map(leaf_hash, lot))
    return edge


def export_file(store: Store, file: Path, force: bool = False, progress: Progress | None = None) -> Edge:
    """Write the book into a file, whole or not at all; an earlier export of the same book is replaced.

    UsageError where the file holds something else, unless ``force``.
    """
    with replacing(file) as part:
        with part.open("wb") as out:
            edge = export(store, out, progress)
        if file.exists() and not force and not _begins_with(part, file):
            raise UsageError(
                f"{file} holds something else than the beginning of this book; name another file, or write it all "
                "the same with --force"
            )
    return edge


def _begins_with(whole: Path, beginning: Path) -> bool:
    """Whether one file goes on where the other ends."""
    with whole.open("rb") as long, beginning.open("rb") as short:
        return all(long.read(len(held)) == held for held in iter(lambda: short.read(1 << 20), b""))


class BookFile:
    """A book as text in a file; trouble in it is a BookError that names the line and the cure."""

    def __init__(self, file: Path, name: str = "") -> None:
        self.file, self.name = file, name or str(file)
        self._reports: dict[str, int] = {}  # id -> where its line begins

    def texts(self) -> Iterator[str]:
        """The lines in their order, without their ends."""
        return (text for _, text in self._placed())

    def checked(self, progress: Progress | None = None) -> Edge:
        """The tree over the lines, when each of them is a line of a book in its place, and follows from the others."""
        edge, leaves = Edge(), list[bytes]()
        inspector = Inspector(self._report)
        for n, (start, text) in enumerate(self._placed(), 1):
            if n == 1:
                self._check_first(text)
            if wrong := inspector.wrong(n, text):
                raise self._trouble(n, f"{wrong}; {AGAIN}")
            line = parsed(text)
            if line.kind is Kind.REPORT:
                self._reports[line.id] = start
            leaves.append(line.leaf)
            if n % SLICE == 0:
                edge, leaves = edge.grown(leaves), []
                if progress:
                    progress(n, 0)
        edge = edge.grown(leaves)
        if not edge.size:
            raise BookError(f"{self.name} is empty; it is no export of a book")
        return edge

    def _placed(self) -> Iterator[tuple[int, str]]:
        """Each line with the place in the file where it begins."""
        try:
            with self.file.open("rb") as given:
                start = 0
                for n, held in enumerate(iter(lambda: given.readline(LONGEST), b""), 1):
                    yield start, self._clean(n, held)
                    start += len(held)
        except OSError as trouble:
            raise UsageError(f"{self.name} cannot be read: {trouble.strerror}") from trouble

    def _clean(self, n: int, held: bytes) -> str:
        """The text of a line that ends as it should."""
        if held.startswith(b"\xef\xbb\xbf"):
            raise self._trouble(n, f"begins with a byte-order mark; {AGAIN}")
        if not held.endswith(b"\n"):
            raise self._trouble(n, "is cut off: its end is missing; get the whole file again")
        if held.endswith(b"\r\n"):
            raise self._trouble(n, f"ends as on Windows; {AGAIN} (in git: *.book -text)")
        if not held.strip():
            raise self._trouble(n, f"is blank; {AGAIN}")
        try:
            return held[:-1].decode()
        except UnicodeDecodeError as trouble:
            raise self._trouble(n, f"is no UTF-8; {AGAIN if n > 1 else NO_BOOK}") from trouble

    def _check_first(self, text: str) -> None:
        """The first line tells the form of the book."""
        try:
            line, form = parsed(text), body_of(text).get("form")
        except BookError as trouble:
            raise self._trouble(
                1, "is no line of a book; name the file that musterbook export wrote"
            ) from trouble
        if line.kind is Kind.BOOK and isinstance(form, int) and form > FORM:
            raise NewerBookError(
                f"{self.name} was written by a newer musterbook; upgrade this one with: "
                "pip install --upgrade musterbook"
            )

    def _report(self, identity: str) -> Report | None:
        """A report that came earlier in the file."""
        if identity not in self._reports:
            return None
        with self.file.open("rb") as given:
            given.seek(self._reports[identity])
            return report_of(parsed(given.readline().decode()))

    def _trouble(self, n: int, words: str) -> BookError:
        return BookError(f"{self.name}, line {n} {words}")


def add_texts(
    store: Store, person: str, texts: Texts, edge: Edge, name: str, progress: Progress | None = None
) -> int:
    """Put the lines that a book lacks behind those it has, in one transaction; how many there were.

    ``edge`` is the tree over all the texts, ``name`` where they are from. UsageError where the book holds other
    lines, ForbiddenError unless the person is an admin of a book with people of its own.
    """

    def work(shelf: Shelf) -> int:
        check_right(shelf, person, Role.ADMIN)
        size, given = shelf.head().edge.size, texts()
        if _compare(shelf, size, given, name, store.name) < size:
            return 0
        while lot := [parsed(text) for text in islice(given, LOT)]:
            shelf.write(lot)
            if progress:
                progress(lot[-1].n, edge.size)
        if shelf.head().edge != edge:
            raise BookError(f"{name} was changed while it was read, or {store.name} is not what it was")
        return edge.size - size

    return store.write(work)


def _compare(shelf: Shelf, size: int, given: Iterator[str], name: str, book: str) -> int:
    """How many lines of the book the texts hold, from the first on; UsageError where one is another."""
    n = 0
    while n < size and (rows := shelf.rows(n, SLICE)):
        for row in rows:
            text = next(given, None)
            if text is None:
                return n
            if text != row.text:
                raise UsageError(
                    f"{name} and {book} differ from line {row.n} on; name a book that is not there yet with --book"
                )
            n = row.n
    return n
