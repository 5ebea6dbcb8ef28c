"""What stands around a number tells whether it is, was, will be or is only talked of."""

from __future__ import annotations

import pytest

from musterbook.lexicon.pack import load_pack
from musterbook.model import Status
from musterbook.reading.marks import Claim
from musterbook.reading.sheet import cut_up
from musterbook.reading.status import status_features, status_of
from musterbook.values import Figures, Mention, Span

PACK = load_pack("en")


def claim_of(text: str, number: str, figures: Figures) -> Claim:
    start = text.index(number)
    sheet = cut_up(text, PACK)
    at = sheet.sentence_at(start)
    return Claim(
        at, sheet.sentences[at].span, (Span(start, start + len(number)),), figures, Mention("NLD"), None
    )


def read(text: str, number: str, figures: Figures) -> Status:
    return status_of(claim_of(text, number, figures), cut_up(text, PACK), PACK)[0]


@pytest.mark.parametrize(
    ("text", "number", "figures", "status"),
    [
        ("About 400 Dutch soldiers are in Lithuania.", "400", Figures(level=400), Status.CURRENT),
        ("In 2012 there were 1,900 Dutch soldiers in the valley.", "1,900", Figures(level=1900), Status.PAST),
        (
            "The minister announced that 250 more will be sent to Lithuania.",
            "250",
            Figures(delta=250),
            Status.ANNOUNCED,
        ),
        (
            "The ministry is considering sending 250 more to Lithuania.",
            "250",
            Figures(delta=250),
            Status.CONSIDERED,
        ),
        ("The first 60 Dutch soldiers arrived in Vilnius on Monday.", "60", Figures(delta=60), Status.DONE),
    ],
)
def test_plain_sentences_give_their_status(text: str, number: str, figures: Figures, status: Status) -> None:
    assert status == read(text, number, figures)


def test_a_change_is_never_current() -> None:
    text = "There are now 400 Dutch soldiers in Lithuania today."
    assert read(text, "400", Figures(delta=400)) not in (Status.CURRENT, Status.PAST)


def test_a_level_is_never_announced() -> None:
    text = "The minister announced that 400 will be sent."
    assert read(text, "400", Figures(level=400)) in (Status.CURRENT, Status.PAST, Status.DENIED)


def test_the_chance_is_shared_among_allowed_answers_only() -> None:
    text = "About 400 Dutch soldiers are in Lithuania."
    chance = status_of(claim_of(text, "400", Figures(level=400)), cut_up(text, PACK), PACK)[1]
    assert 1 / 3 <= chance <= 1


def test_a_claim_without_numbers_has_a_status_too() -> None:
    text = "The Netherlands will keep a small presence in Mali."
    claim = Claim(0, Span(0, len(text)), (), Figures(), Mention("NLD"), Mention("MLI"))
    assert status_of(claim, cut_up(text, PACK), PACK)[0] in Status


def test_features_do_not_grow_with_a_sentence_without_end() -> None:
    text = "and the " * 20_000 + "400 soldiers"
    claim = Claim(
        0,
        Span(0, len(text)),
        (Span(len(text) - 12, len(text) - 9),),
        Figures(level=400),
        Mention("NLD"),
        None,
    )
    assert len(status_features(claim, cut_up(text, PACK), PACK)) < 2_000
