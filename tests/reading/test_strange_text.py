"""Any text at all is read without complaint, and the work grows no faster than the text."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from musterbook.lexicon.pack import load_pack
from musterbook.model import Reading, Report
from musterbook.reading import sheet as sheets
from musterbook.reading.reader import read
from musterbook.values import Attribution, Span

UNSEEN = "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2060\ufeff\u00ad\u061c"
MARKS = "\u0301\u0336\u20d0\u20e3\ufe0f\u0489"
BROKEN = "\ud800\udfff\x00\x07\x1b\x85\x93\u2028\u2029\ufffd"
SIGNS = "“”\"'’()[]«».,;:!?…-–—/%&#0123456789OolI½²٥５〇"
WORDS = (
    "5,200", "troops", "soldiers", "the", "United States", "France", "Iraq", "Mali", "half", "of", "from", "to",
    "about", "said", "Gen. John Smith", "January 5", "2020", "by the end of the year", "withdraw", "all",
    "two thousand", "&amp;", "THE PRESIDENT:", "Q:", "\n", "\n\n", "between", "and", "Leon. Panetta", "â€™", "Ð",
)  # fmt: skip
ROOM = 4000  # characters: many sentences of the greatest length
anything = st.text(st.characters(), max_size=120)
soup = st.lists(
    st.one_of(st.sampled_from(WORDS), st.text(UNSEEN + MARKS + BROKEN + SIGNS, min_size=1, max_size=4)),
    max_size=40,
)
GROWING = {
    "ones": "1 ",
    "digits": "7",
    "groups": "1,000,",
    "from": "from ",
    "quotation marks": '"',
    "opening quotation marks": "“ ",
    "brackets": "(",
    "states": "US ",
    "troops": "troops ",
    "sayings": "said. ",
    "ranks": "Gen. ",
    "names": "Leon. ",
    "capitals": "A",
    "lines": "\n",
    "blanks": " ",
    "stops before a letter": ".....a",
    "hyphens": "ten-",
    "days": "January 5, ",
    "of the": "of the ",
    "zero width": "\u200b",
    "overrides": "\u202e5",
    "labels": "SMITH: yes\n",
    "a sentence": "The US has about 5,200 troops in Iraq, Gen. John Smith said on Monday. ",
}


def spans(value: object) -> Iterator[Span]:
    """All spans inside a record."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from spans(part)
    elif hasattr(value, "__dataclass_fields__") and not isinstance(value, Report):
        for name in value.__dataclass_fields__:
            yield from spans(getattr(value, name))


def holds(text: str) -> Reading:
    reading = read(Report(text), learned=False)
    assert all(span.end <= len(text) for span in spans(reading))
    for statement in reading.statements:
        assert all(span.cut(text).strip() for span in statement.evidence)
    return reading


@settings(max_examples=150, deadline=None)
@given(anything)
def test_any_text_is_read_and_its_spans_lie_inside_it(text: str) -> None:
    holds(text)


@settings(max_examples=150, deadline=None)
@given(soup.map(" ".join))
def test_news_words_among_strange_signs_are_read(text: str) -> None:
    holds(text)


@settings(max_examples=60, deadline=None)
@given(soup.map("".join))
def test_news_words_and_strange_signs_without_room_are_read(text: str) -> None:
    holds(text)


@settings(max_examples=60, deadline=None)
@given(st.text(UNSEEN + MARKS, max_size=6), st.integers(0, 5))
def test_unseen_signs_inside_a_number_never_make_another(signs: str, at: int) -> None:
    figure = "5,200"[:at] + signs + "5,200"[at:]
    found = holds(f"The United States has {figure} troops in Iraq.")
    assert {s.figures.level for s in found.statements} <= {5200.0}


def work(deed: Callable[[], object]) -> int:
    """How many calls of Python functions a deed takes."""
    count = 0

    def watch(_frame: FrameType, event: str, _held: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(watch)
    try:
        deed()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("piece", GROWING.values(), ids=GROWING.keys())
def test_twice_the_text_takes_twice_the_work(piece: str) -> None:
    times = ROOM // len(piece)
    small, large = Report(piece * times), Report(piece * (2 * times))
    read(Report(piece), learned=False)
    once = work(lambda: read(small, learned=False))
    twice = work(lambda: read(large, learned=False))
    assert twice <= 2.3 * once + 2000


def test_a_sentence_without_end_is_read_in_pieces() -> None:
    text = "The United States has 5,200 troops in Iraq and " + "more words " * 3 * sheets.LONGEST
    sentences = sheets.cut_up(text, load_pack("en")).sentences
    assert max(s.last - s.first for s in sentences) == sheets.LONGEST
    assert "".join(s.span.cut(text) for s in sentences).replace(" ", "") == text.replace(" ", "")
    assert [s.figures.level for s in read(Report(text), learned=False).statements] == [5200]


def test_what_stands_late_in_a_long_table_is_still_read() -> None:
    text = "17 23 9 " * 300 + "\n\nFrance has 1,200 soldiers in Mali."
    assert 1200 in [s.figures.level for s in read(Report(text), learned=False).statements]


def test_a_speaker_named_in_a_long_report_keeps_his_place_and_day() -> None:
    one = "Gen. John Smith told reporters in Baghdad on Monday that 5,200 American troops are in Iraq. "
    reading = read(Report(one * 60), learned=False)
    speakers = [s.speaker for s in reading.statements]
    assert len(speakers) == 60
    assert all(isinstance(who, Attribution) and who.at == "Baghdad" for who in speakers)
