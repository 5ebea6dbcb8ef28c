"""A book in the making, told report by report, and what the guards hold of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from books import line, statement
from musterbook.findings import Hold
from musterbook.model import CountingRule, Entry, Report, Statement, Status
from musterbook.reckoning.guards import held
from musterbook.values import Figures, Period

START = date(2020, 1, 1)


class Told:
    """A book in the making: each call is one report of one statement, by default a strength in Iraq."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.reports: dict[str, Report] = {}

    def __call__(
        self,
        day: int,
        number: int | None = None,
        status: Status = Status.CURRENT,
        publisher: str = "",
        rule: CountingRule = CountingRule.UNSPECIFIED,
        on: int | None = None,
        **figures: object,
    ) -> Statement:
        """``day`` of publication counted from the start, ``on`` the day of the figure where it is another."""
        number_of = len(self.reports)
        told = Report(
            f"Report {number_of} tells of troops.",
            publisher=publisher or f"Paper {number_of}",
            published=START + timedelta(day),
        )
        period = None if on is None else Period.day(START + timedelta(on))
        given = Figures(level=number, **figures)  # type: ignore[arg-type]
        said = replace(statement(told, given, status, period=period), rule=rule)
        self.reports[told.id] = told
        self.entries.append(line(said))
        return said

    def held(self, *released: Statement) -> dict[str, str]:
        """Codes of the holds by statement."""
        return {h.statement: h.code for h in self.holds(*released)}

    def holds(self, *released: Statement) -> tuple[Hold, ...]:
        return held(self.entries, self.reports, [said.id for said in released])
