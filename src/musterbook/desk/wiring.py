"""Puts the desk together: which book, which names; the only place of the desk that opens anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import chain
from pathlib import Path

from musterbook.api import BookView, OpenBook, open_book
from musterbook.cells.pool import parse, prepare
from musterbook.desk.options import Question
from musterbook.desk.screen import note
from musterbook.errors import UsageError
from musterbook.intake import Given, from_place
from musterbook.lexicon.register import load_register
from musterbook.model import Contingent, Doubt, Report
from musterbook.settings import book_place, data_folder, person


def existing_book(given: str | None, by: str | None = None) -> OpenBook:
    """The book to ask; UsageError where there is none yet, since asking must not make one."""
    return open_book(book_place(given), person=by or person(), make=False)


@contextmanager
def asked(question: Question) -> Iterator[BookView]:
    """The book as the question wants to see it; a clock that gives no final answer is told."""
    with existing_book(question.book) as book:
        view: BookView = book
        if question.known:
            tell_clock(book, question.known)
            view = view.knowing(question.known)
        if question.public:
            view = view.public_by(question.public)
        yield view.with_held() if question.with_held else view


def tell_clock(book: OpenBook, known: datetime) -> None:
    """A note where the moment lies outside of what the book has lived through, and what is answered instead."""
    tell_future(book, known)
    begun = book.ledger.begun()
    if begun and known < begun:
        note(
            f"the book begins on {begun:%Y-%m-%d %H:%M} UTC and held nothing by {known:%Y-%m-%d %H:%M}: "
            f"this is what had been published by {known:%Y-%m-%d}"
        )


def tell_future(book: OpenBook, known: datetime) -> None:
    """A note where more may still be learned by that moment."""
    if known > book.ledger.now():
        note(f"--known {known:%Y-%m-%d %H:%M} UTC is still to come: this answer is not final")


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


def arrivals(paths: Iterable[str], given: Given) -> Iterator[Report | Doubt]:
    """The reports of all files, one file after the other; a child that is to parse them is started beforehand."""
    named = list(paths)
    prepare(named)
    return chain.from_iterable(from_place(path, given, parse=parse) for path in named)


def matches(contingent: Contingent, force: str | None, place: str | None) -> bool:
    """Whether a contingent is of that force and in that place (also as one of several hosts)."""
    hosts = (contingent.place, *contingent.place.split("+"))
    return force in (None, contingent.force) and (place is None or place in hosts)


def near(force: str | None, place: str | None) -> Callable[[Contingent], bool]:
    """Which contingents have to be asked for one: those that match, and those of areas around it and places within."""
    hosts = load_register().hosts

    def is_near(contingent: Contingent) -> bool:
        if matches(contingent, force, place):
            return True
        if force not in (None, contingent.force) or place is None:
            return False
        return place in hosts(contingent.place) or contingent.place in hosts(place)

    return is_near
