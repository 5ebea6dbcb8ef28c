"""Whatever is done to a book later, what it told of a moment it tells for ever."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from books import START, Ticks, line, reading, report, statement
from chronicle import labelled
from musterbook.api import BookView, OpenBook
from musterbook.errors import UsageError
from musterbook.ledger.book import Book
from musterbook.ledger.stores.memory import MemoryStore
from musterbook.model import Contingent, Reading, Report, Status
from musterbook.values import Figures, Period

DAY = date(2021, 1, 1)
DEEDS = (
    "add", "add", "record", "confirm", "hold", "retract", "correct", "reassign",
    "split", "merge", "echo", "apart", "join", "grant", "undo", "undo",
)  # fmt: skip
PLACES = ("IRQ", "SYR", "AFG")
PEOPLE = ("ann", "bob")
choices = st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 999)), min_size=1, max_size=25)


def told(number: int) -> Report:
    return report(f"Report {number} tells of troops.", published=date(2020, 1 + number % 12, 1 + number % 27))


def found(number: int) -> Reading:
    """A report with two statements, a strength and a promise, of sizes that the guards will sometimes hold."""
    of = told(number)
    place = PLACES[number % 3]
    strength = statement(of, Figures(level=500 * 10 ** (number % 3) + number), place=place)
    promise = statement(
        of, Figures(after=100 + number), Status.ANNOUNCED, place, Period.day(date(2020, 12, 31))
    )
    return reading(of, strength, promise)


def do(book: OpenBook, deed: str, number: int) -> None:
    """One deed on some statement, code, person or entry; what the book refuses is not done."""
    said = [statement.id for statement in book.statements()] or ["0" * 64]
    one, other = said[number % len(said)], said[(number + 1) % len(said)]
    who, reason = PEOPLE[number % 2], f"reason {number % 5}"
    journal = book.ledger.journal()
    if deed == "add":
        one_report = found(number % 12)
        book.ledger.add_report(one_report, [line(said) for said in one_report.statements])
    elif deed == "record":
        gone = [entry for entry in journal if entry.statement]
        if gone:
            again = gone[number % len(gone)]
            assert again.statement
            book.ledger.append(line(again.statement))
    elif deed in ("confirm", "hold", "apart", "retract"):
        getattr(book, deed)(one, reason, by=who)
    elif deed == "correct":
        book.correct(one, {"level": str(number)}, reason, by=who)
    elif deed == "reassign":
        book.reassign(one, Contingent("USA", PLACES[number % 3]), reason, by=who)
    elif deed == "split":
        parts = [book.part(one, {"level": str(number + n)}) for n in (1, 2)]
        book.split(one, parts, reason, by=who)
    elif deed == "merge":
        book.merge(one, other, reason, by=who)
    elif deed == "echo":
        book.echo(one, other, reason, by=who)
    elif deed == "join":
        book.merge(PLACES[number % 3], PLACES[(number + 1) % 3], reason, by=who)
    elif deed == "grant":
        book.grant(who, ("admin", "editor", "none")[number % 3], reason, by="ann")
    elif journal:
        book.undo(journal[number % len(journal)].id, reason, by=who)


def answers(view: BookView) -> tuple[object, ...]:
    """All that a book tells."""
    standing = view.standing()
    return (
        view.entries(), view.contingents(DAY), view.pledges(DAY), view.holds(), view.queue(), view.reports(),
        view.public_by(date(2020, 6, 30)).contingents(DAY), view.with_held().contingents(DAY),
        standing.confirmed, standing.held, standing.merged, standing.echoes, standing.names, standing.roles,
        view.utterances(), view.origins(),
        [view.strength(Contingent("USA", place), DAY) for place in PLACES],
        [view.history(Contingent("USA", place)) for place in PLACES],
    )  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(choices)
def test_what_was_told_of_a_moment_is_told_for_ever(deeds: list[tuple[str, int]]) -> None:
    book = OpenBook(Book(MemoryStore(), Ticks()), Ticks(), "ann")
    kept: list[tuple[datetime, tuple[object, ...]]] = [(START, answers(book.as_of(START)))]
    for deed, number in deeds:
        with suppress(UsageError):
            do(book, deed, number)
        head = book.ledger.head().at
        if head is not None:
            assert answers(book)[0] == book.as_of(head).entries()
            kept.append((head, answers(book.as_of(head))))
    for moment, then in kept:
        assert answers(book.as_of(moment)) == then


def test_a_part_of_the_book_tells_the_same_of_itself() -> None:
    """Narrowed to a contingent, a view gives the estimates that it gives of the whole book."""
    entries, reports = labelled()
    book = OpenBook(Book(MemoryStore(), Ticks()), Ticks(), "ann")
    for of in reports.values():
        own = [e for e in entries if e.statement and e.statement.report == of.id]
        book.ledger.add_report(Reading(of, tuple(e.statement for e in own if e.statement)), own)
    whole = {estimate.contingent: estimate for estimate in book.contingents(date(2020, 6, 30))}
    for place in ("IRQ", "SYR", "DEU"):
        here = Contingent("USA", place)
        narrow = book.of(here.__eq__)
        assert narrow.contingents(date(2020, 6, 30)) == (whole[here],)
        assert book.strength(here, date(2020, 6, 30)) == whole[here]
