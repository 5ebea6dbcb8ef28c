"""How the announcements of a force, a place or a speaker came out: counts first, and no share without its interval.

Kept means kept in time. Judged are those whose end lay with who made them: kept, kept late, partly kept, broken and
reversed. What was superseded or halted, and what nothing tells of, is counted and shown, but is neither.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from math import sqrt

from musterbook.findings import Pledge, Score, Verdict

JUDGED = (Verdict.KEPT, Verdict.KEPT_LATE, Verdict.PARTLY_KEPT, Verdict.BROKEN, Verdict.REVERSED)
RECENT = timedelta(days=365)
NOBODY = "the report itself"  # the speaker of a pledge that no report attributes
NINETY = 1.6449  # standard deviations on either side that hold 90 %
Key = Callable[[Pledge], Iterable[str]]
KEYS: dict[str, Key] = {
    "force": lambda pledge: (pledge.contingent.force,),
    "place": lambda pledge: pledge.contingent.place.split("+"),  # a joint place counts for each of its hosts
    "speaker": lambda pledge: (pledge.voice or NOBODY,),
}


def scoreboard(pledges: Iterable[Pledge], by: str = "force") -> tuple[Score, ...]:
    """The pledges by verdict of each force, place or speaker (``KEYS``): who made most first, then by name."""
    counts: dict[str, Counter[Verdict]] = {}
    for pledge in pledges:
        for name in KEYS[by](pledge):
            counts.setdefault(name, Counter())[pledge.verdict] += 1
    scores = (_score(name, found) for name, found in counts.items())
    return tuple(sorted(scores, key=lambda score: (-score.total, score.of)))


def _score(name: str, found: Counter[Verdict]) -> Score:
    kept, judged = found[Verdict.KEPT], sum(found[verdict] for verdict in JUDGED)
    low, high = interval(kept, judged) if judged else (None, None)
    counts = tuple((verdict, found[verdict]) for verdict in Verdict if found[verdict])
    return Score(name, counts, kept, judged, low, high)


def interval(kept: int, judged: int) -> tuple[float, float]:
    """Wilson's 90 % interval of a share: wide where little was judged."""
    share, spread = kept / judged, NINETY**2 / judged
    middle = (share + spread / 2) / (1 + spread)
    half = NINETY * sqrt(share * (1 - share) / judged + spread / (4 * judged)) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def is_recent(pledge: Pledge, day: date) -> bool:
    """Whether it is open or due on that day, or was decided in the year before."""
    if pledge.decided_on is None:
        return pledge.verdict in (Verdict.OPEN, Verdict.DUE)
    return pledge.decided_on >= day - RECENT
