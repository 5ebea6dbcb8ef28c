"""The first page: the map of a day, what is largest, latest and due, through the clocks of its address."""

from __future__ import annotations

import re
from datetime import date

import pytest

from web_desk import Desk, told


def part(page: str, name: str) -> str:
    """The part of a page with this id."""
    return page.split(f'id="{name}"', 1)[1].split("data-part", 1)[0]


def test_the_map_has_a_circle_for_each_contingent_that_leads_to_its_page(desk: Desk) -> None:
    page = part(desk.page("/"), "map")
    assert '<a href="/usa/irq" data-c="USA/IRQ">' in page
    assert "United States in Iraq: 2,500" in page
    assert 'href="/static/world.svg"' in page


def test_a_link_of_the_map_keeps_the_day(desk: Desk) -> None:
    assert 'href="/usa/irq?on=2020-03-02"' in part(desk.page("/?on=2020-03-02"), "map")


def test_only_one_force_is_shown_where_it_is_asked_for(desk: Desk) -> None:
    page = desk.page("/?force=germany")
    assert "Mali" in part(page, "map")
    assert "Iraq" not in part(page, "largest")
    assert '<option value="DEU" selected>' in page


def test_an_unknown_force_is_a_wrong_parameter(desk: Desk) -> None:
    assert "force=narnia is no force that we know" in desk.page("/?force=narnia", 400)


def test_the_latest_names_reports_and_verdicts_with_their_evidence(desk: Desk) -> None:
    latest = part(desk.page("/"), "latest")
    assert re.search(
        r'1 March 2021</span> <a href="/deu/mli">.*?<a class="figure" href="/statement/\w{64}">1,100',
        latest,
        re.S,
    )
    assert "verdict-kept" in latest or "verdict-partly-kept" in latest or "verdict-superseded" in latest


def test_by_an_earlier_day_later_reports_are_not_among_the_latest(desk: Desk) -> None:
    latest = part(desk.page("/?on=2020-10-01"), "latest")
    assert "9 September 2020" in latest
    assert "2021" not in latest


def test_what_was_announced_by_a_day_waits_with_the_verdict_that_came_later(desk: Desk) -> None:
    waiting = part(desk.page("/?on=2020-09-15"), "waiting")
    assert "5,200 → 3,000" in waiting
    assert "Verdict since" in waiting


def test_the_book_as_it_was_known_leaves_out_what_came_later(desk: Desk) -> None:
    page = part(desk.page("/?known=2020-06-01"), "largest")
    assert "5,200" in page
    assert "Mali" not in page


def test_quick_figures_are_the_figures(desk: Desk) -> None:
    for day in (date(2020, 3, 1), date(2020, 9, 9), date(2020, 12, 24), date(2021, 6, 1), date(2030, 1, 1)):
        whole = desk.book.contingents(day)
        quick = desk.book.strengths(day)
        keys = ("contingent", "day", "low", "best", "high", "last_confirmed", "confirmed", "rule")
        assert [[getattr(e, k) for k in keys] for e in quick] == [
            [getattr(e, k) for k in keys] for e in whole
        ]


def test_months_are_links_without_a_script(desk: Desk) -> None:
    page = desk.page("/?on=2021-03-31&force=us")
    assert 'rel="prev" href="/?on=2021-02-28&amp;force=USA"' in page
    assert 'rel="next" href="/?on=2021-04-28&amp;force=USA"' in page


@pytest.mark.parametrize("address", ["/?on=2021-13-01", "/?held=perhaps", "/?force=" + "x" * 500])
def test_wrong_parameters_are_told(desk: Desk, address: str) -> None:
    desk.page(address, 400)


def test_shared_files_are_known_by_their_tag(desk: Desk) -> None:
    for address in ("/static/world.svg", "/static/charts.css"):
        first = desk.client.get(address)
        again = desk.client.get(address, headers={"if-none-match": first.headers["etag"]})
        assert (first.status_code, again.status_code) == (200, 304)


def test_hostile_names_stay_text_on_the_first_page(desk: Desk) -> None:
    desk.book.add(
        told(
            (
                "Some 70 U.S. troops are in Jordan, <img src=x onerror=alert(1)> said.",
                "2021-05-20",
                '"><script>alert(1)</script>',
            )
        )
    )
    desk.client.app.state.shelf.wrote()  # type: ignore[attr-defined] -- the application itself
    page = desk.page("/")
    assert "<script>alert" not in page
    assert "<img" not in page


def test_what_waits_leads_to_where_it_is_settled(desk: Desk) -> None:
    waiting = part(desk.page("/?on=2021-03-31"), "open")
    assert 'href="/doubts?on=2021-03-31"' in waiting
    assert 'href="/pledges?on=2021-03-31"' in waiting
    assert "/review" not in waiting
