"""Numbers with roles become figures; what cannot be true together is kept apart."""

from __future__ import annotations

import pytest

from musterbook.lexicon.pack import load_pack
from musterbook.lexicon.register import load_register
from musterbook.reading.claims import cut_between, figures_of, says_nothing, trimmed
from musterbook.reading.context import Context
from musterbook.reading.links import Found, adds_up, group
from musterbook.reading.look import look
from musterbook.reading.marks import Claim
from musterbook.values import Figures, Mention, Span


def seen(text: str) -> Context:
    return look(text, "", load_pack("en"), load_register())


def figures(text: str, *roles: str) -> Figures:
    context = seen(text)
    return figures_of(context, [Found(i, role, 1.0) for i, role in enumerate(roles)])


@pytest.mark.parametrize(
    ("text", "roles", "expected"),
    [
        ("From 5,200 to 3,000 soldiers.", ("before", "after"), Figures(before=5200, after=3000)),
        ("Up to 600 soldiers.", ("gain",), Figures(delta=600, high=600)),
        ("More than 900 soldiers.", ("level",), Figures(level=900, low=900)),
        ("About 400 soldiers.", ("level",), Figures(level=400, approx=True)),
        ("Between 3,000 and 4,000 soldiers.", ("level",), Figures(low=3000, high=4000)),
        ("The last 300 soldiers left.", ("last",), Figures(before=300, delta=-300, ratio=0.0)),
        ("It withdraws 250 soldiers.", ("loss",), Figures(delta=-250)),
    ],
)
def test_a_number_fills_the_fields_of_its_role(text: str, roles: tuple[str, ...], expected: Figures) -> None:
    context = seen(text)
    numbers = [i for i, c in enumerate(context.candidates) if c.quantity.form == "digits"]
    members = [Found(i, role, 1.0) for i, role in zip(numbers, roles, strict=True)]
    assert figures_of(context, members) == expected


def test_a_third_that_goes_leaves_two_thirds() -> None:
    assert figures("A third of the soldiers leave.", "gone").ratio == 0.667


def test_bounds_that_cross_are_dropped_rather_than_believed() -> None:
    context = seen("At least 900 soldiers, up to 400 more.")
    found = figures_of(context, [Found(0, "before", 1.0), Found(1, "gain", 1.0)])
    assert (found.low, found.high, found.before, found.delta) == (None, None, 900, 400)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"before": 5200.0, "after": 3000.0, "loss": 2200.0}, True),
        ({"before": 5200.0, "after": 3000.0, "loss": 1200.0}, False),
        ({"before": 300.0, "loss": 900.0}, False),
        ({"before": 300.0, "after": 300.0}, False),
        ({"after": 3000.0, "gain": 500.0}, True),
    ],
)
def test_only_numbers_that_add_up_make_one_statement(values: dict[str, float | None], expected: bool) -> None:
    assert adds_up(values) is expected


def test_two_levels_never_make_one_statement() -> None:
    context = seen("France has 900 soldiers in Mali and 400 soldiers in Chad.")
    groups = group(context, [Found(0, "level", 1.0), Found(1, "level", 1.0)], lambda one, other: 1.0)
    assert [len(g) for g in groups] == [1, 1]


def test_the_words_of_two_statements_are_cut_at_the_strongest_sign_between_them() -> None:
    context = seen("It has 900 men, in tents, in Mali; and 400 men in Chad.")
    first, second = context.candidates
    at = cut_between(context, first.beyond, second.outer)
    assert context.sheet.text[at:].startswith(";")


def test_clauses_lose_the_signs_at_their_ends() -> None:
    text = " ; 400 men in Chad, "
    assert trimmed(text, 0, len(text)).cut(text) == "400 men in Chad"


def test_all_that_stay_is_no_figure() -> None:
    claim = Claim(0, Span(0, 3), (Span(0, 3),), Figures(ratio=1.0), Mention("FRA"), None)
    assert says_nothing(claim)
