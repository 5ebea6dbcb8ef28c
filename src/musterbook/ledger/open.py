"""One door to every kind of book; the database library is loaded only when a database is opened."""

from __future__ import annotations

from pathlib import Path

from musterbook.ledger.book import Book, Clock, utc_now
from musterbook.ledger.stores.memory import MemoryStore

MEMORY = ":memory:"


def open_book(
    place: str | Path,
    clock: Clock = utc_now,
    made_by: str = "musterbook",
    person: str = "",
    make: bool = True,
) -> Book:
    """The book in this file or at this address (``postgresql://…``); ``":memory:"`` gives one kept nowhere.

    It is made where there is none, unless ``make`` is False: then UsageError. BookError when the place can be no
    book, OlderBookError or NewerBookError when its form is not ours. ``made_by`` is written into a fresh book, for
    that message; ``person`` is who works with it, where the book has people of its own.
    """
    if str(place) == MEMORY:
        return Book(MemoryStore(), clock, person)
    from musterbook.ledger.stores.making import opened

    return Book(opened(place, made_by, make), clock, person)
