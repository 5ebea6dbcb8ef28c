"""One question to the API, and what it is answered from: the last reckoning of the whole book, or a part of it anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from fastapi import Request

from musterbook.api import BookView
from musterbook.desk.web.asked import Asked
from musterbook.desk.web.shelf import Shelf
from musterbook.desk.web.snapshot import Snapshot
from musterbook.desk.wiring import matches
from musterbook.findings import Conflict, Estimate, Hold, Item, Pledge
from musterbook.model import Contingent

T = TypeVar("T")
Codes = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Source:
    """What an answer is made of: a view through the clocks of the address, reckoned already where it is plain."""

    view: BookView
    asked: Asked
    codes: Codes = (None, None)
    snapshot: Snapshot | None = None

    @property
    def day(self) -> date:
        """The day of the world that is asked about."""
        return self.view.asked_for(self.asked.on)

    def fits(self, contingent: Contingent | None) -> bool:
        """Whether a contingent is of the force and in the place that were asked for."""
        if contingent is None:
            return self.codes == (None, None)
        return matches(contingent, *self.codes)

    def strengths(self) -> tuple[Estimate, ...]:
        """The strength of every contingent on the day."""
        found = (
            self.snapshot.strengths(self.asked.on) if self.snapshot else self.view.contingents(self.asked.on)
        )
        return tuple(one for one in found if self.fits(one.contingent))

    def pledges(self) -> tuple[Pledge, ...]:
        """The announced changes as they stood on the day."""
        plain = self.snapshot and self.asked.on in (None, self.snapshot.day)
        found = self.snapshot.pledges if self.snapshot and plain else self.view.pledges(self.asked.on)
        return tuple(one for one in found if self.fits(one.contingent))

    def conflicts(self) -> tuple[Conflict, ...]:
        """What does not add up."""
        found = self.snapshot.conflicts if self.snapshot else self.view.conflicts()
        return tuple(one for one in found if self.fits(one.contingent))

    def queue(self) -> tuple[Item, ...]:
        """What to review first."""
        found = self.snapshot.queue if self.snapshot else self.view.queue()
        return tuple(one for one in found if self.fits(one.contingent))

    def holds(self) -> tuple[Hold, ...]:
        """What waits for somebody to look at it."""
        return self.snapshot.holds if self.snapshot else self.view.holds()


@dataclass(frozen=True, slots=True)
class Call:
    """One question: the values of its parameters and of its path."""

    request: Request
    shelf: Shelf
    asked: Asked
    given: Mapping[str, Any]
    path: Mapping[str, str]
    person: str = ""

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 -- a parameter is of its own type
        return self.given[name]

    @property
    def codes(self) -> Codes:
        """The force and place that it is narrowed to."""
        return self.given.get("force"), self.given.get("place")

    def through(self, question: Callable[[Source], T], codes: Codes | None = None) -> T:
        """The answer of the book through the clocks; of a part of it where a force or place is named."""
        wanted, asked = codes or self.codes, self.asked
        if wanted != (None, None):
            return self.shelf.ask(asked, lambda view: question(self._source(view, wanted)), *wanted)
        return self.shelf.reckon_at(
            asked, lambda held: question(Source(held.view, asked, (None, None), held))
        )

    def _source(self, view: BookView, wanted: Codes) -> Source:
        force, place = (view.current_name(code) if code else None for code in wanted)
        return Source(view, self.asked, (force, place))
