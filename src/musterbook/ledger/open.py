"""One door to every kind of book; the database library is loaded only when a file is opened."""

from __future__ import annotations

from pathlib import Path

from musterbook.ledger.book import Book, Clock, utc_now
from musterbook.ledger.stores.memory import MemoryBook

MEMORY = ":memory:"


def open_book(path: str | Path, clock: Clock = utc_now, made_by: str = "musterbook") -> Book:
    """The book in this file, made when there is none; ``":memory:"`` gives one that is kept nowhere.

    BookError when the file can be no book, NewerBookError when a newer version made it. ``made_by`` is
    written into a fresh file, for that message.
    """
    if str(path) == MEMORY:
        return MemoryBook(clock)
    from musterbook.ledger.stores.sql import SqlBook

    return SqlBook(Path(path), clock, made_by)
