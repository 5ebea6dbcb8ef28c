"""A feed is its entries; what is wrong with one of them, or with the feed, costs no other."""

from __future__ import annotations

import json
from datetime import date

import pytest

from musterbook.intake import Given, from_bytes
from musterbook.model import Doubt, Report
from papers import MORE, TOLD, rss

LONG = f"<p>{TOLD}</p><p>{MORE}</p>" * 3
FULL = f"<title>Fewer soldiers</title><link>https://paper.example/a?utm_medium=rss</link><pubDate>Wed, 09 Sep 2020 10:00:00 GMT</pubDate><content:encoded><![CDATA[{LONG}]]></content:encoded>"  # noqa: E501 -- one item


def read(raw: bytes, kind: str = "application/xml") -> list[Report | Doubt]:
    return list(from_bytes(raw, "feed", Given(), kind))


def codes(raw: bytes, kind: str = "application/xml") -> list[str]:
    return [one.code if isinstance(one, Doubt) else "report" for one in read(raw, kind)]


def test_an_entry_is_a_report_with_its_address_and_day() -> None:
    (report,) = read(rss(FULL))
    assert isinstance(report, Report)
    assert report.text.startswith(f"{TOLD}\n{MORE}")
    assert (report.title, report.url, report.publisher) == (
        "Fewer soldiers",
        "https://paper.example/a",
        "The Paper",
    )
    assert (report.published, report.published_reason) == (date(2020, 9, 9), "the entry's own date")
    assert report.name == "feed, entry 1"


def test_a_prefix_that_nobody_declared_does_no_harm() -> None:
    assert codes(rss(f"<dc:creator>Jane Roe</dc:creator>{FULL}")) == ["report"]


def test_a_prefix_that_the_feed_calls_otherwise_is_known() -> None:
    named = FULL.replace("content:encoded", "c:encoded")
    raw = rss(named).replace(b"<rss ", b'<rss xmlns:c="http://purl.org/rss/1.0/modules/content/" ')
    assert codes(raw) == ["report"]


def test_atom_gives_the_same() -> None:
    raw = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Paper</title><entry>
      <title type="html">Fewer &lt;b&gt;soldiers&lt;/b&gt;</title><link rel="self" href="https://paper.example/self"/>
      <link href="https://paper.example/a"/><published>2020-09-09T10:00:00Z</published><updated>2020-09-12T10:00:00Z</updated>
      <author><name>Jane Roe</name></author><source><title>Another</title></source>
      <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
      <p>{TOLD}</p><p>{MORE} &amp; so on</p></div></content>
      </entry></feed>"""
    (report,) = read(raw.encode())
    assert isinstance(report, Report)
    assert report.text == f"{TOLD}\n{MORE} & so on"
    assert (report.title, report.url, report.byline) == (
        "Fewer soldiers",
        "https://paper.example/a",
        "Jane Roe",
    )
    assert report.published == date(2020, 9, 9)
    assert [one.where for one in report.days] == ["published", "updated"]


def test_rdf_gives_the_same() -> None:
    raw = f"""<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
      <channel><title>The Paper</title></channel><item><title>Fewer</title><link>https://paper.example/a</link>
      <dc:date>2020-09-09</dc:date><description>{TOLD} {MORE} {MORE} {MORE} {MORE}</description></item></rdf:RDF>"""
    (report,) = read(raw.encode())
    assert isinstance(report, Report)
    assert report.published == date(2020, 9, 9)


def test_a_summary_is_read_and_its_page_named() -> None:
    report, note = read(rss(f"<link>https://paper.example/a</link><description>{TOLD}</description>"))
    assert isinstance(report, Report)
    assert isinstance(note, Doubt)
    assert (report.text, note.code, note.report) == (TOLD, "summary-only", report.id)
    assert "https://paper.example/a" in note.message


def test_an_entry_without_words_is_told_and_the_next_is_read() -> None:
    assert codes(rss("<title>Only a title</title>", FULL)) == ["no-text", "report"]


def test_letters_that_only_html_names_are_read() -> None:
    (report, _) = read(rss(f"<description>{TOLD} Caf&eacute;&nbsp;&hellip;</description>"))
    assert isinstance(report, Report)
    assert report.text.endswith("Café\xa0…")


def test_a_cut_off_feed_gives_what_stands_before() -> None:
    assert codes(rss(FULL, FULL.replace("/a?", "/b?"))[:-200]) == ["report", "damaged"]


def test_an_entity_bomb_is_refused() -> None:
    bomb = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    assert codes(rss(f"<description>&b; {TOLD}</description>", head=bomb)) == ["own-entities"]


def test_a_file_that_a_feed_points_to_is_not_opened(tmp_path: object) -> None:
    thief = f'<!DOCTYPE rss [<!ENTITY a SYSTEM "file://{tmp_path}/secret">]>'
    assert codes(rss(f"<description>&a; {TOLD}</description>", head=thief)) == ["own-entities"]


def test_a_feed_that_is_nested_without_end_is_refused() -> None:
    assert codes(rss("<x>" * 5_000)) == ["too-deep"]


def test_a_feed_that_does_not_end_is_cut() -> None:
    found = codes(rss(*[f"<title>{n}</title>" for n in range(6_000)]))
    assert (len(found), found[-1]) == (5_001, "too-many-parts")


@pytest.mark.parametrize("raw", [rss(), b'<?xml version="1.0"?><rss></rss>', b"<feed></feed>"])
def test_a_feed_without_entries_is_one_doubt(raw: bytes) -> None:
    assert codes(raw) == ["empty-feed"]


def test_other_xml_is_no_feed() -> None:
    assert codes(b'<?xml version="1.0"?><catalog><book/></catalog>') == ["empty-feed"]


def test_an_old_encoding_that_the_feed_names_is_used() -> None:
    raw = rss(f"<description>{TOLD} Żołnierze zostają.</description>").decode().replace("utf-8", "iso-8859-2")
    report = read(raw.encode("iso-8859-2"))[0]
    assert isinstance(report, Report)
    assert "Żołnierze" in report.text


def test_a_json_feed_gives_the_same() -> None:
    item = {"url": "https://paper.example/a", "content_html": LONG, "date_published": "2020-09-09T10:00:00Z"}
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Paper",
        "items": [item, {"id": "2"}, 3],
    }
    report, doubt = read(json.dumps(feed).encode(), "application/feed+json")
    assert isinstance(report, Report)
    assert isinstance(doubt, Doubt)
    assert (report.publisher, report.published, doubt.code) == ("The Paper", date(2020, 9, 9), "no-text")
