"""Days are resolved against the day of publication, or say that they cannot be."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from musterbook.lexicon.pack import load_pack
from musterbook.reading import almanac
from musterbook.reading.dates import find_days
from musterbook.reading.marks import Day
from musterbook.reading.sheet import cut_up

PACK = load_pack("en")
PHRASES = tomllib.loads(Path(__file__).with_name("date_phrases.toml").read_text(encoding="utf-8"))["group"]
CASES = [(text, group["published"], expected) for group in PHRASES for text, expected in group["cases"]]


def days(text: str, published: date | None) -> tuple[Day, ...]:
    return find_days(cut_up(text, PACK), published, PACK)


@pytest.mark.parametrize(("text", "published", "expected"), CASES)
def test_a_phrase_means_its_days(text: str, published: date, expected: str) -> None:
    found = days(text, published)
    period = found[-1].period if found else None
    assert expected == (period.iso() if period else "")


def test_without_a_day_of_publication_only_years_resolve() -> None:
    found = days("On Tuesday they left; in 2016 they came; on 9 September 2020 they met.", None)
    assert [(d.rule, d.period.iso() if d.period else None) for d in found] == [
        ("needs-publication", None),
        ("year", "2016-01-01/2016-12-31"),
        ("date", "2020-09-09"),
    ]


def test_the_relation_stands_with_the_day() -> None:
    text = "They came on Monday, stay until June, leave by July and rest after August."
    assert [d.relation for d in days(text, date(2020, 5, 6))] == ["on", "until", "by", "after"]


def test_the_span_cuts_the_words_with_their_relation() -> None:
    text = "All leave by the end of the month."
    assert [d.span.cut(text) for d in days(text, date(2020, 9, 9))] == ["by the end of the month"]


def test_an_ambiguous_date_in_slashes_says_that_it_took_the_month_first() -> None:
    assert days("Dated 9/8/2020.", date(2020, 9, 9))[0].rule == "slashes, month first"


def test_inaugurations_and_easter_fall_where_the_calendar_has_them() -> None:
    assert (date(2000, 4, 23), date(2024, 3, 31)) == (almanac.easter(2000), almanac.easter(2024))
    assert date(2016, 11, 8) == almanac.election_day(2016)


@pytest.mark.parametrize(
    "text",
    [
        "the " * 3000,
        "1" * 9000,
        "Monday " * 2000,
        "the end of " * 2000,
        "“" * 5000,
        "\x00 9/9/",
        "in in in 31/31/31",
    ],
)
def test_strange_text_is_read_without_harm(text: str) -> None:
    assert all(d.span.cut(text) for d in days(text, date(2020, 9, 9)))
