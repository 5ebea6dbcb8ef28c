"""What a chart shows is what the book holds: statements as dots, announcements as aims, held ones left out."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from drawn import course, holding

from books import Ticks
from musterbook.api.book import OpenBook
from musterbook.api.charting import course_of
from musterbook.api.mapping import holdings_of, hosts_of, largest_of
from musterbook.api.tracing import kin_of, promises_of
from musterbook.charts.tables import course_table, holdings_table
from musterbook.errors import UsageError
from musterbook.ledger.book import Book
from musterbook.ledger.stores.memory import MemoryStore
from musterbook.model import Contingent, Report
from musterbook.safe import COMMANDS, as_cell

IRAQ = Contingent("USA", "IRQ")
TOLD = (
    ("About 5,200 American troops are in Iraq, Gen. Ruth Calder said.", date(2020, 6, 1)),
    (
        "The Pentagon will cut its force in Iraq from about 5,200 to 3,000 troops by Sept. 30, 2020.",
        date(2020, 9, 9),
    ),
    ("The number of U.S. troops in Iraq has reached 3,000, the Pentagon said.", date(2020, 10, 2)),
)


@pytest.fixture
def book() -> OpenBook:
    held = OpenBook(Book(MemoryStore()), Ticks())
    held.add([Report(text, publisher="The Wire", published=day) for text, day in TOLD])
    return held


def test_every_figure_with_a_day_is_a_dot(book: OpenBook) -> None:
    dots = course_of(book, IRAQ).dots
    assert {dot.statement for dot in dots} <= {s.id for s in book.statements()}
    assert [(str(dot.day), dot.value, dot.kind) for dot in dots][:2] == [
        ("2020-06-01", 5200, "current"),
        ("2020-09-30", 3000, "announced"),
    ]
    assert "Gen. Ruth Calder" in dots[0].title


def test_an_announcement_is_an_aim_with_its_verdict(book: OpenBook) -> None:
    (aim,) = course_of(book, IRAQ).aims
    assert (aim.before, aim.target, str(aim.announced), str(aim.deadline)) == (
        5200,
        3000,
        "2020-09-09",
        "2020-09-30",
    )


def test_the_estimates_are_those_of_the_book(book: OpenBook) -> None:
    told = course_of(book, IRAQ)
    some = told.estimates[len(told.estimates) // 2]
    strength = book.strength(IRAQ, some.day)
    assert strength is not None
    assert (strength.low, strength.best, strength.high) == (some.low, some.best, some.high)


def test_what_is_held_is_no_dot(book: OpenBook) -> None:
    first = course_of(book, IRAQ).dots[0]
    book.hold(first.statement, "let us look")
    assert first.statement not in {dot.statement for dot in course_of(book, IRAQ).dots}


def test_dots_lead_where_they_are_told_to(book: OpenBook) -> None:
    dot = course_of(book, IRAQ, link=lambda id_: f"/statements/{id_}").dots[0]
    assert dot.link == f"/statements/{dot.statement}"


def test_a_contingent_of_which_nothing_is_known_gives_an_empty_course(book: OpenBook) -> None:
    assert course_of(book, Contingent("FRA", "MLI")).estimates == ()
    between = course_of(book, Contingent("FRA", "MLI"), date(2020, 1, 1), date(2020, 2, 1))
    assert {estimate.best for estimate in between.estimates} == {None}


def test_a_book_draws_by_names_and_shows_itself_in_a_notebook(book: OpenBook) -> None:
    chart = book.chart("us", "Iraq", against="2020-06-02")
    assert chart._repr_svg_().startswith("<svg")
    assert "United States in Iraq" in chart.svg
    assert "USA/IRQ" in book.world("2020-10-03").table.csv()
    with pytest.raises(UsageError, match="no force is known"):
        book.chart("nobody at all", "iraq")


def test_a_pledge_and_an_utterance_can_be_drawn(book: OpenBook) -> None:
    (promise,) = promises_of(book, book.pledges("2020-11-01"))
    assert promise.deadline == date(2020, 9, 30)
    for utterance in book.utterances():
        kin = kin_of(book, utterance)
        assert [one.statement for one in kin] == list(utterance.statements)
        assert kin[0].parent == ""


def test_the_map_gets_every_contingent_in_its_states(book: OpenBook) -> None:
    (iraq,) = holdings_of(book, date(2020, 10, 3))
    assert (iraq.contingent, iraq.hosts) == ("USA/IRQ", ("IRQ",))
    assert hosts_of("IRQ+SYR") == ("IRQ", "SYR")
    assert [bar.name for bar in largest_of((iraq, holding("SYR", None)))] == ["United States in Iraq"]


@pytest.mark.parametrize(
    "words", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "|x", "=HYPERLINK(1)"]
)
def test_no_cell_is_a_formula(words: str) -> None:
    assert as_cell(words).startswith("'")
    tables = course_table(course(words)), holdings_table([holding("IRQ", 5, words=words)])
    for table in tables:
        for row in csv.reader(io.StringIO(table.csv())):
            assert not [cell for cell in row if cell.startswith(COMMANDS)]


def test_unknown_is_an_empty_cell_and_nobody_a_nought() -> None:
    rows = list(csv.DictReader(io.StringIO(course_table(course()).csv())))
    best = {row["day"]: row["best"] for row in rows if row["what"] == "estimate"}
    assert {best[day] for day in best if day.startswith("2019-0")} == {""}
    assert {best[day] for day in best if day.startswith("2021-0")} == {"0"}
