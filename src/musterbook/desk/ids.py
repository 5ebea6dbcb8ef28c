"""People type the first signs of an id; the book says which one is meant."""

from __future__ import annotations

from musterbook.api import BookView
from musterbook.errors import UsageError
from musterbook.model import Contingent

LEAST = 6  # signs of an id


def full_id(book: BookView, beginning: str) -> str:
    """The one id of a statement or decision that begins so; UsageError where there is none or more."""
    if len(beginning) < LEAST:
        raise UsageError(f"{beginning!r} is too short for an id; give at least {LEAST} signs of it")
    found = sorted(book.named(beginning.lower()))
    if len(found) > 1:
        raise UsageError(f"more than one line begins with {beginning!r}; give more signs of the id")
    if not found:
        raise UsageError(
            f"nothing in the book has the id {beginning!r}; ids stand in: musterbook show FORCE PLACE"
        )
    return found[0]


def is_code(words: str) -> bool:
    """Whether the words are a code of the registers rather than signs of an id: ``USA``, ``GROUP:ISIS``."""
    return words != words.lower() or ":" in words


def matter_of(book: BookView, words: str) -> str | Contingent:
    """What a history is asked of: a contingent (USA/IRQ), the signs of an id, else a code or a person."""
    if "/" in words:
        parts = words.split("/")
        if len(parts) > 3 or not all(parts):
            raise UsageError(f"{words!r} is no contingent; write it as in USA/IRQ")
        return Contingent(*parts)
    found = sorted(book.named(words.lower())) if len(words) >= LEAST else []
    if len(found) > 1:
        return full_id(book, words)  # which says that more signs are wanted
    return found[0] if found else words
