"""Decisions that would leave a book without an admin, a code without an end or a claim in the air are refused."""

from __future__ import annotations

import pytest

from books import IRAQ, START, Ticks, line, reading, report, statement
from musterbook.errors import ForbiddenError, UsageError
from musterbook.ledger.book import Book
from musterbook.ledger.entries import confirm, grant, hold, merge, split, undo
from musterbook.ledger.open import open_book
from musterbook.model import Role
from musterbook.values import Figures

WIRE = report()
SAID = statement(WIRE)
OTHER = statement(WIRE, Figures(level=500), place="SYR")
ADMIN = grant("ann", Role.ADMIN, START, "ann")


@pytest.fixture
def book() -> Book:
    opened = open_book(":memory:", Ticks())
    opened.add_report(reading(WIRE, SAID, OTHER), [line(SAID), line(OTHER)])
    return opened


def test_an_editor_cannot_undo_what_an_admin_granted(book: Book) -> None:
    demotion = grant("bob", Role.EDITOR, START, "ann", "holidays")
    book.append(ADMIN, grant("bob", Role.ADMIN, START, "ann"), demotion)
    with pytest.raises(ForbiddenError, match="bob is no admin"):
        book.append(undo(demotion.id, START, "bob", "I want it back"))


def test_the_last_admin_cannot_be_undone(book: Book) -> None:
    book.append(ADMIN, grant("bob", Role.EDITOR, START, "ann"))
    with pytest.raises(UsageError, match="needs an admin"):
        book.append(undo(ADMIN.id, START, "ann", "a mistake"))


def test_undoing_the_first_grant_opens_the_book_to_all_again(book: Book) -> None:
    book.append(ADMIN)
    gone = undo(ADMIN.id, START, "ann", "a mistake")
    book.append(gone)
    assert book.append(confirm(SAID.id, START, "anybody"))
    book.append(undo(gone.id, START, "ann", "it was none"))
    with pytest.raises(ForbiddenError, match="anybody is no editor"):
        book.append(hold(SAID.id, START, "anybody", ""))


def test_two_admins_cannot_go_at_once(book: Book) -> None:
    book.append(ADMIN, grant("bob", Role.ADMIN, START, "ann"))
    with pytest.raises(UsageError, match="needs an admin"):
        book.append(grant("bob", Role.READER, START, "ann"), grant("ann", Role.READER, START, "ann"))


def test_a_role_taken_in_the_same_breath_gives_no_right(book: Book) -> None:
    book.append(ADMIN, grant("bob", Role.ADMIN, START, "ann"))
    with pytest.raises(ForbiddenError, match="bob is no admin"):
        book.append(grant("bob", Role.READER, START, "ann"), grant("eve", Role.ADMIN, START, "bob"))


def test_codes_cannot_be_merged_in_a_ring_even_by_undoing(book: Book) -> None:
    first, back = merge("IRK", "IRQ", START, "ann", ""), merge("IRQ", "IRK", START, "ann", "")
    with pytest.raises(UsageError, match="one name already"):
        book.append(first, back)
    gone = undo(first.id, START, "ann", "")
    book.append(first, gone, back)
    with pytest.raises(UsageError, match="one name already"):
        book.append(undo(gone.id, START, "ann", ""))


def test_two_claims_cannot_each_be_merged_into_the_other_by_undoing(book: Book) -> None:
    first = merge(SAID.id, OTHER.id, START, "ann", "")
    gone = undo(first.id, START, "ann", "")
    book.append(first, gone, merge(OTHER.id, SAID.id, START, "ann", ""))
    with pytest.raises(UsageError, match="cannot be merged"):
        book.append(undo(gone.id, START, "ann", ""))
    assert [entry.statement for entry in book.entries()] == [SAID]


def test_a_code_and_a_person_of_one_name_are_two_matters(book: Book) -> None:
    joined = merge("GEO", "GEOR", START, "ann", "")
    book.append(ADMIN, joined, grant("GEO", Role.EDITOR, START, "ann"))
    assert book.append(undo(joined.id, START, "ann", "the person came later, but that is another matter"))


def test_a_claim_can_be_merged_into_one_that_the_same_decision_brings(book: Book) -> None:
    third = statement(WIRE, Figures(level=700))
    book.append(
        split(SAID.id, third, IRAQ, START, "ann", "two claims"), merge(OTHER.id, third.id, START, "ann", "")
    )
    assert [entry.statement for entry in book.entries()] == [SAID, third]
    assert book.append(hold(third.id, START, "ann", ""))
