"""Pledges kept late, in part or not at all, and what breaks none: short chronicles of invented forces."""

from __future__ import annotations

import pytest

from musterbook.findings import Verdict
from musterbook.model import CountingRule
from promised import ALL, Chronicle, announce_cut

DUE, KEPT, LATE, PARTLY, BROKEN, SILENT = (
    Verdict.DUE,
    Verdict.KEPT,
    Verdict.KEPT_LATE,
    Verdict.PARTLY_KEPT,
    Verdict.BROKEN,
    Verdict.UNVERIFIABLE,
)


@pytest.fixture
def tell() -> Chronicle:
    return Chronicle()


def test_reached_after_its_day_is_kept_late(tell: Chronicle) -> None:
    announce_cut(tell)
    tell("2021-01-10", "done", "2021-01-08", after=4000)
    assert (tell.verdict("2020-12-15"), tell.verdict()) == (SILENT, LATE)


def test_a_count_of_the_day_shows_that_it_came_late(tell: Chronicle) -> None:
    announce_cut(tell)
    tell("2020-11-20", level=5700, on="2020-10-20")
    tell("2021-03-01", level=4000)
    assert (tell.verdict("2020-12-01"), tell.verdict()) == (BROKEN, LATE)


def test_nearly_there_long_after_its_day_is_late(tell: Chronicle) -> None:
    announce_cut(tell)
    tell("2021-02-01", level=4280)
    assert tell.verdict() == LATE


def test_a_withdrawal_that_is_put_off_is_judged_by_its_own_day(tell: Chronicle) -> None:
    tell("2020-03-01", "announced", "2021-05-01", before=2500, **ALL)
    tell("2021-04-14", "announced", "2021-09-11", before=2500, **ALL)
    tell("2021-08-30", "done", "2021-08-30", **ALL)
    assert tell.verdicts() == [LATE, KEPT]


def test_still_under_way_after_its_day_is_late(tell: Chronicle) -> None:
    announce_cut(tell)
    tell("2020-11-10", "underway", before=6000, after=4000)
    tell("2020-12-20", level=4000)
    assert tell.verdict() == LATE


# Partly kept, broken


def test_most_of_the_way_after_its_day_is_partly_kept(tell: Chronicle) -> None:
    announce_cut(tell)
    seen = tell("2020-12-01", level=4700)
    assert (tell.verdict(), tell.pledge().deciding, tell.pledge().reached) == (PARTLY, (seen.id,), 4700)


def test_hardly_any_gone_after_its_day_is_broken(tell: Chronicle) -> None:
    announce_cut(tell)
    tell("2020-12-01", level=5900)
    assert tell.verdict() == BROKEN


def test_more_instead_of_fewer_is_broken(tell: Chronicle) -> None:
    announce_cut(tell)
    tell("2020-12-01", level=7500)
    assert tell.verdict() == BROKEN


def test_before_its_day_nothing_is_broken(tell: Chronicle) -> None:
    announce_cut(tell)
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
    announce_cut(tell)
    tell("2020-12-01", level=6000, says="", echoes=before)
    assert tell.verdict("2020-11-15") == DUE
    assert tell.verdict("2020-12-05") == SILENT


def test_an_echo_of_the_announcement_is_no_new_pledge(tell: Chronicle) -> None:
    first = tell("2020-03-01", "announced", "2020-09-30", before=6000, after=4000)
    again = tell("2021-12-01", "announced", after=4000, echoes=first)
    (found,) = tell.pledges()
    assert again.id in found.basis


def test_a_part_of_the_force_is_not_the_force(tell: Chronicle) -> None:
    announce_cut(tell, before=6000, after=1000)
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
    announce_cut(tell)
    tell("2020-12-01", level=6500, rule=CountingRule.WITH_CONTRACTORS)
    tell("2020-12-02", level=4000)
    assert tell.verdict() == KEPT


def test_a_cap_is_no_strength(tell: Chronicle) -> None:
    announce_cut(tell)
    tell("2020-12-01", level=6500, rule=CountingRule.AUTHORISED_CAP)
    assert tell.verdict("2020-12-05") == SILENT
