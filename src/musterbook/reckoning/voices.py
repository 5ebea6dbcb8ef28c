"""Whether two statements of one report are one person's."""

from __future__ import annotations

from collections.abc import Mapping

from musterbook.model import Report, Statement
from musterbook.reckoning.cues import in_one_sentence


def is_said_by_one(one: Statement, other: Statement, reports: Mapping[str, Report]) -> bool:
    """Whether the two have one speaker; in one sentence, or where a stock is everybody's, one may be missing."""
    if (one.speaker is None) != (other.speaker is None):
        whole = {one.figures.before is not None, other.figures.before is not None} == {True, False}
        return whole or in_one_sentence(one, other, reports)
    return same_voice(one, other)


def same_voice(one: Statement, other: Statement) -> bool:
    """Whether nothing says that two people speak: one is not named, or the names share their last word."""
    if one.speaker is None or other.speaker is None:
        return True
    first, second = (s.name or s.words for s in (one.speaker, other.speaker))
    return first == second or first.split()[-1:] == second.split()[-1:] or first in second or second in first
