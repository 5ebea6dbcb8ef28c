"""Names in a text: whose troops, where, under which mission; and what only looks like a name."""

from itertools import pairwise

import pytest

from musterbook.lexicon.pack import load_pack
from musterbook.lexicon.register import load_register
from musterbook.reading.marks import Name
from musterbook.reading.names import find_names
from musterbook.reading.sheet import cut_up

PACK, REGISTER = load_pack("en"), load_register()


def names(text: str) -> tuple[Name, ...]:
    return find_names(cut_up(text, PACK), REGISTER, PACK)


def found(text: str) -> list[tuple[str, str | None]]:
    return [(name.span.cut(text), name.force or name.place) for name in names(text)]


@pytest.mark.parametrize(
    "written", ["U.S.", "US", "U.S", "U. S.", "USA", "u.s.", "u s", "United States", "America"]
)
def test_every_way_to_write_the_united_states_is_found(written: str) -> None:
    assert found(f"the {written} troops go")[0][1] == "USA"


def test_us_the_pronoun_is_no_country() -> None:
    assert found("They told us to help us") == []


def test_turkey_needs_its_capital() -> None:
    assert found("Turkey sent turkey, and TURKEY sent more") == [("Turkey", "TUR"), ("TURKEY", "TUR")]


def test_the_longest_name_wins() -> None:
    assert found("soldiers of South Sudan, Papua New Guinea and Guinea-Bissau") == [
        ("South Sudan", "SSD"),
        ("Papua New Guinea", "PNG"),
        ("Guinea-Bissau", "GNB"),
    ]


def test_hyphens_and_possessives_do_not_hide_a_name() -> None:
    text = "a U.S.-led force, the US-backed fighters, Iraq's army and the Franco-German brigade"
    assert [code for _, code in found(text)] == ["USA", "USA", "IRQ", "DEU"]
    assert all(not name.span.cut(text).endswith(("-", "'s")) for name in names(text))


def test_accents_and_apostrophes_are_folded() -> None:
    assert found("N’Djamena, Côte d’Ivoire and Türkiye") == [
        ("N’Djamena", "TCD"),
        ("Côte d’Ivoire", "CIV"),
        ("Türkiye", "TUR"),
    ]


@pytest.mark.parametrize(
    ("text", "words", "place"),
    [
        ("massed at Ukraine's eastern borders today", "Ukraine's eastern borders", "Ukraine border"),
        ("near the Ukrainian border", "Ukrainian border", "Ukraine border"),
        ("at the border with Ukraine", "border with Ukraine", "Ukraine border"),
        ("along the U.S.-Mexico border", "U.S.-Mexico border", "U.S.-Mexico border"),
        ("along the Mexican border", "Mexican border", "U.S.-Mexico border"),
        ("to the southern border of the country", "southern border", "U.S.-Mexico border"),
        ("on the Turkish-Syrian border", "Turkish-Syrian border", "Turkey-Syria border"),
    ],
)
def test_a_border_is_a_place_of_its_own(text: str, words: str, place: str) -> None:
    assert [(n.span.cut(text), n.place) for n in names(text) if n.form == "border"] == [(words, place)]


def test_the_border_alone_means_the_one_that_its_text_speaks_of() -> None:
    text = "Texas called up the National Guard. The troops will go to the border next week."
    assert [n.place for n in names(text) if n.form == "border"] == ["U.S.-Mexico border"]
    assert [n for n in names("Chad and Sudan closed the border.") if n.form == "border"] == []


def test_a_rank_makes_a_surname() -> None:
    assert found("Gen. Jordan spoke in Jordan") == [("Jordan", "JOR")]
    assert found("Michael Jordan played") == []


def test_georgia_the_american_state_is_left_out() -> None:
    assert found("The brigade left Fort Stewart in Georgia on Monday") == [("Fort Stewart", "USA")]
    assert ("Georgia", "GEO") in found("Russia keeps soldiers in Georgia")


def test_a_national_operation_counts_for_its_state_and_knows_its_hosts() -> None:
    (name,) = names("Barkhane shrinks")
    assert (name.force, name.place, name.form) == ("FRA", None, "mission")
    assert "MLI" in name.hosts


def test_foreign_troops_are_a_force_but_foreign_words_are_not() -> None:
    assert found("foreign troops") == [("foreign", "COALITION:foreign forces")]
    assert found("foreign words") == []


def test_a_capital_stands_for_its_government_and_is_a_place() -> None:
    (name,) = names("Baghdad agreed")
    assert (name.force, name.place, name.form) == ("IRQ", "IRQ", "capital")


def test_words_that_shout_are_no_acronyms() -> None:
    assert found("THE LAST CAR LEFT") == []
    assert found("peacekeepers in CAR")[-1] == ("CAR", "CAF")


@pytest.mark.parametrize(
    "text",
    [
        "the " * 20000,
        "U." * 20000,
        "Islamic " * 5000,
        "-" * 20000,
        "border " * 5000,
        "Iraq's border the border " * 3000,
        "",
    ],
)
def test_strange_text_is_read_without_complaint(text: str) -> None:
    spans = [name.span for name in names(text)]
    assert spans == sorted(spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


def test_money_and_mastheads_name_no_party() -> None:
    assert found("It cost US$5 million, the Washington Post wrote") == []
    assert found("African American officers") == []
