"""A newer reader proposes; people's decisions stay; what is accepted is written beside what was there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from books import Ticks, line, reading, report, statement
from musterbook.api import OpenBook
from musterbook.api.rereading import ReadAgain
from musterbook.errors import OvertakenError, UsageError
from musterbook.ledger.deciding import GUARD
from musterbook.ledger.entries import hold
from musterbook.ledger.open import open_book
from musterbook.ledger.rereading import Fate, Rereading
from musterbook.model import Reading, Report, Statement, Status
from musterbook.values import Figures, Span

TEXT = "About 5,200 American troops are in Iraq. Some 900 more are in Syria."
WIRE = report(TEXT)
IRAQI = replace(statement(WIRE), evidence=(Span(0, 40),))
SYRIAN = replace(statement(WIRE, Figures(level=900), place="SYR"), evidence=(Span(41, 68),))
BETTER = replace(IRAQI, figures=Figures(level=5300))
DENIED = replace(IRAQI, status=Status.DENIED)
QUIET = report("Nothing of ours.", date(2020, 10, 1))


@pytest.fixture(params=["memory", "sqlite"])
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OpenBook]:
    place = ":memory:" if request.param == "memory" else tmp_path / "book.sqlite"
    with open_book(place, Ticks()) as opened:
        opened.add_report(reading(WIRE, IRAQI, SYRIAN), [line(IRAQI), line(SYRIAN)])
        opened.add_report(reading(QUIET), [])
        yield OpenBook(opened, Ticks(), "ann")


def reader(*said: Statement, version: str = "v2") -> ReadAgain:
    """A reader that finds just these, in the report that they are of."""

    def read(of: Report) -> Reading:
        return Reading(of, tuple(one for one in said if one.report == of.id))

    return ReadAgain(read, version)


def reread(book: OpenBook, *said: Statement, version: str = "v2") -> Rereading:
    first, quiet = book.reread(again=reader(*said, version=version))
    assert (quiet.report, quiet.same, quiet.proposals) == (QUIET.id, 0, ())
    return first


def told(found: Rereading) -> list[tuple[str, list[str]]]:
    return [
        (one.fate, [change.words for change in one.changes] if one.before and one.after else [])
        for one in found.proposals
    ]


def standing(book: OpenBook) -> set[str]:
    return {said.id for said in book.statements()}


def test_the_same_reader_finds_the_same(book: OpenBook) -> None:
    surer = replace(IRAQI, confidence=0.5, marks=(Span(6, 11),), dating="otherwise told")
    found = reread(book, surer, SYRIAN)
    assert (found.same, found.proposals) == (2, ())


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ((IRAQI,), [("gone", [])]),
        ((BETTER, SYRIAN), [("changed", ["level 5,200 -> 5,300", "approx yes -> none"])]),
        ((DENIED, SYRIAN), [("changed", ["status current -> denied"])]),
        (
            (replace(IRAQI, place=SYRIAN.place), SYRIAN),
            [("changed", ["place IRQ -> SYR", "contingent USA/IRQ -> USA/SYR"])],
        ),
        ((IRAQI, SYRIAN, replace(BETTER, place=SYRIAN.place)), [("new", [])]),
        (
            (replace(IRAQI, figures=Figures(level=7), place=SYRIAN.place), SYRIAN),
            [("gone", []), ("new", [])],  # other words in common only: another claim
        ),
    ],
)
def test_differences_are_told_field_by_field(
    book: OpenBook, said: tuple[Statement, ...], wanted: list[tuple[str, list[str]]]
) -> None:
    before = book.ledger.journal()
    assert told(reread(book, *said)) == wanted
    assert book.ledger.journal() == before


def test_what_is_accepted_stands_and_is_the_same_from_then_on(book: OpenBook) -> None:
    before = book.ledger.now()
    new = replace(BETTER, place=SYRIAN.place)
    assert book.accept(reread(book, BETTER, new), by="bob") == 3
    assert standing(book) == {BETTER.id, new.id}
    assert {s.id for s in book.as_of(before).statements()} == {IRAQI.id, SYRIAN.id}
    assert reread(book, BETTER, new).proposals == ()
    lines = book.ledger.journal()[2:]
    assert {(e.by, e.reader) for e in lines} == {("bob", "v2")}
    assert sorted(e.reason for e in lines) == ["no longer found by v2", "reread with v2", "reread with v2"]
    assert book.standing().confirmed == {}  # nobody has looked at the words


def test_readers_may_go_back_and_forth(book: OpenBook) -> None:
    for version, said in (
        ("v2", (BETTER,)),
        ("v1", (IRAQI, SYRIAN)),
        ("v2", (BETTER,)),
        ("v1", (IRAQI, SYRIAN)),
    ):
        assert book.accept(reread(book, *said, version=version)) == 2
        assert standing(book) == {one.id for one in said}


def test_only_the_fates_that_are_wanted_are_accepted(book: OpenBook) -> None:
    assert book.accept(reread(book, BETTER), [Fate.GONE]) == 1
    assert standing(book) == {IRAQI.id}


DECISIONS: dict[str, Callable[[OpenBook], object]] = {
    "confirmed": lambda book: book.confirm(IRAQI.id, "as printed"),
    "retracted": lambda book: book.retract(IRAQI.id, "misprint"),
    "corrected": lambda book: book.correct(IRAQI.id, {"level": "5000"}, "misread"),
    "merged": lambda book: book.merge(IRAQI.id, SYRIAN.id, "one claim"),
    "held": lambda book: book.hold(IRAQI.id, "odd"),
}


@pytest.mark.parametrize("decision", DECISIONS)
def test_what_a_person_decided_is_kept(book: OpenBook, decision: str) -> None:
    DECISIONS[decision](book)
    before = standing(book)
    found = reread(book, BETTER, SYRIAN)
    [kept] = found.proposals
    assert (kept.fate, kept.decision and kept.decision.by) == (Fate.KEPT, "ann")
    assert book.accept(found) == 0
    assert standing(book) == before


def test_what_a_guard_holds_or_a_person_has_undone_is_free(book: OpenBook) -> None:
    book.ledger.append(hold(IRAQI.id, book.ledger.now(), GUARD, "a flood"))
    book.retract(SYRIAN.id, "misprint")
    book.undo(book.history(SYRIAN.id)[-1].id, "it was right")
    assert [fate for fate, _ in told(reread(book, BETTER))] == ["changed", "gone"]


def test_a_reader_that_comes_to_what_a_person_said_differs_in_nothing(book: OpenBook) -> None:
    book.correct(IRAQI.id, {"level": "5300", "approx": "no"}, "misread")
    assert reread(book, BETTER, SYRIAN).proposals == ()


def test_what_was_decided_since_is_not_overwritten(book: OpenBook) -> None:
    found = reread(book, BETTER, SYRIAN)
    book.confirm(IRAQI.id, "as printed")
    with pytest.raises(OvertakenError):
        book.accept(found)
    assert standing(book) == {IRAQI.id, SYRIAN.id}


def test_one_report_is_read_again_by_the_beginning_of_its_id(book: OpenBook) -> None:
    done: list[tuple[int, int]] = []
    again = reader(IRAQI, SYRIAN)
    found = list(book.reread([WIRE.id[:8]], again, lambda at, of: done.append((at, of))))
    assert [one.report for one in found] == [WIRE.id]
    assert done[-1][0] == done[-1][1] == book.ledger.head().edge.size
    with pytest.raises(UsageError, match="no report 000000"):
        list(book.reread(["000000"], again))
