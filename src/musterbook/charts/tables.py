"""What a chart shows as a table: a row for each estimate, statement and announcement; no cell is ever a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from musterbook.charts.records import Course, Holding
from musterbook.safe import as_cell

Cell = str | int | float | None
COURSE = (
    "what",
    "day",
    "low",
    "best",
    "high",
    "status",
    "words",
    "speaker",
    "publisher",
    "published",
    "until",
    "id",
)
HOLDINGS = ("contingent", "name", "force", "hosts", "low", "best", "high", "last_confirmed")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under their columns; None is unknown or not told, and never 0."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def csv(self) -> str:
        """As comma-separated values; unknown is an empty cell, and words cannot be taken for a formula."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(self.columns)
        for row in self.rows:
            writer.writerow([as_cell(cell) if isinstance(cell, str) else cell for cell in row])
        return out.getvalue()


def course_table(course: Course) -> Table:
    """Every day of the curve, then every statement, then every announcement."""
    return Table(COURSE, tuple(_course_rows(course)))


def _course_rows(course: Course) -> Iterator[tuple[Cell, ...]]:
    for what, estimates in (
        ("estimate", course.estimates),
        (course.then_name or "as known earlier", course.then),
    ):
        for e in estimates:
            yield what, str(e.day), e.low, e.best, e.high, *[None] * 7
    for d in course.dots:
        published = str(d.published) if d.published else None
        told = d.kind, d.told, d.speaker, d.publisher, published, None, d.statement
        yield "statement", str(d.day), d.low, d.value, d.high, *told
    for a in course.aims:
        rest = str(a.verdict), a.told, None, None, None, str(a.deadline), a.pledge
        yield "announcement", str(a.announced), None, a.target, None, *rest


def holdings_table(holdings: Sequence[Holding]) -> Table:
    """Every contingent of the day, those that the map cannot show as well."""
    rows = (
        (
            h.contingent,
            h.name,
            h.force,
            " ".join(h.hosts),
            h.low,
            h.best,
            h.high,
            str(h.last_confirmed or "") or None,
        )
        for h in holdings
    )
    return Table(HOLDINGS, tuple(rows))
