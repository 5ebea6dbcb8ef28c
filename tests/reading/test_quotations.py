"""Words in quotation marks are kept whole; a lost or moved mark is damage, not silence."""

from __future__ import annotations

from musterbook.lexicon.pack import load_pack
from musterbook.reading.quotations import find_quotations
from musterbook.reading.sheet import cut_up

PACK = load_pack("en")


def quoted(text: str) -> list[tuple[str, bool]]:
    """The quotations of a text and whether they are damaged."""
    return [(q.span.cut(text), q.damaged) for q in find_quotations(cut_up(text, PACK), PACK)]


def test_a_straight_quotation_runs_over_sentences() -> None:
    text = 'He said: "We leave in May. All of us leave." Then he went.'
    assert quoted(text) == [('"We leave in May. All of us leave."', False)]


def test_curly_marks_and_guillemets_quote_alike() -> None:
    assert quoted("“We stay,” he said. «Nous restons», she said.") == [
        ("“We stay,”", False),
        ("«Nous restons»", False),
    ]


def test_a_paragraph_that_opens_with_the_mark_again_goes_on() -> None:
    text = "“We leave in May.\n\n“We come back in June,” he said."
    assert quoted(text) == [("“We leave in May.\n\n“We come back in June,”", False)]


def test_a_quotation_that_nobody_closes_is_damaged() -> None:
    assert quoted('He said: "We leave in May.\n\nThe army left.') == [('"We leave in May.', True)]


def test_a_closing_mark_that_moved_before_the_next_words_still_closes() -> None:
    text = "Progress was great, “he concluded. “There is work to do.”"
    assert quoted(text) == [("Progress was great, “", True), ("“There is work to do.”", False)]


def test_single_marks_inside_double_ones_belong_to_the_outer_quotation() -> None:
    text = "“We drive out the ‘group in the north,'” he added."
    assert quoted(text) == [("“We drive out the ‘group in the north,'”", False)]


def test_an_apostrophe_quotes_nothing() -> None:
    assert quoted("The soldiers' families don't know the general's plans.") == []


def test_single_quotes_stand_for_double_ones() -> None:
    assert quoted("It is 'a smaller thing', he said.") == [("'a smaller thing'", False)]


def test_a_million_marks_are_read_in_good_time() -> None:
    assert quoted('"' * 100_000) is not None
