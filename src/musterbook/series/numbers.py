"""What a cell counts: a whole number of persons, or nothing; a zero that stands for a missing number is nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from musterbook.lexicon.series import Series, folded
from musterbook.series.cells import Header

WHOLE = re.compile(r"-?\d{1,9}(?:\.0+)?|-?\d{1,3}(?:[, \u00a0\u202f]\d{3}){1,2}", re.ASCII)


def persons(words: str) -> int | None:
    """The number in a cell (``1,234``, ``12.0``, ``-3``), None where it is no whole number."""
    if not WHOLE.fullmatch(words):
        return None
    return int(re.sub(r"[, \u00a0\u202f]|\.0+$", "", words))


def is_blank(words: str, series: Series) -> bool:
    """Whether nothing was counted there."""
    return folded(words) in series.blanks


def left_by(cells: Sequence[str], header: Header, series: Series) -> str:
    """The code of the outcome by which the row's own marks leave it out of the tables; empty where it is in."""
    if series.take and "status" in header.parts:
        words = folded(cells[header.parts["status"]])
        if words not in series.take:
            return series.leave.get(words, "unknown-status")
    if any(is_blank(cells[header.parts[part]], series) for part in series.sourced if part in header.parts):
        return "missing-as-zero" if _is_zero(cells, header, series) else "other-source"
    return ""


def is_missing(cells: Sequence[str], header: Header, series: Series, number: int) -> bool:
    """Whether a zero stands for a number that nobody has: a column that would tell of it is blank."""
    columns = (header.parts[part] for part in series.missing if part in header.parts)
    return number == 0 and any(is_blank(cells[column], series) for column in columns)


def _is_zero(cells: Sequence[str], header: Header, series: Series) -> bool:
    columns = (header.column(names) for names in series.counts[0].add)
    return all(column is not None and not persons(cells[column]) for column in columns)
