"""A statement belongs to one contingent, or there is a doubt; between two that fit equally nobody chooses.

The force keeps its own code: a mission's troops are the mission's. Where the report names no place, a mission
that had exactly one host on the day gives it. A state's own share inside a mission is a contingent of its own: the
twenty French officers of a mission in Mali are not the thousands that France has there.
"""

from __future__ import annotations

from datetime import date
from typing import Protocol

from musterbook.model import Contingent, Doubt, Statement
from musterbook.values import Mention

NO_FORCE, NO_PLACE = "no-force", "no-place"
UNKNOWN_FORCE, UNKNOWN_PLACE = "unknown-force", "unknown-place"
MANY_HOSTS = "many-hosts"
JOINT = "+"


class Register(Protocol):
    """What identity asks of the registers (``lexicon.register.Register``)."""

    def party(self, code: str) -> object | None:
        """Whatever stands under the code, None where it is unknown."""
        ...

    def hosts(self, code: str, day: date | None = None) -> tuple[str, ...]:
        """The hosts of a mission on that day, or ever."""
        ...

    def label(self, code: str) -> str:
        """The name of a code for people."""
        ...


def resolve(statement: Statement, register: Register, published: date | None) -> Contingent | Doubt:
    """Whose troops and where, valid on the statement's day; else the doubt that says why not."""
    force = statement.force.code
    if not force:
        return _doubt(statement, NO_FORCE, "the report does not say whose troops these are")
    if not _is_known(force, register):
        return _doubt(statement, UNKNOWN_FORCE, f"no register knows the force {force}", statement.force)
    day = statement.period.last if statement.period else published
    place = statement.place.code if statement.place else ""
    mission = statement.mission.code if statement.mission else ""
    if not place:
        return _hosted(statement, mission or force, register, day)
    if not _is_known(place, register):
        return _doubt(statement, UNKNOWN_PLACE, f"no register knows the place {place}", statement.place)
    return Contingent(force, place, mission)


def _hosted(statement: Statement, host: str, register: Register, day: date | None) -> Contingent | Doubt:
    """The contingent of a force whose place the report leaves out; ``host`` is it, or the mission it serves in."""
    hosts = register.hosts(host, day)
    if len(hosts) == 1:
        mission = statement.mission.code if statement.mission else ""
        return Contingent(statement.force.code, hosts[0], mission)
    label = register.label(host)
    if not hosts:
        return _doubt(statement, NO_PLACE, f"the report does not say where {label} has these troops")
    names = ", ".join(register.label(host) for host in hosts)
    return _doubt(statement, MANY_HOSTS, f"{label} could be in {names}; the report does not say which")


def _is_known(code: str, register: Register) -> bool:
    """Whether the register knows the code, or every part of a joint one."""
    if register.party(code) is not None:
        return True
    parts = code.split(JOINT)
    return len(parts) > 1 and all(register.party(part) is not None for part in parts)


def _doubt(statement: Statement, code: str, message: str, mention: Mention | None = None) -> Doubt:
    """A doubt that points at the words in question, or at the evidence where there are none."""
    span = mention.span if mention and mention.span else statement.evidence[0]
    words = mention.code if mention else ""
    return Doubt("identity", code, message, report=statement.report, span=span, words=words)
