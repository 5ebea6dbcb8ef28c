"""One contract for all stores: a store is done when it passes this file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from books import IRAQ, START, SYRIA, Ticks, line, reading, report, statement
from musterbook.errors import BookError, UsageError
from musterbook.ledger.asof import standing
from musterbook.ledger.book import Book
from musterbook.ledger.entries import merge, record, replace, retract
from musterbook.ledger.open import open_book
from musterbook.ledger.outcomes import KNOWN, READ, tally
from musterbook.model import Contingent, Doubt, Reading, Report, Status
from musterbook.values import Attribution, Figures, Span

WIRE = report()
SAID = statement(WIRE)
BETTER = statement(WIRE, Figures(level=5300))


@pytest.fixture
def clock() -> Ticks:
    return Ticks()


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def again(request: pytest.FixtureRequest, tmp_path: Path, clock: Ticks) -> Callable[[], Book]:
    """Opens the book; the stores that keep anything open the same one each time."""
    if request.param == "postgres":
        address: str = request.getfixturevalue("postgres_url")
        return lambda: open_book(address, clock)
    path = ":memory:" if request.param == "memory" else tmp_path / "book.sqlite"
    return lambda: open_book(path, clock)


@pytest.fixture
def book(again: Callable[[], Book]) -> Iterator[Book]:
    with again() as opened:
        yield opened


def test_a_store_is_a_book(book: Book) -> None:
    assert isinstance(book, Book)


def test_a_report_is_written_with_all_that_was_found_in_it(book: Book) -> None:
    doubt = Doubt("reading", "no-place", "where?", report=WIRE.id, span=Span(0, 5), words="About")
    found = Reading(WIRE, (SAID,), people=(Attribution("Gen. Rose", rank="Gen."),), doubts=(doubt,))
    receipt = book.add_report(found, [line(SAID)])
    assert (receipt.code, receipt.statements, receipt.doubts, receipt.new) == (READ, 1, 1, True)
    assert [entry.statement for entry in book.entries()] == [SAID]
    assert (book.reports(), book.doubts(), book.reading(WIRE.id)) == ((WIRE,), (doubt,), found)
    assert book.report(WIRE.id) == WIRE


def test_the_same_report_twice_changes_nothing(book: Book) -> None:
    book.add_report(reading(WIRE, SAID), [line(SAID)])
    before = book.journal(), book.reports(), book.doubts(), book.outcomes()
    receipt = book.add_report(reading(WIRE, SAID), [line(SAID)])
    assert (receipt.code, receipt.statements, receipt.new) == (KNOWN, 0, False)
    assert before == (book.journal(), book.reports(), book.doubts(), book.outcomes())


def test_a_second_reading_does_not_overwrite_the_first(book: Book) -> None:
    book.add_report(reading(WIRE, SAID), [line(SAID)])
    book.add_report(reading(WIRE, BETTER), [line(BETTER)])
    assert [entry.statement for entry in book.entries()] == [SAID]


def test_a_copy_under_another_name_is_an_input_of_its_own(book: Book) -> None:
    book.add_report(reading(WIRE, SAID), [line(SAID)])
    copy = Report(WIRE.text, published=WIRE.published, name="copy.txt")
    assert book.add_report(reading(copy, SAID), [line(SAID)]).new
    assert tally(book.outcomes()) == {READ: 1, KNOWN: 1}
    assert len(book.reports()) == 1


def test_an_input_that_is_no_report_is_kept_and_counted_once(book: Book) -> None:
    broken = Doubt("intake", "binary", "photo.txt is no text; convert it first", source="photo.txt")
    assert book.add_failure(broken).new
    assert not book.add_failure(broken).new
    assert book.doubts() == (broken,)
    assert [(o.source, o.code, o.message) for o in book.outcomes()] == [
        ("photo.txt", "binary", broken.message)
    ]


def test_inputs_equal_outcomes(book: Book) -> None:
    book.add_report(reading(WIRE, SAID), [line(SAID)])
    book.add_report(reading(report("Nothing here.")), [])
    book.add_failure(Doubt("intake", "empty-file", "a.txt is empty", source="a.txt"))
    book.add_failure(Doubt("intake", "empty-file", "b.txt is empty", source="b.txt"))
    assert tally(book.outcomes()) == {"empty-file": 2, READ: 2}


def test_a_statement_without_a_contingent_is_kept(book: Book) -> None:
    book.add_report(reading(WIRE, SAID), [record(SAID, None, START, "reader", "0.1")])
    assert [entry.contingent for entry in book.entries()] == [None]


def test_entries_are_found_by_contingent(book: Book) -> None:
    there = statement(WIRE, Figures(level=500), place="SYR")
    book.add_report(reading(WIRE, SAID, there), [line(SAID), line(there)])
    assert [entry.statement for entry in book.entries(SYRIA)] == [there]
    assert book.entries(Contingent("USA", "AFG")) == ()


def test_a_retraction_is_invisible_before_it_is_recorded(book: Book) -> None:
    book.add_report(reading(WIRE, SAID), [line(SAID)])
    before = book.now()
    assert book.append(retract(SAID.id, START, "editor", "misprint"))
    assert book.entries() == ()
    assert [entry.statement for entry in book.entries(known=before)] == [SAID]
    assert [entry.statement for entry in book.entries(IRAQ, before)] == [SAID]


def test_a_replacement_stands_in_the_place_of_its_target(book: Book) -> None:
    book.add_report(reading(WIRE, SAID), [line(SAID)])
    before = book.now()
    book.append(replace(SAID.id, BETTER, SYRIA, START, "editor", "", "wrong place"))
    assert [(entry.statement, entry.contingent) for entry in book.entries()] == [(BETTER, SYRIA)]
    assert book.entries(IRAQ) == ()
    assert [entry.statement for entry in book.entries(known=before)] == [SAID]


def test_a_statement_can_be_replaced_by_itself_in_another_contingent(book: Book) -> None:
    book.add_report(reading(WIRE, SAID), [line(SAID)])
    book.append(replace(SAID.id, SAID, SYRIA, START, "editor", "", "wrong place"))
    assert [(entry.statement, entry.contingent) for entry in book.entries()] == [(SAID, SYRIA)]


def test_two_corrections_that_differ_only_in_status_are_two(book: Book) -> None:
    book.add_report(reading(WIRE, SAID), [line(SAID)])
    for status in (Status.PAST, Status.DENIED):
        said = statement(WIRE, status=status)
        assert book.append(replace(SAID.id, said, IRAQ, START, "desk", "", "read again"))
    assert [entry.statement.status for entry in book.entries() if entry.statement] == [Status.DENIED]


def test_appending_twice_is_appending_once(book: Book) -> None:
    book.add_report(reading(WIRE, SAID), [line(SAID)])
    assert book.append(retract(SAID.id, START, "editor", "misprint"))
    assert not book.append(retract(SAID.id, START, "editor", "misprint"))
    assert len(book.journal()) == 2


def test_a_retracted_statement_can_be_said_again_for_a_reason(book: Book) -> None:
    book.add_report(reading(WIRE, SAID), [line(SAID)])
    book.append(retract(SAID.id, START, "editor", "misprint"))
    assert book.append(record(SAID, IRAQ, START, "editor", "", reason="it was no misprint"))
    assert [entry.statement for entry in book.entries()] == [SAID]


def test_what_does_not_stand_cannot_be_retracted(book: Book) -> None:
    with pytest.raises(UsageError, match="cannot be retracted"):
        book.append(retract("0" * 64, START, "editor", "misprint"))
    assert book.journal() == ()


@pytest.mark.parametrize("span", [Span(0, 4000), Span(5, 6), Span(3, 3)])
def test_evidence_that_cuts_no_words_is_refused_and_nothing_is_written(book: Book, span: Span) -> None:
    bad = type(SAID)(WIRE.id, SAID.force, SAID.place, SAID.figures, SAID.status, (span,))
    with pytest.raises(BookError, match="cuts no words"):
        book.add_report(reading(WIRE, SAID, bad), [line(SAID), line(bad)])
    assert (book.reports(), book.journal(), book.outcomes()) == ((), (), ())


def test_a_statement_of_another_report_is_refused(book: Book) -> None:
    with pytest.raises(BookError, match="is of report"):
        book.add_report(reading(report("Something else.")), [line(SAID)])


def test_a_statement_of_an_unknown_report_is_refused(book: Book) -> None:
    with pytest.raises(BookError, match="add the report first"):
        book.append(line(SAID))


def test_recorded_never_goes_backwards(book: Book, clock: Ticks) -> None:
    book.add_report(reading(WIRE, SAID), [line(SAID)])
    clock.moment -= timedelta(days=30)
    other = report("Another report.")
    book.add_report(reading(other, statement(other)), [line(statement(other))])
    first, second = book.journal()
    assert START < first.recorded <= second.recorded


def test_strange_characters_come_back_as_they_were(book: Book) -> None:
    odd = Report(
        "Nul \x00, half \ud83d, mark \ufdd0, line \u2028 and 5 troops.", title="\x00", name="odd.txt"
    )
    book.add_report(reading(odd, statement(odd)), [line(statement(odd))])
    assert book.report(odd.id) == odd


def test_entries_are_the_fold_of_the_journal_at_every_moment(book: Book) -> None:
    book.add_report(reading(WIRE, SAID), [line(SAID)])
    book.append(replace(SAID.id, BETTER, IRAQ, START, "editor", "", "misread"))
    book.append(replace(BETTER.id, SAID, IRAQ, START, "editor", "", "it was right"))
    book.append(retract(SAID.id, START, "editor", "misprint"))
    for moment in [START, *(entry.recorded for entry in book.journal())]:
        assert book.entries(known=moment) == standing(book.journal(), moment)


def test_ids_are_found_by_how_they_begin(book: Book) -> None:
    book.add_report(reading(WIRE, SAID), [line(SAID)])
    book.append(retract(SAID.id, START, "editor", "misprint"))
    entry = book.journal()[-1].id
    assert (book.named(SAID.id[:8]), book.named(entry[:8])) == ({SAID.id}, {entry})
    assert book.named(WIRE.id[:8]) == frozenset()
    assert book.named("") == {SAID.id, *(e.id for e in book.journal())}


def test_a_book_begins_with_its_first_line(book: Book) -> None:
    assert book.begun() is None
    book.add_report(reading(WIRE, SAID), [line(SAID)])
    begun = book.begun()
    assert begun is not None
    assert START < begun <= book.journal()[0].recorded


def test_reports_and_their_statements_are_found_by_place(book: Book) -> None:
    book.add_report(reading(WIRE, SAID), [line(SAID)])
    middle, other = book.head().edge.size, report("Another report.")
    book.add_report(reading(other, statement(other)), [line(statement(other))])
    book.append(replace(SAID.id, BETTER, IRAQ, START, "editor", "", "misread"))
    end = book.head().edge.size
    assert (book.reports_among(1, middle), book.said_among(1, middle)) == ((WIRE,), {WIRE.id: 1})
    assert (book.reports_among(middle + 1, end), book.said_among(middle + 1, end)) == (
        (other,),
        {other.id: 1, WIRE.id: 1},
    )


def test_a_history_is_that_of_a_statement_a_decision_a_contingent_or_a_code(book: Book) -> None:
    book.add_report(reading(WIRE, SAID), [line(SAID)])
    book.append(replace(SAID.id, BETTER, SYRIA, START, "editor", "", "misread"))
    book.append(merge("USA", "GROUP:B", START, "editor", "one name"))
    recorded, replaced, merged = book.journal()
    assert (
        book.history(SAID.id) == book.history(BETTER.id) == book.history(replaced.id) == (recorded, replaced)
    )
    assert book.history("USA") == book.history("GROUP:B") == book.history(merged.id) == (merged,)
    for contingent in (IRAQ, SYRIA, Contingent("GROUP:B", "SYR")):
        assert book.history(contingent) == (recorded, replaced, merged)
    assert book.history(IRAQ, recorded.recorded) == (recorded,)
    assert book.matters_of(WIRE.id) == ((recorded, replaced),)
    assert book.names() == {"USA": "GROUP:B"}


def test_doubts_and_reports_are_told_as_they_were_known(book: Book) -> None:
    book.add_report(reading(WIRE, SAID), [line(SAID)])
    before = book.now()
    doubt = Doubt("reading", "no-place", "where?", report=report("More.").id)
    book.add_report(reading(report("More."), doubts=(doubt,)), [])
    assert (book.reports(known=before), book.doubts(before)) == ((WIRE,), ())
    assert (len(book.reports()), book.doubts()) == (2, (doubt,))
