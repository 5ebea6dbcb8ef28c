"""A claim gets the day that is meant for it: not the day of speaking, not another clause's deadline."""

from __future__ import annotations

from datetime import date

from musterbook.lexicon.pack import load_pack
from musterbook.model import Status
from musterbook.reading.dates import find_days
from musterbook.reading.marks import Claim
from musterbook.reading.sheet import cut_up
from musterbook.reading.timing import day_of
from musterbook.values import Figures, Mention, Span

PACK = load_pack("en")
DAY = date(2020, 9, 9)


def timed(text: str, number: str, status: Status, published: date | None = DAY) -> str | None:
    """The period of the claim in the sentence that holds the number."""
    sheet, start = cut_up(text, PACK), text.index(number)
    sentence = sheet.sentence_at(start)
    span = Span(start, start + len(number))
    claim = Claim(sentence, sheet.sentences[sentence].span, (span,), Figures(), Mention("USA"), None)
    period, _ = day_of(claim, status, sheet, find_days(sheet, published, PACK), published, PACK)
    return period.iso() if period else None


def test_a_level_now_carries_the_day_of_publication() -> None:
    assert timed("About 5,200 soldiers are stationed in Iraq.", "5,200", Status.CURRENT) == "2020-09-09"


def test_a_level_now_without_a_day_of_publication_has_none() -> None:
    assert timed("About 5,200 soldiers are stationed in Iraq.", "5,200", Status.CURRENT, None) is None


def test_a_change_carries_its_deadline() -> None:
    text = "The number of soldiers will drop to 3,000 by the end of the month."
    assert timed(text, "3,000", Status.ANNOUNCED) == "2020-09-30"


def test_the_day_of_speaking_is_no_deadline() -> None:
    text = "The minister said on Tuesday that 300 soldiers will leave Mali."
    assert timed(text, "300", Status.ANNOUNCED) is None


def test_a_deadline_wins_over_the_day_of_speaking() -> None:
    text = "The minister said on Tuesday that 300 soldiers will leave Mali by December."
    assert timed(text, "300", Status.ANNOUNCED) == "2020-12-01/2020-12-31"


def test_an_earlier_level_carries_its_year() -> None:
    assert timed("There were 100,000 soldiers in 2011.", "100,000", Status.PAST) == "2011-01-01/2011-12-31"


def test_the_reasoning_quotes_the_words() -> None:
    text = "The number of soldiers will drop to 3,000 by the end of the month."
    sheet = cut_up(text, PACK)
    claim = Claim(0, sheet.sentences[0].span, (Span(36, 41),), Figures(), Mention("USA"), None)
    _, reason = day_of(claim, Status.ANNOUNCED, sheet, find_days(sheet, DAY, PACK), DAY, PACK)
    assert reason == "deadline “by the end of the month” counted from 2020-09-09"
