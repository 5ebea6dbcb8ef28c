"""One still view of a whole book and what pages ask of it; each part is reckoned when it is first asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from musterbook.api import BookView
from musterbook.findings import Conflict, Estimate, Hold, Item, Pledge
from musterbook.model import Contingent, Statement

if TYPE_CHECKING:
    from musterbook.desk.web.happenings import Happenings
    from musterbook.desk.web.lists import Lists

WEIGHED = 64  # days of which a snapshot keeps the strengths with all that they rest on
DAYS = 60  # of which the figures are kept; a reader who moves a slider comes back to them


@dataclass(frozen=True)  # without slots: what is reckoned is kept beside the fields
class Snapshot:
    """The whole book at one size, on one day."""

    view: BookView
    size: int  # lines
    root: str  # of the tree over them
    day: date
    _strengths: dict[date, tuple[Estimate, ...]] = field(default_factory=dict)
    _light: dict[date, tuple[Estimate, ...]] = field(default_factory=dict)

    def strengths(self, on: date | None = None) -> tuple[Estimate, ...]:
        """The strength of every contingent on a day, with what each rests on: slow for a new day of a large book."""
        day = on or self.day
        if day not in self._strengths:
            if len(self._strengths) >= WEIGHED:  # whoever asks for day after day does not fill the memory
                self._strengths.clear()
            self._strengths[day] = self.view.contingents(day)
        return self._strengths[day]

    def light(self, on: date | None = None) -> tuple[Estimate, ...]:
        """The same figures alone, quick for any day."""
        day = on or self.day
        if day not in self._light:
            while len(self._light) >= DAYS:
                self._light.pop(next(iter(self._light)))
            self._light[day] = self.view.strengths(day)
        return self._light[day]

    @cached_property
    def first_day(self) -> date:
        """The first day of which any strength is told; the day of the snapshot in an empty book."""
        return min((several[0].days[0] for several in self.view.curves().values()), default=self.day)

    @cached_property
    def pledges(self) -> tuple[Pledge, ...]:
        """The announced changes as they stand on the day of the snapshot."""
        return self.view.pledges(self.day)

    @cached_property
    def promised(self) -> Mapping[Contingent, tuple[Pledge, ...]]:
        """The same by contingent."""
        found: dict[Contingent, tuple[Pledge, ...]] = {}
        for pledge in self.pledges:
            found[pledge.contingent] = (*found.get(pledge.contingent, ()), pledge)
        return found

    @cached_property
    def holds(self) -> tuple[Hold, ...]:
        """What waits for somebody to look at it."""
        return self.view.holds()

    @cached_property
    def conflicts(self) -> tuple[Conflict, ...]:
        """What does not add up."""
        return self.view.conflicts()

    @cached_property
    def queue(self) -> tuple[Item, ...]:
        """What to review, what matters most first."""
        return self.view.queue()

    @cached_property
    def happenings(self) -> Happenings:
        """What happened last by any day."""
        from musterbook.desk.web.happenings import Happenings

        return Happenings(self)

    @cached_property
    def doubts(self) -> int:
        """How many things could not be settled."""
        return len(self.view.doubts())

    @cached_property
    def said(self) -> Mapping[str, Statement]:
        """The statements that stand, by id."""
        return {entry.statement.id: entry.statement for entry in self.view.entries() if entry.statement}

    @cached_property
    def counts(self) -> Mapping[Contingent, int]:
        """How many statements each contingent has."""
        return Counter(entry.contingent for entry in self.view.entries() if entry.contingent)

    @cached_property
    def lists(self) -> Lists:
        """What the lists show of it."""
        from musterbook.desk.web.lists import Lists

        return Lists(self)

    def prepare(self) -> None:
        """Reckon now what every page needs."""
        self.prepare_light()
        _ = self.strengths(), self.said, self.counts

    def prepare_light(self) -> None:
        """Reckon now what the first page needs."""
        _ = self.light(), self.first_day, self.promised, self.holds, self.doubts
        self.happenings.latest(self.day, 1, lambda _: True)
