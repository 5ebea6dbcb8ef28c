"""The feeds: valid Atom, with ids that stay, the moment at which the book learned of it, and hostile words as words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree as Tree

import pytest

from api_desk import ApiDesk, api_desk
from web_desk import told

ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = ("/feeds/announcements.atom", "/feeds/verdicts.atom", "/feeds/changes.atom", "/us/iraq/feed.atom")
HOSTILE = "<script>alert(1)</script>\u202e\x07 ]]> &amp; \ufffe"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[ApiDesk]:
    with api_desk(tmp_path) as found:
        yield found


def feed(desk: ApiDesk, address: str) -> Tree.Element:
    answer = desk.client.get(address)
    assert answer.status_code == 200, answer.text[:300]
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    return Tree.fromstring(answer.content)  # noqa: S314 -- our own feed


def one(parent: Tree.Element, name: str) -> str:
    """The words of a part that stands there once, and is not empty."""
    found = parent.findall(ATOM + name)
    assert len(found) == 1, name
    words = "".join(found[0].itertext()).strip()
    assert words, name
    return words


def links(parent: Tree.Element) -> dict[str, str]:
    return {link.attrib["rel"]: link.attrib["href"] for link in parent.findall(f"{ATOM}link")}


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_is_as_the_standard_has_it(desk: ApiDesk, address: str) -> None:
    root = feed(desk, address)
    assert root.tag == f"{ATOM}feed"
    assert one(root, "title")
    assert one(root, "id") == links(root)["self"] == f"http://testserver{address}"
    entries = root.findall(f"{ATOM}entry")
    assert entries
    assert len({one(entry, "id") for entry in entries}) == len(entries)
    moments = [moment(entry) for entry in entries]
    assert moments == sorted(moments, reverse=True)
    assert moment(root) == moments[0]
    for entry in entries:
        check_entry(desk, entry)


def check_entry(desk: ApiDesk, entry: Tree.Element) -> None:
    assert re.fullmatch(r"urn:sha256:[0-9a-f]{64}", one(entry, "id"))
    assert one(entry, "title")
    assert one(entry, "summary")
    author = entry.find(f"{ATOM}author")
    assert author is not None
    assert one(author, "name")
    address = links(entry)["alternate"]
    assert desk.client.get(address).status_code == 200, address


def moment(parent: Tree.Element) -> datetime:
    words = one(parent, "updated")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", words)
    return datetime.fromisoformat(words)


def test_what_is_added_is_news_and_the_rest_keeps_its_ids(desk: ApiDesk) -> None:
    before = {one(entry, "id") for entry in feed(desk, "/us/iraq/feed.atom").iter(f"{ATOM}entry")}
    desk.book.add(told(("Some 2,400 U.S. troops are in Iraq, he said.", "2021-05-01", "Daily Two")))
    desk.settle()
    entries = feed(desk, "/us/iraq/feed.atom").findall(f"{ATOM}entry")
    after = {one(entry, "id") for entry in entries}
    assert before < after
    assert "2,400" in one(entries[0], "title")


def test_an_announcement_is_told_with_what_became_of_it(desk: ApiDesk) -> None:
    entry = feed(desk, "/feeds/announcements.atom").find(f"{ATOM}entry")
    assert entry is not None
    assert "Iraq" in one(entry, "title")
    assert "by 2020-09-30" in one(entry, "title")
    assert one(feed(desk, "/feeds/verdicts.atom").findall(f"{ATOM}entry")[0], "title")


def test_hostile_words_are_words(desk: ApiDesk) -> None:
    report = told((f"Some 2,400 U.S. troops are in Iraq, {HOSTILE} said. {HOSTILE}", "2021-05-01", HOSTILE))
    desk.book.add(report)
    desk.book.hold(desk.book.statements()[-1].id, HOSTILE)
    desk.settle()
    for address in FEEDS:
        words = "".join(feed(desk, address).itertext())
        assert "\u202e" not in words
        assert "\x07" not in words
    assert "<script>alert(1)</script>" in "".join(feed(desk, "/feeds/changes.atom").itertext())


@pytest.mark.parametrize("address", ["/us/atlantis/feed.atom", "/us/fra/feed.atom", "/feeds/all.atom"])
def test_a_feed_of_nothing_is_404(desk: ApiDesk, address: str) -> None:
    assert desk.client.get(address).status_code == 404


def test_a_feed_that_is_the_same_is_not_sent_again(desk: ApiDesk) -> None:
    tag = desk.client.get("/feeds/changes.atom").headers["etag"]
    assert desk.client.get("/feeds/changes.atom", headers={"if-none-match": tag}).status_code == 304


@pytest.mark.parametrize(("page", "feeds"), [("/", 3), ("/us/iraq", 4)])
def test_pages_name_their_feeds(desk: ApiDesk, page: str, feeds: int) -> None:
    found = re.findall(
        r'rel="alternate" type="application/atom\+xml" title="[^"]+" href="([^"]+)"',
        desk.client.get(page).text,
    )
    assert len(found) == feeds
    assert [desk.client.get(address).status_code for address in found] == [200] * feeds
