"""A page says when it was published, by whom, and where it belongs; the surest word counts and all are kept."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from musterbook.intake import Given, from_bytes
from musterbook.intake.days import days_in
from musterbook.intake.publication import RANKS
from musterbook.model import Doubt, Report
from musterbook.notation import parse, write
from musterbook.reading import reader
from papers import MORE, TOLD, page

NINTH = date(2020, 9, 9)


def read(raw: bytes, **given: object) -> tuple[Report, list[str]]:
    """The page's report and the codes of the notes on it."""
    report, *notes = from_bytes(raw, "page", Given(**given), "text/html")  # type: ignore[arg-type] # a test's own words
    assert isinstance(report, Report)
    assert all(isinstance(note, Doubt) and note.report == report.id for note in notes)
    return report, [note.code for note in notes if isinstance(note, Doubt)]


def data(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle"} | fields)}</script>'


WAYS = {
    "data": page(data(datePublished="2020-09-09T10:00:00Z", headline="Fewer soldiers")),
    "a graph of data": page(data(**{"@type": "Page", "@graph": [{"@type": ["Article"], "datePublished": "20200909"}]})),
    "data with a comma too many": page(
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2020-09-09",}</script>'
    ),
    "data within a comment": page(
        '<script type="application/ld+json"><!-- [{"@type": "NewsArticle", "datePublished": "2020-09-09"}] --></script>'
    ),
    "broken data": page('<script type="application/ld+json">{"@type": Article "datePublished": "2020-09-09"</script>'),
    "a meta tag": page('<meta property="article:published_time" content="2020-09-09T23:59:00+02:00">'),
    "a time element": page(above='<time datetime="2020-09-09">yesterday</time>'),
    "a line": page(above="<p>By Jane Roe</p><p>Sept. 9, 2020</p>"),
    "a line below one about a change": page(above="<p>Updated Sept. 12, 2020</p><p>9 September 2020</p>"),
    "the address": page('<link rel="canonical" href="https://paper.example/2020/09/09/fewer.html">'),
    "a marked element": page(above='<span itemprop="datePublished" content="2020-09-09"></span>'),
    "seconds": page('<meta name="parsely-pub-date" content="1599645600">'),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_the_day_is_found_wherever_a_page_states_it(way: str) -> None:
    report, notes = read(WAYS[way])
    assert (report.published, notes) == (NINTH, [])
    assert report.published_reason.startswith("the page's own date (")
    assert report.days[0].verdict == "taken"


def test_the_surest_word_counts_and_the_others_are_told() -> None:
    head = data(datePublished="2020-09-09") + '<meta name="date" content="2020-09-10">'
    report, _ = read(page(head, above='<time datetime="2020-09-09">9/9</time>'))
    assert report.published == NINTH
    assert [(one.where, one.day, one.verdict) for one in report.days][:3] == [
        ("datePublished", NINTH, "taken"),
        ("meta", date(2020, 9, 10), ""),
        ("time", NINTH, "agrees"),
    ]
    assert "meta says 2020-09-10" in report.published_reason


def test_candidates_come_in_the_order_of_the_table() -> None:
    head = WAYS["the address"].split(b"</title>")[1].split(b"</head>")[0].decode() + data(
        datePublished="2020-09-09"
    )
    report, _ = read(page(head, above='<p>Sept. 9, 2020</p><time datetime="2020-09-09"></time>'))
    ranks = [RANKS.index(one.where) for one in report.days]
    assert ranks == sorted(ranks)
    assert len(ranks) >= 4


def test_a_day_after_retrieval_is_refused_and_told() -> None:
    report, notes = read(page(data(datePublished="2020-09-12")), retrieved=date(2020, 9, 10))
    assert (report.published, notes) == (None, ["late-date"])
    assert report.days[0].verdict == "later than retrieval"


def test_the_next_word_counts_where_the_surest_is_after_retrieval() -> None:
    head = data(datePublished="2021-09-09") + '<meta name="date" content="2020-09-09">'
    report, notes = read(page(head), retrieved=date(2020, 9, 10))
    assert (report.published, notes) == (NINTH, [])


def test_what_was_tomorrow_at_its_place_is_today_in_utc() -> None:
    report, notes = read(page(data(datePublished="2020-09-10T03:00:00+09:00")), retrieved=NINTH)
    assert (report.published, notes) == (NINTH, [])


def test_nothing_is_published_after_its_last_change() -> None:
    head = (
        data(datePublished="2020-10-01", dateModified="2020-09-20")
        + '<meta name="date" content="2020-09-09">'
    )
    assert read(page(head))[0].published == NINTH


def test_a_day_that_can_be_two_stays_open() -> None:
    report, notes = read(page('<meta name="date" content="03/04/2020">'))
    assert (report.published, notes) == (None, ["ambiguous-date"])
    assert report.days[0].verdict == "can be two days"


def test_a_day_that_can_be_two_is_settled_by_another_place() -> None:
    head = '<meta name="date" content="03/04/2020"><meta property="og:url" content="https://x.example/2020/04/03/a">'
    report, notes = read(page(head))
    assert (report.published, notes) == (date(2020, 4, 3), [])
    assert [one.verdict for one in report.days[:2]] == ["agrees", "taken"]


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("2020-09-09T10:00:00Z", 1),
        ("20200909", 1),
        ("2020/9/9", 1),
        ("9.4.2020", 1),
        ("13/04/2020", 1),
        ("03/03/2020", 1),
        ("03/04/2020", 2),
        ("Published on June 9, 2020", 1),
        ("9th June 2020", 1),
        ("1970-01-01", 0),
        ("2020-13-40", 0),
        ("31.02.2020", 0),
        ("last week", 0),
        ("", 0),
    ],
)
def test_words_give_one_day_two_or_none(words: str, days: int) -> None:
    assert len(days_in(words)) == days


def test_writer_house_and_agency_are_taken_from_the_data() -> None:
    head = data(
        author=[{"name": "Jane Roe"}, {"name": "AFP"}],
        publisher={"name": "The Paper"},
        datePublished="2020-09-09",
    )
    report, _ = read(page(head))
    assert (report.byline, report.publisher, report.credits) == ("Jane Roe, AFP", "The Paper", ("AFP",))


def test_meta_tags_name_them_where_there_are_no_data() -> None:
    names = (("author", "John Doe"), ("dc.source", "Reuters"), ("og:site_name", "Q"))
    head = "".join(f'<meta name="{name}" content="{words}">' for name, words in names)
    report, _ = read(page(head))
    assert (report.byline, report.credits, report.publisher) == ("John Doe", ("Reuters",), "Q")


def test_the_articles_own_data_are_taken_among_others() -> None:
    other = data(headline="Rain in the north", datePublished="2020-09-01")
    report, _ = read(page(other + data(headline="Fewer soldiers", datePublished="2020-09-09")))
    assert report.published == NINTH


def test_the_data_give_the_text_where_the_page_shows_a_teaser() -> None:
    whole = f"<p>{TOLD}</p><p>{MORE}</p>" * 3
    report, _ = read(page(data(articleBody=whole), text="<p>The general said on Tuesday that …</p>"))
    assert report.text.count("about 900 American soldiers") == 3
    assert "<p>" not in report.text


def test_an_address_loses_what_follows_readers_about() -> None:
    head = '<link rel="canonical" href="/story?id=3&utm_source=mail&fbclid=9#top">'
    assert read(page(head), url="https://m.paper.example/x")[0].url == "https://m.paper.example/story?id=3"


@pytest.mark.parametrize(
    "stated",
    [
        "https://wire.example/story",
        "javascript:alert(1)",
        "https://paper.example/",
        "http://[",
        "file:///etc/passwd",
    ],
)
def test_a_page_cannot_take_the_address_of_another(stated: str) -> None:
    head = f'<link rel="canonical" href="{stated}"><meta property="og:url" content="{stated}">'
    assert (
        read(page(head), url="https://paper.example/2020/fewer")[0].url == "https://paper.example/2020/fewer"
    )


def test_the_servers_encoding_counts_before_the_pages() -> None:
    raw = (
        page(text=f"<p>{TOLD} Its minister is Šárka Nováková.</p><p>{MORE}</p>")
        .decode()
        .replace("utf-8", "latin-1")
    )
    report, notes = read(raw.encode("cp1250"), charset="cp1250")
    assert "Šárka Nováková" in report.text
    assert notes == []


def test_the_fast_path_reads_the_same_article() -> None:
    head = '<meta property="article:published_time" content="2020-09-09">'
    report, _ = read(page(head), fast=True, url="https://paper.example/a")
    assert TOLD in report.text
    assert (report.published, report.url) == (NINTH, "https://paper.example/a")


def test_data_nested_without_end_cost_only_themselves() -> None:
    deep = '<script type="application/ld+json">' + '{"@graph":[' * 5_000 + "</script>"
    wide = data(**{"@graph": [{"@type": "Thing"}] * 20_000})
    assert read(page(deep + wide + '<meta name="date" content="2020-09-09">'))[0].published == NINTH


def test_what_a_page_says_of_itself_is_a_line_of_the_book_and_back() -> None:
    report, _ = read(WAYS["data"])
    assert parse(write(report), Report) == report
    assert '"days"' in write(report)


def test_what_a_report_does_not_say_takes_no_room_in_its_line() -> None:
    bare = Report(TOLD, published=NINTH)
    assert write(bare) == f'{{"published":"2020-09-09","text":"{TOLD}"}}'


def test_writer_and_candidates_do_not_change_which_report_it_is() -> None:
    report, _ = read(WAYS["data"])
    assert replace(report, byline="", days=(), credits=()).id == report.id


def test_agencies_in_the_byline_and_in_the_text_are_credited() -> None:
    report, _ = read(page(data(author="AFP"), text=f"<p>(Reuters) - {TOLD}</p><p>{MORE}</p>"))
    assert reader.read(report, learned=False).report.credits == ("AFP", "Reuters")
