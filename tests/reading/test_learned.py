"""The document reader answers the same questions as the rules, whatever the text; here with heads made by chance."""

from __future__ import annotations

from datetime import date
from math import exp
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from musterbook.lexicon.encoder import Encoder
from musterbook.lexicon.pack import load_pack
from musterbook.lexicon.register import load_register
from musterbook.model import Status
from musterbook.reading import attribution
from musterbook.reading.binding import Earlier
from musterbook.reading.claims import find_claims
from musterbook.reading.dates import find_days
from musterbook.reading.encoder_features import FEATURES, FORMS, STATUSES, STEPS
from musterbook.reading.learned import LearnedJudge, gelu
from musterbook.reading.look import look
from musterbook.reading.marks import Claim
from musterbook.reading.people import find_people
from musterbook.reading.pointers import DAY_KINDS, GAPS, LIES, VOICE_KINDS, gap_class
from musterbook.reading.roles import ROLES
from musterbook.reading.sayings import find_voices
from musterbook.reading.timing import choices_of
from musterbook.values import Figures, Mention, Span

WIDTH, HIDDEN, PAIR, POINT = 8, 6, 5, 7
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


QUOTED = (
    "France will send 400 soldiers to Mali by June, the defence minister said on Monday, at a base in Chad."
)


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
    heads |= layer("pair_number", PAIR, HIDDEN) | layer("pair_name", PAIR, HIDDEN) | layer("pair", 2, PAIR)
    for what, kinds in (("voice", VOICE_KINDS), ("day", DAY_KINDS)):
        heads |= layer(f"{what}_ask", POINT, HIDDEN) | layer(f"{what}_face", POINT, 3 * WIDTH)
        heads |= layer(f"{what}_out", 1, POINT)
        for name, rows in (("kind", len(kinds)), ("gap", GAPS), ("lies", len(LIES))):
            heads[f"{what}_{name}.weight"] = chance.normal(size=(rows, POINT)).astype(np.float32)
    for name, rows, columns in (
        ("pair_step", STEPS, PAIR),
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


def test_every_speaker_and_day_gets_a_chance() -> None:
    pack, register = load_pack("en"), load_register()
    context = look(QUOTED, "", pack, register)
    judge = LearnedJudge(context, "", by_chance())
    people = find_people(context.sheet, context.names, pack)
    voices = find_voices(context.sheet, context.names, people, context.quotations, pack)
    number, place = context.candidates[0].quantity.span, Mention("MLI")
    claim = Claim(0, context.sheet.sentences[0].span, (number,), Figures(delta=400), Mention("FRA"), place)
    options = attribution.options(claim, context.sheet, voices, pack, context.names)
    days = find_days(context.sheet, date(2024, 3, 5), pack)
    choices = choices_of(claim, Status.ANNOUNCED, context.sheet, days, date(2024, 3, 5), pack)
    for chances, answers in ((judge.speaker(0, options), options), (judge.day(0, choices), choices)):
        assert chances is not None
        assert len(chances) == len(answers) > 1
        assert sum(map(exp, chances)) == pytest.approx(1, abs=1e-5)
    assert judge.speaker(-1, options) is None


@given(text=st.text("France said on Monday 1,200 in Mali. \"' ,;", max_size=80))
def test_distances_have_a_class_of_their_own(text: str) -> None:
    context = look(f"{TEXT} {text}", "", load_pack("en"), load_register())
    length = len(context.sheet.text)
    for at in range(0, length - 3, 5):
        for index in range(len(context.candidates)):
            assert 0 <= gap_class(context, index, Span(at, at + 3)) < GAPS - 1


def test_the_activation_is_the_one_that_was_trained_with() -> None:
    assert gelu(np.array([0.0, 1.0, -1.0, 3.0])) == pytest.approx(
        [0.0, 0.8413447, -0.1586553, 2.9959503], abs=1e-5
    )
