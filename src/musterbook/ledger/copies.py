"""Copies of a book that can be relied on: made line by line while others write, checked before they get their name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from musterbook.errors import BookError, UsageError
from musterbook.ledger.book import Book
from musterbook.ledger.checking import Verdict, verify
from musterbook.ledger.checkpoints import Checkpoint
from musterbook.ledger.lines import parsed
from musterbook.ledger.open import open_book
from musterbook.ledger.schema import REVISION
from musterbook.ledger.slices import Progress
from musterbook.ledger.store import Shelf
from musterbook.ledger.stores.files import clear_beside, copy_beside, put_in_place, replacing, snapshot
from musterbook.ledger.stores.migrating import form_at, migrate
from musterbook.ledger.text import LOT, add_texts, texts_of

ALL_THE_SAME = "do it all the same with --force"


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restored book holds, and where the one is that lay there before."""

    lines: int
    root: str
    kept: Path | None = None


@dataclass(frozen=True, slots=True)
class Migrated:
    """The form a book had, the one it has now, and where the copy is that was made before."""

    found: str
    now: str
    kept: Path | None = None


def back_up(
    book: Book, copy: Path, made_by: str, force: bool = False, progress: Progress | None = None
) -> Verdict:
    """Copy a book, from wherever it is kept, into a SQLite file of its own; others may write to it meanwhile.

    UsageError where there is a file already, unless ``force``; BookError where the book is not what it was.
    """
    if _is_same(copy, book.store.name):
        raise UsageError(f"{copy} is the book itself; name another file")
    if copy.exists() and not force:
        raise UsageError(f"{copy} is there already; name another file, or {ALL_THE_SAME}")

    def work(shelf: Shelf) -> None:
        texts = texts_of(book.store, progress)
        while lot := [parsed(text) for text in islice(texts, LOT)]:
            shelf.write(lot)

    with replacing(copy) as part:
        with open_book(part, made_by=made_by) as target:
            target.store.write(work)
            verdict = _good(target, copy)
        clear_beside(copy)
    return verdict


def restore(
    copy: Path,
    place: Path | str,
    now: datetime,
    made_by: str,
    person: str = "",
    notes: Sequence[Checkpoint] = (),
    force: bool = False,
    progress: Progress | None = None,
) -> Restored:
    """Put a copy, once it is checked, in the place of a book; the one that lay there is kept beside it.

    In PostgreSQL the lines that a book lacks are put behind those it has. UsageError where the copy is older than a
    checkpoint or than the book in its place, unless ``force``; BookError where the copy is not what it was.
    """
    if not copy.exists():
        raise UsageError(f"{copy} does not exist; name a file that musterbook backup wrote")
    if _is_same(copy, place):
        raise UsageError(f"{copy} is the book itself; name a copy of it")
    if isinstance(place, str):
        with open_book(copy, make=False) as source, open_book(place, made_by=made_by) as target:
            held = _fit(source, copy, notes, force, progress)
            edge = source.head().edge
            add_texts(target.store, person, lambda: texts_of(source.store), edge, str(copy))
            if target.head().edge != edge:
                raise UsageError(
                    f"{place} goes on behind the end of {copy}: nothing is missing, nothing was changed"
                )
        return Restored(held.size, held.root)
    open_book(copy, make=False).close()  # so that what is wrong with its form is said under its own name
    new = place.with_name(f"{place.name}.restored")
    with replacing(new) as part:
        snapshot(copy, part)
        with open_book(part, make=False) as source:
            held = _fit(source, copy, notes, force, progress)
        if not force:
            _check_nothing_lost(place, copy, held)
    return Restored(held.size, held.root, put_in_place(new, place, f".replaced-{now:%Y%m%dT%H%M%S}"))


def migrate_kept(place: Path | str, keep: bool = True) -> Migrated:
    """Bring a book up to date; a file is copied beside itself first, unless it is so already or ``keep`` is unset."""
    if keep and isinstance(place, Path) and form_at(place) < REVISION:
        kept = copy_beside(place, f".before-{REVISION}")
        return Migrated(*migrate(place), kept)
    return Migrated(*migrate(place))


def _fit(
    source: Book, copy: Path, notes: Sequence[Checkpoint], force: bool, progress: Progress | None
) -> Checkpoint:
    """How the copy stands, once it is known to be good, and no older than the checkpoints."""
    size = source.head().edge.size
    held = _good(source, copy, [note for note in notes if note.size <= size], progress).now
    if held is None:
        raise BookError(f"{copy} is empty; take another copy")
    newest = max(notes, key=lambda note: note.size, default=held)
    if newest.size > size and not force:
        raise UsageError(
            f"{copy} is older than the checkpoint of {newest.at}: it has {size} lines of {newest.size}; "
            f"take a newer copy, or {ALL_THE_SAME}"
        )
    return held


def _is_same(copy: Path, place: Path | str) -> bool:
    """Whether the two are one file."""
    return copy.exists() and Path(place).exists() and copy.samefile(place)


def _good(
    book: Book, copy: Path, notes: Sequence[Checkpoint] = (), progress: Progress | None = None
) -> Verdict:
    """The verdict on a copy; BookError unless it is clean."""
    verdict = verify(book.store, notes, progress)
    check_good(verdict, str(copy))
    return verdict


def check_good(verdict: Verdict, name: str) -> None:
    """BookError where a book that others are to rely on is not what it was."""
    for fault in verdict.faults:
        where = f"line {fault.line} " if fault.line else ""
        raise BookError(f"{name} is no good copy: {where}{fault.message}; take another one")


def _check_nothing_lost(place: Path, copy: Path, held: Checkpoint) -> None:
    """UsageError where the book in that place is another one, or goes on behind the end of the copy."""
    if not place.exists():
        return
    try:
        with open_book(place, make=False) as present:
            size = present.head().edge.size
            first = present.store.ask(lambda shelf: next(shelf.leaves(1), b"")).hex()
    except BookError:
        return  # it cannot be read any more: that is what copies are for
    if size and first != held.book:
        raise UsageError(f"{place} is another book than {copy}; name another file, or {ALL_THE_SAME}")
    if size > held.size:
        raise UsageError(
            f"{copy} is older than {place}: of {size} lines the last {size - held.size} would be lost; "
            f"take a newer copy, or {ALL_THE_SAME}"
        )
