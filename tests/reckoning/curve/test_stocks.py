"""What one statement says of a strength is what was counted, never what was promised."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from books import line, report, statement
from musterbook.model import CountingRule, Report, Statement, Status
from musterbook.reckoning.strength import UNKNOWN, Stock, stock_of, wholes
from musterbook.values import Figures, Period

NEW = report("A newer report of troops.", date(2020, 9, 9))
REPORTS = {NEW.id: NEW}


def stock(said: Statement) -> Stock | None:
    return stock_of(line(said), REPORTS)


def numbers(said: Statement) -> tuple[int | None, int | None, int | None] | None:
    found = stock(said)
    return (found.low, found.best, found.high) if found else None


def level(number: int, of: Report = NEW, **more: object) -> Statement:
    return statement(of, Figures(level=number, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize("status", [Status.ANNOUNCED, Status.EXPECTED, Status.CONSIDERED, Status.UNDERWAY])
def test_a_promised_number_is_no_strength(status: Status) -> None:
    assert numbers(statement(NEW, Figures(after=3000), status)) is None


def test_the_number_before_an_announced_change_is_there_now() -> None:
    assert numbers(statement(NEW, Figures(before=5200, after=3000), Status.ANNOUNCED)) == (5200, 5200, 5200)


def test_a_completed_change_leaves_what_is_left() -> None:
    assert numbers(statement(NEW, Figures(before=5200, delta=-2200), Status.DONE)) == (3000, 3000, 3000)


def test_all_gone_is_zero_and_not_unknown() -> None:
    assert numbers(statement(NEW, Figures(ratio=0.0), Status.DONE)) == (0, 0, 0)


def test_a_limited_presence_is_unknown_and_not_zero() -> None:
    said = replace(statement(NEW), figures=Figures(), wording="a limited presence")
    found = stock(said)
    assert found is not None
    assert (found.kind, numbers(said)) == (UNKNOWN, (None, None, None))


def test_about_leaves_room_for_rounding() -> None:
    assert numbers(level(5200, approx=True)) == (5150, 5200, 5250)
    assert numbers(level(1000, approx=True)) == (900, 1000, 1100)


def test_a_range_has_bounds_and_no_invented_middle() -> None:
    assert numbers(statement(NEW, Figures(low=2500, high=3000))) == (2500, None, 3000)


def test_up_to_bounds_only_from_above() -> None:
    assert numbers(level(600, high=600)) == (None, None, 600)


def test_a_cap_bounds_only_from_above() -> None:
    assert numbers(replace(level(5262), rule=CountingRule.AUTHORISED_CAP)) == (None, None, 5262)


def test_more_than_has_no_upper_bound() -> None:
    assert numbers(level(5000, low=5000)) == (5000, 5000, None)


def test_in_one_report_the_whole_goes_before_a_part() -> None:
    whole, part = level(5200), level(800)
    found = [one for one in map(stock, (part, whole)) if one]
    assert [one.statement for one in wholes(found)] == [whole]


def test_a_past_level_without_a_day_gives_nothing() -> None:
    assert numbers(statement(NEW, Figures(level=9000), Status.PAST)) is None


def test_a_past_level_counts_on_its_own_day() -> None:
    past = statement(NEW, Figures(level=9000), Status.PAST, period=Period.day(date(2019, 1, 1)))
    found = stock(past)
    assert found
    assert (found.day, found.best) == (date(2019, 1, 1), 9000)


def test_a_denied_figure_supports_nothing() -> None:
    assert numbers(statement(NEW, Figures(level=9000), Status.DENIED)) is None
