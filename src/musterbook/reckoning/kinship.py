"""Do two reports tell of one announcement? Signs for and against are added up; the table is there to be argued with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from musterbook.reckoning.alike import agree, part
from musterbook.reckoning.sheets import Said, Sheet

QUIET = 2  # other days of the month before and after on which somebody speaks of the contingent
SEASON = 30  # days after which only the same words make one announcement of two reports
LOOSE, HALF, COPY = 0.12, 0.5, 0.8  # shares of pairs of words in common: a retelling, a rewrite, a copy


@dataclass(frozen=True)
class Pair:
    """Two reports on one contingent, the earlier one first."""

    one: Sheet
    other: Sheet

    @cached_property
    def days(self) -> int:
        """Between their publications; where one is not known, as if they were a few days apart."""
        apart = self.one.days_from(self.other)
        return 3 if apart is None else apart

    @cached_property
    def copied(self) -> float:
        """The share of the shorter one's words that the other has."""
        return self.one.likeness.copied(self.other.likeness)

    @cached_property
    def shared(self) -> list[tuple[Said, Said]]:
        """The statements of the two that give the same figure."""
        return [(a, b) for a in self.one.said for b in self.other.said if agree(a.statement, b.statement)]

    @cached_property
    def leads(self) -> int:
        """How many of the two begin with a figure that the other has as well."""
        begins = (self.one.said[0], self.other.said[0])
        return any(a is begins[0] for a, _ in self.shared) + any(b is begins[1] for _, b in self.shared)

    @cached_property
    def parted(self) -> bool:
        """Whether they begin with different figures of one kind, of which neither knows the other's."""
        return not self.leads and part(self.one.said[0].statement, self.other.said[0].statement)

    @cached_property
    def voices(self) -> set[str]:
        """The speakers of either that are known to the other."""
        theirs = {key for key in self.other.voices if self.one.names(key)}
        return theirs | {key for key in self.one.voices if self.other.names(key)}

    @cached_property
    def persons(self) -> set[str]:
        """Those of them who are persons: everybody names the ministry."""
        return self.voices & (self.one.persons | self.other.persons)

    @cached_property
    def strangers(self) -> bool:
        """Whether persons speak in both, and neither names any of the other's."""
        return bool(self.one.persons and self.other.persons) and not self.persons

    @cached_property
    def names(self) -> int:
        """How many names they have in common."""
        return len(self.one.likeness.names & self.other.likeness.names)

    @cached_property
    def aside(self) -> bool:
        """Whether the later one has news of its own, by a speaker of its own, and repeats the other on the side."""
        lead = self.other.said[0]
        beside = bool(self.shared) and all(b is not lead for _, b in self.shared)
        return beside and lead.sayer.is_own and not self.one.names(lead.sayer.key)

    @cached_property
    def quiet(self) -> bool:
        """Whether hardly anybody else speaks of this contingent around that time: one day is then no accident."""
        return self.days <= 1 and max(self.one.crowd, self.other.crowd) <= QUIET

    @cached_property
    def is_copy(self) -> bool:
        """Whether the one is the other's text under whatever date, figures and speakers alike."""
        return self.copied >= COPY and bool(self.shared) and not (self.strangers or self.parted)

    @cached_property
    def dated(self) -> bool:
        """Whether a figure that they share has the same day or deadline in both, other than that of publication."""
        return any(a.statement.period and a.statement.period == b.statement.period and self._is_told(a) for a, b in self.shared)

    def _is_told(self, said: Said) -> bool:
        return said.statement.period.last not in (self.one.published, self.other.published)  # type: ignore[union-attr]

    @cached_property
    def numbers(self) -> int:
        """How many numbers of their words they have in common."""
        return len(self.one.likeness.numbers & self.other.likeness.numbers)

    @cached_property
    def apart(self) -> int | None:
        """How many days lie between those of which the two tell, None where one of them does not say."""
        return min((abs((a - b).days) for a in self.one.told for b in self.other.told), default=None)


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign for or against, and how much it weighs."""

    words: str
    holds: Callable[[Pair], bool]
    weight: float


SIGNS = (
    Sign("four fifths of the words", lambda p: p.copied >= COPY, 2.0),
    Sign("half of the words", lambda p: p.copied >= HALF and not p.parted, 1.5),
    Sign("an eighth of the words", lambda p: p.copied >= LOOSE, 0.5),
    Sign("a figure", lambda p: bool(p.shared), 1.0),
    Sign("the figure that both begin with", lambda p: p.leads > 1, 1.0),
    Sign("the day or deadline of a figure", lambda p: p.dated, 1.0),
    Sign("two numbers in their words", lambda p: p.numbers > 1, 1.0),
    Sign("many names", lambda p: p.names >= 4, 1.0),
    Sign("a person who speaks", lambda p: bool(p.persons), 1.0),
    Sign("the day of which they tell", lambda p: p.apart == 0, 1.0),
    Sign("the day", lambda p: p.days == 0, 1.0),
    Sign("the day or the next", lambda p: p.days <= 1, 1.5),
    Sign("half a week", lambda p: p.days <= 3, 0.5),
    Sign("the day or the next, and hardly any other that month", lambda p: p.quiet, 1.0),
    Sign("more than a week", lambda p: p.days > 7, -2.5),
    Sign("news of one that stands aside in the other", lambda p: p.aside, -2.0),
    Sign("other figures first", lambda p: p.parted, -2.5),
    Sign("nobody's speaker", lambda p: p.strangers, -2.0),
    Sign("told of another day", lambda p: p.apart is not None and p.apart > 1, -1.5),
)
ENOUGH = 3.25


def kinship(pair: Pair) -> float:
    """The weight of all signs; from ``ENOUGH`` on the two tell of one announcement."""
    return sum(sign.weight for sign in SIGNS if sign.holds(pair))
