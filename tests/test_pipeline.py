"""Every input ends in exactly one outcome, with a reader that needs no packs."""

from __future__ import annotations

from datetime import UTC, date, datetime

from musterbook.intake.trouble import trouble
from musterbook.ledger.book import Book
from musterbook.ledger.open import open_book
from musterbook.lexicon.register import load_register
from musterbook.model import Doubt, Reading, Report, Statement, Status
from musterbook.pipeline import Tally, gathered, muster, read_all
from musterbook.values import Figures, Mention, Span

NOON = datetime(2021, 12, 10, 12, tzinfo=UTC)


def reader(report: Report) -> Reading:
    """Finds one statement in any text that names a number."""
    if "900" not in report.text:
        return Reading(report)
    force = "USA" if "American" in report.text else "?"
    evidence = (Span(0, len(report.text)),)
    return Reading(
        report,
        (Statement(report.id, Mention(force), Mention("IRQ"), Figures(level=900), Status.CURRENT, evidence),),
    )


def mustered(book: Book, *arrivals: Report | Doubt) -> Tally:
    return muster(arrivals, book, reader, load_register(), lambda: NOON, "test")


def report(text: str, day: date | None = date(2021, 12, 9)) -> Report:
    return Report(text, published=day, name=text)


def test_the_outcomes_add_up() -> None:
    book = open_book(":memory:")
    mustered(book, report("900 Americans"))
    arrivals = (
        report("900 Americans"),
        report("rain"),
        report("900 more Americans"),
        trouble("empty-file", "a.txt"),
    )
    tally = mustered(book, *arrivals)
    assert (tally.read, tally.silent, tally.known, tally.refused) == (1, 1, 1, 1)
    assert tally.inputs == 4
    assert tally.causes == (("empty-file", 1),)


def test_a_note_on_a_report_is_no_input_of_its_own() -> None:
    one = report("900 Americans")
    note = trouble("wrong-encoding", "a.txt", "cp1252", one.id)
    assert list(gathered([one, note])) == [(one, (note,))]
    book = open_book(":memory:")
    tally = mustered(book, one, note)
    assert (tally.inputs, tally.read, tally.notes) == (1, 1, (note,))
    assert book.doubts() == (note,)


def test_a_note_follows_its_report_when_the_reader_finds_the_day() -> None:
    one = report("900 Americans", None)
    found = report("900 Americans")
    note = trouble("wrong-encoding", "a.txt", "cp1252", one.id)
    (reading,) = read_all([one, note], lambda _: Reading(found))
    assert isinstance(reading, Reading)
    assert [(d.code, d.report) for d in reading.doubts] == [("wrong-encoding", found.id)]


def test_a_force_that_no_register_knows_is_a_doubt_and_its_statement_is_kept() -> None:
    book = open_book(":memory:")
    tally = mustered(book, report("900 strangers"))
    assert (tally.statements, tally.doubts) == (1, 1)
    assert [e.contingent for e in book.entries()] == [None]
    assert [(d.stage, d.source) for d in book.doubts()] == [("identity", "900 strangers")]


def many(source: str, count: int, numbers: int, start: int = 0) -> list[Report]:
    """Reports of one source, each telling so many numbers."""
    return [
        Report(
            " ".join(["x"] * (numbers + 1)) + f" {start + n}", publisher=source, published=date(2021, 1, 1)
        )
        for n in range(count)
    ]


def words(report: Report) -> Reading:
    """A statement for every x but the first."""
    spans = [Span(2 * n, 2 * n + 1) for n in range(1, report.text.count("x"))]
    return Reading(
        report,
        tuple(
            Statement(
                report.id, Mention("USA"), Mention("IRQ"), Figures(level=900 + n), Status.CURRENT, (span,)
            )
            for n, span in enumerate(spans)
        ),
    )


def given(book: Book, reports: list[Report]) -> Tally:
    return muster(reports, book, words, load_register(), lambda: NOON, "test")


def test_a_source_that_floods_is_held_by_the_guard_and_told() -> None:
    book = open_book(":memory:")
    assert given(book, many("Wire", 30, 1)).odd == ()
    tally = given(book, [*many("Wire", 5, 12, 100), *many("Paper", 5, 12, 200)])
    assert [(odd.source, odd.code) for odd in tally.odd] == [("Wire", "source-flood")]
    assert tally.held == 60
    held = book.standing().held.values()
    assert {(entry.by, entry.reason) for entry in held} == {("guard", tally.odd[0].message)}
    assert len(held) == 60


def test_a_source_that_falls_silent_is_told_and_nothing_is_held() -> None:
    book = open_book(":memory:")
    given(book, many("Wire", 30, 1))
    tally = given(book, many("Wire", 30, 0, 100))
    assert ([odd.code for odd in tally.odd], tally.held) == (["source-silent"], 0)


def test_a_flood_that_comes_again_is_known_and_held_once() -> None:
    book = open_book(":memory:")
    given(book, many("Wire", 30, 1))
    flood = many("Wire", 5, 12, 100)
    given(book, flood)
    before = book.journal()
    assert given(book, flood).known == 5
    assert book.journal() == before
