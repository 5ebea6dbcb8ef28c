"""Whom the book knows: the publishers of the registers, and whoever told this and that over some weeks.

A name is easily borrowed, an address is not: a report with an address is judged by its domain.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from musterbook.lexicon.register import load_register
from musterbook.model import Contingent, Entry, Report
from musterbook.reckoning.alike import Drawer, said_of
from musterbook.reckoning.counts import source_of

CLAIMS = 3  # different ones that a source must have told
WEEKS = 3  # different ones in which it must have told them
Claim = tuple[Contingent, Drawer]


@dataclass(slots=True)
class Regulars:
    """What each source told so far: for every claim the first day, and all weeks."""

    claims: dict[str, dict[Claim, date]] = field(default_factory=lambda: defaultdict(dict))
    weeks: dict[str, dict[int, date]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, site: str, claim: Claim, day: date) -> None:
        """One claim of one report."""
        self.claims[site][claim] = min(day, self.claims[site].get(claim, day))
        week = day.toordinal() // 7
        self.weeks[site][week] = min(day, self.weeks[site].get(week, day))

    def knows(self, site: str, before: date) -> bool:
        """Whether a source had told enough, over enough weeks, before that day."""
        claims = sum(day < before for day in self.claims.get(site, {}).values())
        weeks = sum(day < before for day in self.weeks.get(site, {}).values())
        return claims >= CLAIMS and weeks >= WEEKS


def regulars(entries: Iterable[Entry], reports: Mapping[str, Report]) -> Regulars:
    """Who told what so far; ``entries`` are all that stand in the book, not those of one contingent."""
    found = Regulars()
    for entry in entries:
        report = reports.get(entry.statement.report) if entry.statement else None
        if entry.statement is None or entry.contingent is None or report is None or report.published is None:
            continue
        for drawer in said_of(entry.statement).drawers:
            found.add(site_of(report), (entry.contingent, drawer), report.published)
    return found


def site_of(report: Report) -> str:
    """The domain of a report's address; where it has none the publisher, else the report itself."""
    return domain_of(report) or source_of(report)


def domain_of(report: Report) -> str:
    """The domain of a report's address, empty where it has none."""
    return report.url.partition("//")[2].partition("/")[0].lower().removeprefix("www.")


def is_registered(report: Report) -> bool:
    """Whether the registers know who publishes it: by the address, and where there is none by the name."""
    return load_register().established(report.url, report.publisher)
