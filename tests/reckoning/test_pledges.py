"""What is one announcement and what are two; what a pledge says of itself; which announcements form a chain."""

from __future__ import annotations

from datetime import date

import pytest

from books import line, report, statement
from musterbook.findings import Pledge, Verdict
from musterbook.model import Contingent, Status
from musterbook.reckoning.arithmetic import conflicts, contradiction
from musterbook.reckoning.pledges import pledges
from musterbook.values import Figures
from promised import ALL, Chronicle

WIRE = report("Troops in Iraq will be cut from 5,200 to 3,000.", date(2020, 9, 9))


@pytest.fixture
def tell() -> Chronicle:
    return Chronicle()


# What a pledge says


def test_a_pledge_says_who_promised_what_for_when_and_how_fast_it_must_go(tell: Chronicle) -> None:
    said = tell("2020-09-09", "announced", "2020-09-01/2020-09-30", before=5200, after=3000)
    found = tell.pledge("2020-09-15")
    assert (found.announced, found.deadline, found.speaker) == (
        date(2020, 9, 9),
        date(2020, 9, 30),
        "Gen. Rose",
    )
    assert (found.target, found.delta, found.pace, found.basis) == (3000, -2200, (2200, 21), (said.id,))


def test_a_change_alone_gets_its_target_from_what_was_there(tell: Chronicle) -> None:
    tell("2020-09-01", level=5200)
    tell("2020-09-09", "announced", delta=-2200)
    assert (tell.pledge().target, tell.pledge().delta) == (3000, -2200)


def test_where_nobody_knows_what_was_there_the_target_is_unknown(tell: Chronicle) -> None:
    tell("2020-09-09", "announced", delta=-2200)
    assert (tell.pledge().target, tell.pledge().delta) == (None, -2200)


def test_half_of_what_is_left_by_then_is_half_of_the_step_before(tell: Chronicle) -> None:
    tell("2020-05-27", "announced", "2020-12-31", before=32_000, after=9800, paper="Herald")
    tell("2020-05-27", "announced", "2021-01-01/2021-12-31", ratio=0.5, paper="Herald")
    assert [p.target for p in tell.pledges("2020-06-01")] == [9800, 4900]


def test_all_leave_is_the_target_nought_and_no_unknown(tell: Chronicle) -> None:
    tell("2020-09-09", "announced", **ALL)
    assert (tell.pledge().target, tell.pledge().delta) == (0, None)


def test_words_without_a_figure_are_no_pledge(tell: Chronicle) -> None:
    tell("2020-09-09", "announced")
    assert tell.pledges() == ()


def test_a_change_under_way_is_a_pledge_and_the_day_it_goes_on_is_no_deadline(tell: Chronicle) -> None:
    tell("2020-09-09", "underway", "2020-09-09", delta=-2200)
    assert (tell.pledge().deadline, tell.pledge().status) == (None, Status.UNDERWAY)


def test_before_it_is_announced_there_is_no_pledge(tell: Chronicle) -> None:
    tell("2020-09-09", "announced", after=3000)
    assert tell.pledges("2020-09-08") == ()


def test_an_announcement_on_no_day_that_we_know_is_kept_with_its_deadline(tell: Chronicle) -> None:
    undated = report("Of 5,200 only 3,000 will stay.", None)
    said = statement(undated, Figures(before=5200, after=3000), Status.ANNOUNCED)
    (found,) = pledges([line(said)], {undated.id: undated}, date(2020, 9, 15))
    assert (found.announced, found.verdict, found.decided_on) == (None, Verdict.UNVERIFIABLE, None)


# One or two


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"before": 5200, "after": 3000}, {"delta": -2200}),
        ({"delta": -11_900}, {"delta": -12_000, "approx": True}),
        ({"after": 12_000}, {"after": 11_900}),
        ({"delta": 450, "high": 450}, {"delta": 450}),
        ({"before": 5100, "ratio": 0.5}, {"low": 2500, "high": 3000}),
        ({"before": 2000, "delta": -2000, "ratio": 0.0}, {"ratio": 0.0}),
        ({"before": 1500, **ALL}, {"delta": -1500}),
        ({"before": 5000, "after": 2500}, {"ratio": 0.5, "approx": True}),
        ({"after": 4500}, {"after": 5000, "high": 5000}),
        ({"before": 36_000, "delta": -11_900}, {"before": 36_000, "after": 11_900}),
    ],
)
def test_one_announcement_in_other_figures_is_one_pledge(tell: Chronicle, first: dict, second: dict) -> None:  # type: ignore[type-arg]
    one, other = tell("2020-09-09", "announced", **first), tell("2020-09-10", "announced", **second)
    (found,) = tell.pledges("2020-09-15")
    assert set(found.basis) == {one.id, other.id}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"after": 3500}, {"after": 3000}),
        ({"delta": 275}, {"delta": 300}),
        ({"delta": 300}, {"delta": -300}),
        ({"after": 25_000}, {"after": 24_000}),
        (ALL, {"after": 400}),
        ({"after": 2500}, {"delta": -2500}),
    ],
)
def test_other_figures_are_another_pledge(tell: Chronicle, first: dict, second: dict) -> None:  # type: ignore[type-arg]
    tell("2020-09-09", "announced", **first)
    tell("2020-09-10", "announced", **second)
    assert len(tell.pledges("2020-09-15")) == 2


def test_said_again_before_its_day_it_is_the_same_pledge(tell: Chronicle) -> None:
    tell("2020-03-01", "announced", "2021-01-15", after=2500)
    tell("2020-12-22", "underway", "2021-01-15", after=2500)
    tell("2020-12-23", "announced", after=2500)
    assert len(tell.pledges("2021-01-01")) == 1


def test_said_again_with_another_day_it_is_a_new_one(tell: Chronicle) -> None:
    tell("2020-03-01", "announced", "2021-03-31", after=2500)
    tell("2020-11-17", "announced", "2021-01-15", after=2500)
    assert [p.deadline for p in tell.pledges("2020-12-01")] == [date(2021, 3, 31), date(2021, 1, 15)]


def test_a_day_named_for_the_first_time_months_later_makes_a_new_one(tell: Chronicle) -> None:
    tell("2019-10-21", "announced", after=8600)
    tell("2020-02-29", "announced", "2020-07-13", after=8600)
    assert [p.announced for p in tell.pledges("2020-03-01")] == [date(2019, 10, 21), date(2020, 2, 29)]


def test_papers_that_name_the_day_in_other_words_mean_the_same(tell: Chronicle) -> None:
    tell("2020-06-22", "announced", "2021-06-01/2021-08-31", delta=-33_000)
    tell("2020-06-22", "announced", "2021-09-30", delta=-33_000)
    assert len(tell.pledges("2020-07-01")) == 1


def test_the_same_number_years_later_is_promised_anew(tell: Chronicle) -> None:
    tell("2020-09-09", "announced", delta=-2200)
    tell("2023-01-01", "announced", delta=-2200)
    assert len(tell.pledges("2023-02-01")) == 2


def test_a_leak_is_a_report_of_what_is_announced_days_later(tell: Chronicle) -> None:
    leak = tell("2020-06-05", "expected", "2020-09-30", before=34_500, delta=-9500, says="officials")
    tell("2020-06-16", "announced", after=25_000)
    (found,) = tell.pledges("2020-07-01")
    assert leak.id in found.basis
    assert (found.announced, found.deadline, found.target) == (date(2020, 6, 16), None, 25_000)


def test_a_plan_recalled_after_its_day_joins_the_pledge(tell: Chronicle) -> None:
    tell("2020-03-01", "announced", "2020-12-31", before=2000, **ALL)
    recalled = tell("2021-02-21", "announced", "2020-12-31", **ALL)
    (found,) = tell.pledges("2021-03-01")
    assert recalled.id in found.basis


def test_a_plan_that_is_only_recalled_has_no_day_of_announcement_but_a_verdict(tell: Chronicle) -> None:
    tell("2021-02-21", "announced", "2020-12-31", before=5000, after=3000, paper="Herald")
    tell("2021-02-21", level=5000, paper="Herald")
    found = tell.pledge()
    assert (found.announced, found.deadline, found.verdict) == (None, date(2020, 12, 31), Verdict.BROKEN)


def test_parts_of_a_whole_are_no_pledges_of_their_own(tell: Chronicle) -> None:
    for more in (250, 90, 50, 80, 30):
        tell("2020-06-30", "announced", delta=more, paper="Herald")
    assert [p.delta for p in tell.pledges()] == [250]


def test_each_contingent_has_its_own(tell: Chronicle) -> None:
    tell("2020-09-09", "announced", after=2500)
    tell("2020-09-09", "announced", after=2500, place="MOR")
    assert [p.contingent for p in tell.pledges()] == [Contingent("AUR", "MOR"), Contingent("AUR", "VEL")]


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


def test_a_pledge_is_what_programs_may_rely_on() -> None:
    assert {"contingent", "target", "delta", "verdict", "decided_on", "basis"} <= set(Pledge.__slots__)
