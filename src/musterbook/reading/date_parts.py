"""Parts of a month, quarter or year: beginnings, ends, middles, quarters, halves, fiscal years."""

from __future__ import annotations

from datetime import date

from musterbook.reading import almanac
from musterbook.reading.date_counts import unit_around
from musterbook.reading.date_figures import before_month, day_of_month, relation_word
from musterbook.reading.date_names import small_number, year_at
from musterbook.reading.date_scene import (
    Found,
    Scene,
    facing,
    relation_before,
)
from musterbook.values import Period


def read_edge(scene: Scene, at: int) -> Found | None:
    """ "the end of the month", "mid-January", "early September", "late last year"."""
    edge = scene.match("edges", at)
    if not edge:
        return None
    after = scene.words.skip("joins.of", scene.tokens, edge[1])
    whole = read_whole(scene, after)
    if whole is None or whole.period is None or whole.grain == "day":
        return None
    if edge[0] in ("earlier", "later"):
        return part_so_far(scene, str(edge[0]), whole)
    return Found(whole.end, part(str(edge[0]), whole), "day", f"{edge[0]} of {whole.rule}", whole.free)


def part_so_far(scene: Scene, edge: str, whole: Found) -> Found | None:
    """ "earlier this month" lies before the day of publication, "later this year" after it."""
    if whole.period is None or not whole.period.first <= scene.now <= whole.period.last:
        return None
    rest = Period(scene.now, whole.period.last) if edge == "later" else Period(whole.period.first, scene.now)
    return Found(whole.end, rest, whole.grain, f"{edge} in {whole.rule}")


def read_whole(scene: Scene, at: int) -> Found | None:
    """What an edge is part of: "the month", "2021", "next year", "September", "the first quarter"."""
    after = scene.words.skip("joins.the", scene.tokens, at)
    year = year_at(scene, after)
    if year is not None and year % 10 == 0 and scene.touches(after + 1):
        ending = scene.match("suffixes.decade", after + 1)
        if ending:
            return Found(ending[1], unit_around(date(year, 1, 1), "decade"), "decade", "decade", free=True)
    if year is not None:
        return Found(after + 1, almanac.year_of(year), "year", "year", free=True)
    fiscal = scene.match("fiscal.names", after)
    if fiscal and read_fiscal(scene, after) is None:
        first = scene.words.first_month
        running = scene.now.year + (first > 1 and scene.now.month >= first)
        return Found(fiscal[1], almanac.fiscal_of(running, first), "fiscal", "this fiscal year")
    unit = scene.match("units", after)
    if unit and unit[0] in ("week", "month", "quarter", "year", "decade"):
        return Found(unit[1], unit_around(scene.now, str(unit[0])), str(unit[0]), f"this {unit[0]}")
    return scene.inner(after)


def part(edge: str, whole: Found) -> Period | None:
    """The days of one part of a month, quarter, season or year."""
    if whole.period is None:
        return None
    first, last = whole.period.first, whole.period.last
    if edge == "start":
        return Period.day(first)
    if edge == "end":
        return Period.day(last)
    if whole.grain == "decade":
        start, years = first.year, {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}[edge]
        return Period(date(start + years[0], 1, 1), date(start + years[1], 12, 31))
    if edge == "mid":
        return Period.day(almanac.shifted(first, 14) if whole.grain == "month" else middle(whole.period))
    return outer_part(edge, whole, whole.period)


def middle(period: Period) -> date:
    """Halfway; the middle of a year is the end of June."""
    length = (period.last - period.first).days
    return (
        date(period.first.year, 6, 30)
        if length in (364, 365) and period.first.month == 1
        else almanac.shifted(period.first, length // 2)
    )


def outer_part(edge: str, whole: Found, period: Period) -> Period:
    """Early and late: ten days of a month, three months of a year, a third of anything else."""
    if whole.grain == "month":
        days = almanac.shifted(period.first, 9), almanac.shifted(period.first, 20)
    elif whole.grain in ("year", "fiscal"):
        days = almanac.shifted(almanac.months_on(period.first, 3), -1), almanac.months_on(period.first, 9)
    elif whole.grain == "season":
        days = almanac.shifted(almanac.months_on(period.first, 1), -1), almanac.months_on(period.first, 2)
    else:
        third = (period.last - period.first).days // 3
        days = almanac.shifted(period.first, third), almanac.shifted(period.last, -third)
    return Period(period.first, days[0]) if edge == "early" else Period(days[1], period.last)


def read_closing(scene: Scene, at: int) -> Found | None:
    """ "year-end", "month's end"."""
    found = scene.match("closings", at)
    if not found:
        return None
    year = year_at(scene, found[1])
    if year is not None and found[0] == "year":
        return Found(found[1] + 1, Period.day(date(year, 12, 31)), "day", "year end", free=True)
    return Found(found[1], Period.day(unit_around(scene.now, str(found[0])).last), "day", f"{found[0]} end")


def read_opening(scene: Scene, at: int) -> Found | None:
    """ "the new year" is the calendar year that comes next."""
    found = scene.match("openings", at)
    if not found:
        return None
    way = facing(scene, at)
    year = scene.now.year + (way == "ahead" or relation_before(scene, at) in ("by", "before", "until"))
    if relation_word(scene, at) == "at" and scene.lower(at) in scene.words.phrases["joins.the"]:
        return Found(found[1], almanac.year_of(year), "year", "new year")
    return Found(found[1], Period.day(date(year, 1, 1)), "day", f"holiday:{way}")


def read_ordinal(scene: Scene, at: int) -> Found | None:
    """ "the first quarter of 2011", "the second half of the year", "the third of August"."""
    found = scene.match("ordinals", at)
    if not found or not isinstance(found[0], int):
        return None
    number, after = found[0], found[1]
    portion = scene.match("portions", after)
    if portion and isinstance(portion[0], int):
        return portion_of(scene, number, portion[0], portion[1])
    week = week_in_month(scene, number, after)
    if number < 1 or week:
        return week
    dated = before_month(scene, at, number, scene.words.skip("joins.day", scene.tokens, after))
    return dated or first_of(scene, number, after) or day_of_month(scene, at, number, after)


def week_in_month(scene: Scene, number: int, after: int) -> Found | None:
    """ "the second week of August" is its days 8 to 14; "the last week" its last seven."""
    unit = scene.match("units", after)
    joined = scene.match("joins.of", unit[1]) if unit and unit[0] == "week" else None
    whole = read_whole(scene, joined[1]) if joined else None
    if not whole or not whole.period or whole.grain != "month" or number > 4:
        return None
    first = (
        almanac.shifted(whole.period.first, 7 * (number - 1))
        if number > 0
        else almanac.shifted(whole.period.last, -6)
    )
    return Found(whole.end, Period(first, almanac.shifted(first, 6)), "week", "week of a month", whole.free)


def first_of(scene: Scene, number: int, after: int) -> Found | None:
    """ "the first of the month", "the first day of this month"."""
    days = scene.match("units", after)
    place = days[1] if days and days[0] == "day" else after
    joined = scene.match("joins.of", place)
    whole = read_whole(scene, joined[1]) if joined else None
    if not whole or not whole.period or whole.grain not in ("month", "year", "week"):
        return None
    day = almanac.shifted(whole.period.first, number - 1)
    return Found(whole.end, Period.day(day), "day", f"day {number} of {whole.rule}", whole.free)


def portion_of(scene: Scene, number: int, months: int, after: int) -> Found | None:
    """A quarter or half of a year: of the year named, or of the running one."""
    joined = scene.match("joins.of", after)
    whole = (
        read_whole(scene, joined[1])
        if joined
        else read_whole(scene, after)
        if year_at(scene, after)
        else None
    )
    if whole and whole.grain in ("year", "fiscal") and whole.period:
        end, base, free = whole.end, whole.period.first, whole.free
    elif whole:
        return None
    else:
        end, base, free = after, date(scene.now.year, 1, 1), False
    number = 12 // months if number < 0 else number
    if number > 12 // months:
        return None
    if (
        not whole
        and facing(scene, after) == "ahead"
        and scene.now >= almanac.months_on(base, number * months)
    ):
        base = almanac.months_on(base, 12)
    first = almanac.months_on(base, (number - 1) * months)
    period = Period(first, almanac.shifted(almanac.months_on(first, months), -1))
    return Found(end, period, "quarter" if months == 3 else "half", "part of year", free)


def read_quarter(scene: Scene, at: int) -> Found | None:
    """ "Q2 2024", "Q3"."""
    number = small_number(scene, at + 1, 4) if scene.touches(at + 1) else None
    return portion_of(scene, number, 3, at + 2) if number else None


def read_fiscal(scene: Scene, at: int) -> Found | None:
    """ "fiscal year 2012", "FY12", "the next fiscal year" is left to the shift before it."""
    found = scene.match("fiscal.names", at)
    if not found:
        return None
    after = found[1] + (scene.lower(found[1]) in ("-", "'", "’"))
    year, word = year_at(scene, after), scene.lower(after)
    if year is None and scene.touches(after) and len(word) == 2 and word.isascii() and word.isdigit():
        year = 2000 + int(word) if int(word) < 70 else 1900 + int(word)
    if year is None:
        return None
    return Found(
        after + 1, almanac.fiscal_of(year, scene.words.first_month), "fiscal", "fiscal year", free=True
    )


def read_relative(scene: Scene, at: int) -> Found | None:
    """ "today", "yesterday", "last night"."""
    found = scene.match("relative", at)
    if not found or not isinstance(found[0], int):
        return None
    return Found(found[1], Period.day(almanac.shifted(scene.now, found[0])), "day", "relative day")


def read_vague(scene: Scene, at: int) -> Found | None:
    """ "soon", "in due course": open-ended, kept so that nobody takes another day for it."""
    found = scene.match("vague.soon", at)
    return Found(found[1], None, "vague", "vague", free=True) if found else None
