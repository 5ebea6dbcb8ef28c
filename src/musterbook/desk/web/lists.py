"""What the lists of the desk show of one still book: each part is gathered when it is first asked for, and kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from musterbook.findings import Conflict, Origin, Pledge, Score, Utterance
from musterbook.ledger.outcomes import Outcome, settled
from musterbook.lexicon.register import load_register
from musterbook.model import Contingent, Doubt, Report
from musterbook.reckoning.counts import source_of
from musterbook.reckoning.names import SPEAKER, Names
from musterbook.reckoning.pledges.scoreboard import KEYS, scoreboard
from musterbook.reckoning.record import Record

if TYPE_CHECKING:
    from musterbook.api import BookView
    from musterbook.desk.web.snapshot import Snapshot

ORDERS: dict[str, Callable[[Pledge], date]] = {
    "announced": lambda pledge: pledge.announced or date.min,
    "due": lambda pledge: pledge.deadline or date.min,
    "decided": lambda pledge: pledge.decided_on or date.min,
}
Dated = tuple[str, str]
"""A day of publication, empty where none is known, and an id."""


@dataclass(frozen=True, slots=True)
class Source:
    """One publisher: what it published, the latest first."""

    name: str
    reports: tuple[Dated, ...]
    statements: int

    @property
    def first(self) -> str:
        """The first day on which it published anything; empty where no day is known."""
        return min((day for day, _ in self.reports if day), default="")

    @property
    def last(self) -> str:
        """The last one."""
        return max((day for day, _ in self.reports), default="")


@dataclass(frozen=True)  # without slots: what was gathered is kept beside the fields
class Lists:
    """The lists of one still book."""

    of: Snapshot

    @property
    def view(self) -> BookView:
        """The book."""
        return self.of.view

    @cached_property
    def pledges(self) -> Mapping[str, Pledge]:
        """The announcements by id."""
        return {pledge.id: pledge for pledge in self.of.pledges}

    @cached_property
    def pledges_by(self) -> Mapping[str, tuple[Pledge, ...]]:
        """The announcements in each of their orders, the latest first; those without a day are last."""
        return {
            order: tuple(sorted(self.of.pledges, key=lambda p: (day(p), p.contingent), reverse=True))
            for order, day in ORDERS.items()
        }

    @cached_property
    def scores(self) -> Mapping[str, tuple[Score, ...]]:
        """The scoreboards over all announcements."""
        return {by: scoreboard(self.of.pledges, by) for by in KEYS}

    @cached_property
    def where(self) -> Mapping[str, Contingent]:
        """The contingent of every statement that stands."""
        return {e.statement.id: e.contingent for e in self.view.entries() if e.statement and e.contingent}

    @cached_property
    def conflicts(self) -> tuple[Conflict, ...]:
        """What does not add up, and what only seems so."""
        return self.view.conflicts()

    @cached_property
    def of_report(self) -> Mapping[str, tuple[str, ...]]:
        """The statements that stand of each report, in the order of the text."""
        found: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for said in self.of.said.values():
            found[said.report].append((said.evidence[0].start, said.id))
        return {report: tuple(id_ for _, id_ in sorted(told)) for report, told in found.items()}

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """The publishers by name, those with most statements first."""
        found: dict[str, list[Dated]] = defaultdict(list)
        for report in self.view.reports():
            found[named(report)].append((report.published.isoformat() if report.published else "", report.id))
        made = [
            Source(
                name,
                tuple(sorted(held, reverse=True)),
                sum(len(self.of_report.get(id_, ())) for _, id_ in held),
            )
            for name, held in found.items()
        ]
        made.sort(key=lambda one: (-one.statements, -len(one.reports), one.name))
        return {one.name: one for one in made}

    @cached_property
    def records(self) -> Mapping[str, Record]:
        """The records of publishers by name."""
        return {one.name: one for one in self.view.record("publisher", pledges=self.of.pledges)}

    @cached_property
    def speakers(self) -> Mapping[str, Record]:
        """The records of speakers by name, those with most that can be compared first."""
        return {one.name: one for one in self.view.record("speaker", pledges=self.of.pledges)}

    @cached_property
    def said_by(self) -> Mapping[str, tuple[Dated, ...]]:
        """The statements of every speaker, the latest first."""
        names, reports = Names(load_register()), self.view.reports_of(self.view.entries())
        found: dict[str, list[Dated]] = defaultdict(list)
        for said in self.of.said.values():
            report = reports.get(said.report)
            day = report.published.isoformat() if report and report.published else ""
            found[names.of(said, report, SPEAKER)].append((day, said.id))
        return {name: tuple(sorted(held, reverse=True)) for name, held in found.items() if name}

    @cached_property
    def utterances(self) -> Mapping[str, Utterance]:
        """What was said, by id."""
        return {one.id: one for one in self.view.utterances()}

    @cached_property
    def origins(self) -> Mapping[str, Origin]:
        """The families of reports by the id of their first one, those that most outlets carry first."""
        found = sorted(self.view.origins(), key=lambda o: (-len(o.outlets), -len(o.reports), o.reports[0]))
        return {one.reports[0]: one for one in found}

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What became of every input, the latest first; a failure that was overtaken is told as that."""
        return settled(self.view.outcomes())[::-1]

    @cached_property
    def doubts(self) -> tuple[Doubt, ...]:
        """What could not be settled, the latest first."""
        return self.view.doubts()[::-1]


def named(report: Report) -> str:
    """The name under which a report's publisher is listed."""
    name = source_of(report)
    return "" if name == report.id else name
