"""What was promised, by when, and whether the day has come; and what does not add up."""

from __future__ import annotations

from datetime import date

import pytest

from books import line, report, statement
from musterbook.model import Pledge, Report, Statement, Status
from musterbook.reckoning.arithmetic import conflicts, contradiction
from musterbook.reckoning.pledges import pledges
from musterbook.values import Attribution, Figures, Period

WIRE = report("Troops in Iraq will be cut from 5,200 to 3,000.", date(2020, 9, 9))
ECHO = report("The cut of 2,200 comes in September.", date(2020, 9, 10))
AGAIN = report("Years later another 2,200 are to leave.", date(2023, 1, 1))
REPORTS = {told.id: told for told in (WIRE, ECHO, AGAIN)}
SEPTEMBER = Period(date(2020, 9, 1), date(2020, 9, 30))
CUT = Figures(before=5200, after=3000)


def promise(
    figures: Figures = CUT,
    of: Report = WIRE,
    period: Period | None = SEPTEMBER,
    status: Status = Status.ANNOUNCED,
) -> Statement:
    return statement(of, figures, status, period=period, speaker=Attribution("Gen. Rose"))


def reckon(*said: Statement, day: date = date(2020, 9, 15)) -> tuple[Pledge, ...]:
    return pledges([line(one) for one in said], REPORTS, day)


def test_an_announced_change_is_a_pledge() -> None:
    (found,) = reckon(promise())
    assert (found.figures, found.announced, found.deadline) == (CUT, WIRE.published, SEPTEMBER.last)
    assert (found.verdict, found.speaker) == ("open", "Gen. Rose")


@pytest.mark.parametrize(
    "status", [Status.EXPECTED, Status.CONSIDERED, Status.DENIED, Status.DONE, Status.CURRENT]
)
def test_what_binds_nobody_is_no_pledge(status: Status) -> None:
    assert reckon(promise(status=status)) == ()


def test_words_without_a_figure_are_no_pledge() -> None:
    assert reckon(promise(Figures())) == ()


def test_the_day_of_the_deadline_is_still_open_and_the_next_is_past_due() -> None:
    assert reckon(promise(), day=date(2020, 9, 30))[0].verdict == "open"
    assert reckon(promise(), day=date(2020, 10, 1))[0].verdict == "past due"


def test_without_a_deadline_nothing_falls_due() -> None:
    assert reckon(promise(period=None), day=date(2023, 1, 1))[0].verdict == "no deadline"


def test_before_it_is_announced_there_is_no_pledge() -> None:
    assert reckon(promise(), day=date(2020, 9, 8)) == ()


def test_one_change_said_in_two_ways_is_one_pledge_and_the_first_stands_first() -> None:
    first, second = promise(), promise(Figures(delta=-2200), ECHO, None, Status.UNDERWAY)
    (found,) = reckon(second, first)
    assert (found.basis, found.figures, found.status) == ((first.id, second.id), CUT, Status.UNDERWAY)


def test_another_deadline_is_another_pledge() -> None:
    later = promise(of=ECHO, period=Period.day(date(2020, 12, 31)))
    assert [p.deadline for p in reckon(promise(), later)] == [SEPTEMBER.last, date(2020, 12, 31)]


def test_the_same_number_years_later_is_promised_anew() -> None:
    late = promise(Figures(delta=-2200), AGAIN, None)
    assert len(reckon(promise(), late, day=date(2023, 2, 1))) == 2


def test_a_later_report_of_the_promised_strength_shows_it_reached() -> None:
    there = statement(AGAIN, Figures(level=2980, approx=True))
    (found,) = reckon(promise(), there, day=date(2023, 2, 1))
    assert (found.verdict, found.basis[-1]) == ("reached", there.id)


def test_a_later_report_of_the_change_shows_it_reached() -> None:
    gone = statement(ECHO, Figures(delta=-2200), Status.DONE)
    assert reckon(promise(), gone)[0].verdict == "reached"


def test_neither_another_strength_nor_an_earlier_report_shows_it_reached() -> None:
    other = statement(AGAIN, Figures(level=2500))
    before = statement(WIRE, Figures(level=3000))
    assert reckon(promise(), other, before, day=date(2023, 2, 1))[0].verdict == "past due"


def test_a_promise_without_a_deadline_joins_the_one_that_has_it() -> None:
    day_alone = promise(of=ECHO, period=Period.day(SEPTEMBER.last))
    (found,) = reckon(promise(period=None), promise(of=ECHO), day_alone)
    assert found.deadline == SEPTEMBER.last


@pytest.mark.parametrize(
    ("figures", "wrong"),
    [
        (Figures(before=5200, after=3000, delta=-2200), False),
        (Figures(before=5200, after=1200, delta=-2200), True),
        (Figures(before=300, delta=-600), True),
        (Figures(before=600, after=300, ratio=0.5), False),
        (Figures(before=600, after=500, ratio=0.25), True),
        (Figures(after=3000, delta=-2200), False),
    ],
)
def test_numbers_of_one_statement_must_add_up(figures: Figures, wrong: bool) -> None:
    assert bool(contradiction(figures)) is wrong
    assert len(conflicts([line(statement(WIRE, figures, Status.DONE))])) == wrong
