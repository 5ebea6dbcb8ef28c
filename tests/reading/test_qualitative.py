"""Without a number there is still a statement, when force, place and the deed are all there."""

from __future__ import annotations

import pytest

from musterbook.lexicon.pack import load_pack
from musterbook.reading.marks import Name
from musterbook.reading.qualitative import find_qualitative
from musterbook.reading.sheet import cut_up
from musterbook.values import Span

PACK = load_pack("en")
KNOWN = {
    "Spain": ("state", "ESP"),
    "Spanish": ("adjective", "ESP"),
    "Mali": ("state", "MLI"),
    "Niger": ("state", "NER"),
    "Ghana": ("state", "GHA"),
}


def names_in(text: str) -> tuple[Name, ...]:
    found = [
        Name(Span(text.index(w), text.index(w) + len(w)), f, c, c) for w, (f, c) in KNOWN.items() if w in text
    ]
    return tuple(sorted(found, key=lambda n: n.span.start))


def read(text: str, taken: tuple[Span, ...] = ()) -> list[tuple[str, str, str]]:
    claims = find_qualitative(cut_up(text, PACK), names_in(text), PACK, taken)
    return [(c.force.code, c.place.code if c.place else "", c.wording) for c in claims]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Spain will maintain a limited presence in Mali.", ("ESP", "MLI", "a limited presence")),
        (
            "The palace hinted at a further reduction in Spanish troops in Mali.",
            ("ESP", "MLI", "a further reduction"),
        ),
        ("More Spanish troops will be sent to Mali.", ("ESP", "MLI", "More Spanish troops")),
        ("Spain has begun withdrawing its forces from Niger.", ("ESP", "NER", "its forces")),
        ("Spain has no plans to pull out its troops from Niger.", ("ESP", "NER", "its troops")),
        ("Spain is keeping troops in Niger and Mali.", ("ESP", "MLI+NER", "troops")),
    ],
)
def test_a_deed_without_a_number_is_a_statement(text: str, expected: tuple[str, str, str]) -> None:
    assert [expected] == read(text)


@pytest.mark.parametrize(
    "text",
    [
        "Spain will send 300 troops to Mali.",
        "Spain will send three hundred troops to Mali.",
        "Spain will maintain a diplomatic presence in Mali.",
        "Spain praised the troops of Mali.",
        "Troops left the barracks.",
        "Spain sent grain to the forces in Mali.",
        "",
    ],
)
def test_where_something_is_missing_there_is_no_statement(text: str) -> None:
    assert read(text) == []


def test_a_clause_whose_number_was_read_is_left_alone() -> None:
    text = "Spain will keep troops in Niger, 40 of them."
    assert read(text)
    assert read(text, (Span(0, len(text)),)) == []


def test_no_figure_is_invented() -> None:
    text = "Spain will maintain a limited presence in Mali."
    claim = find_qualitative(cut_up(text, PACK), names_in(text), PACK)[0]
    assert claim.figures.is_empty
    assert claim.numbers == ()
