"""Do two reports tell of one announcement? Signs for and against are added up; the table is there to be argued with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from musterbook.reckoning.alike import Said, agree, part, stated
from musterbook.reckoning.sheets import Sheet

QUIET = 2  # other days of the month before and after on which somebody speaks of the contingent
UNKNOWN = 3  # days between two reports of which one has no day
UNASKED = -1
WEEK, NAMES = 7, 4
LOOSE, HALF, COPY = 0.12, 0.5, 0.8  # shares of pairs of words in common: a retelling, a rewrite, a copy


class Pair:
    """Two reports on one contingent, the earlier one first, with all that is asked of them.

    A large book asks millions of pairs: what several signs ask for is kept.
    """

    __slots__ = ("_apart", "_parted", "_persons", "_shared", "copied", "days", "names", "one", "other")

    def __init__(self, one: Sheet, other: Sheet) -> None:
        self.one, self.other = one, other
        self._persons: set[str] | None = None
        self._shared: list[tuple[Said, Said]] | None = None
        self._parted: bool | None = None
        self._apart: int | None = UNASKED
        apart = one.days_from(other)
        self.days = UNKNOWN if apart is None else apart  # between their publications
        self.copied = one.likeness.copied(
            other.likeness
        )  # of the shorter one's words, the share that both have
        self.names = one.likeness.named(other.likeness)

    @property
    def shared(self) -> list[tuple[Said, Said]]:
        """The statements that give one figure."""
        if self._shared is None:
            self._shared = [(a, b) for a in self.one.said for b in self.other.said if agree(a, b)]
        return self._shared

    @property
    def leads(self) -> int:
        """In how many of the two a figure that they share comes first."""
        one, other = self.one.said[0], self.other.said[0]
        return any(a is one for a, _ in self.shared) + any(b is other for _, b in self.shared)

    @property
    def persons(self) -> set[str]:
        """The speakers of either that the other knows, too."""
        if self._persons is None:
            self._persons = self._persons_known()
        return self._persons

    def _persons_known(self) -> set[str]:
        one, other = self.one, self.other
        if not (one.persons or other.persons):
            return set()
        known = {key for key in other.voices if one.names(key)} | {
            key for key in one.voices if other.names(key)
        }
        return known & (one.persons | other.persons)

    @property
    def is_hopeless(self) -> bool:
        """Whether nothing that is still to be asked could make them kin: weeks, words and names part them."""
        return self.days > WEEK and self.copied < LOOSE and self.names < NAMES and not self.persons

    @property
    def parted(self) -> bool:
        """Whether they begin with different figures of one kind, of which neither knows the other's."""
        if self._parted is None:
            self._parted = not self.leads and part(self.one.said[0], self.other.said[0])
        return self._parted

    @property
    def strangers(self) -> bool:
        """Whether persons speak in both, and neither names any of the other's."""
        return bool(self.one.persons and self.other.persons) and not self.persons

    @property
    def aside(self) -> bool:
        """Whether the later one has news of its own, by a speaker of its own, and repeats the other on the side."""
        lead = self.other.said[0]
        beside = bool(self.shared) and all(b is not lead for _, b in self.shared)
        return beside and lead.sayer.is_own and not self.one.names(lead.sayer.key)

    @property
    def quiet(self) -> bool:
        """Whether hardly anybody else speaks of this contingent around that time: one day is then no accident."""
        return self.days <= 1 and max(self.one.crowd, self.other.crowd) <= QUIET

    @property
    def is_copy(self) -> bool:
        """Whether the one is the other's text under whatever date, figures and speakers alike."""
        return self.copied >= COPY and bool(self.shared) and not (self.strangers or self.parted)

    @property
    def dated(self) -> bool:
        """Whether a figure that they share has the same day or deadline in both, other than that of publication."""
        known = (self.one.published, self.other.published)
        periods = ((a.statement.period, b.statement.period) for a, b in self.shared)
        return any(a is not None and a == b and a.last not in known for a, b in periods)

    @property
    def numbers(self) -> int:
        """How many numbers of their words they have in common, beside those of the figures that they share."""
        told = (number for said, _ in self.shared for number in stated(said.statement.figures))
        return self.one.likeness.counted(self.other.likeness, told)

    @property
    def apart(self) -> int | None:
        """How many days lie between those of which the two tell, None where one of them does not say."""
        if self._apart == UNASKED:
            apart = (abs((a - b).days) for a in self.one.told for b in self.other.told)
            self._apart = min(apart, default=None)
        return self._apart


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign for or against, and how much it weighs."""

    words: str
    holds: Callable[[Pair], bool]
    weight: float


SIGNS = (
    Sign("four fifths of the words", lambda p: p.copied >= COPY, 2.0),
    Sign("half of the words", lambda p: p.copied >= HALF and not (p.parted or p.strangers), 1.5),
    Sign("an eighth of the words", lambda p: p.copied >= LOOSE, 0.5),
    Sign("a figure", lambda p: bool(p.shared), 1.0),
    Sign("the figure that both begin with", lambda p: p.leads > 1, 1.0),
    Sign("the day or deadline of a figure", lambda p: p.dated, 1.0),
    Sign("other numbers in their words", lambda p: p.numbers > 1, 1.0),
    Sign("many names", lambda p: p.names >= NAMES, 1.0),
    Sign("a person who speaks", lambda p: bool(p.persons), 1.0),
    Sign("the day of which they tell", lambda p: p.apart == 0, 1.0),
    Sign("the day", lambda p: p.days == 0, 1.0),
    Sign("the day or the next", lambda p: p.days <= 1, 1.5),
    Sign("half a week", lambda p: p.days <= 3, 0.5),
    Sign("the day or the next, and hardly any other that month", lambda p: p.quiet, 1.0),
    Sign("more than a week", lambda p: p.days > WEEK, -2.5),
    Sign("news of one that stands aside in the other", lambda p: p.aside, -2.0),
    Sign("other figures first", lambda p: p.parted, -2.5),
    Sign("nobody's speaker", lambda p: p.strangers, -2.0),
    Sign("told of another day", lambda p: p.apart is not None and p.apart > 1, -1.5),
)
ENOUGH = 3.25
_WEIGHED = tuple((sign.holds, sign.weight) for sign in SIGNS)


def kinship(pair: Pair) -> float:
    """The weight of all signs; from ``ENOUGH`` on the two tell of one announcement."""
    weight = 0.0
    for holds, counts in _WEIGHED:
        if holds(pair):
            weight += counts
    return weight
