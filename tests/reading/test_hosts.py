"""A number takes its place from the mission it serves with, where nothing else names one."""

from __future__ import annotations

import musterbook as mb

BEFORE = "In Bosnia, about 240 United States Armed Forces personnel are assigned to the headquarters in Sarajevo.\n\n"


def places(text: str) -> dict[int, str]:
    """The place of every level."""
    found = mb.read(text, published="2005-06-12")
    return {s.figures.level: s.place.code for s in found if s.figures.level and s.place}


def test_a_contribution_to_a_mission_is_where_the_mission_is() -> None:
    """Not where the sentence before was."""
    text = BEFORE + "The U.S. contribution to KFOR is approximately 680 U.S. military personnel."
    assert places(text) == {240: "BIH", 680: "XKX"}


def test_a_contribution_goes_to_the_mission_named_last() -> None:
    """In one paragraph the mission need not be named again."""
    text = (
        BEFORE + "KFOR continues to deter renewed hostilities. The U.S. contribution is about 600 personnel."
    )
    assert places(text) == {240: "BIH", 600: "XKX"}


def test_a_place_that_is_named_goes_before_the_mission() -> None:
    """ "In Albania" says more than KFOR does."""
    assert places("France has 350 soldiers with KFOR in Albania.") == {350: "ALB"}
