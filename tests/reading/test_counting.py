"""The clause's own words tell what was counted."""

from __future__ import annotations

import pytest

from musterbook.lexicon.pack import load_pack
from musterbook.model import CountingRule
from musterbook.reading.counting import rule_of
from musterbook.reading.marks import Claim
from musterbook.reading.sheet import cut_up
from musterbook.values import Figures, Mention, Span

PACK = load_pack("en")


def read(text: str, clause: str = "") -> CountingRule:
    start = text.index(clause)
    span = Span(start, start + len(clause or text))
    return rule_of(Claim(0, span, (), Figures(level=1), Mention("CAN"), None), cut_up(text, PACK), PACK)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("The force management level for the country is 900.", CountingRule.AUTHORISED_CAP),
        ("The number is capped at 900 troops.", CountingRule.AUTHORISED_CAP),
        ("The mandate allows 1,200 soldiers.", CountingRule.MANDATE_CEILING),
        ("Some 700 troops are permanently stationed there.", CountingRule.PERMANENTLY_ASSIGNED),
        ("Another 300 are there on rotation.", CountingRule.TEMPORARY),
        ("It has 2,000 people there, including contractors.", CountingRule.WITH_CONTRACTORS),
        ("Its 500 soldiers are part of the NATO mission.", CountingRule.COALITION_SHARE),
        ("There are 500 soldiers on the ground.", CountingRule.ON_THE_GROUND),
        ("Congress capped the force in the country at 800.", CountingRule.AUTHORISED_CAP),
        ("The mandate, prolonged on Friday, allows up to 1,400 soldiers.", CountingRule.MANDATE_CEILING),
        ("It contributes 870 peacekeepers to the force.", CountingRule.COALITION_SHARE),
        ("They are there on a nine-month rotation, 700 of them.", CountingRule.TEMPORARY),
        ("There are 2,000 soldiers and private contractors.", CountingRule.WITH_CONTRACTORS),
        ("There are 500 soldiers in the country.", CountingRule.UNSPECIFIED),
        ("", CountingRule.UNSPECIFIED),
    ],
)
def test_each_rule_has_its_words(text: str, rule: CountingRule) -> None:
    assert rule == read(text)


def test_not_including_contractors_is_not_with_contractors() -> None:
    assert read("It has 2,000 people there, not including contractors.") is CountingRule.UNSPECIFIED


def test_words_of_another_clause_do_not_speak() -> None:
    text = "The cap is 900, but 2,000 troops were there."
    assert read(text, "2,000 troops were there") is CountingRule.UNSPECIFIED


def test_a_gap_in_a_phrase_holds_some_words_and_no_more() -> None:
    far = "The mandate was read aloud by the president of the council in its long session and allows 900."
    assert read(far) is CountingRule.UNSPECIFIED
    assert read("The mandate of the council allows 900.") is CountingRule.MANDATE_CEILING
