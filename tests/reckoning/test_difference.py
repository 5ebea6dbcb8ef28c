"""What a book learned between two moments, and by which lines its figures changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from books import IRAQ, SYRIA, Ticks, line, reading, report, statement
from musterbook.api import OpenBook
from musterbook.ledger.book import Book
from musterbook.ledger.stores.memory import MemoryStore
from musterbook.model import Contingent, Status
from musterbook.reckoning.difference import Difference
from musterbook.values import Figures, Period

DAY = date(2021, 1, 1)
FIRST = report("About 5,200 American troops are in Iraq.", date(2020, 9, 9))
SAID = statement(FIRST)
LATER = report("Some 4,900 American troops are in Iraq, and 3,000 will be.", date(2020, 10, 1))
LEFT = statement(LATER, Figures(level=4900))
PROMISE = statement(LATER, Figures(after=3000), Status.ANNOUNCED, period=Period.day(date(2020, 12, 1)))


@pytest.fixture
def book() -> OpenBook:
    opened = OpenBook(Book(MemoryStore(), Ticks()), Ticks(), "ann")
    opened.ledger.add_report(reading(FIRST, SAID), [line(SAID)])
    return opened


def add_later(book: OpenBook) -> object:
    return book.ledger.add_report(reading(LATER, LEFT, PROMISE), [line(LEFT), line(PROMISE)])


def told(found: Difference) -> list[tuple[str, str, int | None, int | None]]:
    """Contingent, what happened, the figure before and after: a line for each piece of news."""
    return [
        (shift.contingent.id, one.what, shift.before and shift.before.best, shift.after and shift.after.best)
        for shift in found.shifts
        for one in shift.news
    ]


@pytest.mark.parametrize(
    ("deed", "wanted"),
    [
        (lambda book: book.retract(SAID.id, "misprint"), [("USA/IRQ", "retracted", 5200, None)]),
        (
            lambda book: book.correct(SAID.id, {"level": "2500"}, "misread"),
            [("USA/IRQ", "replaced", 5200, 2500), ("USA/IRQ", "new", 5200, 2500)],
        ),
        (
            lambda book: book.correct(SAID.id, {"status": "past", "period": "2020-01-01"}, "misread"),
            [("USA/IRQ", "changed", 5200, 5200)],
        ),
        (lambda book: book.confirm(SAID.id, "as printed"), [("USA/IRQ", "confirmed", 5200, 5200)]),
        (lambda book: book.hold(SAID.id, "odd"), [("USA/IRQ", "held", 5200, None)]),
        (
            lambda book: book.reassign(SAID.id, SYRIA, "wrong place"),
            [("USA/IRQ", "moved", 5200, None), ("USA/SYR", "moved", None, 5200)],
        ),
        (
            lambda book: book.merge("IRQ", "SYR", "one place"),
            [("USA/IRQ", "renamed", 5200, None), ("USA/SYR", "renamed", None, 5200)],
        ),
        (add_later, [("USA/IRQ", "new", 5200, 4900), ("USA/IRQ", "new", 5200, 4900)]),
    ],
)
def test_a_figure_changes_by_what_was_done(
    book: OpenBook, deed: Callable[[OpenBook], object], wanted: list[tuple[str, str, int | None, int | None]]
) -> None:
    since = book.ledger.now()
    deed(book)
    found = book.learned(since, on=DAY)
    assert told(found) == wanted
    assert all(one.act and one.act.recorded > since for shift in found.shifts for one in shift.news)
    assert told(book.learned(book.ledger.now(), on=DAY)) == []


def test_what_was_undone_is_restored_by_the_undoing(book: OpenBook) -> None:
    book.retract(SAID.id, "misprint")
    since = book.ledger.now()
    book.undo(book.history(SAID.id)[-1].id, "it was right")
    [shift] = book.learned(since, on=DAY).shifts
    assert [(one.what, one.act and one.act.by) for one in shift.news] == [("restored", "ann")]


def test_what_a_guard_holds_is_new_and_held_for_its_reason(book: OpenBook) -> None:
    since = book.ledger.now()
    odd = report("Now 52,000 American troops are in Iraq.", date(2020, 9, 16))
    book.ledger.add_report(
        reading(odd, statement(odd, Figures(level=52_000))), [line(statement(odd, Figures(level=52_000)))]
    )
    [shift] = book.learned(since, on=DAY).shifts
    assert (shift.moves, [one.what for one in shift.news]) == (False, ["new, held"])
    assert "10 times more" in shift.news[0].detail


def test_an_announcement_is_new_and_then_judged_otherwise(book: OpenBook) -> None:
    since = book.ledger.now()
    add_later(book)
    middle = book.ledger.now()
    done = report("The last has left: 3,000 American troops are in Iraq.", date(2020, 11, 30))
    said = statement(done, Figures(level=3000))
    book.ledger.add_report(reading(done, said), [line(said)])
    verdicts = [
        [(p.before and p.before.verdict, p.after and p.after.verdict) for p in found.pledges]
        for found in (
            book.learned(since, middle, DAY),
            book.learned(middle, on=DAY),
            book.learned(since, on=DAY),
        )
    ]
    assert verdicts == [[(None, "due")], [("due", "kept")], [(None, "kept")]]
    assert book.learned(since, on=DAY).shifts[0].contingent == IRAQ


def test_a_day_before_all_reports_shows_no_moved_figure(book: OpenBook) -> None:
    since = book.ledger.now()
    add_later(book)
    assert [shift.moves for shift in book.learned(since, on=date(2020, 6, 30)).shifts] == [False]
    assert Contingent("USA", "SYR") not in {s.contingent for s in book.learned(since, on=DAY).shifts}
