"""How sure a statement is grows with the chances of its parts, and stays between no and yes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from musterbook.lexicon.weights import weighed
from musterbook.reading.sureness import reached, sure_features, sureness

CHANCE = st.floats(0, 1, allow_nan=False)


@given(ours=CHANCE, role=CHANCE, pair=CHANCE)
def test_sureness_is_a_chance(ours: float, role: float, pair: float) -> None:
    for judge in ("rules", "learned"):
        assert 0 <= sureness("en", sure_features(judge, [ours], [role], [], pair)) <= 1


def test_a_sure_statement_is_surer_than_a_doubtful_one() -> None:
    for judge in ("rules", "learned"):
        high = sureness("en", sure_features(judge, [0.995], [0.995], [], 0.995))
        low = sureness("en", sure_features(judge, [0.45], [0.45], [], 0.35))
        assert high > 0.75 > low + 0.25


def test_the_weakest_number_counts() -> None:
    assert sure_features("rules", [0.99, 0.5], [0.9, 0.9], [0.7], 0.9) == sure_features(
        "rules", [0.5, 0.99], [0.9, 0.9], [0.7], 0.9
    )


def test_steps_are_passed_in_order() -> None:
    assert list(reached("pair", 0.65)) == ["pair>0.4", "pair>0.5", "pair>0.6"]
    assert list(reached("pair", 0.1)) == []


def test_a_second_view_can_turn_the_choice() -> None:
    assert weighed([1.0, 0.5], None, 1.0) == 0
    assert weighed([1.0, 0.5], [-3.0, -0.1], 1.0) == 1
    assert weighed([1.0, 0.5], [-3.0, -0.1], 0.0) == 0


def test_a_figure_at_home_is_less_sure_than_one_abroad() -> None:
    for judge in ("rules", "learned"):
        parts = ([0.95], [0.95], [], 0.95)
        abroad, inland, home = (
            sureness("en", sure_features(judge, *parts, w)) for w in ("", "inland", "home")
        )
        assert abroad > inland > home
