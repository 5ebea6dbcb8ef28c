"""The civil calendar: months, years, fiscal years and movable holidays as periods of whole days."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta

from musterbook.values import Period

LEAST_YEAR, MOST_YEAR = 1900, 2099


def is_year(number: int) -> bool:
    """Whether a number can be a year that a report about troops speaks of."""
    return LEAST_YEAR <= number <= MOST_YEAR


def day_or_none(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none such (31 April, month 13, year 3000)."""
    if not (is_year(year) and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def shifted(day: date, days: int) -> date:
    """The day so many days away, kept inside the years that we know."""
    ordinal = min(
        max(day.toordinal() + days, date(LEAST_YEAR, 1, 1).toordinal()), date(MOST_YEAR, 12, 31).toordinal()
    )
    return date.fromordinal(ordinal)


def months_on(day: date, months: int) -> date:
    """The same day so many months away; the last of the month where it has no such day."""
    count = min(max(day.year * 12 + day.month - 1 + months, LEAST_YEAR * 12), MOST_YEAR * 12 + 11)
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_of(year: int, month: int, length: int = 1) -> Period:
    """So many whole months from the first of this one; ``month`` may run past December."""
    first = months_on(date(min(max(year, LEAST_YEAR), MOST_YEAR), 1, 1), month - 1)
    return Period(first, shifted(months_on(first, length), -1))


def year_of(year: int) -> Period:
    """A calendar year."""
    return Period(date(year, 1, 1), date(year, 12, 31))


def week_of(day: date) -> Period:
    """Monday to Sunday."""
    monday = shifted(day, -day.weekday())
    return Period(monday, shifted(monday, 6))


def weekend_of(day: date) -> Period:
    """Saturday and Sunday of the day's week."""
    monday = shifted(day, -day.weekday())
    return Period(shifted(monday, 5), shifted(monday, 6))


def fiscal_of(year: int, first_month: int) -> Period:
    """The fiscal year named after the calendar year in which it ends."""
    return month_of(year if first_month == 1 else year - 1, first_month, 12)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth such weekday of a month; -1 is the last."""
    if nth > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    last = date(year, month, monthrange(year, month)[1])
    return last - timedelta(days=(last.weekday() - weekday) % 7)


def easter(year: int) -> date:
    """Easter Sunday of the western churches, by the Gregorian computus."""
    golden, century = year % 19, year // 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    advance = (32 + 2 * (century % 4) + 2 * (year % 100 // 4) - epact - year % 100 % 4) % 7
    shift = (golden + 11 * epact + 22 * advance) // 451
    month, day = divmod(epact + advance - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def holiday(rule: Mapping[str, int], year: int) -> date | None:
    """The holiday of that year; None in years that have none (inaugurations)."""
    if "cycle" in rule and year % rule["cycle"] != rule["phase"]:
        return None
    if "easter" in rule:
        return shifted(easter(year), rule["easter"])
    if "nth" in rule:
        return shifted(nth_weekday(year, rule["month"], rule["weekday"], rule["nth"]), rule.get("plus", 0))
    return day_or_none(year, rule["month"], rule["day"])


def election_day(year: int) -> date:
    """The Tuesday after the first Monday of November."""
    return shifted(nth_weekday(year, 11, 0, 1), 1)
