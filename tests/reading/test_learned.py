"""The document reader answers the same questions as the rules, whatever the text; here with heads made by chance."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from musterbook.lexicon.encoder import Encoder
from musterbook.lexicon.pack import load_pack
from musterbook.lexicon.register import load_register
from musterbook.reading.binding import Earlier
from musterbook.reading.claims import find_claims
from musterbook.reading.encoder_features import FEATURES, FORMS, STATUSES, STEPS
from musterbook.reading.learned import LearnedJudge, gelu
from musterbook.reading.look import look
from musterbook.reading.roles import ROLES

WIDTH, HIDDEN = 8, 6
TEXT = "France has 1,200 soldiers in Mali and about 900 in Chad. Paris will withdraw half of them by June."


class Letters:
    """A tokenizer that takes every character for a piece."""

    def encode(self, title: str, text: str) -> SimpleNamespace:
        sides = [(0, i) for i in range(len(title))] + [(1, i) for i in range(len(text))]
        offsets = [(i, i + 1) for _, i in sides]
        return SimpleNamespace(
            ids=[1 + i % 50 for i in range(len(sides))], offsets=offsets, sequence_ids=[s for s, _ in sides]
        )


class Waves:
    """A session whose vectors depend on the piece alone."""

    def run(self, names: None, given: dict[str, np.ndarray]) -> list[np.ndarray]:
        ids = given["ids"]
        assert ids.shape[1] <= 512
        return [np.sin(ids[..., None] * np.arange(1, WIDTH + 1)).astype(np.float32)]


def by_chance() -> Encoder:
    chance = np.random.default_rng(7)

    def layer(name: str, rows: int, columns: int) -> dict[str, np.ndarray]:
        return {
            f"{name}.weight": chance.normal(size=(rows, columns)).astype(np.float32),
            f"{name}.bias": np.zeros(rows, np.float32),
        }

    heads = (
        layer("number", HIDDEN, 3 * WIDTH)
        | layer("number_rules", HIDDEN, len(ROLES))
        | layer("name", HIDDEN, 2 * WIDTH)
    )
    heads |= layer("role", len(ROLES), HIDDEN) | layer("status", len(STATUSES), HIDDEN + len(ROLES))
    heads |= layer("ask_force", HIDDEN, HIDDEN) | layer("ask_place", HIDDEN, HIDDEN)
    heads |= layer("link", 4, 3 * HIDDEN) | layer("linked", 1, 4)
    for name, rows, columns in (
        ("number_features", len(FEATURES) + 1, HIDDEN),
        ("name_forms", len(FORMS), HIDDEN),
        ("steps", STEPS, 2),
        ("kinds", 4, 2),
    ):
        heads[f"{name}.weight"] = chance.normal(size=(rows, columns)).astype(np.float32)
    heads["trust"] = np.array([0.5, 0.5], np.float32)
    return Encoder(Waves(), heads, Letters())


@pytest.mark.parametrize("text", [TEXT, "No number here.", "7", TEXT * 30, "Half. All. 5,200!"])
def test_any_report_gets_an_answer_to_every_question(text: str) -> None:
    context = look(text, "Mali", load_pack("en"), load_register())
    judge = LearnedJudge(context, "Mali", by_chance())
    roles = judge.roles()
    assert len(roles) == len(context.candidates)
    assert all(sum(r.values()) == pytest.approx(1, abs=1e-4) for r in roles)
    find_claims(context, judge)


def test_the_chances_of_a_link_lie_between_no_and_yes() -> None:
    context = look(TEXT, "", load_pack("en"), load_register())
    judge = LearnedJudge(context, "", by_chance())
    assert judge.answers is not None
    assert 0 <= judge.answers.linked(0, 1) <= 1
    forces, places = judge.answers.option_scores(0)
    assert "FRA" in forces
    assert {"MLI", "TCD"} <= set(places)
    assert Earlier().force == ""


def test_the_activation_is_the_one_that_was_trained_with() -> None:
    assert gelu(np.array([0.0, 1.0, -1.0, 3.0])) == pytest.approx(
        [0.0, 0.8413447, -0.1586553, 2.9959503], abs=1e-5
    )
