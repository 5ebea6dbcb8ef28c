"""Every number of a text becomes a quantity: what it says, how it is bounded, and what else it may count."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest

from musterbook.lexicon.pack import load_pack
from musterbook.reading.marks import Quantity
from musterbook.reading.numbers import find_quantities
from musterbook.reading.sheet import cut_up

PACK = load_pack("en")


def read(text: str) -> tuple[Quantity, ...]:
    return find_quantities(cut_up(text, PACK), PACK)


def only(text: str) -> Quantity:
    found = read(text)
    assert len(found) == 1, [q.span.cut(text) for q in found]
    return found[0]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("5,200", 5200),
        ("5.200", 5200),
        ("20 000", 20_000),
        ("1 000 000", 1_000_000),
        ("12’500", 12_500),
        ("1,38,000", 138_000),
        ("5,2OO", 5200),
        ("l,500", 1500),
        ("6Â 800", 6800),
        ("14&nbsp;218", 14_218),
        ("14 thousand", 14_000),
        ("fourteen-thousand", 14_000),
        ("6 thousand 500", 6500),
        ("9 thousand 9 hundred", 9900),
        ("12 thousands", 12_000),
        ("3,5 thousands", 3500),
        ("1.2k", 1200),
        ("half a million", 500_000),
        ("a million", 1_000_000),
        ("twenty-one thousand five hundred", 21_500),
        ("two hundred and fifty", 250),
        ("a hundred and thirty thousand", 130_000),
        ("two and a half thousand", 2500),
        ("three dozen", 36),
        ("a dozen", 12),
        ("thirteen hundred", 1300),
        ("one sixty-eight", 168),
        ("zero", 0),
    ],
)
def test_a_number_means_the_same_however_it_is_written(words: str, value: float) -> None:
    text = f"The colonel counted {words} soldiers."
    found = only(text)
    assert (value, "count", words) == (found.value, found.kind, found.span.cut(text))


def test_a_couple_of_thousand_is_about_two_thousand() -> None:
    found = only("A couple of thousand men stay behind.")
    assert (found.value, found.approx) == (2000, True)


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("2,500 to 3,000", 2500, 3000),
        ("4,000-5,000", 4000, 5000),
        ("5-10 thousand", 5000, 10_000),
        ("two to three thousand", 2000, 3000),
        ("twenty or thirty thousand", 20_000, 30_000),
        ("2-3,000", 2000, 3000),
        ("between 3,000 and 4,000", 3000, 4000),
        ("between four and five thousand", 4000, 5000),
        ("between two and two and a half thousand", 2000, 2500),
        ("between five hundred and six hundred", 500, 600),
    ],
)
def test_a_range_has_two_ends_and_no_number(words: str, low: int, high: int) -> None:
    found = only(f"The island could take {words} paratroopers.")
    assert (None, low, high) == (found.value, found.low, found.high)


def test_from_and_to_are_two_numbers_of_a_change() -> None:
    found = read("The force goes from about 5,200 to 3,000 in autumn.")
    assert [(q.value, q.approx) for q in found] == [(5200, True), (3000, False)]


def test_anywhere_from_and_to_is_a_range() -> None:
    found = only("They number anywhere from 500 to 800 men.")
    assert (found.value, found.low, found.high) == (None, 500, 800)


@pytest.mark.parametrize(
    ("words", "low", "high", "approx"),
    [
        ("up to 600", None, 600, False),
        ("up to about 5,200", None, 5200, True),
        ("no more than 400", None, 400, False),
        ("fewer than 500", None, 500, False),
        ("more than 5,000", 5000, None, False),
        ("at least another 300", 300, None, False),
        ("just over 18,000", 18_000, None, False),
        ("nearly 300", None, None, True),
        ("just under 900", None, None, True),
        ("an estimated 500", None, None, True),
        ("3,000 or so", None, None, True),
        ("500-plus", 500, None, False),
        ("300-odd", None, None, True),
        ("500 or more", 500, None, False),
    ],
)
def test_hedges_bound_or_soften_their_number(
    words: str, low: int | None, high: int | None, approx: bool
) -> None:
    text = f"Denmark has {words} there."
    found = only(text)
    assert (low, high, approx, words) == (found.low, found.high, found.approx, found.hedged.cut(text))


def test_a_hedge_behind_the_noun_still_holds() -> None:
    assert only("Six hundred men at most will go.").high == 600


def test_a_hedge_belongs_to_one_number_only() -> None:
    found = read("Peru sends 500 gendarmes, at least 300 of them by air.")
    assert [q.low for q in found] == [None, 300]


def test_not_below_is_a_lower_bound() -> None:
    found = only("The garrison shall not go below 950.")
    assert (found.low, found.high) == (950, None)


def test_a_ceiling_is_an_upper_bound() -> None:
    assert only("The ceiling remains at 1,200 for the mission.").high == 1200


def test_a_comparison_with_the_known_figure_is_no_bound() -> None:
    found = only("That is more than the 8,400 who were there.")
    assert (found.low, found.high) == (None, None)


@pytest.mark.parametrize("words", ["dozens", "tens of thousands", "several hundred", "a few dozen"])
def test_vague_numbers_are_marked_without_a_value(words: str) -> None:
    found = only(f"The convoy brought {words} of them.")
    assert (found.form, found.value, found.low, found.high) == ("vague", None, None, None)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("half", 0.5),
        ("a third", 1 / 3),
        ("two thirds", 2 / 3),
        ("three-quarters", 0.75),
        ("one in five", 0.2),
        ("40 per cent", 0.4),
        ("40%", 0.4),
    ],
)
def test_a_share_is_a_fraction(words: str, value: float) -> None:
    found = only(f"The chief will take {words} of the soldiers home.")
    assert ("share", "count", pytest.approx(value)) == (found.form, found.kind, found.value)


@pytest.mark.parametrize(("word", "value"), [("doubled", 2), ("halved", 0.5), ("tripled", 3)])
def test_verbs_of_multiplying_are_shares(word: str, value: float) -> None:
    assert only(f"The contingent was {word}.").value == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("All of the troops leave.", 1.0),
        ("The last American soldiers left.", 1.0),
        ("A complete withdrawal follows.", 1.0),
        ("There are no soldiers there.", 0.0),
    ],
)
def test_all_and_none_are_shares_of_a_force(text: str, value: float) -> None:
    found = only(text)
    assert ("all", value) == (found.form, found.value)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("It cost $5,200.", "money"),
        ("It cost 3 billion euros.", "money"),
        ("They left in 2003.", "year"),
        ("He spoke on September 9 at noon.", "day"),
        ("He spoke on 9 September at noon.", "day"),
        ("It began at 10:30.", "clock"),
        ("They stay for 90 days.", "duration"),
        ("It was a three-year plan.", "duration"),
        ("The base lies 50 km away.", "distance"),
        ("A 23-year-old was at the wheel.", "age"),
        ("John Smith, 41, said so.", "age"),
        ("The 101st Airborne paraded.", "ordinal"),
        ("Resolution 1701 says so.", "label"),
        ("Task Force 58 sailed.", "label"),
        ("The F-16 is old.", "label"),
        ("They brought 30 tanks.", "vehicle"),
        ("A dozen aircraft took off.", "vehicle"),
        ("They brought 90 armoured personnel carriers.", "vehicle"),
        ("A mine killed 23 soldiers.", "casualty"),
        ("Some 2,400 people have died.", "casualty"),
        ("It lies in 30 countries.", "other"),
        ("The camp holds 500 refugees.", "other"),
        ("No one knows.", "other"),
    ],
)
def test_words_beside_a_number_tell_what_it_counts(text: str, kind: str) -> None:
    assert kind == only(text).kind


def test_votes_are_scores() -> None:
    assert [q.kind for q in read("The house agreed by 54 votes to 43.")] == ["score", "score"]


@pytest.mark.parametrize(
    "text",
    [
        "Approximately 403 United States military personnel are there.",
        "A 1,000-member Stryker squadron went.",
        "Some 2,000 troops left.",
        "Two hundred tank crewmen left.",
        "They sent 1990 soldiers.",
    ],
)
def test_heads_stay_heads(text: str) -> None:
    assert only(text).kind == "count"


def test_quantities_stand_in_order_and_never_overlap() -> None:
    text = "From 5,200, half or two to three thousand of all 14 thousand men leave by May 5, 2021."
    spans = [q.span for q in read(text)]
    assert all(a.end <= b.start for a, b in pairwise(spans))


@pytest.mark.parametrize(
    "piece", ["5", "5,", "5 000 ", "million ", "ten and ", "between 5 and ", "not under "]
)
def test_strange_text_is_read_in_linear_time(piece: str) -> None:
    def cost(size: int) -> float:
        sheet = cut_up((piece * (size // len(piece)))[:size], PACK)
        began = time.process_time()
        find_quantities(sheet, PACK)
        return time.process_time() - began

    assert cost(131_072) < 4 * cost(65_536) + 0.2
