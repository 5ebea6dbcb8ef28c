"""What a plain sign on the way from a figure to its verb leaves open, and where the way ends."""

from __future__ import annotations

import pytest

from musterbook.lexicon.pack import load_pack
from musterbook.reading.sheet import cut_up
from musterbook.reading.signs import sign_of

PACK = load_pack("en")


def sign(text: str) -> str:
    """The sign that governs the figure 300."""
    sheet = cut_up(text, PACK)
    at = sheet.token_at(text.index("300"))
    return sign_of(sheet.tokens, (0, len(sheet.tokens)), (at, at + 1), PACK)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Norway may send 300 soldiers.", "possible"),
        ("Some 300 soldiers could be sent home.", "possible"),
        ("Norway could, the minister hinted, send 300 soldiers.", "possible"),
        ("Norway is weighing whether to send 300 soldiers.", "weighed"),
        ("A deployment of 300 soldiers is under consideration.", "weighed"),
        ("Diplomats expect that Norway will send 300 soldiers.", "foreseen"),
        ("About 300 soldiers are likely to leave.", "foreseen"),
        ("Norway doesn’t plan to send 300 soldiers.", "refused"),
        ("Norway is not considering sending 300 soldiers.", "refused"),
        ("Norway froze the withdrawal of 300 soldiers.", "stopped"),
        ("The plan to send 300 soldiers was shelved.", "stopped"),
        ("If the talks succeed, Norway would send 300 soldiers.", "conditional"),
    ],
)
def test_the_sign_on_the_governing_verb_is_found(text: str, kind: str) -> None:
    assert sign(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "Norway, which may close its embassy, will send 300 soldiers.",
        "Norway, which considered leaving, sent 300 soldiers.",
        "Although the talks might fail, 300 soldiers arrived.",
        "Norway will send 300 soldiers in May.",
        "In May 300 soldiers will arrive.",
        "Norway has 300 soldiers there and is weighing new rules.",
        "Norway has not ruled out talks and ordered 300 soldiers home.",
        "Under the treaty Norway may station 300 soldiers there.",
        "Norway will send 300 soldiers whether or not the talks succeed.",
        "Norway suspended 300 soldiers.",
    ],
)
def test_a_sign_that_governs_something_else_closes_nothing(text: str) -> None:
    assert sign(text) == ""


def test_a_request_that_was_turned_down_is_stopped() -> None:
    assert sign("A request to send 300 soldiers was turned down.") == "stopped"
