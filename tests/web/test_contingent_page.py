"""The page of a contingent: curve, table, clocks, what was learned, downloads."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta

import pytest

from books import Ticks
from musterbook.api import open_book
from musterbook.desk.web.learning import Between
from musterbook.desk.web.pages.contingent import forms
from musterbook.model import Contingent
from web_desk import TOLD, Desk, told


def part(page: str, name: str) -> str:
    """The part of a page with this id."""
    return page.split(f'id="{name}"', 1)[1].split("data-part", 1)[0]


def test_every_dot_of_the_curve_leads_to_its_evidence(desk: Desk) -> None:
    figure = part(desk.page("/us/iraq"), "figure")
    dots = re.findall(r'<a href="(/statement/\w{64})"[^>]*class="mb-dot', figure)
    assert len(dots) == len(set(dots)) >= 3
    for address in dots:
        desk.page(address)


def test_an_announced_path_leads_to_its_row(desk: Desk) -> None:
    page = desk.page("/us/iraq")
    (row,) = set(re.findall(r'<a href="#(p-\w{12})"[^>]*class="mb-aim"', part(page, "figure")))
    assert f'<tr id="{row}">' in page


def test_what_could_be_known_on_a_day_is_drawn_with_what_is_known_now_beneath(desk: Desk) -> None:
    page = desk.page("/us/iraq?known=2020-06-01")
    assert "mb-then" in part(page, "figure")
    assert "The dashed line is what was known on" in part(page, "figure")
    assert "5,200" in part(page, "told")
    assert "3,000" not in part(page, "statements")


def test_two_states_of_knowledge_may_be_named(desk: Desk) -> None:
    assert "known on 2020-06-01" in part(desk.page("/us/iraq?then=2020-06-01"), "figure")


def test_what_was_published_later_is_never_beneath_what_was_published_by_a_day(desk: Desk) -> None:
    assert "mb-then" not in part(desk.page("/us/iraq?public=2020-12-01"), "figure")


def test_what_changed_between_two_days_names_the_reports_that_did_it(desk: Desk) -> None:
    learned = part(desk.page("/us/iraq?from=2020-06-01&to=2021-02-01"), "learned")
    assert re.search(r"on 1 February 2021|For 1 February 2021", learned)
    assert re.search(
        r"new</td><td class=\"day\">15 January 2021</td><td><a href=\"/statement/\w{64}\">2,500", learned
    )
    assert "1,100" not in learned


def test_a_decision_is_among_what_changed() -> None:
    clock = Ticks()
    with open_book(":memory:", clock=clock, person="ed") as book:
        book.add(told(*TOLD))
        said = next(s for s in book.statements() if s.figures.level == 2500)
        since = clock.moment
        clock.moment += timedelta(10)
        book.retract(said.id, "it was misprinted")
        one = Contingent("USA", "IRQ")
        found = Between(book.knowing(since), book, since).told(one, date(2021, 3, 1))
    assert [(row["what"], row["words"], row["detail"], row["by"]) for row in found["news"]] == [
        ("retracted", "2,500", "it was misprinted", "ed")
    ]
    assert found["was"] != found["now"]


@pytest.mark.parametrize(
    ("filters", "there", "gone"),
    [
        ("status=announced", "3,000", "2,500"),
        ("status=current", "2,500", "3,000"),
        ("rule=mandate+ceiling", "0 of", "2,500"),
    ],
)
def test_the_table_is_filtered_by_its_address(desk: Desk, filters: str, there: str, gone: str) -> None:
    table = part(desk.page(f"/us/iraq?{filters}"), "statements")
    assert there in table
    assert gone not in table


def test_the_table_is_sorted_by_its_address(desk: Desk) -> None:
    rows = re.findall(
        r'class="figure" href="/statement/\w+">([^<]+)', part(desk.page("/us/iraq?sort=figure"), "statements")
    )
    assert [row for row in rows if "→" not in row] == ["2,500", "about 5,200"]


def test_reports_of_one_announcement_are_shown_alone(desk: Desk) -> None:
    said = next(s for s in desk.book.statements() if s.figures.level == 2500)
    table = part(desk.page(f"/us/iraq?origin={said.id[:12]}"), "statements")
    assert "1 of" in table
    assert "5,200" not in table


@pytest.mark.parametrize("form", forms())
def test_the_curve_is_downloaded(desk: Desk, form: str) -> None:
    answer = desk.client.get(f"/us/iraq/curve.{form}")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == f'attachment; filename="usa-irq.{form}"'
    starts = {"svg": b"<svg", "png": b"\x89PNG", "csv": b"what,", "json": b"{"}
    assert answer.content.startswith(starts[form])


def test_a_download_goes_through_the_clocks(desk: Desk) -> None:
    late, early = (desk.client.get(f"/us/iraq/curve.json{end}").json() for end in ("", "?public=2020-06-01"))
    assert "2,500" in json.dumps(late)
    assert "2,500" not in json.dumps(early)


def test_why_tells_what_each_statement_adds(desk: Desk) -> None:
    page = desk.page("/us/iraq/why?on=2021-01-20")
    assert "<h1>Why 2,500" in page
    assert re.search(r"to the figure; \d+% of the chances rest on it", page)


def test_a_place_among_several_names_the_joint_figure(desk: Desk) -> None:
    desk.book.add(
        told(("The United States has 9,000 troops in Iraq and Syria, he said.", "2021-03-05", "Daily Two"))
    )
    desk.client.app.state.shelf.wrote()  # type: ignore[attr-defined] -- the application itself
    page = desk.page("/us/iraq")
    joint = re.search(r'href="(/usa/[^"]*\+[^"]*)"', page)
    if joint is None:
        pytest.fail("no link to the joint figure")
    assert "9,000" in desk.page(joint[1])


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/us/iraq?status=perhaps", 400, "it is one of: current, past"),
        ("/us/iraq?sort=colour", 400, "sort=colour is not known"),
        ("/us/iraq?origin=xyz", 400, "origin=xyz is no id"),
        ("/us/iraq?page=0", 400, "page=0 is no number from 1"),
        ("/us/iraq?from=2021-01-01&to=2020-01-01", 400, "must be after"),
        ("/us/iraq?first=2021-01-01&last=2020-01-01", 400, "must be before"),
        ("/us/iraq?then=soon", 400, "then=soon is not a moment"),
        ("/us/iraq?mission=unheard", 404, "under unheard"),
        ("/us/iraq/curve.exe", 404, "There is no such file"),
        ("/us/fra/why", 404, "The book has nothing"),
    ],
)
def test_wrong_addresses_are_told(desk: Desk, address: str, status: int, words: str) -> None:
    assert words in desk.page(address, status)
