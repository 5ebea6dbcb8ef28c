"""A number counts the noun behind it, past names and describing words, and no further than its own phrase."""

from __future__ import annotations

import pytest

from musterbook.lexicon.pack import load_pack
from musterbook.reading.heads import head_after, nouns
from musterbook.reading.sheet import cut_up

PACK = load_pack("en")


def head(text: str) -> tuple[str, str] | None:
    """Noun and class behind the first word of the text."""
    sheet = cut_up(text, PACK)
    found = head_after(sheet, 1, len(sheet.tokens), nouns(PACK))
    return (found.singular, found.kind) if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5,200 U.S. troops left.", ("troop", "strong")),
        ("300 heavily armed Danish soldiers", ("soldier", "strong")),
        ("40 military policemen came", ("military policeman", "strong")),
        ("600 men", ("man", "weak")),
        ("120 of them in Mali where soldiers died", None),
        ("90 refugees and soldiers", ("refugee", "other")),
        ("700 are soldiers", None),
        ("2,000 French special forces troops", ("troop", "strong")),
    ],
)
def test_the_noun_of_a_number(text: str, expected: tuple[str, str] | None) -> None:
    assert head(text) == expected
