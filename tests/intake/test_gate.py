"""The gate drops a page by its bytes, and lets pass whatever may hold a statement, however it is written."""

from __future__ import annotations

import json

import pytest

import archived
from musterbook.intake.gate import Gate, spellings
from musterbook.intake.limits import MANY_TAGS
from musterbook.intake.quick import is_deep, quick_report
from musterbook.intake.warc import Page
from musterbook.model import Report

TOLD = "About 900 troops remain in Syria."
ENGINES = ["hyperscan", "re2"]


@pytest.fixture(scope="module", params=ENGINES)
def gate(request: pytest.FixtureRequest) -> Gate:
    if request.param == "hyperscan":
        pytest.importorskip("hyperscan")
    return Gate(request.param)


def test_a_number_near_soldiers_passes_and_the_weather_does_not(gate: Gate) -> None:
    assert gate.lets_pass(archived.article(TOLD))
    assert not gate.lets_pass(archived.article("Rain and 12 degrees are expected in Leeds."))
    assert not gate.lets_pass(
        archived.article("The troop of scouts sang." + " La la." * 60 + " It was 1999.")
    )


def test_words_for_numbers_count_as_numbers(gate: Gate) -> None:
    assert gate.lets_pass(archived.article("Some nine hundred soldiers stay."))
    assert gate.lets_pass(archived.article("Half of the soldiers left."))


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "koi8-r", "windows-1256", "cp037"]
)
def test_no_encoding_hides_a_statement(gate: Gate, encoding: str) -> None:
    assert gate.lets_pass(f"<html><p>{TOLD}</p></html>".encode(encoding), encoding)


def test_a_sender_who_names_a_wrong_encoding_hides_nothing(gate: Gate) -> None:
    for charset in ("utf-16", "utf-32", "cp037", "utf-7", "no-such"):
        assert gate.lets_pass(archived.article(TOLD), charset)


DISGUISED = {
    "decimal entities": "".join(f"&#{ord(sign)};" for sign in TOLD),
    "hexadecimal entities": "".join(f"&#x{ord(sign):X};" for sign in TOLD),
    "escapes": "".join(f"\\u{ord(sign):04x}" for sign in TOLD),
    "a script": f"<script>{json.dumps({'articleBody': TOLD})}</script>",
    "soft hyphens": TOLD.replace("oo", "o\u00ado").replace("00", "0\u00ad0"),
    "soft hyphens by name": TOLD.replace("oo", "o&shy;o"),
    "a place to break": TOLD.replace("oo", "o<wbr>o"),
    "tags in the word": TOLD.replace("oo", "o</b><i class=x>o"),
    "tags in the number": TOLD.replace("900", "<b>9</b><i>00</i>"),
    "tags between": TOLD.replace("900 troops", f"900 <a href='https://e.example/{'x' * 300}'>troops</a>"),
    "Arabic digits": TOLD.replace("900", "٩٠٠"),
    "wide letters": "".join(chr(ord(s) + 0xFEE0) if s.isalnum() else s for s in TOLD),
}


@pytest.mark.parametrize("name", DISGUISED)
def test_no_disguise_hides_a_statement(gate: Gate, name: str) -> None:
    assert gate.lets_pass(f"<html><p>{DISGUISED[name]}</p></html>".encode())


def test_words_beyond_ascii_are_looked_for_in_older_encodings() -> None:
    """For the packs to come: a Cyrillic noun is found in the encodings of its script, in small letters and capitals."""
    found = spellings("солдат")
    assert {"солдат".encode("koi8-r"), "СОЛДАТ".encode("windows-1251"), "Солдат".encode()} <= found
    assert spellings("troop") == {b"troop"}


def test_a_page_becomes_a_report_with_its_own_day() -> None:
    day = '<meta property="article:published_time" content="2024-12-01T06:00:00Z">'
    head = day + '<meta property="og:site_name" content="Post">'
    page = Page(archived.article(TOLD, head), 1, 0, "https://e.example/1", "utf-8", "2024-12-02T08:00:00Z")
    report = quick_report(page, "a.warc, record 1")
    assert isinstance(report, Report)
    assert TOLD in report.text
    assert (str(report.published), report.publisher, report.title) == (
        "2024-12-01",
        "Post",
        "News of the day",
    )


def test_no_report_is_published_after_it_was_taken() -> None:
    head = '<meta property="article:published_time" content="2025-12-01T06:00:00Z">'
    report = quick_report(Page(archived.article(TOLD, head), 1, 0, retrieved="2024-12-02T08:00:00Z"), "a")
    assert isinstance(report, Report)
    assert report.published is None


@pytest.mark.parametrize("depth", [300, 5_000, 100_000])
@pytest.mark.parametrize("ends", [True, False])
def test_words_are_read_however_deep_they_stand(depth: int, ends: bool) -> None:
    inner = f"<p>{TOLD}</p><p>Café, “they” said.</p>"
    body = "<div>" * depth + inner + "</div>" * depth * ends
    head = '<title>News</title><meta name="date" content="2024-12-01">'
    for encoding in ("utf-8", "windows-1252"):
        page = Page(
            f"<html><head>{head}</head><body>{body}</body></html>".encode(encoding), 1, 0, charset=encoding
        )
        report = quick_report(page, "a")
        assert isinstance(report, Report)
        assert TOLD in report.text
        assert report.text.endswith("Café, “they” said.")
        assert (str(report.published), report.title) == ("2024-12-01", "News")
        assert is_deep(page) == (page.raw.count(b"<") >= MANY_TAGS)


def test_what_would_take_too_long_to_parse_is_named() -> None:
    endless = b"<html>" + b"<div" * 20_000 + TOLD.encode()
    many = b"<html>" + b"<td>x" * 100_000
    assert quick_report(Page(endless, 1, 0), "a") == "too-deep"
    assert quick_report(Page(many, 1, 0), "a") == "too-tangled"
