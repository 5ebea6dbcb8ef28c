"""What a visit brought is a parcel until it is in the book; and what a run came to is the sum of all of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from musterbook.fetching.arrivals import Arrivals
from musterbook.fetching.notebook import Standing, Waiting
from musterbook.fetching.polling import REPORT, host_asked
from musterbook.model import Doubt, Report
from musterbook.pipeline import Tally


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a visit brought, on its way into the book."""

    arrivals: Arrivals
    entry: Waiting | None = None
    standing: Standing | None = None

    @property
    def host(self) -> str:
        """Where it came from."""
        return self.entry.host if self.entry else host_asked(self.standing) if self.standing else ""

    @property
    def outcome(self) -> str:
        """What becomes of it: a report, or the code of the doubt."""
        if any(isinstance(one, Report) for one in self.arrivals) and not self.failed:
            return REPORT
        return next((one.code for one in self.arrivals if isinstance(one, Doubt)), REPORT)

    @property
    def failed(self) -> bool:
        """Whether its page could not be had in the end."""
        first = self.arrivals[0] if self.arrivals else None
        return isinstance(first, Doubt) and first.code.startswith("fetch-")


@dataclass(slots=True)
class Sum:
    """What one run came to."""

    polled: int = 0
    unchanged: int = 0
    failed: int = 0  # polls that failed
    pages: int = 0  # pages that were fetched
    lost: int = 0  # pages that could not be had in the end; each is a doubt in the book
    tally: Tally = field(default_factory=Tally)  # without its notes, which stand in the book


def in_all(*tallies: Tally) -> Tally:
    """Several tallies as one, without their notes: a watcher lives for years."""
    causes: Counter[str] = Counter()
    for tally in tallies:
        causes.update(dict(tally.causes))
    return Tally(
        read=sum(one.read for one in tallies),
        silent=sum(one.silent for one in tallies),
        known=sum(one.known for one in tallies),
        refused=sum(one.refused for one in tallies),
        statements=sum(one.statements for one in tallies),
        doubts=sum(one.doubts for one in tallies),
        causes=tuple(sorted(causes.items())),
        odd=tuple(odd for one in tallies for odd in one.odd),
        held=sum(one.held for one in tallies),
    )
