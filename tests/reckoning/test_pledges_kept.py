"""Pledges that are open or kept: short chronicles of invented forces, each with its verdict."""

from __future__ import annotations

from datetime import date

import pytest

from musterbook.findings import Verdict
from promised import ALL, Chronicle, announce_cut

OPEN, DUE, KEPT, SILENT = Verdict.OPEN, Verdict.DUE, Verdict.KEPT, Verdict.UNVERIFIABLE


@pytest.fixture
def tell() -> Chronicle:
    return Chronicle()


def test_until_its_day_a_pledge_is_open_then_due_then_nobody_can_tell(tell: Chronicle) -> None:
    announce_cut(tell)
    assert [tell.verdict(day) for day in ("2020-09-30", "2020-10-01", "2020-11-29", "2020-11-30")] == [
        OPEN, DUE, DUE, SILENT,
    ]  # fmt: skip


def test_without_a_day_it_is_open_for_two_years(tell: Chronicle) -> None:
    announce_cut(tell, on="")
    assert (tell.verdict("2022-03-01"), tell.verdict("2022-03-02")) == (OPEN, SILENT)


def test_old_numbers_of_the_days_of_the_announcement_tell_nothing(tell: Chronicle) -> None:
    announce_cut(tell, on="")
    tell("2020-03-02", level=4100, says="")
    assert tell.verdict("2020-12-01") == OPEN


# Kept


def test_the_promised_strength_by_the_day_keeps_it(tell: Chronicle) -> None:
    announce_cut(tell)
    there = tell("2020-10-08", level=4000, on="2020-09-30")
    found = tell.pledge()
    assert (found.verdict, found.decided_on, found.deciding) == (KEPT, date(2020, 10, 8), (there.id,))


def test_it_may_be_kept_weeks_ahead(tell: Chronicle) -> None:
    announce_cut(tell)
    tell("2020-06-18", "done", after=4000, on="2020-06-18")
    assert tell.pledge().decided_on == date(2020, 6, 18)


def test_the_finished_change_keeps_it(tell: Chronicle) -> None:
    tell("2020-03-01", "announced", "2020-09-30", delta=-2000)
    tell("2020-09-28", "done", "2020-09-27", delta=-2000)
    assert tell.verdict() == KEPT


def test_a_strength_seen_much_later_without_a_sign_of_lateness_keeps_it(tell: Chronicle) -> None:
    announce_cut(tell)
    tell("2021-05-01", level=4000)
    assert tell.verdict() == KEPT


def test_beyond_the_promise_is_kept_too(tell: Chronicle) -> None:
    announce_cut(tell)
    tell("2021-01-10", level=3100)
    assert tell.verdict() == KEPT


def test_a_few_days_late_are_in_time(tell: Chronicle) -> None:
    announce_cut(tell)
    tell("2020-10-14", "done", "2020-10-13", after=4000)
    assert tell.verdict() == KEPT


def test_rounding_is_no_breach(tell: Chronicle) -> None:
    announce_cut(tell)
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
    announce_cut(tell)
    tell("2020-09-25", level=4000)
    tell("2020-12-15", level=5800)
    assert tell.verdict() == KEPT


def test_a_reinforcement_without_a_day_leaves_a_withdrawal_to_its_day(tell: Chronicle) -> None:
    tell("2020-03-01", "announced", "2020-09-11", before=2500, **ALL)
    tell("2020-08-14", "announced", delta=3000)
    tell("2020-08-31", "done", "2020-08-30", after=0, **ALL)
    assert tell.verdict() == KEPT
