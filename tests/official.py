"""The official counts of ../shared by contingent and day, for whoever measures estimates against them."""

from __future__ import annotations

from datetime import date
from functools import cache

from musterbook.lexicon.series import load_series
from musterbook.model import Contingent
from replay import counts_by_quarter

ENDS = {"March": (3, 31), "June": (6, 30), "September": (9, 30), "December": (12, 31)}


@cache
def official_counts(comparable: bool = True) -> dict[Contingent, dict[date, int]]:
    """The active duty members abroad, in persons; without the countries whose contingency forces are left out at times.

    ``comparable=False`` gives those countries, too.
    """
    contingency = next(one.within for one in load_series("dmdc").counts if one.within)
    left = {"USA", *(contingency if comparable else ())}
    return {
        Contingent("USA", code): {
            date(year, *ENDS[month]): number for (year, month), number in counts.items()
        }
        for code, counts in counts_by_quarter().items()
        if code not in left and len(code) == 3
    }
