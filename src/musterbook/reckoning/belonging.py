"""Which contingents may be parts of which: one host of a joint place or region, one member of a mission or alliance.

A force that is no state may have any state's troops in it: reports name contributors that no register lists.
"""

from __future__ import annotations

from functools import cached_property

from musterbook.lexicon.register import Register
from musterbook.model import Contingent

STATE = "state"
JOINT = "+"


class Belonging:
    """What the registers say of parts and wholes; asked again and again, looked up once."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._hosts: dict[str, frozenset[str]] = {}

    @cached_property
    def states(self) -> frozenset[str]:
        """The codes of all states."""
        return frozenset(code for code, party in self._register.parties.items() if party.kind == STATE)

    def is_part(self, part: Contingent, whole: Contingent) -> bool:
        """Whether a contingent may be a part of another, or the same."""
        if part == whole:
            return True
        mine = part.force == whole.force or self.is_member(part.force, whole.force)
        return mine and (part.place == whole.place or part.place in self.hosts(whole.place))

    def is_member(self, force: str, whole: str) -> bool:
        """Whether a state may have troops in an alliance, a mission or a coalition."""
        party = self._register.party(whole)
        return force in self.states and whole not in self.states and (party is None or party.kind != "group")

    def hosts(self, place: str) -> frozenset[str]:
        """The states of a joint place or region."""
        if place not in self._hosts:
            joint = place.split(JOINT) if JOINT in place else self._register.hosts(place)
            self._hosts[place] = frozenset(joint)
        return self._hosts[place]
