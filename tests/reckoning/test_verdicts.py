"""What became of what was announced: forty short chronicles of invented forces, each with its verdict."""

from __future__ import annotations

from datetime import date

import pytest

from musterbook.model import CountingRule, Verdict
from promised import ALL, Chronicle

OPEN, DUE, KEPT, LATE = Verdict.OPEN, Verdict.DUE, Verdict.KEPT, Verdict.KEPT_LATE
PARTLY, BROKEN, REVERSED = Verdict.PARTLY_KEPT, Verdict.BROKEN, Verdict.REVERSED
SUPERSEDED, FROZEN, SILENT = Verdict.SUPERSEDED, Verdict.FROZEN, Verdict.UNVERIFIABLE


@pytest.fixture
def tell() -> Chronicle:
    return Chronicle()


def cut(tell: Chronicle, on: str = "2020-09-30", **figures: object) -> None:
    """In March Aurelia says that of 6,000 in Veland 4,000 will be left."""
    tell("2020-03-01", "announced", on, **(figures or {"before": 6000, "after": 4000}))


# Open, due, and silence


def test_until_its_day_a_pledge_is_open_then_due_then_nobody_can_tell(tell: Chronicle) -> None:
    cut(tell)
    assert [tell.verdict(day) for day in ("2020-09-30", "2020-10-01", "2020-11-29", "2020-11-30")] == [
        OPEN, DUE, DUE, SILENT,
    ]  # fmt: skip


def test_without_a_day_it_is_open_for_two_years(tell: Chronicle) -> None:
    cut(tell, on="")
    assert (tell.verdict("2022-03-01"), tell.verdict("2022-03-02")) == (OPEN, SILENT)


def test_old_numbers_of_the_days_of_the_announcement_tell_nothing(tell: Chronicle) -> None:
    cut(tell, on="")
    tell("2020-03-02", level=4100, says="")
    assert tell.verdict("2020-12-01") == OPEN


# Kept


def test_the_promised_strength_by_the_day_keeps_it(tell: Chronicle) -> None:
    cut(tell)
    there = tell("2020-10-08", level=4000, on="2020-09-30")
    found = tell.pledge()
    assert (found.verdict, found.decided_on, found.deciding) == (KEPT, date(2020, 10, 8), (there.id,))


def test_it_may_be_kept_weeks_ahead(tell: Chronicle) -> None:
    cut(tell)
    tell("2020-06-18", "done", after=4000, on="2020-06-18")
    assert tell.pledge().decided_on == date(2020, 6, 18)


def test_the_finished_change_keeps_it(tell: Chronicle) -> None:
    tell("2020-03-01", "announced", "2020-09-30", delta=-2000)
    tell("2020-09-28", "done", "2020-09-27", delta=-2000)
    assert tell.verdict() == KEPT


def test_a_strength_seen_much_later_without_a_sign_of_lateness_keeps_it(tell: Chronicle) -> None:
    cut(tell)
    tell("2021-05-01", level=4000)
    assert tell.verdict() == KEPT


def test_beyond_the_promise_is_kept_too(tell: Chronicle) -> None:
    cut(tell)
    tell("2021-01-10", level=3100)
    assert tell.verdict() == KEPT


def test_a_few_days_late_are_in_time(tell: Chronicle) -> None:
    cut(tell)
    tell("2020-10-14", "done", "2020-10-13", after=4000)
    assert tell.verdict() == KEPT


def test_rounding_is_no_breach(tell: Chronicle) -> None:
    cut(tell)
    tell("2020-10-20", level=4150, approx=True)
    assert tell.verdict() == KEPT


def test_an_increase_is_kept_by_what_comes_on_top(tell: Chronicle) -> None:
    tell("2020-02-25", level=3100)
    tell("2020-03-01", "announced", delta=450, high=450)
    tell("2020-08-01", level=3560)
    assert (tell.verdict(), tell.pledge().target) == (KEPT, 3550)


def test_increments_from_nothing_known_add_up(tell: Chronicle) -> None:
    for day, more in (("2020-01-10", 270), ("2020-01-20", 300), ("2020-02-01", 200)):
        tell(day, "announced", delta=more)
    tell("2020-05-01", level=780)
    assert tell.verdicts() == [KEPT, KEPT, KEPT]


def test_everybody_out_is_kept_by_the_last_plane(tell: Chronicle) -> None:
    tell("2020-03-01", "announced", "2020-12-31", before=1500, **ALL)
    tell("2020-12-23", "done", "2020-12-22", before=50, delta=-50, **ALL)
    assert tell.verdict() == KEPT


def test_nearly_all_out_leaves_a_few(tell: Chronicle) -> None:
    tell("2020-02-20", level=700)
    tell("2020-03-01", "announced", "2020-12-31", approx=True, **ALL)
    tell("2021-01-05", level=60)
    assert tell.verdict() == KEPT


def test_all_but_eighty_is_a_strength(tell: Chronicle) -> None:
    tell("2020-03-01", "announced", "2020-06-30", before=1000, after=80)
    tell("2020-07-05", level=80)
    assert tell.verdict() == KEPT


def test_a_strength_that_is_to_stay_is_kept_when_it_is_still_there_on_the_day(tell: Chronicle) -> None:
    tell("2020-02-20", level=5200)
    tell("2020-03-01", "announced", "2021-01-20", after=5200)
    tell("2020-06-01", level=5200)
    assert tell.verdict("2020-12-01") == OPEN
    tell("2021-01-25", level=5250)
    assert tell.verdict() == KEPT


def test_a_ceiling_holds_while_fewer_are_there(tell: Chronicle) -> None:
    tell("2020-02-20", level=1000)
    tell("2020-03-01", "announced", after=1000, high=1000)
    tell("2020-12-01", level=700, low=700)
    assert tell.verdict() == KEPT


def test_what_was_reached_stays_reached_though_more_come_later(tell: Chronicle) -> None:
    cut(tell)
    tell("2020-09-25", level=4000)
    tell("2020-12-15", level=5800)
    assert tell.verdict() == KEPT


def test_a_reinforcement_without_a_day_leaves_a_withdrawal_to_its_day(tell: Chronicle) -> None:
    tell("2020-03-01", "announced", "2020-09-11", before=2500, **ALL)
    tell("2020-08-14", "announced", delta=3000)
    tell("2020-08-31", "done", "2020-08-30", after=0, **ALL)
    assert tell.verdict() == KEPT


# Kept late


def test_reached_after_its_day_is_kept_late(tell: Chronicle) -> None:
    cut(tell)
    tell("2021-01-10", "done", "2021-01-08", after=4000)
    assert (tell.verdict("2020-12-15"), tell.verdict()) == (SILENT, LATE)


def test_a_count_of_the_day_shows_that_it_came_late(tell: Chronicle) -> None:
    cut(tell)
    tell("2020-11-20", level=5700, on="2020-10-20")
    tell("2021-03-01", level=4000)
    assert (tell.verdict("2020-12-01"), tell.verdict()) == (BROKEN, LATE)


def test_nearly_there_long_after_its_day_is_late(tell: Chronicle) -> None:
    cut(tell)
    tell("2021-02-01", level=4280)
    assert tell.verdict() == LATE


def test_a_withdrawal_that_is_put_off_is_judged_by_its_own_day(tell: Chronicle) -> None:
    tell("2020-03-01", "announced", "2021-05-01", before=2500, **ALL)
    tell("2021-04-14", "announced", "2021-09-11", before=2500, **ALL)
    tell("2021-08-30", "done", "2021-08-30", **ALL)
    assert tell.verdicts() == [LATE, KEPT]


def test_still_under_way_after_its_day_is_late(tell: Chronicle) -> None:
    cut(tell)
    tell("2020-11-10", "underway", before=6000, after=4000)
    tell("2020-12-20", level=4000)
    assert tell.verdict() == LATE


# Partly kept, broken


def test_most_of_the_way_after_its_day_is_partly_kept(tell: Chronicle) -> None:
    cut(tell)
    seen = tell("2020-12-01", level=4700)
    assert (tell.verdict(), tell.pledge().deciding, tell.pledge().reached) == (PARTLY, (seen.id,), 4700)


def test_hardly_any_gone_after_its_day_is_broken(tell: Chronicle) -> None:
    cut(tell)
    tell("2020-12-01", level=5900)
    assert tell.verdict() == BROKEN


def test_more_instead_of_fewer_is_broken(tell: Chronicle) -> None:
    cut(tell)
    tell("2020-12-01", level=7500)
    assert tell.verdict() == BROKEN


def test_before_its_day_nothing_is_broken(tell: Chronicle) -> None:
    cut(tell)
    tell("2020-09-20", level=6000)
    assert tell.verdict("2020-10-20") == DUE


def test_without_a_day_a_cut_is_broken_by_what_is_there_years_later(tell: Chronicle) -> None:
    tell("2020-02-20", level=5300)
    tell("2020-03-01", "expected", after=4000, says="a senior official")
    tell("2022-09-01", level=5200)
    assert tell.verdict() == BROKEN


def test_a_ceiling_without_a_day_is_broken_by_more(tell: Chronicle) -> None:
    tell("2020-02-20", level=1000)
    tell("2020-03-01", "announced", after=600, high=600)
    tell("2020-12-01", level=700, low=700)
    assert tell.verdict() == BROKEN


def test_an_increase_that_never_came_is_broken(tell: Chronicle) -> None:
    tell("2020-02-20", level=600)
    tell("2020-03-01", "announced", "2020-12-31", delta=400)
    tell("2021-03-01", level=610)
    assert tell.verdict() == BROKEN


def test_an_echo_after_the_day_breaks_nothing(tell: Chronicle) -> None:
    before = tell("2020-02-20", level=6000)
    cut(tell)
    tell("2020-12-01", level=6000, says="", echoes=before)
    assert tell.verdict("2020-11-15") == DUE
    assert tell.verdict("2020-12-05") == SILENT


def test_an_echo_of_the_announcement_is_no_new_pledge(tell: Chronicle) -> None:
    first = tell("2020-03-01", "announced", "2020-09-30", before=6000, after=4000)
    again = tell("2021-12-01", "announced", after=4000, echoes=first)
    (found,) = tell.pledges()
    assert again.id in found.basis


def test_a_part_of_the_force_is_not_the_force(tell: Chronicle) -> None:
    cut(tell, before=6000, after=1000)
    tell("2020-12-01", level=5900, paper="Herald", says="")
    tell("2020-12-01", level=1000, paper="Herald", says="")
    assert tell.verdict() == BROKEN


def test_that_all_left_a_base_is_not_that_all_left(tell: Chronicle) -> None:
    tell("2020-02-20", level=2500)
    tell("2020-03-01", "announced", "2020-12-31", **ALL)
    tell("2021-02-17", "done", "2021-02-17", **ALL)
    tell("2021-02-18", level=2500)
    assert tell.verdict() == BROKEN


def test_contractors_are_another_count(tell: Chronicle) -> None:
    cut(tell)
    tell("2020-12-01", level=6500, rule=CountingRule.WITH_CONTRACTORS)
    tell("2020-12-02", level=4000)
    assert tell.verdict() == KEPT


def test_a_cap_is_no_strength(tell: Chronicle) -> None:
    cut(tell)
    tell("2020-12-01", level=6500, rule=CountingRule.AUTHORISED_CAP)
    assert tell.verdict("2020-12-05") == SILENT


# Superseded, reversed, frozen


def test_another_target_before_the_day_supersedes(tell: Chronicle) -> None:
    cut(tell)
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
    cut(tell)
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


def test_that_some_stay_after_all_reverses_a_withdrawal(tell: Chronicle) -> None:
    tell("2020-12-19", "announced", "2021-01-19", before=2000, **ALL)
    tell("2021-02-21", "announced", after=400)
    assert (tell.verdict("2021-02-01"), tell.verdict("2021-03-01")) == (DUE, REVERSED)


def test_sending_as_many_as_were_to_go_reverses(tell: Chronicle) -> None:
    cut(tell, on="")
    tell("2020-07-01", "announced", before=6000, after=8000)
    assert tell.verdict("2020-08-01") == REVERSED


def test_what_is_halted_is_frozen(tell: Chronicle) -> None:
    cut(tell)
    halt = tell("2020-07-01", "denied", before=6000, after=4000)
    assert (tell.verdict(), tell.pledge().deciding) == (FROZEN, (halt.id,))


def test_a_halt_without_figures_halts_what_is_open(tell: Chronicle) -> None:
    cut(tell)
    tell("2020-07-01", "denied")
    assert tell.verdict() == FROZEN


def test_halted_and_then_more_sent_is_reversed(tell: Chronicle) -> None:
    tell("2020-03-01", "announced", before=36000, delta=-12000)
    tell("2020-11-04", "denied", delta=-12000)
    tell("2021-01-13", "announced", "2021-10-31", delta=500)
    assert (tell.verdict("2020-12-01"), tell.verdict()) == (FROZEN, REVERSED)


def test_halted_and_taken_up_again_it_is_judged_as_ever(tell: Chronicle) -> None:
    cut(tell, on="2021-03-31")
    tell("2020-07-01", "denied", before=6000, after=4000)
    tell("2020-10-01", "underway", before=6000, after=4000)
    assert tell.verdict("2020-11-01") == OPEN
    tell("2021-03-20", level=4000)
    assert tell.verdict() == KEPT


def test_an_expectation_without_a_day_overturns_nothing(tell: Chronicle) -> None:
    cut(tell)
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
    cut(tell)
    before = tell.pledges("2020-08-01")
    tell("2020-08-02", "announced", "2020-09-30", before=6000, after=3000)
    tell("2020-10-01", level=3000)
    assert tell.pledges("2020-08-01") == before
