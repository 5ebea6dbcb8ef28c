"""What goes into the document reader is fit for it, whatever the text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from musterbook.reading.encoder import sound


@given(st.text(st.characters(), max_size=60))
def test_broken_characters_are_replaced_one_for_one(text: str) -> None:
    made = sound(text)
    assert len(made) == len(text)
    made.encode("utf-8")


def test_a_lone_surrogate_becomes_a_question_mark() -> None:
    assert sound("5\ud8002") == "5?2"
