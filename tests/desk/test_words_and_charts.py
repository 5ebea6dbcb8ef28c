"""What the desk says in few words, draws with few signs, and never lets through."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from musterbook.desk.chart import Point, draw
from musterbook.desk.phrases import figures_in_words, period_in_words, strength_in_words
from musterbook.desk.tables import cut, fitted, total
from musterbook.model import Status
from musterbook.safe import on_one_line
from musterbook.values import Figures, Period

START = date(2019, 1, 1)


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        (Figures(level=900, approx=True), "about 900"),
        (Figures(level=5000, low=5000), "5,000 or more"),
        (Figures(level=600, high=600), "up to 600"),
        (Figures(low=2500, high=3000), "2,500 to 3,000"),
        (Figures(before=5200, after=3000), "5,200 → 3,000"),
        (Figures(after=650, approx=True), "→ about 650"),
        (Figures(delta=-2200), "−2,200"),
        (Figures(delta=300, high=300), "up to +300"),
        (Figures(before=5200, delta=-2200), "−2,200 of 5,200"),
        (Figures(before=300, delta=-300, ratio=0.0), "all 300 leave"),
        (Figures(ratio=0.5), "50% stay"),
        (Figures(ratio=2.0), "2 times as many"),
        (Figures(), "a limited presence"),
    ],
)
def test_figures_are_said_as_a_clerk_would(figures: Figures, words: str) -> None:
    assert figures_in_words(figures, "a limited presence") == words


def test_unknown_is_never_nought() -> None:
    assert strength_in_words(None, None, None) == "unknown"
    assert strength_in_words(0, 0, 0) == "0"
    assert strength_in_words(None, None, 600) == "up to 600"
    assert strength_in_words(0, None, 900) == "0–900"


def test_a_deadline_is_told_from_a_day() -> None:
    september = Period(date(2020, 9, 1), date(2020, 9, 30))
    assert period_in_words(september, Status.ANNOUNCED) == "by 2020-09-30"
    assert period_in_words(september, Status.CURRENT) == "2020-09-01 to 2020-09-30"


def some_points(*values: int) -> list[Point]:
    return [Point(START + timedelta(days=100 * i), value, "level") for i, value in enumerate(values)]


@pytest.mark.parametrize("width", [40, 80, 120])
def test_a_chart_keeps_to_its_width(width: int) -> None:
    lines = draw(some_points(100, 900, 400, 0), width)
    assert lines
    assert max(map(len, lines)) <= width
    assert sum(line.count("●") for line in lines[:-1]) == 4


def test_a_plain_chart_is_plain() -> None:
    points = [*some_points(100, 900), Point(START, 500, "promise", 300, 700)]
    assert "".join(draw(points, 60, plain=True)).isascii()


def test_one_figure_far_above_all_others_does_not_flatten_them() -> None:
    lines = draw(some_points(*[2000] * 9, 2500, 150_000), 80)
    assert lines[0].strip().startswith("2,500")
    assert "▲ above the scale" in lines[-1]


def test_there_is_no_chart_of_a_single_day() -> None:
    assert draw(some_points(100), 80) == ()


def test_all_figures_may_be_nought() -> None:
    assert draw(some_points(0, 0), 80)


def test_a_report_cannot_command_the_terminal() -> None:
    assert on_one_line("a\x1b[2J\r\n\tb \u202ec\x9b") == "a\\u001b[2J b \\u202ec\\u009b"


WIDTHS = {"force": 14, "place": 11, "who says so": 60, "publisher": 30, "id": 8}


@pytest.mark.parametrize("room", [60, 80, 120, 200])
def test_a_table_keeps_to_its_width_and_to_the_columns_that_matter(room: int) -> None:
    shown = fitted(WIDTHS, room, spare=("publisher",), elastic=("who says so", "publisher"))
    assert total(shown) <= room
    assert {"force", "place", "id"} <= {name for name in shown if shown[name] == WIDTHS[name]}


def test_words_that_are_cut_say_so() -> None:
    assert cut("the ministry of defence", 12) == "the ministr…"
    assert cut("the ministry", 12) == "the ministry"
