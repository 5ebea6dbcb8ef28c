"""What can be wrong with the rows of a table, one line each; such a row gives no figure, and never a zero."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

OUTCOMES = {  # code: what such a row holds
    "missing-as-zero": "a missing number stored as zero",
    "other-source": "a number from another source than the tables",
    "at-home": "troops in their own state",
    "not-counted": "other personnel than troops",
    "beyond-validity": "a zero that leaves out all who are not permanently assigned, and so says nothing",
    "blank": "no number",
    "duplicate-row": "what another row has said",
    "contradicting-rows": "different numbers for one force, place and day",
    "not-a-number": "something that is no number of persons",
    "negative": "a negative number",
    "unknown-place": "a place that no register knows",
    "unknown-force": "a force that no register knows",
    "unknown-mission": "a mission that no register knows",
    "code-and-name": "the code of one place and the name of another",
    "unknown-status": "a status that the series does not tell of",
    "torn-row": "more or fewer cells than the header",
    "no-day": "no day that can be read",
    "doubled": "a table that was added up from two",
}
EXPECTED = frozenset(  # ordinary in good files; the others are problems that somebody should look at
    ("missing-as-zero", "other-source", "at-home", "not-counted", "beyond-validity", "blank", "duplicate-row")
)
SHOWN = 12  # stretches of line numbers that a message tells, and names


@dataclass(frozen=True, slots=True)
class Fault:
    """Why one row gives no figure: the code of the outcome, the row and the words in question."""

    code: str
    row: int  # of the table, counted from 0 without the header
    words: str = ""


def in_words(code: str, lines: Sequence[int], words: Iterable[str] = ()) -> str:
    """``3 rows left out: a place that no register knows (lines 5, 7-8: Atlantis)``."""
    count = f"{len(lines):,} row{'' if len(lines) == 1 else 's'}"
    named = list(dict.fromkeys(word for word in words if word))
    more = f" and {len(named) - SHOWN} more" if len(named) > SHOWN else ""
    which = f": {', '.join(named[:SHOWN])}{more}" if named else ""
    return (
        f"{count} left out: {OUTCOMES[code]} (line{'' if len(lines) == 1 else 's'} {stretches(lines)}{which})"
    )


def stretches(lines: Sequence[int]) -> str:
    """Line numbers in few words: ``5, 7-9 and 40 more``."""
    numbers = sorted(set(lines))
    breaks = [at for at, (one, other) in enumerate(pairwise(numbers), 1) if other != one + 1]
    runs = [numbers[first:last] for first, last in pairwise([0, *breaks, len(numbers)])] if numbers else []
    shown = [str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs[:SHOWN]]
    left = sum(map(len, runs[SHOWN:]))
    return ", ".join(shown) + (f" and {left} more" if left else "")
