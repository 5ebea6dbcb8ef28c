"""Days that have names: months, weekdays, seasons and holidays, with their year or without."""

from __future__ import annotations

from dataclasses import replace

from musterbook.reading import almanac
from musterbook.reading.date_scene import (
    Found,
    Scene,
    facing,
    relation_before,
    weekday_period,
    yearly,
)
from musterbook.values import Period


def year_at(scene: Scene, at: int) -> int | None:
    """The year written in four digits there."""
    word = scene.lower(at)
    return (
        int(word)
        if len(word) == 4 and word.isascii() and word.isdigit() and almanac.is_year(int(word))
        else None
    )


def year_after(scene: Scene, at: int) -> tuple[int, int, bool] | None:
    """The year that belongs to a month or season before it: "2020", ", 2020", "of next year"."""
    joined = scene.match("joins.year", at)
    for place in (joined[1], at) if joined else (at,):
        year = year_at(scene, place)
        if year is not None and scene.lower(place + 1) not in scene.words.phrases["strict.persons"]:
            return year, place + 1, True
        led = scene.words.skip("joins.the", scene.tokens, place)
        shift = scene.match("shifts", led)
        unit = scene.match("units", shift[1]) if shift else None
        if led > place and shift and unit and unit[0] == "year" and shift[0] == 1 and scene.before:
            return scene.before.first.year + 1, unit[1], False
        if shift and unit and unit[0] == "year" and isinstance(shift[0], int) and shift[0] < 2:
            return scene.now.year + shift[0], unit[1], False
        if shift and unit and unit[0] == "year" and scene.before:
            return scene.before.first.year + (shift[0] == 8), unit[1], False
    return None


def small_number(scene: Scene, at: int, most: int = 31) -> int | None:
    """A number in one or two digits."""
    word = scene.lower(at)
    return (
        int(word) if word.isascii() and word.isdigit() and len(word) <= 2 and 1 <= int(word) <= most else None
    )


def after_ordinal(scene: Scene, at: int) -> int:
    """The index after "th" in "9th"."""
    found = scene.match("suffixes.ordinal", at) if scene.touches(at) else None
    return found[1] if found else at


def may_be_name(scene: Scene, at: int, kind: str) -> bool:
    """Whether a word that means other things too stands where a date would stand."""
    if scene.lower(at) not in scene.words.phrases[f"strict.{kind}"]:
        return True
    following = at + 2 if scene.lower(at + 1) == "." else at + 1
    if scene.lower(following)[:1].isdigit():
        return scene.tokens[at].text[0].isupper()
    if kind == "weekdays":
        return False
    before = scene.words.kinds.get(scene.lower(at - 1), frozenset())
    capital = scene.tokens[at].text[0].isupper()
    return bool(relation_before(scene, at)) or bool(
        before & {"shifts", "edges", "joins.of"} or (capital and "joins.to" in before)
    )


def read_month(scene: Scene, at: int) -> Found | None:
    """ "September", "Sept. 9", "September 9, 2020", "September 2020", "June of next year"."""
    found = scene.match("months", at)
    if not found or not isinstance(found[0], int) or not may_be_name(scene, at, "months"):
        return None
    month, after = found[0], found[1]
    if scene.lower(after) == "." and scene.touches(after) and len(scene.lower(at)) <= 4:
        after += 1
    day = small_number(scene, after)
    if day and day_is_meant(scene, at, after):
        return day_in(scene, at, month, day, after_ordinal(scene, after + 1))
    return month_in(scene, at, month, after)


def day_is_meant(scene: Scene, at: int, after: int) -> bool:
    """ "In July 30 soldiers came" names no day; "on July 30" does."""
    if scene.lower(after + 1) in scene.words.phrases["strict.persons"]:
        return relation_before(scene, at) not in ("at", "during", "by", "since")
    return True


def day_in(scene: Scene, at: int, month: int, day: int, after: int) -> Found | None:
    """A day of a month, with its year or without."""
    year = year_after(scene, after)
    if year:
        when = almanac.day_or_none(year[0], month, day)
        return Found(year[1], Period.day(when), "day", "date", year[2]) if when else None
    way = facing(scene, at)
    second = small_number(scene, after + 1) if scene.lower(after) in ("-", "–") else None
    until = nearest_year(scene, after + 2, month, second, way) if second and second > day else None
    first = almanac.day_or_none(until.period.first.year, month, day) if until and until.period else None
    if until and until.period and first:
        return replace(until, period=Period(first, until.period.last), rule="interval")
    return nearest_year(scene, after, month, day, way)


def nearest_year(scene: Scene, after: int, month: int, day: int, way: str) -> Found | None:
    """The day of the month in the year that the sentence looks to."""
    years = [scene.now.year + step for step in ((0, 1, 4) if way == "ahead" else (0, -1, -4))]
    days = [d for y in years if (d := almanac.day_or_none(y, month, day))]
    fitting = [d for d in days if (d >= scene.now if way == "ahead" else d <= scene.now)]
    return Found(after, Period.day(fitting[0]), "day", f"date:{way}") if fitting else None


def month_in(scene: Scene, at: int, month: int, after: int) -> Found:
    """A whole month, with its year or without."""
    year = year_after(scene, after)
    if year:
        return Found(year[1], almanac.month_of(year[0], month), "month", "month", year[2])
    way = facing(scene, at)
    period = yearly(almanac.month_of(scene.now.year, month), scene.now, way)
    return Found(after, period, "month", f"month:{way}")


def read_weekday(scene: Scene, at: int) -> Found | None:
    """ "Tuesday", "Tuesday evening", "Wednesday, September 9"."""
    found = scene.match("weekdays", at)
    if not found or not isinstance(found[0], int) or not may_be_name(scene, at, "weekdays"):
        return None
    after = found[1]
    for skip in (".", ","):
        after += scene.lower(after) == skip and scene.match("months", after + 1) is not None
    exact = scene.inner(after) if dated(scene, after) else None
    if exact and exact.grain == "day" and exact.rule.startswith("date"):
        return weekday_date(scene, found[0], exact)
    after = scene.words.skip("dayparts", scene.tokens, found[1])
    way = facing(scene, at)
    return Found(after, weekday_period(scene.now, found[0], way), "day", f"weekday:{way}")


def dated(scene: Scene, at: int) -> bool:
    """Whether a date may start there: a number or the name of a month."""
    return scene.lower(at)[:1].isdigit() or scene.match("months", at) is not None


def weekday_date(scene: Scene, weekday: int, exact: Found) -> Found:
    """A weekday and a date: the nearest year in which both agree wins over the tense."""
    if exact.free or exact.period is None or exact.period.first.weekday() == weekday:
        return replace(exact, rule="weekday and date")
    year = scene.now.year
    for step in (0, -1, 1):
        day = almanac.day_or_none(year + step, exact.period.first.month, exact.period.first.day)
        if day and day.weekday() == weekday:
            return replace(exact, period=Period.day(day), rule="weekday and date")
    return exact


def read_weekend(scene: Scene, at: int) -> Found | None:
    """ "by the weekend", "at the weekend": Saturday and Sunday, the ones over or the ones to come."""
    found = scene.match("units", at)
    if not found or found[0] != "weekend" or not relation_before(scene, at):
        return None
    way, weekend = facing(scene, at), almanac.weekend_of(scene.now)
    if way == "back" and weekend.first > scene.now:
        weekend = almanac.weekend_of(almanac.shifted(scene.now, -7))
    return Found(found[1], weekend, "week", f"weekend:{way}")


def read_season(scene: Scene, at: int) -> Found | None:
    """ "summer 2021", "the spring": three whole months; bare only behind a word that makes it a time."""
    found = scene.match("seasons", at)
    if not found or not isinstance(found[0], int):
        return None
    year = year_after(scene, found[1])
    if year:
        return Found(year[1], almanac.month_of(year[0], found[0], 3), "season", "season", year[2])
    before = scene.words.kinds.get(scene.lower(at - 1), frozenset())
    if not relation_before(scene, at) and "edges" not in before:
        return None
    way = facing(scene, at)
    period = yearly(almanac.month_of(scene.now.year, found[0], 3), scene.now, way)
    return Found(found[1], period, "season", f"season:{way}")


def read_holiday(scene: Scene, at: int) -> Found | None:
    """ "Christmas", "Labor Day 2009": by rule, in the year that the sentence looks to."""
    found = scene.match("holidays", at)
    if not found or not isinstance(found[0], dict):
        return None
    year = year_after(scene, found[1])
    if year:
        day = almanac.holiday(found[0], year[0])
        return Found(year[1], Period.day(day), "day", "holiday", year[2]) if day else None
    way = "ahead" if relation_before(scene, at) in ("by", "before", "until") else facing(scene, at)
    steps = range(5) if way == "ahead" else range(0, -5, -1)
    days = [d for s in steps if (d := almanac.holiday(found[0], scene.now.year + s))]
    fitting = [d for d in days if (d >= scene.now if way == "ahead" else d <= scene.now)]
    fixed = "day" in found[0] and "cycle" not in found[0]
    rule = f"holiday:{way}" if fixed else "holiday"
    return Found(found[1], Period.day(fitting[0]), "day", rule) if fitting else None
