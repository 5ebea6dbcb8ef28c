"""Last, this and next: units, weekdays, months and holidays counted in steps from the day of publication."""

from __future__ import annotations

from musterbook.reading import almanac
from musterbook.reading.date_counts import count_at, stepped, unit_around
from musterbook.reading.date_scene import (
    Found,
    Scene,
    facing,
    moved,
    relation_before,
    weekday_period,
    yearly,
)
from musterbook.values import Period


def read_shift(scene: Scene, at: int) -> Found | None:
    """ "last Friday", "next month", "this summer", "the next three months", "that year"."""
    shift = scene.match("shifts", at)
    if not shift or not isinstance(shift[0], int):
        return None
    for reader in (shifted_weekday, shifted_unit, shifted_month, shifted_span, shifted_holiday):
        found = reader(scene, shift[0], shift[1])
        if found:
            return found
    return None


def shifted_weekday(scene: Scene, shift: int, at: int) -> Found | None:
    """ "last Friday" lies before the day of publication, "next Friday" after it; "this" goes by the tense."""
    found = scene.match("weekdays", at)
    if (
        not found
        or not isinstance(found[0], int)
        or scene.lower(at) in scene.words.phrases["strict.weekdays"]
    ):
        return None
    end = scene.words.skip("dayparts", scene.tokens, found[1])
    if shift == -1:
        period = weekday_period(almanac.shifted(scene.now, -1), found[0], "back")
    elif shift == 1:
        period = weekday_period(scene.now, found[0], "ahead")
    else:
        period = weekday_period(scene.now, found[0], facing(scene, at))
    return Found(end, period, "day", "shifted weekday")


def shifted_unit(scene: Scene, shift: int, at: int) -> Found | None:
    """ "last month", "this week", "next year", "that year"; "the coming weeks" stay open."""
    found = scene.match("units", at)
    if not found or not isinstance(found[0], str) or found[0] == "hour":
        return None
    if scene.lower(at).endswith("s"):
        return Found(found[1], None, "vague", "vague") if shift in (-1, 1) else None
    if shift in (8, 9):
        return from_named(scene, shift - 8 - 1 + 1, found[0], found[1]) if scene.before else None
    if shift == 1 and after_named(scene, at - 1):
        return from_named(scene, 0, found[0], found[1])
    if shift == -1 and is_window(scene, at - 1):
        return counted_span(scene, shift, 1, found[0], found[1])
    if found[0] == "day":
        return Found(found[1], Period.day(scene.now), "day", "this day") if shift == 0 else None
    if found[0] == "fortnight" or (shift == 1 and relation_before(scene, at - 1) in ("during", "within")):
        return counted_span(scene, shift, 1, found[0], found[1])
    return Found(
        found[1],
        unit_around(stepped(scene.now, shift, found[0]), found[0]),
        found[0],
        f"{found[0]} {shift:+d}",
    )


def after_named(scene: Scene, at: int) -> bool:
    """Whether "next" means the one after a day named before: "on 3 May 2012 and left the next day"."""
    led = scene.lower(at - 1) in scene.words.phrases["joins.the"]
    return led and scene.before is not None and not relation_before(scene, at - 1)


def is_window(scene: Scene, at: int) -> bool:
    """Whether "the past month", "over the last year" is the time up to now."""
    led = scene.lower(at - 1) in scene.words.phrases["joins.the"]
    return led and (
        scene.lower(at) in scene.words.phrases["windows.words"]
        or relation_before(scene, at) in ("during", "within")
    )


def from_named(scene: Scene, same: int, unit: str, end: int) -> Found | None:
    """ "that year" is the year of the day named before; "the following year" the one after."""
    if scene.before is None:
        return None
    day = scene.before.first if same else stepped(scene.before.last, 1, unit)
    return Found(end, unit_around(day, unit), unit, "from the day named before")


def shifted_month(scene: Scene, shift: int, at: int) -> Found | None:
    """ "last May", "this September", "next summer"."""
    for kind, length in (("months", 1), ("seasons", 3)):
        found = scene.match(kind, at)
        if found and isinstance(found[0], int):
            return near_month(scene, shift, found[0], length, found[1])
    return None


def near_month(scene: Scene, shift: int, month: int, length: int, end: int) -> Found:
    """The last one wholly over, the one of this year, or the next one to begin."""
    here = almanac.month_of(scene.now.year, month, length)
    grain = "month" if length == 1 else "season"
    if shift == -1:
        past = yearly(here, scene.now, "back")
        return Found(end, moved(past, -1) if past.last >= scene.now else past, grain, f"last {grain}")
    if shift == 1:
        coming = yearly(here, scene.now, "ahead")
        return Found(end, moved(coming, 1) if coming.first <= scene.now else coming, grain, f"next {grain}")
    return Found(end, here, grain, f"this {grain}")


def shifted_span(scene: Scene, shift: int, at: int) -> Found | None:
    """ "the next three months", "the past ten days": from or up to the day of publication."""
    count = count_at(scene, at)
    unit = scene.match("units", count[1]) if count else None
    if not count or not unit or not isinstance(unit[0], str) or shift not in (-1, 1):
        return None
    if count[0] == 0:
        return Found(unit[1], None, "vague", "vague")
    return counted_span(scene, shift, count[0], unit[0], unit[1])


def counted_span(scene: Scene, shift: int, number: int, unit: str, end: int) -> Found:
    """From the day of publication on, or up to it."""
    there = stepped(scene.now, (shift or 1) * number, unit)
    period = Period(min(there, scene.now), max(there, scene.now))
    return Found(end, period, unit, "next span" if shift >= 0 else "past span")


def shifted_holiday(scene: Scene, shift: int, at: int) -> Found | None:
    """ "last Christmas", "next Easter"."""
    found = scene.match("holidays", at)
    if not found or not isinstance(found[0], dict):
        return None
    years = [scene.now.year + s for s in ((0, 1) if shift >= 0 else (0, -1))]
    days = [d for y in years if (d := almanac.holiday(found[0], y))]
    fitting = [d for d in days if (d >= scene.now) == (shift >= 0)]
    return Found(found[1], Period.day(fitting[0]), "day", "holiday") if fitting else None
