"""Books of several machines or people become one: nothing is lost, doubled or renamed, in whatever order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import books
from books import IRAQ, Ticks, line, reading, readings, report, statement
from musterbook.errors import BookError, ForbiddenError, UsageError
from musterbook.ledger import entries
from musterbook.ledger.book import Book
from musterbook.ledger.checking import verify
from musterbook.ledger.joining import Joined, join
from musterbook.ledger.lines import Kind, parsed
from musterbook.ledger.open import open_book
from musterbook.ledger.outcomes import tally
from musterbook.ledger.text import texts_of
from musterbook.model import Contingent, Doubt, Entry, Reading, Report, Role
from musterbook.reckoning.arithmetic import conflicts
from musterbook.reckoning.curve.estimates import estimates
from musterbook.reckoning.curve.gather import Told, curves
from musterbook.reckoning.pledges import pledges
from musterbook.values import Figures

Archive = list[tuple[Reading, list[Entry]]]
archives = st.lists(readings(), max_size=5, unique_by=lambda pair: pair[0].report.id)
law = settings(max_examples=25, deadline=None)
LATER = datetime(2026, 1, 1, tzinfo=UTC)
DAY = date(2021, 6, 30)


def filled(archive: Iterable[tuple[Reading, list[Entry]]], hour: int = 0) -> Book:
    book = open_book(":memory:", Ticks(books.START + timedelta(hours=hour)))
    for told, lines in archive:
        book.add_report(told, lines)
    return book


def joined(*others: Book, into: Book | None = None) -> Book:
    book = into or open_book(":memory:")
    join(book, others, Ticks(LATER))
    return book


def ids(book: Book) -> set[str]:
    held = map(parsed, texts_of(book.store))
    return {one.id for one in held if one.kind not in (Kind.BOOK, Kind.GRANT)}


def figures(book: Book) -> object:
    reports = {told.id: told for told in book.reports()}
    stands = book.entries()
    promised = pledges(stands, reports, DAY)
    found = curves(Told(stands, reports, promised))
    return estimates(found, stands, reports, DAY), promised, conflicts(stands), {e.id for e in stands}


@law
@given(archives, archives)
def test_a_joined_book_holds_what_each_held_under_its_own_id(one: Archive, other: Archive) -> None:
    a, b = filled(one), filled(other, hour=5)
    whole = joined(a, b)
    assert ids(whole) == ids(a) | ids(b)
    assert verify(whole.store).is_clean
    assert not joined_again(whole, a, b).lines


def joined_again(whole: Book, *others: Book) -> Joined:
    before = whole.head()
    found = join(whole, others, Ticks(LATER + timedelta(days=1)))
    assert whole.head() == before
    return found


@law
@given(archives, archives, archives)
def test_the_order_of_joining_changes_no_figure(one: Archive, two: Archive, three: Archive) -> None:
    a, b, c = filled(one), filled(two, 5), filled(three, 9)
    at_once = [joined(a, b, c), joined(c, a, b)]
    assert at_once[0].head() == at_once[1].head()
    in_turn = [joined(c, into=joined(b, into=joined(a))), joined(a, into=joined(b, into=joined(c)))]
    assert figures(in_turn[0]) == figures(in_turn[1]) == figures(at_once[0])


@law
@given(archives, st.randoms(use_true_random=False))
def test_the_books_of_parts_are_the_book_of_the_whole(archive: Archive, chance: Random) -> None:
    """However the reports were dealt to three machines, and some of them to two."""
    dealt = [[one for one in archive if chance.random() < 0.6] for _ in range(3)]
    dealt[0] += [one for one in archive if not any(one in part for part in dealt)]
    whole, parts = filled(archive), [filled(part, n) for n, part in enumerate(dealt)]
    assert figures(joined(*parts)) == figures(whole)
    assert [told.id for told in sorted(joined(*parts).reports(), key=lambda told: told.id)] == sorted(
        told.id for told in whole.reports()
    )


TOLD = report()
SAID = statement(TOLD)
BETTER = statement(TOLD, Figures(level=5000))


def stood(*acts: Entry, hour: int = 0) -> Book:
    """A book with one statement, and what was decided about it."""
    book = filled([(reading(TOLD, SAID), [line(SAID)])], hour)
    for act in acts:
        book.append(act)
    return book


def test_an_act_keeps_who_did_it_and_when(tmp_path: Path) -> None:
    other = stood(entries.retract(SAID.id, LATER, "ann", "misread"))
    [was] = [entry for entry in other.journal() if entry.act == "retract"]
    with open_book(tmp_path / "b.sqlite") as book:
        joined(other, into=book)
        [act] = [entry for entry in book.journal() if entry.act == "retract"]
        assert (act.id, act.by, act.reason, act.first) == (was.id, "ann", "misread", was.recorded)
        assert act.recorded >= LATER
        assert not book.entries()
        assert not book.reports(
            known=LATER - timedelta(days=1)
        )  # nothing was known here before it was joined
        assert verify(book.store).is_clean
        again = open_book(":memory:")
        joined(book, into=again)
        assert [entry.first for entry in again.journal()] == [entry.first for entry in book.journal()]


@pytest.mark.parametrize("turned", [False, True])
def test_whoever_decided_last_has_the_last_word_in_whatever_order_books_are_joined(turned: bool) -> None:
    held = stood(entries.hold(SAID.id, LATER, "ann", "odd"))
    let_go = stood(entries.confirm(SAID.id, LATER, "ben"), hour=7)
    found = joined(*([let_go, held] if turned else [held, let_go])).standing()
    one_by_one = joined(held, into=joined(let_go)) if turned else joined(let_go, into=joined(held))
    assert found.confirmed.keys() == one_by_one.standing().confirmed.keys() == {SAID.id}
    assert not found.held
    assert not one_by_one.standing().held


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_corrections_of_one_statement_the_later_one_stands(turned: bool) -> None:
    another = statement(TOLD, Figures(level=4800))
    one = stood(entries.replace(SAID.id, BETTER, IRAQ, LATER, "ann", "", "the figure"))
    other = stood(entries.replace(SAID.id, another, IRAQ, LATER, "ben", "", "the figure"), hour=7)
    gone = stood(entries.retract(SAID.id, LATER, "eve", "a copy"), hour=8)
    whole = joined(one, into=joined(other)) if turned else joined(other, into=joined(one))
    assert [entry.statement for entry in whole.entries()] == [another]
    assert not joined(gone, into=whole).entries()
    assert verify(whole.store).is_clean


def test_what_was_undone_stays_undone() -> None:
    other = stood(entries.retract(SAID.id, LATER, "ann", "misread"))
    other.append(entries.undo(other.journal()[-1].id, LATER, "ann", "it was right"))
    assert [entry.statement for entry in joined(other).entries()] == [SAID]


def test_a_correction_comes_with_its_matter() -> None:
    other = stood(entries.replace(SAID.id, BETTER, IRAQ, LATER, "ann", "", "the figure"))
    whole = joined(other, stood(hour=3))
    assert [entry.statement for entry in whole.entries()] == [BETTER]
    assert [entry.act for entry in whole.history(SAID.id)] == ["record", "replace"]


def test_an_act_that_cannot_stand_beside_what_the_book_holds_is_named_and_left_out() -> None:
    here = filled([(reading(TOLD, SAID, BETTER), [line(SAID), line(BETTER)])])
    other = stood(entries.replace(SAID.id, BETTER, IRAQ, LATER, "ann", "", "the figure"), hour=3)
    other.append(entries.undo(other.journal()[-1].id, LATER, "ann", "no"))
    found = join(here, [other], Ticks(LATER))
    assert [(one.by, one.act) for one in found.left] == [("ann", "replace"), ("ann", "undo")]
    assert "on its own" in found.left[0].why
    assert verify(here.store).is_clean
    assert len(here.entries()) == 2


def test_names_that_are_one_are_joined_and_rights_are_not() -> None:
    other = stood(entries.merge("IRQ", "SYR", LATER, "ann", "a test"))
    other.append(entries.grant("ann", Role.ADMIN, LATER, "ann"))
    whole = joined(other)
    assert whole.names() == {"IRQ": "SYR"}
    assert not whole.standing().roles


def test_only_an_admin_joins_to_a_book_with_people() -> None:
    here = open_book(":memory:", Ticks())
    here.append(entries.grant("ann", Role.ADMIN, LATER, "ann"))
    with pytest.raises(ForbiddenError):
        join(here, [stood()], Ticks(LATER), "ben")
    assert join(here, [stood()], Ticks(LATER), "ann").lines["report"] == 1


def test_a_report_that_both_have_under_two_names_is_one_report_of_two_inputs() -> None:
    twin = Report(TOLD.text, published=TOLD.published, name="another.txt")
    here = stood()
    joined(filled([(reading(twin, SAID), [line(SAID)])], 3), into=here)
    assert tally(here.outcomes()) == {"already known": 1, "read": 1}
    assert len(here.reports()) == len(here.entries()) == 1


def test_doubts_and_failures_come_along() -> None:
    other = stood()
    other.add_failure(Doubt("intake", "binary", "x.bin is no text", "x.bin"))
    assert [doubt.code for doubt in joined(other).doubts()] == ["binary"]


def test_a_reading_comes_whole() -> None:
    other = filled(
        [(reading(TOLD, SAID, doubts=(Doubt("reading", "unsure", "?", "wire.txt", TOLD.id),)), [line(SAID)])]
    )
    assert joined(other, stood(hour=1)).reading(TOLD.id) == other.reading(TOLD.id)


def test_a_book_is_not_joined_to_itself_and_a_changed_one_to_none(tmp_path: Path) -> None:
    with open_book(tmp_path / "a.sqlite") as a:
        a.add_report(reading(TOLD, SAID), [line(SAID)])
        with open_book(tmp_path / "a.sqlite") as same, pytest.raises(UsageError, match="itself"):
            join(a, [same], Ticks(LATER))


def test_a_book_that_is_not_what_it_was_is_not_joined() -> None:
    other, here = stood(), stood(hour=2)
    shelf = other.store._shelf  # type: ignore[attr-defined]
    shelf._lines[2] = shelf._lines[2].at_place(9)
    with pytest.raises(BookError, match="no good copy"):
        join(here, [other], Ticks(LATER))


def test_large_books_are_joined_lot_by_lot(tmp_path: Path) -> None:
    """More than one transaction of this book; the figures of each report stay with it."""
    found = []
    for n, place in enumerate(("IRQ", "SYR")):
        book = open_book(tmp_path / f"{place}.sqlite", Ticks(books.START + timedelta(hours=n)))
        for number in range(100):
            told = report(f"About {number} troops are in {place}.")
            said = statement(told, place=place)
            book.add_report(reading(told, said), [line(said, Contingent("USA", place))])
        found.append(book)
    with open_book(tmp_path / "whole.sqlite") as whole:
        assert join(whole, found, Ticks(LATER)).lines == {"entry": 200, "outcome": 200, "report": 200}
        assert len({entry.recorded for entry in whole.journal()}) == 200
        assert verify(whole.store).is_clean
