"""Feeds as they are in the wild: several forms, odd letters, damage, and bombs."""

from __future__ import annotations

from datetime import date

import pytest

from musterbook.fetching.listing import MOST, Listing, listings


def read(raw: bytes | str, charset: str = "") -> tuple[list[Listing], list[str]]:
    """The entries of a feed, and the code of what is wrong with it."""
    found, cause = listings(raw.encode() if isinstance(raw, str) else raw, charset)
    return list(found), [cause.code] if cause else []


def one(raw: bytes | str, charset: str = "") -> Listing:
    (found,), wrong = read(raw, charset)
    assert wrong == []
    return found


def item(inside: str, before: str = "") -> str:
    return f"{before}<rss><channel><title>News</title><item>{inside}</item></channel></rss>"


def test_rss_gives_its_items() -> None:
    found = one(
        """<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
        <title>News</title><link>https://news.example/</link><language>en-GB</language><item>
        <title>Troops &amp;amp; ships</title><link> https://news.example/1 </link><guid>n1</guid>
        <pubDate>Wed, 09 Sep 2020 10:00:00 GMT</pubDate><description>short</description>
        <content:encoded><![CDATA[<p>About <b>2,500</b> troops</p><p>remain.</p>]]></content:encoded>
        </item></channel></rss>"""
    )
    day = date(2020, 9, 9)
    words = "About 2,500 troops\nremain."
    assert found == Listing("n1", "https://news.example/1", "Troops & ships", day, words)


def test_atom_gives_its_entries_with_the_page_for_people() -> None:
    found = one(
        """<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><id>f</id><entry><id>e1</id>
        <link rel="self" href="https://news.example/1.atom"/><link rel="alternate" href="https://news.example/1"/>
        <title type="html">Troops</title><updated>2020-09-11T00:00:00Z</updated>
        <published>2020-09-09T10:00:00Z</published><content type="xhtml">
        <div xmlns="http://www.w3.org/1999/xhtml"><p>One</p><p>Two <b>three</b></p></div></content></entry></feed>"""
    )
    assert found == Listing("e1", "https://news.example/1", "Troops", date(2020, 9, 9), "One\nTwo three")


def test_rdf_gives_its_items() -> None:
    found = one(
        """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>c</title></channel><item rdf:about="x">
        <title>T</title><link>https://news.example/1</link><dc:date>2020-09-09</dc:date></item></rdf:RDF>"""
    )
    assert (found.link, found.published) == ("https://news.example/1", date(2020, 9, 9))


def test_a_sitemap_gives_its_pages() -> None:
    found = one(
        """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
        xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"
        xmlns:i="http://www.google.com/schemas/sitemap-image/1.1"><url><i:image><i:loc>https://x/p.png</i:loc></i:image>
        <loc>https://news.example/1</loc><n:news><n:title>T</n:title>
        <n:publication_date>2020-09-09T01:00:00+02:00</n:publication_date></n:news></url></urlset>"""
    )
    assert found == Listing("", "https://news.example/1", "T", date(2020, 9, 9))


def test_captions_of_pictures_are_no_titles() -> None:
    media = 'xmlns:media="http://search.yahoo.com/mrss/"'
    found = one(
        f"<rss {media}><channel><item><media:title>pic</media:title><title>T</title></item></channel></rss>"
    )
    assert found.title == "T"


@pytest.mark.parametrize(
    ("raw", "charset"),
    [
        (item("<title>café</title>").encode(), ""),
        (item("<title>café</title>", '<?xml version="1.0" encoding="windows-1252"?>').encode("cp1252"), ""),
        (item("<title>café</title>").encode("cp1252"), "windows-1252"),
        (item("<title>café</title>").encode("utf-16"), ""),
        (b"\xef\xbb\xbf" + item("<title>café</title>", '<?xml version="1.0"?>').encode(), ""),
        (item("<title>caf&eacute;</title>", "<!DOCTYPE rss SYSTEM 'http://x.example/rss.dtd'>").encode(), ""),
        (item("<title>caf&#233;</title>").encode(), "no-such-encoding"),
        (b"\n\n  " + item("<title>caf\xe9</title>", '<?xml version="1.0" encoding="utf-8"?>').encode(), ""),
    ],
)
def test_letters_come_through(raw: bytes, charset: str) -> None:
    assert one(raw, charset).title == "café"


def test_bytes_outside_of_the_encoding_are_guessed_and_told() -> None:
    found, doubts = read(item("<title>caf?</title>").encode().replace(b"?", b"\xe9"))
    assert (found[0].title, doubts) == ("café", ["wrong-encoding"])


def test_signs_that_xml_does_not_allow_do_not_end_a_feed() -> None:
    assert read(item("<title>a\x0bb\x01c</title>"))[0][0].title == "a�b�c"


@pytest.mark.parametrize(
    ("raw", "codes"),
    [
        ("", ["empty-file"]),
        ("<!doctype html><html><body><p>x</p></body></html>", ["no-feed"]),
        ("<html><p>unclosed<br></html>", ["no-feed"]),
        ("{}", ["no-feed"]),
        ("<rss><channel>", ["damaged"]),
        ("<rss>" + "<a>" * 300, ["too-deep"]),
    ],
)
def test_what_is_no_feed_is_told(raw: str, codes: list[str]) -> None:
    assert read(raw) == ([], codes)


def test_entries_before_the_damage_are_taken() -> None:
    found, doubts = read("<rss><item><title>a</title></item><item><title>b</title></item><item><title>c & d")
    assert ([entry.title for entry in found], doubts) == (["a", "b"], ["damaged"])


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "declared",
    [
        f'<!DOCTYPE rss [<!ENTITY a0 "ha">{LAUGHS}]>',
        '<!DOCTYPE rss [<!ENTITY a9 SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE rss [<!ENTITY a9 SYSTEM "http://127.0.0.1/">]>',
        '<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://127.0.0.1/"> %p;]>',
        f'<!DOCTYPE rss [<!ENTITY a9 "{"x" * 100_000}">]>',
    ],
)
def test_no_entity_of_a_feed_is_honoured(declared: str) -> None:
    assert read(item("<title>&a9;</title>", declared)) == ([], ["own-entities"])


def test_a_feed_without_end_is_read_to_a_limit() -> None:
    found, doubts = read("<urlset>" + "<url><loc>https://a.example/</loc></url>" * (MOST + 5) + "</urlset>")
    assert (len(found), doubts) == (MOST, ["too-many-parts"])


def test_an_entry_is_known_by_what_it_calls_itself_and_changes_with_its_text() -> None:
    before = Listing("n1", "https://a.example/1", "T", None, "old")
    after = Listing("n1", "https://a.example/1", "T", date(2020, 9, 9), "new")
    assert before.key == after.key == "n1"
    assert before.state != after.state
    assert Listing(title="a").key != Listing(title="b").key
