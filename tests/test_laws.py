"""The laws of ARCHITECTURE.md that hold today, for whatever hypothesis can think of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from books import START, Ticks, entries, line, readings, statement
from musterbook.errors import BookError
from musterbook.findings import Estimate, Pledge
from musterbook.ledger.asof import standing
from musterbook.ledger.book import Book
from musterbook.ledger.entries import retract
from musterbook.ledger.open import open_book
from musterbook.model import Entry, Reading, Report
from musterbook.notation import parse, write
from musterbook.reckoning.arithmetic import conflicts
from musterbook.reckoning.curve.estimates import estimates
from musterbook.reckoning.curve.gather import Told, curves
from musterbook.reckoning.pledges import pledges
from musterbook.values import Span

DAY = date(2021, 6, 30)
Archive = list[tuple[Reading, list[Entry]]]
archives = st.lists(readings(), max_size=6, unique_by=lambda pair: pair[0].report.id)
law = settings(max_examples=30, deadline=None)


def filled(archive: Iterable[tuple[Reading, list[Entry]]]) -> Book:
    book = open_book(":memory:", Ticks())
    for told, lines in archive:
        book.add_report(told, lines)
    return book


def reckoned(book: Book) -> tuple[tuple[Estimate, ...], tuple[Pledge, ...], Any]:
    reports = {told.id: told for told in book.reports()}
    stands = book.entries()
    promised = pledges(stands, reports, DAY)
    found = curves(Told(stands, reports, promised))
    return estimates(found, stands, reports, DAY), promised, conflicts(stands)


@law
@given(entries)
def test_reading_a_written_line_gives_the_entry(entry: Entry) -> None:
    text = write(entry)
    assert len(text.splitlines()) == 1
    assert parse(text, Entry) == entry
    assert write(parse(text, Entry)) == text


@law
@given(st.text(max_size=40))
def test_any_other_line_is_refused_by_name(text: str) -> None:
    with pytest.raises(BookError, match="muster notation"):
        parse(text, Entry)


@law
@given(archives)
def test_adding_twice_is_adding_once(archive: Archive) -> None:
    once, twice = filled(archive), filled([*archive, *archive])
    assert [e.id for e in once.journal()] == [e.id for e in twice.journal()]
    assert len(once.outcomes()) == len(twice.outcomes())


@law
@given(archives, st.randoms(use_true_random=False))
def test_the_order_of_reports_changes_no_result(archive: Archive, chance: Random) -> None:
    other = chance.sample(archive, len(archive))
    assert reckoned(filled(archive)) == reckoned(filled(other))


@law
@given(archives, st.data())
def test_what_was_known_then_never_changes_by_what_is_written_later(
    archive: Archive, data: st.DataObject
) -> None:
    half = data.draw(st.integers(0, len(archive)))
    book = filled(archive[:half])
    then = book.now()
    known = book.entries(known=then)
    for told, lines in archive[half:]:
        book.add_report(told, lines)
    for entry in known[::2]:
        assert entry.statement
        book.append(retract(entry.statement.id, START, "editor", "misread"))
    assert book.entries(known=then) == known


@law
@given(archives, st.data())
def test_a_retracted_statement_supports_nothing_afterwards_and_before_it_does(
    archive: Archive, data: st.DataObject
) -> None:
    book = filled(archive)
    ids = [e.statement.id for e in book.entries() if e.statement]
    assume(ids)
    target, then = data.draw(st.sampled_from(ids)), book.now()
    book.append(retract(target, START, "editor", "misread"))
    assert target not in basis(book)
    assert target in {e.statement.id for e in standing(book.journal(), then) if e.statement}


@law
@given(archives)
def test_estimates_are_ordered_and_have_a_basis_that_stands(archive: Archive) -> None:
    book = filled(archive)
    stands = {e.statement.id for e in book.entries() if e.statement}
    assert basis(book) <= stands
    for estimate in reckoned(book)[0]:
        numbers = [n for n in (estimate.low, estimate.best, estimate.high) if n is not None]
        assert numbers == sorted(numbers)
        assert estimate.basis
    assert all(pledge.basis for pledge in reckoned(book)[1])


@law
@given(st.text(max_size=30), st.integers(0, 40), st.integers(0, 40))
def test_evidence_in_the_book_cuts_words(text: str, one: int, other: int) -> None:
    told, span = Report(text), Span(min(one, other), max(one, other))
    said = statement(told)
    said = type(said)(told.id, said.force, said.place, said.figures, said.status, (span,))
    book = open_book(":memory:")
    if span.end <= len(text) and span.cut(text).strip():
        assert book.add_report(Reading(told, (said,)), [line(said)]).statements == 1
        return
    with pytest.raises(BookError, match="cuts no words"):
        book.add_report(Reading(told, (said,)), [line(said)])


def basis(book: Book) -> set[str]:
    """All statements that any result stands on."""
    estimates, promised, contradictions = reckoned(book)
    return {one for result in (*estimates, *promised, *contradictions) for one in result.basis}
