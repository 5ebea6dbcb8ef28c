"""A chronicle in the making: who announced what, and what was reported afterwards. Places and forces are invented."""

from __future__ import annotations

from datetime import date

from books import START
from musterbook.findings import Pledge, Verdict
from musterbook.ledger.entries import record
from musterbook.model import Contingent, CountingRule, Entry, Report, Statement, Status
from musterbook.reckoning.pledges import pledges
from musterbook.values import Attribution, Figures, Mention, Period, Span

VELAND = Contingent("AUR", "VEL")
ALL = {"ratio": 0.0}


class Chronicle:
    """Each call is one statement in one report; ``says`` says it, ``on`` is its day or its deadline."""

    def __init__(self, contingent: Contingent = VELAND) -> None:
        self.contingent = contingent
        self.entries: list[Entry] = []
        self.reports: dict[str, Report] = {}
        self.first: dict[str, str] = {}

    def __call__(
        self,
        published: str,
        status: str = "current",
        on: str = "",
        says: str = "Gen. Rose",
        paper: str = "",
        echoes: Statement | None = None,
        rule: CountingRule = CountingRule.UNSPECIFIED,
        place: str = "",
        **figures: object,
    ) -> Statement:
        """The statement; statements of one ``paper`` and day are of one report."""
        told = self._report(published, paper)
        start = len(self.entries)  # so that no two statements are one
        where = Contingent(self.contingent.force, place) if place else self.contingent
        said = Statement(
            told.id,
            Mention(where.force),
            Mention(where.place),
            Figures(**figures),  # type: ignore[arg-type]
            Status(status),
            (Span(start, start + 1),),
            period=Period.parse(on) if on else None,
            speaker=Attribution(says) if says else None,
            rule=rule,
        )
        self.entries.append(record(said, where, START, "reader", "0.1"))
        if echoes is not None:
            self.first[said.id] = echoes.id
        return said

    def _report(self, published: str, paper: str) -> Report:
        name = paper or f"Paper {len(self.reports)}"
        told = Report(f"{name} tells of troops.", publisher=name, published=date.fromisoformat(published))
        return self.reports.setdefault(told.id, told)

    def pledges(self, day: str = "2040-01-01") -> tuple[Pledge, ...]:
        """What is known of all announcements on a day."""
        return pledges(self.entries, self.reports, date.fromisoformat(day), self.first)

    def pledge(self, day: str = "2040-01-01") -> Pledge:
        """The first announcement."""
        return self.pledges(day)[0]

    def verdict(self, day: str = "2040-01-01") -> Verdict:
        """What became of the first announcement, as known on a day."""
        return self.pledge(day).verdict

    def verdicts(self, day: str = "2040-01-01") -> list[Verdict]:
        """What became of all, in the order of announcement."""
        return [pledge.verdict for pledge in self.pledges(day)]


def announce_cut(tell: Chronicle, on: str = "2020-09-30", **figures: object) -> None:
    """In March Aurelia says that of 6,000 in Veland 4,000 will be left."""
    tell("2020-03-01", "announced", on, **(figures or {"before": 6000, "after": 4000}))
