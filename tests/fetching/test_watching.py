"""From a feed to the book: what is fetched, how often, and what is left where it was."""

from __future__ import annotations

import socket
import time
from contextlib import closing
from datetime import datetime

import pytest
from sites import Asked, Site, answer, page, rss
from watched import AGENT, BEGUN, Desk, feed, sleep_fast

from musterbook.fetching.feedlist import Source
from musterbook.fetching.heartbeat import last_beat
from musterbook.fetching.limits import Limits
from musterbook.fetching.manners import TRIES
from musterbook.fetching.notebook import Notebook

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
    assert (report.url, report.publisher, str(report.published)) == (
        server.url("/a"),
        "The Desk",
        "2026-03-01",
    )
    assert report.retrieved is not None
    assert desk.counts(server.url("/feed")) == {"report": 1}


def test_what_is_known_is_not_fetched_again(desk: Desk, server: Site) -> None:
    server.pages["/feed"] = answer(rss((server.url("/a"), "Iraq")), kind="text/xml")
    server.pages["/a"] = answer(page(IRAQ))
    source = feed(server.url("/feed"))
    desk.run(source)
    desk.now += source.every
    server.pages["/feed"] = answer(
        rss((server.url("/b"), "Syria"), (server.url("/a"), "Iraq")), kind="text/xml"
    )
    server.pages["/b"] = answer(
        page("Some 900 American soldiers remain in Syria, officials said on Tuesday.")
    )
    desk.run(source)
    assert server.paths == ["/feed", "/a", "/feed", "/b"]


def test_before_its_time_nothing_is_asked(desk: Desk, server: Site) -> None:
    server.pages["/feed"] = answer(rss(), kind="text/xml")
    desk.run(feed(server.url("/feed")))
    desk.now += 600
    assert desk.run(feed(server.url("/feed"))).polled == 0
    assert server.paths == ["/feed"]


def test_an_unchanged_feed_is_not_sent_again(desk: Desk, server: Site) -> None:
    def say_unchanged(connection: socket.socket, asked: Asked) -> None:
        old = asked.heads.get("if-none-match") == '"v1"' and "if-modified-since" in asked.heads
        connection.sendall(
            answer(b"", 304)
            if old
            else answer(rss(), kind="text/xml", ETag='"v1"', Last_Modified="Mon, 02 Mar 2026 11:00:00 GMT")
        )

    server.pages["/feed"] = say_unchanged
    source = feed(server.url("/feed"))
    assert desk.run(source).unchanged == 0
    desk.now += source.every
    assert desk.run(source).unchanged == 1
    desk.now += source.every
    assert desk.run(source).unchanged == 1


def test_a_host_rests_between_two_visits(desk: Desk, server: Site) -> None:
    links = [(server.url(f"/{n}"), f"Story {n}") for n in range(4)]
    server.pages["/feed"] = answer(rss(*links), kind="text/xml")
    server.pages |= {f"/{n}": answer(page(f"{IRAQ} It was said {n} times.")) for n in range(4)}
    desk.run(feed(server.url("/feed")), pause=25.0)
    assert desk.now - BEGUN == 4 * 25
    assert desk.counts(server.url("/feed")) == {"report": 4}


def test_a_host_may_ask_for_a_longer_rest(desk: Desk, server: Site) -> None:
    server.pages["/robots.txt"] = answer("User-agent: musterbook\nCrawl-delay: 90\n", kind="text/plain")
    server.pages["/feed"] = answer(rss((server.url("/a"), "Iraq")), kind="text/xml")
    server.pages["/a"] = answer(page(IRAQ))
    desk.run(feed(server.url("/feed")))
    assert desk.now - BEGUN == 90


def test_there_is_never_a_second_connection_to_a_host(desk: Desk, server: Site) -> None:
    """Four feeds at one host, with eight connections allowed: each waits for the one before."""
    under_way: list[int] = []
    most: list[int] = []

    def slowly(connection: socket.socket, _: Asked) -> None:
        under_way.append(1)
        most.append(len(under_way))
        time.sleep(0.05)
        under_way.pop()
        connection.sendall(answer(rss(), kind="text/xml"))

    server.pages |= {f"/{n}": slowly for n in range(4)}
    done = desk.run(*(feed(server.url(f"/{n}")) for n in range(4)), connections=8)
    assert done.polled == 4
    assert max(most) == 1


def test_robots_txt_is_asked_once_a_day(desk: Desk, server: Site) -> None:
    server.pages["/feed"] = answer(rss(), kind="text/xml")
    source = feed(server.url("/feed"), every=3 * 3600)
    for _ in range(9):  # a day and a bit
        desk.run(source)
        desk.now += source.every
    assert [one.path for one in server.asked].count("/robots.txt") == 2


def test_where_robots_txt_forbids_nothing_is_read(desk: Desk, server: Site) -> None:
    server.pages["/robots.txt"] = answer("User-agent: *\nDisallow: /a\n", kind="text/plain")
    server.pages["/feed"] = answer(rss((server.url("/a"), "Iraq")), kind="text/xml")
    done = desk.run(feed(server.url("/feed")))
    assert (done.lost, server.paths) == (1, ["/feed"])
    assert desk.in_book() == ["fetch-robots"]
    assert desk.counts(server.url("/feed")) == {"fetch-robots": 1}


def test_while_robots_txt_cannot_be_had_nothing_is_read(desk: Desk, server: Site) -> None:
    server.pages["/robots.txt"] = answer(b"oh", 500)
    server.pages["/feed"] = answer(rss(), kind="text/xml")
    source = feed(server.url("/feed"))
    assert desk.run(source).failed == 1
    assert desk.standing(source.url).code == "fetch-robots-unknown"
    server.pages["/robots.txt"] = answer(b"gone", 404)
    desk.now = desk.standing(source.url).due
    assert desk.run(source).failed == 0
    assert server.paths == ["/feed"]


def test_a_page_that_could_not_be_had_is_a_doubt_and_what_the_feed_holds_is_kept(
    desk: Desk, server: Site
) -> None:
    told = f"<description>&lt;p&gt;{IRAQ}&lt;/p&gt;</description><pubDate>Sun, 01 Mar 2026 08:00:00 GMT</pubDate>"
    server.pages["/feed"] = answer(rss((server.url("/gone"), "Iraq"), more=told), kind="text/xml")
    desk.run(feed(server.url("/feed")))
    assert desk.in_book() == ["fetch-gone", server.url("/gone")]
    with desk.open() as book:
        (statement,) = book.statements()
        report = book.report(statement.report)
    assert report is not None
    assert (str(report.published), report.published_reason) == ("2026-03-01", "the feed's own date")


def test_a_page_is_tried_again_until_its_trouble_is_final(desk: Desk, server: Site) -> None:
    server.pages["/feed"] = answer(rss((server.url("/a"), "Iraq")), kind="text/xml")
    server.pages["/a"] = answer(b"broken", 500)
    desk.until = BEGUN + 20 * 86_400
    sleep_fast(desk)
    done = desk.run(feed(server.url("/feed"), every=86_400 * 30), once=False)
    assert (done.lost, server.paths.count("/a")) == (1, TRIES)
    assert desk.in_book() == ["fetch-server"]


def test_pages_that_could_not_be_had_are_fetched_again_on_request(desk: Desk, server: Site) -> None:
    server.pages["/feed"] = answer(rss((server.url("/a"), "Iraq")), kind="text/xml")
    source = feed(server.url("/feed"))
    desk.run(source)
    server.pages["/a"] = answer(page(IRAQ))
    with closing(Notebook(desk.notes)) as notebook:
        assert notebook.retry(desk.now) == 1
    desk.now += 60
    desk.run(source)
    assert desk.in_book() == ["fetch-gone", server.url("/a")]
    assert desk.counts(source.url) == {"report": 1}


def test_a_feed_that_holds_its_texts_is_read_from_itself(desk: Desk, server: Site) -> None:
    told = f"<description>&lt;b&gt;{IRAQ}&lt;/b&gt;</description>"
    server.pages["/feed"] = answer(rss((server.url("/a"), "Iraq"), more=told), kind="text/xml")
    desk.run(feed(server.url("/feed"), follow=False))
    assert server.paths == ["/feed"]
    assert desk.in_book() == [server.url("/a")]


def test_only_entries_with_a_wanted_word_are_fetched(desk: Desk, server: Site) -> None:
    server.pages["/feed"] = answer(
        rss((server.url("/a"), "Troops leave"), (server.url("/b"), "Stroopwafel prices")), kind="text/xml"
    )
    server.pages["/a"] = answer(page(IRAQ))
    desk.run(feed(server.url("/feed"), only=("troop", "troops")))
    assert server.paths == ["/feed", "/a"]
    assert desk.counts(server.url("/feed")) == {"report": 1, "left out": 1}


def test_a_page_that_two_feeds_list_is_fetched_once(desk: Desk, server: Site) -> None:
    for name in ("/one", "/two"):
        server.pages[name] = answer(rss((server.url("/a"), "Iraq")), kind="text/xml")
    server.pages["/a"] = answer(page(IRAQ))
    desk.run(feed(server.url("/one")), feed(server.url("/two")))
    server.pages["/three"] = server.pages["/two"]
    desk.run(feed(server.url("/three")))
    assert server.paths.count("/a") == 1
    assert desk.counts(server.url("/two")) == {"report": 1}
    assert desk.counts(server.url("/three")) == {"elsewhere": 1}


def test_an_entry_whose_text_changed_is_fetched_again_but_not_at_once(desk: Desk, server: Site) -> None:
    def listed(words: str) -> bytes:
        more = f"<description>{words}</description>"
        return answer(rss((server.url("/a"), "Iraq"), more=more), kind="text/xml")

    source = feed(server.url("/feed"))
    server.pages["/feed"], server.pages["/a"] = listed("first"), answer(page(IRAQ))
    desk.run(source)
    server.pages["/feed"] = listed("corrected")
    desk.now += 3600
    desk.run(source)
    assert server.paths.count("/a") == 1
    server.pages["/a"] = answer(page(IRAQ.replace("2,500", "2,000")))
    desk.now += 6 * 3600
    desk.run(source)
    assert server.paths.count("/a") == 2
    assert desk.in_book() == [server.url("/a"), server.url("/a")]


def test_a_single_page_is_read_when_it_changes(desk: Desk, server: Site) -> None:
    source = Source("page", server.url("/news"))
    server.pages["/news"] = answer(page(IRAQ))
    desk.run(source)
    desk.now += source.every
    assert desk.run(source).unchanged == 1
    server.pages["/news"] = answer(page(IRAQ.replace("2,500", "2,000")))
    desk.now += source.every
    assert desk.run(source).unchanged == 0
    assert desk.in_book() == [server.url("/news")] * 2


def test_a_news_sitemap_is_followed(desk: Desk, server: Site) -> None:
    listed = (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url>'
        f"<loc>{server.url('/a')}</loc><news:news><news:title>Iraq</news:title>"
        "<news:publication_date>2026-02-27</news:publication_date></news:news></url></urlset>"
    )
    server.pages["/map.xml"], server.pages["/a"] = answer(listed, kind="text/xml"), answer(page(IRAQ))
    desk.run(Source("sitemap", server.url("/map.xml")))
    with desk.open() as book:
        (statement,) = book.statements()
        report = book.report(statement.report)
    assert report is not None
    assert str(report.published) == "2026-02-27"


def test_nothing_is_published_after_it_was_fetched(desk: Desk, server: Site) -> None:
    more = "<pubDate>Fri, 01 Jan 2100 00:00:00 GMT</pubDate>"
    server.pages["/feed"] = answer(rss((server.url("/a"), "Iraq"), more=more), kind="text/xml")
    server.pages["/a"] = answer(page(IRAQ, day="2099-01-01"))
    desk.run(feed(server.url("/feed")))
    with desk.open() as book:
        report = book.report(next(one.report for one in book.outcomes()))
    assert report is not None
    assert report.published is None


def test_a_redirect_to_another_host_is_asked_in_its_turn_with_its_own_rules(desk: Desk, server: Site) -> None:
    away = server.url("/feed2", host="other.example")
    server.pages["/feed"] = answer(b"", 301, Location=away)
    server.pages["/feed2"] = answer(rss(), kind="text/xml")
    source = feed(server.url("/feed", host="one.example"))
    assert desk.run(source).polled == 1
    assert [(one.path, one.heads["host"].partition(":")[0]) for one in server.asked] == [
        ("/robots.txt", "one.example"),
        ("/feed", "one.example"),
        ("/robots.txt", "other.example"),
        ("/feed2", "other.example"),
    ]
    assert desk.standing(source.url).moved == away


def test_servers_are_told_who_asks_and_nothing_is_carried_between_them(desk: Desk, server: Site) -> None:
    server.pages["/feed"] = answer(
        rss((server.url("/a"), "x")), kind="text/xml", Set_Cookie="id=1", ETag='"e"'
    )
    server.pages["/a"] = answer(page(IRAQ))
    desk.run(feed(server.url("/feed")))
    assert {one.heads["user-agent"] for one in server.asked} == {AGENT}
    held = {name for one in server.asked for name in one.heads}
    assert held == {"host", "user-agent", "accept", "accept-encoding", "connection"}


def test_what_a_server_said_of_one_address_is_not_told_at_another(desk: Desk, server: Site) -> None:
    source = feed(server.url("/feed"))
    server.pages["/feed"] = answer(rss(), kind="text/xml", ETag='"secret"')
    desk.run(source)
    server.pages["/feed"] = answer(b"", 302, Location=server.url("/else"))
    server.pages["/else"] = answer(rss(), kind="text/xml")
    desk.now += source.every
    desk.run(source)
    assert [
        (one.path, "if-none-match" in one.heads) for one in server.asked if one.path != "/robots.txt"
    ] == [
        ("/feed", False),
        ("/feed", True),
        ("/else", False),
    ]


def test_ten_thousand_entries_are_read_and_none_twice(desk: Desk, server: Site) -> None:
    links = [(server.url(f"/{n}"), f"Short story {n}") for n in range(10_000)]
    server.pages["/feed"] = answer(rss(*links), kind="text/xml")
    desk.limits = Limits()
    source = feed(server.url("/feed"), only=("story 9999",))
    desk.run(source)
    assert desk.counts(source.url) == {"left out": 9_999, "fetch-gone": 1}
    desk.now += source.every
    desk.run(source)
    assert server.paths == ["/feed", "/9999", "/feed"]


def test_the_heartbeat_tells_what_is_under_way(desk: Desk, server: Site) -> None:
    server.pages["/feed"] = answer(rss(), kind="text/xml")
    desk.until = BEGUN + 100
    desk.run(feed(server.url("/feed")), feed(server.url("/none")), once=False)
    beat = last_beat(desk.folder / "b.sqlite.watch.heartbeat")
    assert datetime.fromisoformat(beat["at"]).timestamp() >= BEGUN + 99
    assert (beat["sources"], beat["failing"], beat["waiting"]) == (2, 1, 0)


def test_no_nap_is_long_enough_to_miss_a_beat(desk: Desk, server: Site) -> None:
    server.pages["/feed"] = answer(rss(), kind="text/xml")
    desk.until = BEGUN + 400
    desk.run(feed(server.url("/feed"), every=300), once=False)
    assert max(desk.naps) <= 1
    assert server.paths == ["/feed", "/feed"]


def test_a_redirect_for_now_is_no_move(desk: Desk, server: Site) -> None:
    server.pages["/feed"] = answer(b"", 302, Location=server.url("/there", host="other.example"))
    server.pages["/there"] = answer(rss(), kind="text/xml")
    source = feed(server.url("/feed", host="one.example"))
    assert desk.run(source).failed == 0
    assert desk.standing(source.url).moved == ""


def test_two_hosts_that_send_us_to_each_other_are_left(desk: Desk, server: Site) -> None:
    server.pages["/ping"] = answer(b"", 301, Location=server.url("/pong", host="two.example"))
    server.pages["/pong"] = answer(b"", 301, Location=server.url("/ping", host="one.example"))
    source = feed(server.url("/ping", host="one.example"))
    assert desk.run(source).failed == 1
    assert desk.standing(source.url).code == "fetch-redirects"
    assert len(server.paths) == Limits().hops + 1


@pytest.mark.parametrize(
    ("stated", "kept"),
    [
        ("http://www.one.example/x", True),
        ("http://m.one.example/x", True),
        ("http://a.one.example/x", False),
        ("http://other.example/x", False),
    ],
)
def test_a_page_cannot_give_itself_the_address_of_another_house(
    stated: str, kept: bool, desk: Desk, server: Site
) -> None:
    url = server.url("/a", host="one.example")
    server.pages["/feed"] = answer(rss((url, "Iraq")), kind="text/xml")
    body = page(IRAQ).replace("<head>", f'<head><link rel="canonical" href="{stated}">')
    server.pages["/a"] = answer(body)
    desk.run(feed(server.url("/feed")))
    with desk.open() as book:
        report = book.report(book.outcomes()[0].report)
    assert report is not None
    assert report.url == (stated if kept else url)


def test_who_wants_to_look_more_often_need_not_wait_for_the_old_day(desk: Desk, server: Site) -> None:
    server.pages["/feed"] = answer(rss(), kind="text/xml")
    desk.run(feed(server.url("/feed"), every=86_400))
    desk.now += 900
    assert desk.run(feed(server.url("/feed"), every=900)).polled == 1


def test_a_clock_that_was_far_ahead_does_not_silence_the_watcher(desk: Desk, server: Site) -> None:
    server.pages["/feed"] = answer(rss(), kind="text/xml")
    source = feed(server.url("/feed"))
    desk.now += 400 * 86_400
    desk.run(source)
    desk.now = BEGUN
    assert desk.run(source).polled == 1
