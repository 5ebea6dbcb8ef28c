"""Puts the desk together: which book, which names; the only place of the desk that opens anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from musterbook.api import OpenBook, open_book
from musterbook.errors import UsageError
from musterbook.intake import from_path
from musterbook.lexicon.register import load_register
from musterbook.model import Contingent, Doubt, Report
from musterbook.settings import book_place, data_folder, person


def existing_book(given: str | None, by: str | None = None) -> OpenBook:
    """The book to ask; UsageError where there is none yet, since asking must not make one."""
    return open_book(book_place(given), person=by or person(), make=False)


def book_to_write(place: Path | str, by: str | None = None) -> OpenBook:
    """The book to add to, made with its folder if it is the default and not there yet."""
    if isinstance(place, Path) and place.parent == data_folder():
        place.parent.mkdir(parents=True, exist_ok=True)
    return open_book(place, person=by or person())


def label(code: str) -> str:
    """The English name of a code."""
    return load_register().label(code)


def force_code(words: str) -> str:
    """The code of a force named by code or name; UsageError when no register knows it."""
    if (code := load_register().resolve_force(words)) is None:
        raise UsageError(f"no force is known as {words!r}; name it as in: us, USA, France, NATO, UN:MINUSMA")
    return code


def place_code(words: str) -> str:
    """The code of a place named by code or name; UsageError when no register knows it."""
    if (code := load_register().resolve_place(words)) is None:
        raise UsageError(f"no place is known as {words!r}; name it as in: iraq, IRQ, Germany, Sahel")
    return code


def arrivals(paths: Iterable[str], published: date | None, language: str | None) -> Iterator[Report | Doubt]:
    """The reports of all files, one file after the other."""
    for path in paths:
        yield from from_path(path, published, language)


def matches(contingent: Contingent, force: str | None, place: str | None) -> bool:
    """Whether a contingent is of that force and in that place (also as one of several hosts)."""
    hosts = (contingent.place, *contingent.place.split("+"))
    return force in (None, contingent.force) and (place is None or place in hosts)
