"""The day that a row is of stands in its cells; that of its publication is known or reckoned, and says how."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from musterbook.lexicon.series import MONTH_END, Series, folded
from musterbook.series.cells import Header


def day_of(cells: Sequence[str], header: Header, series: Series) -> date | None:
    """The day that the row counts for, None where its cells name none."""
    parts = header.parts
    written = "day" in parts
    found = _written(cells[parts["day"]], series) if written else _put_together(cells, header, series)
    return month_end(found) if found and series.day_rule == MONTH_END else found


def month_end(day: date) -> date:
    """The last day of its month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def _written(words: str, series: Series) -> date | None:
    """A day in one of the forms of the series, the first form that fits."""
    for form in series.day_forms:
        try:
            return datetime.strptime(words, form).date()
        except ValueError:
            continue
    return None


def _put_together(cells: Sequence[str], header: Header, series: Series) -> date | None:
    """A day from year and month, or from year and quarter: the first of the month."""
    parts = header.parts
    year, month = cells[parts["year"]], 0
    if "month" in parts:
        month = series.months.get(folded(cells[parts["month"]]), 0)
    if not month and "quarter" in parts:
        month = series.quarters.get(folded(cells[parts["quarter"]]), 0)
    fits = len(year) == 4 and year.isdecimal() and year.isascii() and int(year) > 0 and month
    return date(int(year), month, 1) if fits else None


def publication(day: date, series: Series) -> tuple[date, str]:
    """When the table of a day was published, and how that is known."""
    if known := series.known_days.get(day):
        return known, f"the table of {day} was first told of in public on {known}"
    delay = series.delay
    return day + timedelta(days=delay), f"its own day, {day}, and the usual delay of {delay} days"
