"""Whose troops a row counts, where and in which mission: codes of the registers, or what is unknown.

What the series itself says of a name goes before its code, and a code before the registers' names. Where code and name
are of two places nobody chooses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from musterbook.lexicon.register import Register
from musterbook.lexicon.series import Series, folded
from musterbook.series.cells import Header

JOINT = "+"  # a name with a comma is read as two places: none of a row


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a row is about: ``place`` is empty where only the mission tells it."""

    force: str
    place: str
    mission: str = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """What could not be settled: the code of the outcome and the words in question."""

    code: str
    words: str


class Namer:
    """Settles the names of the rows of one table, each once."""

    def __init__(self, header: Header, series: Series, register: Register) -> None:
        self._header, self._series, self._register = header, series, register
        self._known: dict[tuple[str, ...], Named | Unknown] = {}

    def name(self, cells: Sequence[str]) -> Named | Unknown:
        """Whom the row with these cells is about."""
        parts = self._header.parts
        names = ("force", "force_name", "mission", "place", "place_name")
        asked = tuple(cells[parts[part]] if part in parts else "" for part in names)
        if asked not in self._known:
            self._known[asked] = self._settle(*asked)
        return self._known[asked]

    def _settle(
        self, force: str, force_name: str, mission: str, place: str, place_name: str
    ) -> Named | Unknown:
        where = self._mission(mission) if mission else ""
        if where is None:
            return Unknown("unknown-mission", mission)
        stands = self._series.mission_places.get(where, "")
        if place or place_name:
            found = self._place(place, place_name)
            if isinstance(found, Unknown):
                return found
            stands = found
        if where and folded(force_name) in self._series.total_forces:
            return Named(where, stands)
        whose = self._series.force or self._force(force, force_name)
        return Named(whose, stands, where) if whose else Unknown("unknown-force", force_name or force)

    def _place(self, code: str, name: str) -> str | Unknown:
        """The code of a place from what stands in the two columns."""
        if own := self._series.place_names.get(folded(name)):
            return own
        by_code = code if code and self._register.party(code) else None
        by_name = self._register.resolve_place(name) if name else None
        if by_name and JOINT in by_name:
            by_name = None
        if by_code and by_name and by_code != by_name:
            return Unknown("code-and-name", f"{code} and {name}")
        return by_code or by_name or Unknown("unknown-place", name or code)

    def _force(self, code: str, name: str) -> str | None:
        """The code of a contributor."""
        if own := self._series.place_names.get(folded(name)):
            return own
        by_code = code if code and self._register.party(code) else None
        return by_code or (self._register.resolve_force(name) if name else None)

    def _mission(self, words: str) -> str | None:
        """The code of a mission, None for one that no register knows."""
        prefix = self._series.mission_prefix
        own = self._series.mission_names.get(folded(words)) or f"{prefix}{words}"
        if self._register.party(own):
            return own
        found = self._register.resolve_force(words)
        return found if found and found.startswith(prefix) else None
