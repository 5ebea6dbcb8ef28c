"""Days in figures: whole dates, days in front of a month, years and decades."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from musterbook.reading import almanac
from musterbook.reading.date_counts import duration
from musterbook.reading.date_names import after_ordinal, day_in, small_number, year_at
from musterbook.reading.date_scene import (
    Found,
    Scene,
    facing,
    relation_before,
)
from musterbook.values import Period

YEAR_AFTER = frozenset(("at", "by", "since", "until", "from", "before", "after", "during"))


def read_digits(scene: Scene, at: int) -> Found | None:
    """Dates in figures, days before a month, years, and numbers of days, weeks, months."""
    for reader in (figures, day_first, bare_year, bare_day, duration):
        found = reader(scene, at)
        if found:
            return found
    return None


def figures(scene: Scene, at: int) -> Found | None:
    """ "2020-09-09", "9/9/2020" (month first unless it cannot be), "9.9.2020" (day first)."""
    word = scene.lower(at)
    if word.count(".") == 2:
        day, month, year = (int(p) for p in word.split(".")) if word.replace(".", "").isdigit() else (0, 0, 0)
        return exact_day(at + 1, year, month, day, "dotted")
    sign = scene.lower(at + 1)
    parts = [scene.lower(at + i) for i in (0, 2, 4)]
    if (
        sign not in ("-", "/")
        or scene.lower(at + 3) != sign
        or not all(p.isascii() and p.isdigit() for p in parts)
    ):
        return None
    numbers = [int(p) for p in parts if len(p) <= 4]
    if len(numbers) < 3:
        return None
    if len(parts[0]) == 4:
        return exact_day(at + 5, numbers[0], numbers[1], numbers[2], "iso")
    first, second, year = numbers
    rule = "slashes" if first > 12 or second > 12 or first == second else "slashes, month first"
    return exact_day(at + 5, year, *((second, first) if first > 12 else (first, second)), rule)


def exact_day(end: int, year: int, month: int, day: int, rule: str) -> Found | None:
    """A day in figures; two-digit years count from 1970 to 2069."""
    full = year + (1900 if year >= 70 else 2000) if year < 100 else year
    when = almanac.day_or_none(full, month, day)
    return Found(end, Period.day(when), "day", rule, free=True) if when else None


def day_first(scene: Scene, at: int) -> Found | None:
    """ "9 September 2020", "9th of September", "9-11 September"."""
    day = small_number(scene, at)
    if not day:
        return None
    after = after_ordinal(scene, at + 1)
    after = scene.words.skip("joins.day", scene.tokens, after)
    return before_month(scene, at, day, after) or first_of_two(scene, at, day, after)


def first_of_two(scene: Scene, at: int, day: int, after: int) -> Found | None:
    """ "5 to 9 December", "between 5 and 9 December": the month stands behind the second day."""
    link = scene.match("joins.to", after)
    second = small_number(scene, link[1]) if link else None
    if not link or not second or second <= day:
        return None
    until = day_first(scene, link[1])
    if until is None or until.period is None or until.grain != "day":
        return None
    first = almanac.day_or_none(until.period.first.year, until.period.first.month, day)
    return replace(until, period=Period(first, until.period.last), rule="interval") if first else None


def before_month(scene: Scene, at: int, day: int, after: int) -> Found | None:
    """A day of the month that follows it."""
    month = scene.match("months", after)
    if not month or not isinstance(month[0], int):
        return None
    end = month[1] + (
        scene.lower(month[1]) == "." and scene.touches(month[1]) and year_at(scene, month[1] + 1) is not None
    )
    return day_in(scene, at, month[0], day, end)


def bare_year(scene: Scene, at: int) -> Found | None:
    """A year behind a word that makes it one ("in 2007", "(2014)"), or a decade ("the 1990s")."""
    year = year_at(scene, at)
    if year is None:
        return short_year(scene, at)
    if (
        scene.touches(at + 1)
        and scene.match("suffixes.decade", at + 1)
        and year % 10 == 0
        and scene.lower(at - 1) == "the"
    ):
        return Found(at + 2, Period(date(year, 1, 1), date(year + 9, 12, 31)), "decade", "decade", free=True)
    span = years_joined(scene, at, year)
    if span:
        return span
    following = scene.lower(at + 1)
    if (
        following in scene.words.phrases["strict.persons"]
        or following in ("%", "/")
        or (scene.touches(at + 1) and following == "-")
    ):
        return None
    named = scene.match("strict.before_year", at - 1) or relation_word(scene, at) in YEAR_AFTER
    return Found(at + 1, almanac.year_of(year), "year", "year", free=True) if named else None


def years_joined(scene: Scene, at: int, year: int) -> Found | None:
    """ "in 2003-2011", "in 2010-11": both years and what lies between."""
    if scene.lower(at + 1) not in ("-", "–") or not scene.touches(at + 1) or not scene.touches(at + 2):
        return None
    word = scene.lower(at + 2)
    short = len(word) == 2 and word.isascii() and word.isdigit()
    last = year - year % 100 + int(word) if short else year_at(scene, at + 2)
    named = scene.match("strict.before_year", at - 1) or relation_word(scene, at) in YEAR_AFTER
    if not last or last <= year or not named:
        return None
    return Found(at + 3, Period(date(year, 1, 1), date(last, 12, 31)), "year", "years", free=True)


def short_year(scene: Scene, at: int) -> Found | None:
    """ "in '06": two digits behind an apostrophe."""
    word = scene.lower(at)
    if (
        len(word) != 2
        or not (word.isascii() and word.isdigit())
        or scene.lower(at - 1) not in ("'", "’", "‘")
    ):
        return None
    if not scene.touches(at) or relation_word(scene, at - 1) not in YEAR_AFTER:
        return None
    year = int(word) + (1900 if int(word) >= 70 else 2000)
    return Found(at + 1, almanac.year_of(year), "year", "short year", free=True)


def read_decade(scene: Scene, at: int) -> Found | None:
    """ "in the nineties"."""
    found = scene.match("decades", at)
    if (
        not found
        or not isinstance(found[0], int)
        or scene.lower(at - 1) not in scene.words.phrases["joins.the"]
    ):
        return None
    return Found(
        found[1], Period(date(found[0], 1, 1), date(found[0] + 9, 12, 31)), "decade", "decade", free=True
    )


def relation_word(scene: Scene, at: int) -> str:
    """The relation whose last word stands right before."""
    found = scene.words.match_back("relations", scene.tokens, at)
    return str(found[0]).removeprefix("relations.") if found and found[1] >= scene.first else ""


def bare_day(scene: Scene, at: int) -> Found | None:
    """ "on the 26th": a day of this month or its neighbour."""
    day = small_number(scene, at)
    after = after_ordinal(scene, at + 1)
    return day_of_month(scene, at, day, after) if day and after > at + 1 else None


def day_of_month(scene: Scene, at: int, day: int, after: int) -> Found | None:
    """The nearest such day that the sentence looks to; after "the" and a relation, before no noun."""
    following = scene.lower(after)
    joined = "joins.to" in scene.words.kinds.get(scene.lower(at - 2), frozenset())
    if scene.lower(at - 1) not in scene.words.phrases["joins.the"] or not (
        joined or relation_before(scene, at)
    ):
        return None
    if following[:1].isalnum() and not scene.words.kinds.get(following, frozenset()) & {"joins.free"}:
        return None
    way = facing(scene, at)
    for step in (0, 1, 2) if way == "ahead" else (0, -1, -2):
        month = almanac.months_on(scene.now.replace(day=1), step)
        when = almanac.day_or_none(month.year, month.month, day)
        if when and (when >= scene.now if way == "ahead" else when <= scene.now):
            return Found(after, Period.day(when), "day", f"day of month:{way}")
    return None
