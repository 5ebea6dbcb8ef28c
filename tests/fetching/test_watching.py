"""From a feed to the book: what is fetched, how often, and what is left where it was."""

from __future__ import annotations

from sites import Site, answer, page, rss
from watched import Desk, feed

IRAQ = "The Pentagon said on Monday that about 2,500 American troops remain in Iraq."


def test_a_feed_becomes_reports_in_the_book(desk: Desk, server: Site) -> None:
    server.pages["/feed"] = answer(rss((server.url("/a"), "Iraq")), kind="application/rss+xml")
    server.pages["/a"] = answer(page(IRAQ, day="2026-03-01"))
    done = desk.run(feed(server.url("/feed"), publisher="The Desk"))
    assert (done.polled, done.pages, done.lost) == (1, 1, 0)
    with desk.open() as book:
        (statement,) = book.statements()
        report = book.report(statement.report)
    assert report is not None
    assert (report.url, report.publisher, str(report.published)) == (server.url("/a"), "The Desk", "2026-03-01")
    assert report.retrieved is not None
    assert desk.counts(server.url("/feed")) == {"report": 1}
