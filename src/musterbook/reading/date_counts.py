"""Counted time: so many days, weeks or years from the publication or from a day named before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from musterbook.reading import almanac
from musterbook.reading.date_scene import (
    Found,
    Scene,
    facing,
)
from musterbook.values import Period

FAR = 1200  # no report counts further than this many days, weeks or months


def count_at(scene: Scene, at: int) -> tuple[int, int] | None:
    """A number in figures or words, and the index after it; 0 for "a few"."""
    word = scene.lower(at)
    if word.isascii() and word.isdigit() and len(word) <= 4:
        return min(int(word), FAR), at + 1
    found = scene.match("numbers", at)
    return (found[0], found[1]) if found and isinstance(found[0], int) else None


def duration(scene: Scene, at: int) -> Found | None:
    """ "two years ago", "within 135 days", "in six weeks", "a month later"; a mere length is no day."""
    count = count_at(scene, at)
    unit = scene.match("units", count[1]) if count else None
    if count and not unit and scene.lower(count[1]) in scene.words.phrases["counting.range"]:
        return count_range(scene, at, count)
    if not count or not unit or not isinstance(unit[0], str):
        return None
    number, end = count[0], unit[1]
    if scene.lower(at - 1) in scene.words.phrases["counting.range"]:
        return None
    for way in ("back", "ahead", "earlier", "later"):
        follows = scene.match(f"counting.{way}", end)
        if follows:
            return counted(scene, number, unit[0], way, follows[1])
    if scene.words.match_back("counting.within", scene.tokens, at):
        return counted(scene, number, unit[0], "within", end)
    if scene.lower(at - 1) in scene.words.phrases["counting.in"] and facing(scene, at) == "ahead":
        return counted(scene, number, unit[0], "ahead", end)
    return None


def count_range(scene: Scene, at: int, least: tuple[int, int]) -> Found | None:
    """ "in two to four weeks", "five or six months ago": from the nearer end to the farther."""
    most = count_at(scene, least[1] + 1)
    unit = scene.match("units", most[1]) if most else None
    if not most or not unit or not isinstance(unit[0], str) or not 0 < least[0] < most[0]:
        return None
    back = scene.match("counting.back", unit[1])
    ahead = scene.match("counting.ahead", unit[1]) or scene.words.match_back(
        "counting.within", scene.tokens, at
    )
    if not back and not ahead and scene.lower(at - 1) not in scene.words.phrases["counting.in"]:
        return None
    sign = -1 if back else 1
    near, far = (stepped(scene.now, sign * n, unit[0]) for n in (least[0], most[0]))
    return Found(
        back[1] if back else unit[1], Period(min(near, far), max(near, far)), unit[0], "counted range"
    )


def read_week_of(scene: Scene, at: int) -> Found | None:
    """ "the week of 8 April" is Monday to Sunday; "within the week" is seven days from the publication."""
    unit = scene.match("units", at)
    if (
        not unit
        or not isinstance(unit[0], str)
        or scene.lower(at - 1) not in scene.words.phrases["joins.the"]
    ):
        return None
    joined = scene.match("joins.of", unit[1]) or scene.match("joins.week", unit[1])
    if joined and unit[0] == "week":
        day = scene.inner(joined[1])
        if day and day.period and day.grain == "day":
            return replace(day, period=almanac.week_of(day.period.first), grain="week", rule="week of a day")
    if unit[0] in ("day", "hour") or not scene.words.match_back("counting.within", scene.tokens, at - 1):
        return None
    return counted(scene, 1, unit[0], "within", unit[1])


def counted(scene: Scene, number: int, unit: str, way: str, end: int) -> Found | None:
    """So many days, weeks, months or years away from the publication or from the day named before."""
    if number == 0:
        return Found(end, None, "vague", f"vague {way}")
    if way in ("earlier", "later"):
        return from_before(scene, number, unit, way, end)
    if way == "back":
        period = span_back(scene.now, number, unit)
        return Found(end, period, unit if period.first < period.last else "day", "counted back")
    return Found(end, Period.day(stepped(scene.now, number, unit)), "day", f"counted {way}")


def from_before(scene: Scene, number: int, unit: str, way: str, end: int) -> Found | None:
    """Counted from the day named before it in the report."""
    if scene.before is None:
        return Found(end, None, "vague", f"counted {way} from nothing named")
    base = scene.before.last if way == "later" else scene.before.first
    period = span_back(base, number if way == "earlier" else -number, unit)
    return Found(end, period, unit if period.first < period.last else "day", f"counted {way}")


def span_back(now: date, number: int, unit: str) -> Period:
    """The day, week, month or year that lies so far back."""
    there = stepped(now, -number, unit)
    if unit in ("year", "decade"):
        return almanac.year_of(there.year)
    if unit in ("month", "quarter"):
        return almanac.month_of(there.year, there.month)
    return Period.day(there)


def stepped(now: date, number: int, unit: str) -> date:
    """The day so many units on."""
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120}.get(unit)
    if months:
        return almanac.months_on(now, months * number)
    if unit == "hour":
        return almanac.shifted(now, -(-number // 24) if number > 0 else number // 24)
    return almanac.shifted(now, {"week": 7, "fortnight": 14, "weekend": 7}.get(unit, 1) * number)


def unit_around(day: date, unit: str) -> Period:
    """The calendar unit that holds the day."""
    if unit == "year":
        return almanac.year_of(day.year)
    if unit == "month":
        return almanac.month_of(day.year, day.month)
    if unit == "quarter":
        return almanac.month_of(day.year, day.month - (day.month - 1) % 3, 3)
    if unit == "decade":
        return Period(date(day.year - day.year % 10, 1, 1), date(day.year - day.year % 10 + 9, 12, 31))
    if unit == "weekend":
        return almanac.weekend_of(day)
    return almanac.week_of(day) if unit in ("week", "fortnight") else Period.day(day)
