"""A whole book is read in slices, each in a transaction of its own.

Since lines are only ever added, what is written in the meantime changes nothing of what was read; nobody who writes
has to wait for the end, and a million lines need no more room than one slice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from musterbook.errors import BookError
from musterbook.ledger.store import Head, Row, Shelf, Store

Progress = Callable[[int, int], None]
"""Told how many lines of how many are done."""

SLICE = 5_000  # lines read in one transaction


def slices(store: Store) -> Iterator[tuple[Head | BookError, list[Row]]]:
    """All rows in lots, each with the head of the same moment, or with what is wrong with that."""
    after: int | None = None

    def work(shelf: Shelf) -> tuple[Head | BookError, list[Row]]:
        rows = shelf.rows(after, SLICE)
        try:
            return shelf.head(), rows
        except BookError as trouble:
            return trouble, rows

    while True:
        head, rows = store.ask(work)
        yield head, rows
        if len(rows) < SLICE:
            return
        after = rows[-1].n
