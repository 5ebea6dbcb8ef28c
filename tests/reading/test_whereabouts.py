"""A place belongs to the saying only where the sentence says that somebody spoke there."""

from __future__ import annotations

from datetime import date

import pytest

import musterbook as mb

SPOKEN = [
    ("Gen. John Rose told reporters in Baghdad that 3,000 U.S. troops would remain in Iraq.", "Baghdad"),
    ("The United States will keep 3,000 troops in Iraq, Gen. John Rose said in Kabul on Monday.", "Kabul"),
    (
        "The United States will keep 3,000 troops in Iraq, said Gen. John Rose, the commander, in Doha.",
        "Doha",
    ),
    ("Gen. John Rose, the U.S. commander in Kuwait, said 3,000 U.S. troops are in Iraq.", None),
    ("The United States has 3,000 troops in Iraq, said Gen. John Rose, who commands them in Iraq.", None),
    ("Gen. John Rose said in March that the United States has 3,000 troops in Iraq.", None),
    ("Gen. John Rose said the United States has 3,000 troops, in Iraq.", None),
]


@pytest.mark.parametrize(("text", "place"), SPOKEN)
def test_the_place_of_a_saying_is_told_from_other_places(text: str, place: str | None) -> None:
    spoken = [s.speaker.at for s in mb.read(text, published=date(2020, 9, 9)) if s.speaker]
    assert spoken == [place]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The White House said on Tuesday that France has 300 soldiers in Mali.", date(2020, 9, 8)),
        ("France has 300 soldiers in Mali, General Marc Duval said on September 7.", date(2020, 9, 7)),
        ("General Marc Duval said that 300 French soldiers leave Mali on Tuesday.", None),
    ],
)
def test_the_day_of_speaking_is_kept_with_the_speaker(text: str, expected: date | None) -> None:
    (found,) = mb.read(text, published=date(2020, 9, 9))
    assert found.speaker is not None
    assert found.speaker.on == expected
