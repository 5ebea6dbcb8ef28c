"""Pledges that others overtake, and who must say what: short chronicles of invented forces."""

from __future__ import annotations

from datetime import date

import pytest

from musterbook.findings import Verdict
from musterbook.reckoning.pledges import pledges
from promised import ALL, Chronicle, announce_cut

OPEN, DUE, KEPT, REVERSED, SUPERSEDED, FROZEN = (
    Verdict.OPEN,
    Verdict.DUE,
    Verdict.KEPT,
    Verdict.REVERSED,
    Verdict.SUPERSEDED,
    Verdict.FROZEN,
)


@pytest.fixture
def tell() -> Chronicle:
    return Chronicle()


def test_another_target_before_the_day_supersedes(tell: Chronicle) -> None:
    announce_cut(tell)
    other = tell("2020-06-01", "announced", "2020-09-30", before=6000, after=3000)
    tell("2020-10-05", level=3000)
    assert tell.verdicts() == [SUPERSEDED, KEPT]
    assert tell.pledge().deciding == (other.id,)


def test_less_than_promised_for_the_same_day_supersedes(tell: Chronicle) -> None:
    tell("2020-03-01", "announced", "2021-01-20", before=9800, after=5500)
    tell("2020-07-06", "announced", "2021-01-20", before=9800, after=8400)
    assert tell.verdict("2020-08-01") == SUPERSEDED


def test_a_cap_that_is_raised_before_it_is_filled_is_superseded(tell: Chronicle) -> None:
    tell("2020-03-01", "announced", before=3870, after=4087, delta=217)
    tell("2020-07-11", "announced", before=4087, after=4647)
    assert tell.verdict("2020-08-01") == SUPERSEDED


def test_after_it_was_kept_a_new_target_supersedes_nothing(tell: Chronicle) -> None:
    announce_cut(tell)
    tell("2020-06-01", "done", "2020-05-30", after=4000)
    tell("2020-06-20", "announced", "2020-12-31", before=4000, after=2500)
    assert tell.verdict() == KEPT


def test_a_next_step_supersedes_nothing(tell: Chronicle) -> None:
    tell("2020-03-01", "announced", "2021-05-01", before=13000, **ALL)
    tell("2020-09-14", "announced", "2020-11-30", before=8600, after=4500)
    assert tell.verdicts("2020-10-15") == [OPEN, OPEN]


def test_two_steps_of_one_plan_are_two_pledges_and_both_are_judged(tell: Chronicle) -> None:
    tell("2020-06-22", "announced", "2020-12-31", delta=-10000, paper="Herald")
    tell("2020-06-22", "announced", "2021-09-30", delta=-33000, paper="Herald")
    tell("2020-12-22", "done", "2020-12-22", delta=-10000)
    tell("2021-09-21", "done", "2021-09-21", delta=-33000)
    assert tell.verdicts() == [KEPT, KEPT]


def test_two_steps_of_one_size_are_two_pledges(tell: Chronicle) -> None:
    tell("2020-03-01", "announced", "2020-06-30", delta=-1000, paper="Herald")
    tell("2020-03-01", "announced", "2020-12-31", delta=-1000, paper="Herald")
    assert len(tell.pledges("2020-04-01")) == 2


def test_a_strength_for_a_whole_area_takes_the_place_of_one_in_it(tell: Chronicle) -> None:
    tell("2020-01-08", "announced", before=2500, after=1000)
    tell("2020-07-13", "announced", after=3000, place="The Plains")
    areas = {"The Plains": ("VEL", "MOR")}
    found = pledges(tell.entries, tell.reports, date(2020, 8, 1), areas=areas)
    assert {(p.contingent.place, p.verdict) for p in found} == {("VEL", SUPERSEDED), ("The Plains", OPEN)}
    assert tell.verdict("2020-08-01") == OPEN


def test_that_some_stay_after_all_reverses_a_withdrawal(tell: Chronicle) -> None:
    tell("2020-12-19", "announced", "2021-01-19", before=2000, **ALL)
    tell("2021-02-21", "announced", after=400)
    assert (tell.verdict("2021-02-01"), tell.verdict("2021-03-01")) == (DUE, REVERSED)


def test_sending_as_many_as_were_to_go_reverses(tell: Chronicle) -> None:
    announce_cut(tell, on="")
    tell("2020-07-01", "announced", before=6000, after=8000)
    assert tell.verdict("2020-08-01") == REVERSED


def test_what_is_halted_is_frozen(tell: Chronicle) -> None:
    announce_cut(tell)
    halt = tell("2020-07-01", "denied", before=6000, after=4000)
    assert (tell.verdict(), tell.pledge().deciding) == (FROZEN, (halt.id,))


def test_a_halt_without_figures_halts_what_is_open(tell: Chronicle) -> None:
    announce_cut(tell)
    tell("2020-07-01", "denied")
    assert tell.verdict() == FROZEN


def test_halted_and_then_more_sent_is_reversed(tell: Chronicle) -> None:
    tell("2020-03-01", "announced", before=36000, delta=-12000)
    tell("2020-11-04", "denied", delta=-12000)
    tell("2021-01-13", "announced", "2021-10-31", delta=500)
    assert (tell.verdict("2020-12-01"), tell.verdict()) == (FROZEN, REVERSED)


def test_halted_and_taken_up_again_it_is_judged_as_ever(tell: Chronicle) -> None:
    announce_cut(tell, on="2021-03-31")
    tell("2020-07-01", "denied", before=6000, after=4000)
    tell("2020-10-01", "underway", before=6000, after=4000)
    assert tell.verdict("2020-11-01") == OPEN
    tell("2021-03-20", level=4000)
    assert tell.verdict() == KEPT


def test_an_expectation_without_a_day_overturns_nothing(tell: Chronicle) -> None:
    announce_cut(tell)
    tell("2020-06-01", "expected", after=5000, says="an official")
    assert tell.verdict("2020-07-01") == OPEN


# Who must say it


def test_what_is_considered_is_no_pledge(tell: Chronicle) -> None:
    tell("2020-03-01", "considered", "2020-12-31", after=4000)
    assert tell.pledges() == ()


def test_a_rumour_of_more_is_no_pledge(tell: Chronicle) -> None:
    tell("2020-03-01", "expected", delta=4000, says="")
    assert tell.pledges() == ()


def test_what_officials_expect_for_a_day_is_one(tell: Chronicle) -> None:
    tell("2020-03-01", "expected", "2020-11-30", after=3500, says="officials")
    assert tell.verdict("2020-04-01") == OPEN


def test_an_earlier_day_never_learns_from_a_later_report(tell: Chronicle) -> None:
    announce_cut(tell)
    before = tell.pledges("2020-08-01")
    tell("2020-08-02", "announced", "2020-09-30", before=6000, after=3000)
    tell("2020-10-01", level=3000)
    assert tell.pledges("2020-08-01") == before
