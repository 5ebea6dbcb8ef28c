"""Citations: whatever stands in a title, it is only words to BibTeX and to a wiki."""

from __future__ import annotations

import re
from datetime import date

import pytest

from musterbook.desk.citing import Cited, as_bibtex, as_text, as_wikipedia

PLAIN = Cited(
    "ab" * 32,
    "About 5,200 troops are in Iraq.",
    "Troops in Iraq",
    "Wire One",
    "https://wire.example/a?b=1&c=2",
    date(2020, 9, 9),
    date(2020, 9, 10),
    ("AFP", "Reuters"),
)
NASTY = (
    "{{delete}} | x=y [[File:a]] <ref>b</ref> '''bold''' ~~~~ __NOTOC__",
    '100% of $5 & #6_7 ^ ~ \\input{secrets} "quoted" } unbalanced {',
    "* a list\nsecond line\u202e\x00",
    "=heading=",
    "]]}}|url=https://evil.example",
)


def nasty(words: str) -> Cited:
    return Cited(
        "cd" * 32, words, words, words, f"https://x.example/{words}", date(2020, 1, 2), None, (words,)
    )


def test_a_report_is_cited_in_one_line() -> None:
    assert as_text(PLAIN) == (
        "“Troops in Iraq”, Wire One, 9 September 2020, https://wire.example/a?b=1&c=2 (retrieved 10 September 2020): "
        "“About 5,200 troops are in Iraq.” [abababababab]"
    )


def test_bibtex_has_a_key_and_its_fields() -> None:
    told = as_bibtex(PLAIN)
    assert told.startswith(
        "@misc{musterbook-abababababab,\n  title = {Troops in Iraq},\n  author = {{Wire One}},"
    )
    assert "  month = sep,\n  day = {9}," in told
    assert "urldate = {2020-09-10}" in told


def test_wikipedia_gets_its_template() -> None:
    assert as_wikipedia(PLAIN) == (
        "{{cite news |title=Troops in Iraq |url=https://wire.example/a?b=1&c=2 |work=Wire One |agency=AFP, Reuters "
        "|date=9 September 2020 |access-date=10 September 2020 |quote=About 5,200 troops are in Iraq.}}"
    )


@pytest.mark.parametrize("words", NASTY)
def test_nothing_in_a_title_ends_the_template_or_adds_to_it(words: str) -> None:
    told = as_wikipedia(nasty(words))
    inside = told.removeprefix("{{cite news ").removesuffix("}}")
    assert not set("{}[]<>'") & set(inside)
    assert "~~~" not in inside
    assert "__" not in inside
    names = [field.partition("=")[0] for field in inside.split("|")[1:]]
    assert set(names) <= {"title", "url", "work", "agency", "date", "quote"}
    assert len(names) == len(set(names))
    assert "\n" not in told


@pytest.mark.parametrize("words", NASTY)
def test_braces_of_an_entry_are_balanced_and_nothing_is_a_command(words: str) -> None:
    told = as_bibtex(nasty(words))
    depth = 0
    for sign in told:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0
    assert told.index("}", told.rindex("note")) < len(told)
    assert "\\input" not in told
    assert not re.search(r"(?<!\\)[$&#%_]", re.sub(r"url = \{[^}]*\}", "", told.replace("musterbook-", "")))


def test_an_address_that_leads_nowhere_is_left_out() -> None:
    for url in ("javascript:alert(1)", "", "http://[", "file:///etc/passwd"):
        cited = Cited("ef" * 32, "words", "title", "paper", url)
        assert "url" not in as_wikipedia(cited)
        assert "url" not in as_bibtex(cited)


def test_a_report_without_title_or_day_is_cited_too() -> None:
    bare = Cited("0" * 64, "Some 900 are in Syria.")
    assert as_wikipedia(bare) == "{{cite news |title=[no title] |quote=Some 900 are in Syria.}}"
    assert as_text(bare) == ": “Some 900 are in Syria.” [000000000000]"
