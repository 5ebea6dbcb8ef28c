"""A misprint is one slip of the hand: a digit changed, two in the wrong order, one too few or too many.

Where a sum does not come out, a number that one slip leads away from a right sum is likely the wrong one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

CHANGED, SWAPPED = "one digit differs", "two digits changed places"
DROPPED, ADDED = "a digit is missing", "a digit is too many"
NO_THOUSANDS, TOO_MANY_THOUSANDS = "the thousands are missing", "it stands in thousands"
BY_CHANCE = {
    DROPPED: 0,
    ADDED: 0,
    SWAPPED: 0,
    CHANGED: 1,
    NO_THOUSANDS: 2,
    TOO_MANY_THOUSANDS: 2,
}  # rarest first
THOUSAND = 1000
DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class Slip:
    """A number that may have been meant, and how it was missed; ``off`` is by how much the sum still fails."""

    likely: int
    kind: str
    off: float

    @property
    def rank(self) -> tuple[float, int, int]:
        """A sum that comes out exactly first, then the likelier slip."""
        return self.off, BY_CHANCE[self.kind], self.likely

    @property
    def grade(self) -> tuple[bool, int]:
        """What makes one slip likelier than another: the sum comes out exactly, and few numbers are so by chance."""
        return self.off > 0, BY_CHANCE[self.kind]


def slip_between(printed: int, meant: int) -> str:
    """The one slip that makes the printed number of the one that was meant; empty where it takes more."""
    return slips(printed).get(meant, "")


@lru_cache(maxsize=4096)
def slips(printed: int) -> dict[int, str]:
    """Every number that one slip may have turned into the printed one, with the slip."""
    told, found = str(printed), dict[int, str]()
    for kind, words in (*_shorter(told), *_swapped(told), *_changed(told), *_longer(told)):
        if words and (words[0] != "0" or words == "0"):
            found.setdefault(int(words), kind)
    if printed and printed < THOUSAND:
        found.setdefault(printed * THOUSAND, NO_THOUSANDS)
    if printed and printed % THOUSAND == 0:
        found.setdefault(printed // THOUSAND, TOO_MANY_THOUSANDS)
    found.pop(printed, None)
    return found


def repair(printed: int, off: Callable[[int], float | None]) -> Slip | None:
    """The likeliest number that was meant; ``off`` says how far a number leaves the sum out, None where too far."""
    tried = ((likely, kind, off(likely)) for likely, kind in slips(printed).items())
    return best(Slip(likely, kind, left) for likely, kind, left in tried if left is not None)


def best(found: Iterable[Slip]) -> Slip | None:
    """The first by rank, None where there is none."""
    return min(found, key=lambda slip: slip.rank, default=None)


def _shorter(told: str) -> Iterable[tuple[str, str]]:
    return ((ADDED, told[:at] + told[at + 1 :]) for at in range(len(told)))


def _longer(told: str) -> Iterable[tuple[str, str]]:
    return ((DROPPED, told[:at] + digit + told[at:]) for at in range(len(told) + 1) for digit in DIGITS)


def _swapped(told: str) -> Iterable[tuple[str, str]]:
    places = range(len(told) - 1)
    return ((SWAPPED, told[:at] + told[at + 1] + told[at] + told[at + 2 :]) for at in places)


def _changed(told: str) -> Iterable[tuple[str, str]]:
    return ((CHANGED, told[:at] + digit + told[at + 1 :]) for at in range(len(told)) for digit in DIGITS)
