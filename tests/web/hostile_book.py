"""A book whose every field holds words that something may take for more than words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import cycle
from pathlib import Path

from books import Ticks
from musterbook.api import OpenBook, open_book
from musterbook.ledger.book import Input
from musterbook.ledger.entries import record
from musterbook.model import (
    Candidate,
    Contingent,
    Doubt,
    Event,
    Reading,
    Report,
    Statement,
    Status,
)
from musterbook.values import Attribution, Figures, Mention, Period, Span
from newsroom_desk import Newsroom, hire, open_newsroom

READ = datetime(2021, 5, 31, tzinfo=UTC)
PLACES = ("IRQ", "SYR", "MLI", "DEU", "KOR", "JOR")
FIELDS = 26  # words that one report of this book takes


class Words:
    """Gives one payload after the other, over and over."""

    def __init__(self, payloads: Sequence[str]) -> None:
        self._left = cycle(payloads)

    def __call__(self) -> str:
        return next(self._left)

    def link(self) -> str:
        """As an address: by itself, or behind one that is sound."""
        words = next(self._left)
        return words if len(words) % 2 else f"https://paper.example/{words}"


def readings(payloads: Sequence[str], links: Sequence[str] = ()) -> Iterator[Input]:
    """So many reports that every payload stands in one field at least."""
    words, addresses = Words(payloads), Words(links or payloads)
    for number in range(-(-max(len(payloads), len(links)) // FIELDS)):
        yield reading(number, words, addresses.link() if number % 2 else addresses())


def reading(number: int, words: Words, address: str) -> Input:
    """One report with one statement; all that is text is taken from ``words``."""
    day, size = date(2021, 1, 1) + timedelta(number % 120), f"{1000 + 7 * number:,}"
    beginning = f"{words()}\n\nAccording to {words()}, the United States has "
    text = f"{beginning}{size} soldiers there because {words()}. {words()}"
    at = len(beginning)
    report = Report(
        text,
        words(),
        address,
        words(),
        published=day,
        published_reason=words(),
        credits=(words(), words()),
        name=words(),
        byline=words(),
        days=(Candidate(words(), words(), day, words()), Candidate(words(), words())),
    )
    place, plan = PLACES[number % len(PLACES)], number % 3 == 2
    force, held = "USA", words()[:60] or "none"
    if number % 5 == 4:  # what no register knows is named as the report names it
        place = held
    speaker = Attribution(
        words() or "he", words(), words(), words(), words(), span=Span(0, 5), via=(words(),), at=words()
    )
    said = Statement(
        report.id,
        Mention(force),
        Mention(place),
        Figures(after=1000) if plan else Figures(level=1000 + 7 * number),
        Status.ANNOUNCED if plan else Status.CURRENT,
        (Span(at - 22, len(text)),),
        unit=words(),
        period=Period.day(day + timedelta(20)) if plan else None,
        speaker=speaker,
        marks=(Span(at, at + len(size)),),
        reasons=(Span(at + len(size), len(text)),),
        partners=(Span(0, min(60, len(text))),),
        wording=words() if number % 7 == 6 else "",
        dating=words(),
        confidence=0.9,
    )
    if said.wording:
        said = replace(said, figures=Figures())
    doubts = (Doubt("reading", "no-force", words(), words(), report.id, Span(0, 3), words()),)
    events = (Event(words(), Period.day(day), Span(0, 2)),)
    entry = record(said, Contingent(force, place), READ, words() or "reader", "1", words())
    return Reading(report, (said,), people=(speaker,), events=events, doubts=doubts), (entry,)


def decide(book: OpenBook, words: Words) -> None:
    """Reasons and names of people are words, too."""
    several = [statement.id for statement in book.statements()]
    for number, name in enumerate(several[:8]):
        deeds = (book.hold, book.confirm, book.retract, book.confirm)
        deeds[number % 4](name, f"r {words()}", "ed")
    book.echo(several[8], several[9], f"r {words()}", "ed")
    book.correct(several[10], {"unit": f"u {words()}", "speaker": f"s {words()}"}, f"r {words()}", "ed")
    book.grant("rea", "reader", f"r {words()}", "ada")


@contextmanager
def hostile(place: Path, payloads: Sequence[str], links: Sequence[str] = ()) -> Iterator[Newsroom]:
    """A newsroom over such a book."""
    with open_book(place / "book.sqlite", clock=Ticks(READ), person="ada") as book:
        book.ledger.add_reports(list(readings(payloads, links)))
        newsroom = open_newsroom(book, place / "book.sqlite")
        hire(newsroom)
        decide(book, Words(payloads))
        shelf = newsroom.client.app.state.shelf  # type: ignore[attr-defined] -- the application itself
        shelf.wrote()
        shelf.patience = 120.0
        shelf.snapshot()
        yield newsroom
