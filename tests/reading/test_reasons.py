"""Causes, purposes and partners are taken in the report's own words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from musterbook.lexicon.pack import load_pack
from musterbook.reading.marks import Claim, Name
from musterbook.reading.reasons import partners_of, reasons_of
from musterbook.reading.sheet import cut_up
from musterbook.values import Figures, Mention, Span

PACK = load_pack("en")


def claim(text: str) -> Claim:
    return Claim(
        0, cut_up(text, PACK).sentences[0].span, (), Figures(delta=-200), Mention("ITA"), Mention("NER")
    )


def reasons(text: str, names: tuple[Name, ...] = ()) -> list[str]:
    return [s.cut(text) for s in reasons_of(claim(text), cut_up(text, PACK), names, PACK)]


def partners(text: str) -> list[str]:
    return [s.cut(text) for s in partners_of(claim(text), cut_up(text, PACK), (), PACK)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rome sent 200 troops to protect the embassy.", ["to protect the embassy"]),
        ("Rome sent 200 troops after gunmen overran the depot.", ["after gunmen overran the depot"]),
        ("Rome withdrew 200 troops because of the coup, said the minister.", ["because of the coup"]),
        (
            "Rome sent 200 soldiers to train, advise and assist the local army.",
            ["to train, advise and assist the local army"],
        ),
        ("Rome sent 200 troops to Niger.", []),
        ("Rome sent 200 troops after 1 May.", []),
    ],
)
def test_causes_and_purposes_are_cut_whole(text: str, expected: list[str]) -> None:
    assert expected == reasons(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Rome sent 200 troops at the request of the government in Niamey.",
            ["at the request of the government in Niamey"],
        ),
        ("Its 200 soldiers serve alongside the French.", ["alongside the French"]),
        ("In coordination with its allies, Rome withdrew 200 troops.", ["In coordination with its allies"]),
        ("Rome withdrew 200 troops.", []),
    ],
)
def test_partners_are_named_as_the_report_names_them(text: str, expected: list[str]) -> None:
    assert expected == partners(text)


def test_a_later_sentence_counts_when_it_takes_the_change_up() -> None:
    unlinked = 'Rome will withdraw 200 troops. "My friends help us to train the guard," he said.'
    assert reasons(unlinked) == []
    linked = 'Rome will withdraw 200 troops. "This smaller force allows us to train the guard," he said.'
    assert reasons(linked) == ["to train the guard"]


def test_a_later_sentence_about_another_place_does_not_count() -> None:
    text = "Rome will withdraw 200 troops. This reduced presence in Chad helps to train the guard."
    start = text.index("Chad")
    chad = Name(Span(start, start + 4), "state", "TCD", "TCD")
    assert reasons(text, (chad,)) == []


def test_strange_text_gives_nothing_and_does_not_raise() -> None:
    assert reasons("to to to to because of") == []


def test_the_words_that_hold_the_claims_number_are_no_reason_for_it() -> None:
    text = "Rome wants to keep 200 soldiers there to guard the airport."
    one = replace(claim(text), numbers=(Span(text.index("200"), text.index("200") + 3),))
    found = [s.cut(text) for s in reasons_of(one, cut_up(text, PACK), (), PACK)]
    assert found == ["to guard the airport"]


def test_a_purpose_ends_the_partner() -> None:
    text = "Its 200 soldiers serve alongside the French to guard the airport."
    assert partners(text) == ["alongside the French"]
    assert reasons(text) == ["to guard the airport"]
