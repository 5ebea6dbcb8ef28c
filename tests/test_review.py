"""Editors at work on a book: what they decide, what is held from them, and what two of them do at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from books import IRAQ, SYRIA, Ticks, line, reading, report, statement
from musterbook.api import OpenBook
from musterbook.errors import OvertakenError, UsageError
from musterbook.findings import Estimate
from musterbook.ledger.book import Book
from musterbook.ledger.open import open_book
from musterbook.ledger.telling import overtaken, steps
from musterbook.model import Act, Contingent, CountingRule, Report, Status
from musterbook.values import Figures, Period

DAY = date(2021, 1, 1)
FIRST = report("About 5,200 American troops are in Iraq.", date(2020, 9, 9))
SAID = statement(FIRST)
MISPRINT = report("Now 52,000 American troops are in Iraq.", date(2020, 9, 16))
TEN_TIMES = statement(MISPRINT, Figures(level=52_000))
LATER = report("There are 5,000 American troops in Iraq.", date(2020, 10, 1))
LEFT = statement(LATER, Figures(level=5000))


@pytest.fixture(params=["memory", "sqlite"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Book]:
    place = ":memory:" if request.param == "memory" else tmp_path / "book.sqlite"
    with open_book(place, Ticks()) as opened:
        add(opened, FIRST, SAID)
        yield opened


@pytest.fixture
def book(ledger: Book) -> OpenBook:
    return OpenBook(ledger, Ticks(), "ann")


def add(ledger: Book, of: Report, *said: object) -> None:
    ledger.add_report(reading(of, *said), [line(one) for one in said])  # type: ignore[arg-type]


def iraq(book: OpenBook) -> Estimate:
    found = book.strength(IRAQ, DAY)
    assert found == next(one for one in book.contingents(DAY) if one.contingent == IRAQ)
    return found


def test_what_nobody_would_believe_moves_no_figure_until_somebody_confirms(book: OpenBook) -> None:
    add(book.ledger, MISPRINT, TEN_TIMES)
    assert (iraq(book).best, iraq(book).held) == (5200, (TEN_TIMES.id,))
    [hold] = book.holds()
    assert (hold.statement, hold.code) == (TEN_TIMES.id, "ten-times")
    assert TEN_TIMES.id in book.with_held().contingents(DAY)[0].basis
    before = book.ledger.now()
    assert book.confirm(TEN_TIMES.id, "asked the Pentagon")
    assert (iraq(book).best, iraq(book).held, book.holds()) == (52_000, (), ())
    assert book.as_of(before).contingents(DAY)[0].best == 5200


def test_a_person_can_hold_and_a_contingent_of_held_statements_is_unknown(book: OpenBook) -> None:
    book.hold(SAID.id, "two papers doubt it")
    estimate = iraq(book)
    assert (estimate.best, estimate.basis, estimate.held) == (None, (), (SAID.id,))
    assert [(h.code, h.message) for h in book.holds()] == [("by-hand", "two papers doubt it (ann)")]
    book.undo(book.history(SAID.id)[-1].id, "they do not")
    assert iraq(book).best == 5200


def test_an_announcement_that_is_held_is_no_pledge(book: OpenBook) -> None:
    promise = statement(LATER, Figures(after=3000), Status.ANNOUNCED, period=Period.day(DAY))
    add(book.ledger, LATER, promise)
    assert len(book.pledges(DAY)) == 1
    book.hold(promise.id, "who says so?")
    assert book.pledges(DAY) == ()
    assert len(book.with_held().pledges(DAY)) == 1


def test_the_queue_puts_first_what_moves_most_and_leaves_out_what_was_confirmed(book: OpenBook) -> None:
    add(book.ledger, MISPRINT, TEN_TIMES)
    first, second = book.queue()
    assert (first.statement, second.statement) == (TEN_TIMES.id, SAID.id)
    assert first.moves > second.moves > 5000
    book.confirm(SAID.id, "as printed")
    assert [item.statement for item in book.queue()] == [TEN_TIMES.id]


def test_only_what_was_public_by_a_day_counts(book: OpenBook) -> None:
    undated = report("Of 90 American troops in Iraq nobody knows the day.", None)
    add(book.ledger, LATER, LEFT)
    add(book.ledger, undated, statement(undated, Figures(level=90)))
    view = book.public_by("2020-09-30")
    assert [e.best for e in view.contingents(DAY)] == [5200]
    assert view.reports() == (FIRST,)
    assert [s.id for s in view.statements()] == [SAID.id]
    assert book.as_of(book.ledger.now()).public_by("2020-10-01").contingents(DAY)[0].confirmed == 5000


def test_a_correction_keeps_the_evidence_and_says_what_it_changed(book: OpenBook) -> None:
    fields = {
        "level": "2,500",
        "approx": "no",
        "status": "past",
        "period": "2020-08-31",
        "rule": "authorised cap",
    }
    assert book.correct(SAID.id, fields, "misread")
    [now] = book.statements()
    assert now.evidence == SAID.evidence
    assert (now.figures, now.status) == (Figures(level=2500), Status.PAST)
    assert (now.period, now.rule) == (Period.day(date(2020, 8, 31)), CountingRule.AUTHORISED_CAP)
    step = steps(book.history(SAID.id))[-1]
    assert [change.words for change in step.changes] == [
        "level 5,200 -> 2,500",
        "approx yes -> none",
        "status current -> past",
        "rule unspecified -> authorised cap",
        "period none -> 2020-08-31",
    ]
    assert list(book.standing().confirmed) == [now.id]


def test_a_corrected_place_counts_elsewhere_and_other_fields_do_not_move_it(book: OpenBook) -> None:
    book.reassign(SAID.id, SYRIA, "the map says so")
    book.correct(SAID.id, {"level": "900"}, "misread")
    assert [e.contingent for e in book.entries()] == [SYRIA]
    book.correct(book.statements()[0].id, {"place": "Jordan"}, "read again")
    assert [e.contingent for e in book.entries()] == [Contingent("USA", "JOR")]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"level": "many"}, "write it as in level=2500"),
        ({"place": "Atlantis"}, "is no place"),
        ({"size": "5"}, "no field 'size'"),
        ({"low": "9", "high": "3"}, "bounds crossed"),
        ({"status": "none"}, "is no status"),
        ({"level": "5200"}, "says just that already"),
    ],
)
def test_a_correction_that_makes_no_sense_is_refused_with_the_cure(
    book: OpenBook, fields: dict[str, str], words: str
) -> None:
    with pytest.raises(UsageError, match=words):
        book.correct(SAID.id, fields, "misread")
    assert len(book.history(SAID.id)) == 1


def test_a_split_is_undone_and_done_again_as_one(book: OpenBook) -> None:
    parts = [book.part(SAID.id, fields) for fields in ({"level": "4000"}, {"level": "1200", "place": "SYR"})]
    book.split(SAID.id, parts, "two places")
    both = {(IRAQ, 4000), (SYRIA, 1200)}
    assert {(e.contingent, e.best) for e in book.contingents(DAY)} == both
    book.undo(book.history(SAID.id)[-1].id, "one place")
    assert [(e.contingent, e.best) for e in book.contingents(DAY)] == [(IRAQ, 5200)]
    book.undo(book.history(SAID.id)[-1].id, "two after all")
    assert {(e.contingent, e.best) for e in book.contingents(DAY)} == both
    with pytest.raises(UsageError, match="two parts or more"):
        book.split(parts[0].id, [parts[1], parts[1]], "again")


def test_two_names_are_one_from_then_on_and_two_before(book: OpenBook) -> None:
    theirs = report("Some 6,000 men of group A are in Iraq.", date(2020, 12, 1))
    add(book.ledger, theirs, statement(theirs, Figures(level=6000)))
    here = Contingent("GROUP:A", "IRQ")
    book.reassign(statement(theirs, Figures(level=6000)).id, here, "theirs")
    before = book.ledger.now()
    assert book.merge("GROUP:A", "USA", "one name")
    assert [(e.contingent, e.best) for e in book.contingents(DAY)] == [(IRAQ, 6000)]
    assert book.strength(here, DAY) == book.strength(IRAQ, DAY)
    assert book.current_name("GROUP:A") == "USA"
    assert {e.contingent for e in book.as_of(before).contingents(DAY)} == {IRAQ, here}
    book.correct(statement(theirs, Figures(level=6000)).id, {"level": "5900"}, "misread")
    book.undo(book.history("GROUP:A")[-1].id, "two groups")
    assert {(e.contingent, e.best) for e in book.contingents(DAY)} == {(IRAQ, 5200), (here, 5900)}


def test_of_two_editors_one_wins_and_the_other_sees_the_difference(tmp_path: Path) -> None:
    clock = Ticks()
    with open_book(tmp_path / "b.sqlite", clock) as one, open_book(tmp_path / "b.sqlite", clock) as two:
        add(one, FIRST, SAID)
        ann, bob = OpenBook(one, clock, "ann"), OpenBook(two, clock, "bob")
        seen = ann.history(SAID.id)[-1].id
        assert bob.history(SAID.id)[-1].id == seen
        ann.correct(SAID.id, {"level": "2500"}, "misread", after=seen)
        for late in (
            lambda: bob.correct(SAID.id, {"level": "2600"}, "misread", after=seen),
            lambda: bob.retract(SAID.id, "misprint", after=seen),
            lambda: bob.reassign(SAID.id, SYRIA, "wrong place", after=seen),
        ):
            with pytest.raises(OvertakenError, match="somebody was quicker: ann: replace"):
                late()
        found = overtaken(bob.history(SAID.id), seen)
        assert [(e.by, e.act) for e in found.since] == [("ann", Act.REPLACE)]
        assert [change.words for change in found.changes] == ["level 5,200 -> 2,500"]
        assert [s.figures.level for s in bob.statements()] == [2500]
