"""The fast path finds a page's day where the quality path finds it, but for the guess; and what its data say."""

from __future__ import annotations

from datetime import date

import pytest

from musterbook.intake.quick import quick_report
from musterbook.intake.warc import Page
from musterbook.model import Report

TOLD = (
    "The ministry said on Monday that 340 soldiers of the brigade are stationed in Lithuania, where they train with "
    "their hosts. They arrived in the spring, and a further company will follow, the minister told the parliament. "
    "Their barracks stand near the town, and the mayor said that everyone there had got used to them."
)
DATA = (
    '<script type="application/ld+json">[{"@type": "NewsArticle", "headline": "Of something else",'
    ' "url": "https://paper.example/other", "datePublished": "2019-01-05"},'
    ' {"@type": "NewsArticle", "headline": "The brigade", "url": "https://paper.example/brigade",'
    ' "datePublished": "2021-06-07T09:00:00Z", "author": {"name": "Ann Lee, Reuters"},'
    ' "publisher": {"name": "The Paper"}}]</script>'
)
PLACES = {
    "the article's entry among others in the data": (DATA, "", "https://paper.example/brigade"),
    "a meta element in capitals": ('<meta name="DC.Date.Issued" content="2021-06-07">', "", ""),
    "a meta element of the body": ("", '<meta itemprop="datePublished" content="2021-06-07">', ""),
    "a marked element": ("", '<span itemprop="datePublished">7 June 2021</span>', ""),
    "the time of the article": ("", '<time datetime="2021-06-07T10:00">yesterday</time>', ""),
    "the address": ("", "", "https://paper.example/2021/06/07/brigade.html"),
    "a line below the headline": ("", "<p>By <b>Ann Lee</b></p><p>June 7, 2021</p>", ""),
    "data that are too broken to read": (
        '<script type="application/ld+json">{"datePublished": "2021-06-07", oh</script>',
        "",
        "",
    ),
}


def report_of(head: str, below: str, url: str = "", retrieved: str = "2021-06-09T00:00:00Z") -> Report:
    page = (
        f"<html><head><title>The brigade</title>{head}</head><body><nav><h1>The Paper</h1><p>1 May 2020</p></nav>"
        f"<article><h1>The brigade</h1>{below}<p>{TOLD}</p></article></body></html>"
    )
    found = quick_report(Page(page.encode(), 1, 0, url, "utf-8", retrieved), "a page")
    assert isinstance(found, Report)
    return found


@pytest.mark.parametrize("place", PLACES)
def test_the_day_is_found_in(place: str) -> None:
    report = report_of(*PLACES[place])
    assert report.published == date(2021, 6, 7)
    assert report.published_reason.startswith("the page's own date (")
    assert [one.day for one in report.days if one.verdict == "taken"] == [date(2021, 6, 7)]


def test_a_day_after_the_page_was_taken_is_none() -> None:
    report = report_of('<meta name="date" content="2021-06-10">', "", "https://paper.example/2021/06/07/x")
    assert report.published == date(2021, 6, 7)
    assert report_of('<meta name="date" content="2021-06-10">', "").published is None


def test_a_line_that_tells_of_a_change_is_no_day_of_publication() -> None:
    assert report_of("", "<p>Updated: June 7, 2021</p>").published is None


def test_the_data_name_writer_agency_and_publisher() -> None:
    report = report_of(*PLACES["the article's entry among others in the data"])
    assert (report.title, report.byline, report.publisher) == ("The brigade", "Ann Lee, Reuters", "The Paper")
    assert "Reuters" in report.credits
