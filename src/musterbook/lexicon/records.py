"""What the registers hold: small frozen records that know nothing of the files they were read from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody with a code: a state, organisation, mission, group or region; years are its own.

    ``kind``: state, organisation, mission, group, region. ``part_of``: the wholes that a mission belongs to.
    """

    code: str
    name: str
    kind: str
    alpha2: str = ""
    m49: str = ""
    cow: str = ""
    first: int | None = None
    last: int | None = None
    hosts: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()


class Phrase(NamedTuple):
    """One name as it may stand in a text, and what it stands for. ``rule``: any, capital, exact."""

    words: str
    form: str
    force: str | None
    place: str | None
    hosts: tuple[str, ...] = ()
    rule: str = "any"
    beside: str = ""  # words that must follow, without belonging to the name


class Agency(NamedTuple):
    """A news agency and the names under which it is credited."""

    code: str
    name: str
    country: str
    aliases: tuple[str, ...]


class Publisher(NamedTuple):
    """An outlet or official site; ``kind`` such as newspaper or government, ``country`` empty where it has none.

    ``controlled``: whether a government decides what it publishes. ``domains`` cover what is beneath them.
    """

    code: str
    name: str
    kind: str
    country: str
    controlled: bool
    domains: tuple[str, ...]
    aliases: tuple[str, ...]


class Tenure(NamedTuple):
    """From when to when something held, both days included, as exactly as it is known.

    It may have held from ``earliest`` to ``latest`` (None: no bound is known) and surely did from ``surely_from`` to
    ``surely_until``; what is known as "March 2019" leaves the month between the two.
    """

    earliest: date | None
    surely_from: date
    surely_until: date
    latest: date | None

    def may_cover(self, day: date) -> bool:
        """Whether it may have held on that day."""
        return (self.earliest or day) <= day <= (self.latest or day)

    def covers(self, day: date) -> bool:
        """Whether it surely held on that day."""
        return self.surely_from <= day <= self.surely_until


class Post(NamedTuple):
    """An office, whoever holds it; ``checked`` is the day up to which its holders are vouched for.

    ``stands_for``: the force for which its holders' names stand in a report, empty for none.
    """

    office: str
    organisation: str
    names: tuple[str, ...]
    stands_for: str
    checked: date


class Office(NamedTuple):
    """Somebody's time in an office; no holder means that it was vacant or that we do not know who."""

    office: str
    organisation: str
    holder: str
    held: Tenure
    remark: str = ""

    @property
    def first(self) -> date | None:
        """The first day on which the holder may have been in office."""
        return self.held.earliest

    @property
    def last(self) -> date | None:
        """The last such day, None while the holder is in office."""
        return self.held.latest


class Membership(NamedTuple):
    """The time of states in an organisation, a mission or a coalition."""

    whole: str
    members: tuple[str, ...]
    held: Tenure


class Codes(NamedTuple):
    """How a party is numbered by ISO, by the United Nations (M49) and by Correlates of War, and when."""

    name: str
    alpha3: str
    alpha2: str
    m49: str
    cow: str
    held: Tenure
