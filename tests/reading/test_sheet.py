"""A report is cut up once, and every piece keeps its place in the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musterbook.lexicon.pack import load_pack
from musterbook.reading.sheet import cut_up

PACK = load_pack("en")


def sentences(text: str) -> list[str]:
    return [s.span.cut(text) for s in cut_up(text, PACK).sentences]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The U.S. Army left. Gen. Brown stayed.", ["The U.S. Army left.", "Gen. Brown stayed."]),
        ("It left the U.S. The rest stayed.", ["It left the U.S.", "The rest stayed."]),
        (
            "Some 3.5 thousand came. Lt. Col. A. B. Ray spoke.",
            ["Some 3.5 thousand came.", "Lt. Col. A. B. Ray spoke."],
        ),
        (
            "“They go home,” he said. “Soon.” Nobody asked.",
            ["“They go home,” he said.", "“Soon.”", "Nobody asked."],
        ),
        ("Strength: 400\nCeiling: 500\n\nEnd", ["Strength: 400", "Ceiling: 500", "End"]),
        ("What now? Nothing! Really.", ["What now?", "Nothing!", "Really."]),
        (
            "They left on Jan. 5. By Feb. 3 all were home.",
            ["They left on Jan. 5.", "By Feb. 3 all were home."],
        ),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5,200 U.S. troops", ["5,200", "U.S.", "troops"]),
        ("a 2,000-strong force", ["a", "2,000", "-", "strong", "force"]),
        ("Iraq's U.S.-led war", ["Iraq", "'s", "U.S.", "-", "led", "war"]),
        ("twenty-one men", ["twenty-", "one", "men"]),
    ],
)
def test_tokens_keep_numbers_and_abbreviations_whole(text: str, expected: list[str]) -> None:
    assert [t.text for t in cut_up(text, PACK).tokens] == expected


@given(st.text(max_size=400))
def test_any_text_is_cut_without_losing_its_place(text: str) -> None:
    sheet = cut_up(text, PACK)
    assert all(text[t.start : t.end] == t.text for t in sheet.tokens)
    ends = [s.span.end for s in sheet.sentences]
    assert all(end <= s.span.start for end, s in zip(ends, sheet.sentences[1:], strict=False))
