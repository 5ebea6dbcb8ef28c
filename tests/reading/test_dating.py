"""A missing day of publication is inferred only where the text itself leaves one."""

from __future__ import annotations

from datetime import date

from musterbook.lexicon.pack import load_pack
from musterbook.reading.dating import infer_publication
from musterbook.reading.sheet import cut_up
from musterbook.values import Period

PACK = load_pack("en")


def inferred(text: str) -> date | None:
    return infer_publication(cut_up(text, PACK), PACK)[0]


def test_a_weekday_a_date_and_an_election_agree_on_one_year() -> None:
    text = (
        "The army announced on Wednesday, September 9, that 2,200 soldiers will leave. "
        "In 2016 the U.S. president spoke of it; he will seek re-election on November 3."
    )
    day, reason, events = infer_publication(cut_up(text, PACK), PACK)
    assert date(2020, 9, 9) == day
    assert "falls in 1992, 1998, 2009, 2015, 2020, 2026" in reason
    assert [Period.day(date(2020, 11, 3))] == [e.period for e in events]


def test_a_weekday_and_a_date_alone_leave_several_years() -> None:
    assert inferred("The army announced on Wednesday, September 9, that 300 soldiers had left.") is None


def test_a_year_named_as_past_rules_out_the_years_before_it() -> None:
    text = "They had come in 2014. On Wednesday, September 9, the army said that they had left."
    assert date(2015, 9, 9) == inferred(text)


def test_a_dateline_with_its_year_is_the_day() -> None:
    assert date(2019, 10, 7) == inferred("WASHINGTON, October 7, 2019 — The soldiers are leaving.")


def test_an_old_day_in_the_text_is_not_the_day_of_publication() -> None:
    assert inferred("Since the armistice of July 27, 1953, soldiers have stood on the line.") is None


def test_no_day_is_inferred_from_nothing() -> None:
    assert inferred("") is None
    assert inferred("Soldiers left on Tuesday.") is None
