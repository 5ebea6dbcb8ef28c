"""What nobody would believe is held, what is true goes through, and one mistake does not hold what follows it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from books import line
from musterbook.model import Contingent, CountingRule, Status
from musterbook.reckoning.guards import published
from musterbook.values import Figures
from told import Told


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.mark.parametrize("wrong", [52_000, 520, 5, 5_200_000])
@pytest.mark.parametrize("approx", [True, False])
def test_a_slip_of_a_digit_or_a_unit_is_held_and_nothing_after_it(
    told: Told, wrong: int, approx: bool
) -> None:
    told(0, 5200)
    slip = told(30, wrong, approx=approx)
    told(40, 5150)
    told(200, 5000)
    assert told.held() == {slip.id: "ten-times"}


def test_the_reason_names_both_figures_both_days_and_the_cure(told: Told) -> None:
    true, slip = told(0, 5200), told(30, 52_000)
    (hold,) = told.holds()
    assert (hold.statement, hold.contingent, hold.against) == (slip.id, Contingent("USA", "IRQ"), (true.id,))
    assert hold.message == (
        "52,000 on 2020-01-31 is 10 times more than 5,200 on 2020-01-01: "
        "read its words, then confirm the statement or retract it"
    )


def test_of_two_that_contradict_each_other_the_later_one_is_held(told: Told) -> None:
    told(0, 52_000)
    later = told(30, 5200)
    assert told.held() == {later.id: "ten-times"}


def test_a_first_figure_that_two_others_contradict_is_the_wrong_one(told: Told) -> None:
    first = told(0, 52_000)
    told(30, 5200)
    told(60, 5100)
    assert told.held() == {first.id: "ten-times"}


def test_one_source_that_repeats_itself_on_one_day_does_not_outvote(told: Told) -> None:
    told(0, 5200)
    copies = [told(30, 52_000, publisher="Mirror") for _ in range(3)]
    assert told.held() == {copy.id: "ten-times" for copy in copies}


def test_a_level_that_two_have_given_is_never_outvoted_by_copies(told: Told) -> None:
    told(0, 5200)
    told(10, 5200)
    copies = [told(30 + n % 7, 52_000) for n in range(200)]
    assert told.held() == {copy.id: "ten-times" for copy in copies}


def test_an_older_figure_that_comes_late_is_judged_by_its_own_time(told: Told) -> None:
    told(0, 5200)
    told(1, 5200)
    told(300, 5000)
    late = told(310, 52_000, Status.PAST, on=150)
    told(311, 5100, Status.PAST, on=150)
    assert told.held() == {late.id: "ten-times"}


def test_few_may_become_many_times_as_many(told: Told) -> None:
    told(0, 2)
    told(10, 25)
    told(20, 150)
    told(30, 9)
    assert told.held() == {}


def test_nothing_is_nobodys_tenth_but_all_gone_without_notice_is_a_jump(told: Told) -> None:
    told(0, 2500)
    gone = told(30, None, Status.DONE, ratio=0.0)
    assert told.held() == {gone.id: "jump"}


def test_all_gone_as_announced_is_believed_and_a_return_is_a_jump(told: Told) -> None:
    told(0, 2500)
    told(5, None, Status.ANNOUNCED, ratio=0.0)
    told(60, None, Status.DONE, ratio=0.0)
    back = told(90, 900)
    assert told.held() == {back.id: "jump"}


@pytest.mark.parametrize(
    ("figures", "new"),
    [
        ({"after": 1000}, 1000),
        ({"after": 900, "high": 900}, 700),
        ({"after": 300}, 1100),
        ({"delta": -1800}, 1000),
        ({"before": 2500, "delta": -1500}, 1000),
        ({"ratio": 0.5}, 1000),
        ({"after": 6000}, 6000),
        ({"delta": 3000}, 4500),
        ({"low": 5000, "high": 6000}, 5500),
    ],
)
@pytest.mark.parametrize("status", [Status.ANNOUNCED, Status.EXPECTED, Status.CONSIDERED, Status.UNDERWAY])
def test_what_was_announced_surprises_nobody(
    told: Told, figures: dict[str, object], new: int, status: Status
) -> None:
    told(0, 2500)
    told(10, None, status, **figures)
    told(60, new)
    assert told.held() == {}


@pytest.mark.parametrize(
    ("figures", "status"),
    [
        ({"after": 6000}, Status.ANNOUNCED),
        ({"delta": 500}, Status.ANNOUNCED),
        ({"after": 2400}, Status.ANNOUNCED),
        ({"after": 1000}, Status.DENIED),
        ({}, Status.ANNOUNCED),
    ],
)
def test_what_leads_elsewhere_prepares_nothing(
    told: Told, figures: dict[str, object], status: Status
) -> None:
    told(0, 2500)
    told(10, None, status, **figures)
    fallen = told(60, 1000)
    assert told.held() == {fallen.id: "jump"}


def test_a_completed_change_prepares_for_the_strength_after_it(told: Told) -> None:
    told(0, 2500)
    told(10, None, Status.DONE, delta=-1600)
    told(20, 900)
    assert told.held() == {}


def test_an_announcement_of_the_same_day_or_of_long_ago_prepares_nothing(told: Told) -> None:
    told(0, None, Status.ANNOUNCED, after=1000)
    told(390, 2500)
    fallen = told(400, 1000)
    told(400, None, Status.ANNOUNCED, after=1000)
    assert told.held() == {fallen.id: "jump"}


def test_a_cut_prepares_for_no_rise_even_to_where_it_led(told: Told) -> None:
    told(0, 13_000)
    told(10, None, Status.ANNOUNCED, before=13_000, after=8600)
    told(60, 8600)
    told(100, None, Status.ANNOUNCED, after=2500)
    told(150, 2500)
    back = told(190, 8000)
    assert told.held() == {back.id: "jump"}


def test_a_cut_leads_down_once_and_not_again_from_where_it_ended(told: Told) -> None:
    told(0, 5000)
    told(10, None, Status.ANNOUNCED, delta=-3000)
    told(60, 2000)
    gone = told(90, None, Status.DONE, ratio=0.0)
    assert told.held() == {gone.id: "jump"}


def test_several_that_only_bound_from_above_do_not_crowd_out_what_is_known(told: Told) -> None:
    told(0, 35_000)
    for day in range(1, 6):
        told(day, 36_000, high=36_000)
    slip = told(10, 43)
    assert told.held() == {slip.id: "ten-times"}


def test_a_return_after_all_had_left_is_told_without_a_share(told: Told) -> None:
    told(0, 0)
    told(30, 500)
    (hold,) = told.holds()
    assert hold.message.startswith(
        "500 on 2020-01-31 follows 0 on 2020-01-01, and nothing announced leads there"
    )


def test_a_held_announcement_prepares_nothing(told: Told) -> None:
    told(0, 2500)
    slip = told(10, None, Status.ANNOUNCED, after=30_000)
    rise = told(30, 15_000)
    assert told.held() == {slip.id: "ten-times", rise.id: "jump"}


def test_a_plan_to_leave_few_is_no_misprint(told: Told) -> None:
    told(0, 32_000)
    told(10, None, Status.ANNOUNCED, before=32_000, after=1000)
    assert told.held() == {}


def test_a_misprint_before_an_announced_change_is_held(told: Told) -> None:
    told(0, 5200)
    slip = told(30, None, Status.ANNOUNCED, before=52_000, after=3000)
    assert told.held() == {slip.id: "ten-times"}


def test_however_many_say_so_an_unannounced_jump_is_held(told: Told) -> None:
    told(0, 900)
    copies = [told(20 + n % 5, 2000) for n in range(50)]
    true = told(30, 950)
    assert told.held() == {copy.id: "jump" for copy in copies}
    assert true.id not in told.held()


def test_a_confirmed_level_releases_what_is_near_to_it_and_not_what_is_above(told: Told) -> None:
    told(0, 900)
    first, second = told(20, 2000), told(21, 2100)
    told(60, 2050)
    above = told(70, 9000)
    assert told.held(second) == {above.id: "jump"}
    assert first.id not in told.held(second)


def test_the_level_before_a_confirmed_one_stays_published(told: Told) -> None:
    told(0, 500)
    surge = told(20, 6000)
    assert told.held(surge) == {}


def test_a_change_by_half_is_no_jump_and_by_more_is_one(told: Told) -> None:
    told(0, 2000)
    told(10, 3000)
    more = told(20, 4600)
    assert told.held() == {more.id: "jump"}


def test_a_slow_change_is_none(told: Told) -> None:
    for step, number in enumerate((10_000, 6000, 3500, 2000, 1200)):
        told(step * 30, number)
    assert told.held() == {}


def test_after_a_season_nobody_remembers_the_level(told: Told) -> None:
    told(0, 900)
    told(121, 2000)
    assert told.held() == {}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"number": 5000}, {"number": 2000, "low": 2000}),
        ({"number": 900}, {"number": 2000, "high": 2000}),
        ({"number": 900, "low": 900}, {"number": 2000}),
        ({"number": 2400, "high": 2400}, {"number": 1000}),
        ({"low": 900, "high": 1500}, {"number": 2000}),
    ],
)
def test_what_the_bounds_allow_is_no_jump(told: Told, before: dict[str, int], after: dict[str, int]) -> None:
    told(0, **before)  # type: ignore[arg-type]
    told(10, **after)  # type: ignore[arg-type]
    assert told.held() == {}


@pytest.mark.parametrize(
    ("before", "after"),
    [({"number": 900}, {"number": 2000, "low": 2000}), ({"number": 5000}, {"number": 2000, "high": 2000})],
)
def test_what_the_bounds_exclude_is_one(told: Told, before: dict[str, int], after: dict[str, int]) -> None:
    told(0, **before)  # type: ignore[arg-type]
    jump = told(10, **after)  # type: ignore[arg-type]
    assert told.held() == {jump.id: "jump"}


@pytest.mark.parametrize("rule", [r for r in CountingRule if r is not CountingRule.UNSPECIFIED])
def test_what_is_counted_otherwise_does_not_jump(told: Told, rule: CountingRule) -> None:
    told(0, 2500)
    told(10, 5000, rule=rule)
    assert told.held() == {} or rule is CountingRule.ON_THE_GROUND


def test_a_cap_is_compared_with_caps(told: Told) -> None:
    told(0, 5200)
    told(1, 500, rule=CountingRule.AUTHORISED_CAP)
    told(2, 550, rule=CountingRule.AUTHORISED_CAP)
    slip = told(3, 5500, rule=CountingRule.AUTHORISED_CAP)
    assert told.held() == {slip.id: "ten-times"}


def test_a_slip_is_seen_under_another_rule_too(told: Told) -> None:
    told(0, 5200)
    slip = told(10, 52_000, rule=CountingRule.WITH_CONTRACTORS)
    assert told.held() == {slip.id: "ten-times"}


def test_a_part_of_a_strength_is_neither_held_nor_compared_with(told: Told) -> None:
    told(0, 10_600)
    whole = told(30, 10_600)
    part = replace(whole, figures=Figures(level=1000))
    told.entries.append(line(part))
    told(40, 10_500)
    assert told.held() == {}


def test_published_is_what_is_not_held(told: Told) -> None:
    told(0, 5200)
    told(30, 52_000)
    told(40, 5150)
    assert published(told.entries, told.reports) == (told.entries[0], told.entries[2])
