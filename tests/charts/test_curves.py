"""The curve: gaps are gaps, nobody is a line on the axis, every statement can be reached."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from drawn import FIRST, LAST, course, crowd, dot, elements, estimate

from musterbook.charts import Course, Shape, curve, sample_days, spark
from musterbook.charts.curve import PLAIN
from musterbook.charts.records import figures_told
from musterbook.charts.scales import Days, Numbers, numbers_for
from musterbook.model import Status
from musterbook.values import Figures


def of_class(drawn: str, name: str, class_: str) -> list[dict[str, str]]:
    return [e.attrib for e in elements(drawn, name) if class_ in (e.get("class") or "").split()]


def places(path: str) -> list[tuple[str, float]]:
    return [(letter, float(number)) for letter, number in re.findall(r"([HV])(-?[\d.]+)", path)]


def test_days_on_which_nothing_is_known_are_a_gap_of_the_line() -> None:
    drawn = curve(course()).svg
    assert len(of_class(drawn, "path", "mb-best")) == 2
    assert len(of_class(drawn, "path", "mb-band")) == 2
    (gap,) = of_class(drawn, "rect", "mb-gap")
    days = Days(FIRST, LAST, PLAIN.frame)
    assert float(gap["x"]) == pytest.approx(days.at(date(2019, 1, 1)), abs=2)
    assert float(gap["width"]) == pytest.approx(days.at(date(2020, 1, 1)) - days.at(date(2019, 1, 1)), abs=3)


def test_no_line_crosses_a_gap() -> None:
    days = Days(FIRST, LAST, PLAIN.frame)
    left, right = days.at(date(2019, 1, 5)), days.at(date(2019, 12, 27))
    for line in of_class(curve(course()).svg, "path", "mb-best"):
        start = float(line["d"][1:].split()[0])
        ends = [start, *(x for letter, x in places(line["d"]) if letter == "H")]
        assert max(ends) <= left or min(ends) >= right


def test_nobody_is_a_line_on_the_axis() -> None:
    last = of_class(curve(course()).svg, "path", "mb-best")[-1]["d"]
    assert ("V", PLAIN.frame.bottom) in places(last)


def test_a_course_of_which_nothing_is_known_has_no_line() -> None:
    unknown = Course("x", tuple(estimate(day, None) for day in sample_days(FIRST, LAST)), (dot(FIRST, 5),))
    picture = curve(unknown)
    assert not of_class(picture.svg, "path", "mb-best")
    assert "unknown" in picture.desc


def test_a_jump_is_a_step() -> None:
    told = tuple(estimate(day, 1000 if day < date(2020, 1, 1) else 3000) for day in sample_days(FIRST, LAST))
    (line,) = of_class(curve(Course("x", told)).svg, "path", "mb-best")
    assert [letter for letter, _ in places(line["d"])] == ["H", "V", "H"]


def test_every_statement_has_a_dot_that_tells_who_says_what_when() -> None:
    told = course("General X")
    titles = " ".join(link.findtext("{*}title") or "" for link in elements(curve(told).svg, "a"))
    for one in told.dots:
        assert f"{one.value:,} ({one.kind}), {one.day}: General X" in titles


def test_dots_lead_to_their_statements_in_order_of_days() -> None:
    links = [e.get("href") for e in elements(curve(course()).svg, "a") if "mb-dot" in (e.get("class") or "")]
    assert links == [f"#{one.statement}" for one in course().dots]


def test_every_status_has_a_shape_of_its_own() -> None:
    drawn = curve(course()).svg
    shapes = {e.get("id"): e.get("d", "") + e.get("fill", "") for e in elements(drawn, "path") if e.get("id")}
    assert len(set(shapes.values())) == len(shapes) == len(Status) + 1


def test_no_statement_is_lost_where_dots_become_one() -> None:
    told = crowd(2000)
    dots = of_class(curve(told).svg, "a", "mb-dot")
    assert len(dots) + sum(int(d.get("data-more", 0)) for d in dots) == 2000


def test_reports_of_one_announcement_have_one_colour_and_a_single_one_none() -> None:
    dots = (dot(FIRST, 10, origin="a"), dot(LAST, 20, origin="a"), dot(LAST, 90, origin="b"))
    first, second, alone = of_class(curve(Course("x", (), dots)).svg, "a", "mb-dot")
    assert first["color"] == second["color"] != alone["color"]


def test_an_outlier_stands_above_the_scale_instead_of_flattening_it() -> None:
    dots = (*(dot(date(2018, 1, 1 + i), 5000) for i in range(20)), dot(date(2018, 3, 1), 500_000))
    picture = curve(Course("x", (estimate(FIRST, 5000), estimate(LAST, 5000)), dots))
    assert "above the scale" in picture.legend
    assert "500,000" in picture.svg


def test_an_announcement_leads_from_its_day_to_its_deadline() -> None:
    (path, *_) = of_class(curve(course()).svg, "path", "mb-path")
    x1, _, x2, _ = (float(n) for n in re.findall(r"[\d.]+", path["d"]))
    days = Days(FIRST, LAST, PLAIN.frame)
    ends = days.at(date(2018, 6, 1)), days.at(date(2018, 12, 1))
    assert (x1, x2) == pytest.approx(ends, abs=0.1)


def test_earlier_knowledge_lies_beneath_in_a_line_of_its_own() -> None:
    drawn = curve(course()).svg
    assert drawn.index('class="mb-then"') < drawn.index('class="mb-best"')
    assert "mb-then" not in curve(replace(course(), then=())).svg


@pytest.mark.parametrize(
    ("first", "last", "named"),
    [
        (date(2003, 1, 1), date(2023, 1, 1), "2012"),
        (date(2018, 1, 1), date(2021, 12, 31), "2020"),
        (date(2020, 1, 10), date(2020, 9, 1), "Mar"),
        (date(2020, 1, 10), date(2020, 1, 30), "13 Jan"),
    ],
)
def test_days_are_named_by_how_many_there_are(first: date, last: date, named: str) -> None:
    names = [name for _, name in Days(first, last, PLAIN.frame).ticks()]
    assert named in names
    assert 2 < len(names) < 15


@pytest.mark.parametrize("width", [360, 720])
@pytest.mark.parametrize("span", [5, 12, 40, 69, 71, 200, 400, 900, 2000, 4000, 7300, 20_000])
def test_the_names_of_days_do_not_touch(width: int, span: int) -> None:
    days = Days(date(2001, 3, 14), date(2001, 3, 14) + timedelta(span), Shape(width).frame)
    places = [(days.at(day), len(name)) for day, name in days.ticks()]
    assert len(places) > 1
    for (x, letters), (after, more) in pairwise(places):
        assert after - x > 3.7 * (letters + more)


@pytest.mark.parametrize("most", [1, 3, 17, 99, 5_200, 101_000, 2_000_000])
def test_numbers_are_named_in_round_steps(most: int) -> None:
    ticks = numbers_for([most], PLAIN.frame).ticks()
    assert ticks[0] == 0
    assert len({b - a for a, b in pairwise(ticks)}) == 1
    assert 1 < len(ticks) < 9
    assert ticks == sorted(set(ticks))


def test_thousands_are_parted() -> None:
    assert ">4,000<" in curve(course()).svg


def test_a_scale_in_steps_of_ten_keeps_nought_on_the_axis() -> None:
    scale = numbers_for([10, 100_000], PLAIN.frame, log=True)
    assert isinstance(scale, Numbers)
    assert scale.at(0) == PLAIN.frame.bottom
    heights = [scale.at(n) for n in (10, 100, 1000, 10_000)]
    steps = {round(a - b, 3) for a, b in pairwise(heights)}
    assert len(steps) == 1
    assert ">10,000<" in curve(course(), Shape(log=True)).svg


def test_a_small_curve_keeps_the_gap() -> None:
    assert len(of_class(spark(course().estimates, "x").svg, "path", "mb-best")) == 2
    assert "unknown" in spark([estimate(FIRST, None)], "x").desc


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        (Figures(level=5200, approx=True), "about 5,200"),
        (Figures(low=2500, high=3000), "2,500 to 3,000"),
        (Figures(high=600), "up to 600"),
        (Figures(before=5200, after=3000, approx=True), "about 5,200 → 3,000"),
        (Figures(delta=-2200), "−2,200"),
        (Figures(ratio=0), "all leave"),
        (Figures(ratio=0.5, before=14000, approx=True), "about 50% of 14,000 stay"),
        (Figures(before=900), "from 900"),
        (Figures(), "no figure"),
    ],
)
def test_figures_in_words(figures: Figures, words: str) -> None:
    assert figures_told(figures) == words
