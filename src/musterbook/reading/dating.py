"""The day of publication where a report does not give it: as far as its own words fix it.

A weekday with a date names the years in which both agree; an election names the years in which one fell on
that day; a year spoken of as past is a floor. Where more than one year is left, there is no answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from musterbook.lexicon.pack import Pack
from musterbook.model import Event
from musterbook.reading import almanac
from musterbook.reading.date_scene import Scene, looks
from musterbook.reading.date_words import Words, words_of
from musterbook.reading.dates import NOWHERE, find_days
from musterbook.reading.marks import Day
from musterbook.reading.sheet import Sheet
from musterbook.values import Period, Span

YEARS = range(1990, 2036)  # a report without a date is taken to be from these
NEAR = 10  # words between a date and the word for an election
FRESH = 3  # a report speaks of a year at most so long ago as the latest one it names
DEADLINES = ("by", "before", "until")
HEAD = 60  # characters in which a full date is the report's own


@dataclass(frozen=True, slots=True)
class Clue:
    """Words that leave only some years, and why."""

    span: Span
    month: int
    day: int
    years: frozenset[int]
    reason: str
    past: bool
    election: bool = False


def infer_publication(sheet: Sheet, pack: Pack) -> tuple[date | None, str, tuple[Event, ...]]:
    """The latest day that the text itself speaks of as now or just past, the reasoning, and dated events."""
    words, days = words_of(pack), find_days(sheet, None, pack)
    clues = [*weekday_clues(sheet, days, words), *election_clues(sheet, days, words)]
    floor, ceiling = named_years(sheet, days, words)
    stated = own_date(sheet, days, words)
    if stated and not clues:
        return stated[0], f"“{stated[1]}” is written out at its head, so published {stated[0]}", ()
    return from_clues(clues, floor, ceiling)


def from_clues(
    clues: list[Clue], floor: int | None, ceiling: int | None
) -> tuple[date | None, str, tuple[Event, ...]]:
    """The one year that all clues leave, and the latest past day in it."""
    if not any(not c.election for c in clues):
        return None, "no weekday with a date and no full date at its head", ()
    years, reason = agreed(clues, floor, ceiling)
    if len(years) != 1:
        return None, f"{reason}; {'no year fits all' if not years else 'more than one year fits'}", ()
    year = min(years)
    past = [
        d for c in clues if c.past and not c.election and (d := almanac.day_or_none(year, c.month, c.day))
    ]
    if not past:
        return None, f"{reason}: {year}, but no day is spoken of as past", ()
    return max(past), f"{reason}: {year}, so published {max(past)}", events_of(clues, year)


def agreed(clues: list[Clue], floor: int | None, ceiling: int | None) -> tuple[set[int], str]:
    """The years that every clue leaves, within what the explicit years allow, and the reasoning."""
    years, reasons = set(YEARS), []
    for clue in clues:
        years &= clue.years
        reasons.append(clue.reason)
    if floor is not None and len(years) > 1:
        years = {y for y in years if y >= floor}
        years = years if len(years) == 1 else {y for y in years if y <= floor + FRESH}
        reasons.append(f"{floor} is the latest year spoken of as past")
    if ceiling is not None and len(years) > 1:
        years = {y for y in years if y <= ceiling}
        reasons.append(f"{ceiling} lies ahead")
    joiner = {1: "", 2: "; both"}.get(len(reasons), "; all")
    return years, "; ".join(dict.fromkeys(reasons)) + joiner


def events_of(clues: Iterable[Clue], year: int) -> tuple[Event, ...]:
    """The elections among the clues, with their day."""
    found = ((c, almanac.day_or_none(year, c.month, c.day)) for c in clues if c.election)
    return tuple(Event("election", Period.day(day), clue.span) for clue, day in found if day)


def weekday_clues(sheet: Sheet, days: Iterable[Day], words: Words) -> list[Clue]:
    """Each "Wednesday, September 9" without a year."""
    clues = []
    for day in days:
        if day.rule != "needs-publication" or day.grain != "day":
            continue
        held = month_and_day(sheet, day, words)
        weekday = weekday_in(sheet, day, words)
        if held is None or weekday is None:
            continue
        years = frozenset(y for y in YEARS if (d := almanac.day_or_none(y, *held)) and d.weekday() == weekday)
        named = day.span.cut(sheet.text)
        reason = f"“{named}” falls in {listed(years)}"
        clues.append(Clue(day.span, *held, years, reason, past=not is_ahead(sheet, day, words)))
    return clues


def election_clues(sheet: Sheet, days: Iterable[Day], words: Words) -> list[Clue]:
    """Each day of an election in the United States, given without its year."""
    clues = []
    for day in days:
        held = month_and_day(sheet, day, words) if day.rule == "needs-publication" else None
        kind = election_near(sheet, day, words) if held else ""
        if held is None or not kind:
            continue
        step = 4 if kind == "presidents" else 2
        years = frozenset(y for y in YEARS if y % step == 0 and falls_on(y, held))
        if years:
            what = "a presidential election" if step == 4 else "an election"
            reason = f"{what} {day.span.cut(sheet.text)} falls in {listed(years)}"
            clues.append(Clue(day.span, *held, years, reason, past=False, election=True))
    return clues


def falls_on(year: int, held: tuple[int, int]) -> bool:
    """Whether that year's Election Day has this month and day."""
    day = almanac.election_day(year)
    return (day.month, day.day) == held


def election_near(sheet: Sheet, day: Day, words: Words) -> str:
    """Which kind of U.S. election stands near the date: "presidents", "words" or none."""
    here, sentence = sheet.token_at(day.span.start), sheet.sentences[sheet.sentence_at(day.span.start)]
    near = range(max(sentence.first, here - NEAR), min(sentence.last, here + NEAR))
    if not any(
        words.match("elections.country", sheet.tokens, i)
        for i in range(sentence.first, min(sentence.last, here + 60))
    ):
        return ""
    for kind in ("presidents", "words"):
        if any(words.match(f"elections.{kind}", sheet.tokens, i) for i in near):
            return kind
    return ""


def month_and_day(sheet: Sheet, day: Day, words: Words) -> tuple[int, int] | None:
    """The month and day that the words name, where they name both."""
    first, last = sheet.token_at(day.span.start), sheet.token_at(day.span.end - 1)
    month = number = None
    for at in range(first, last + 1):
        found = words.match("months", sheet.tokens, at)
        month = found[0] if found else month
        word = sheet.tokens[at].lower
        number = int(word) if word.isascii() and word.isdigit() and len(word) <= 2 else number
    return (month, number) if month and number and almanac.day_or_none(2000, month, number) else None


def weekday_in(sheet: Sheet, day: Day, words: Words) -> int | None:
    """The weekday among the words."""
    for at in range(sheet.token_at(day.span.start), sheet.token_at(day.span.end - 1) + 1):
        found = words.match("weekdays", sheet.tokens, at)
        if found and isinstance(found[0], int):
            return found[0]
    return None


def is_ahead(sheet: Sheet, day: Day, words: Words) -> bool:
    """Whether the sentence looks to that day as coming."""
    at, sentence = sheet.token_at(day.span.start), sheet.sentences[sheet.sentence_at(day.span.start)]
    scene = Scene(sheet.tokens, words, NOWHERE, sentence.first, sentence.last)
    if day.relation in DEADLINES:
        return True
    return looks(scene, at) == "ahead"


def named_years(sheet: Sheet, days: Iterable[Day], words: Words) -> tuple[int | None, int | None]:
    """The latest year spoken of as past and the earliest spoken of as coming."""
    past, ahead = [], []
    for day in days:
        if day.period is None:
            continue
        if day.relation in DEADLINES:
            ahead.append(day.period.last.year)
        elif not is_ahead(sheet, day, words):
            past.append(day.period.first.year)
    return max(past, default=None), min(ahead, default=None)


def own_date(sheet: Sheet, days: Iterable[Day], words: Words) -> tuple[date, str] | None:
    """A full date in the head of the report: before its first words, bare, not followed by a later one."""
    full = [d for d in days if d.period and d.grain == "day" and d.rule in OWN and d.span.start <= HEAD]
    if not full or full[0].period is None or full[0].relation != "at" or not stands_alone(sheet, full[0]):
        return None
    first = full[0].period.first
    later = any(d.period and d.period.first > first and not is_ahead(sheet, d, words) for d in days)
    return None if later else (first, full[0].span.cut(sheet.text))


def stands_alone(sheet: Sheet, day: Day) -> bool:
    """Whether the date fills its line or is set off as a dateline is."""
    rest = sheet.text[day.span.end : day.span.end + 3].strip(" \t")
    return not rest or rest[0] in "\n-–—:)|("


OWN = ("date", "weekday and date", "iso")


def listed(years: Iterable[int]) -> str:
    """Years in words."""
    return ", ".join(str(y) for y in sorted(years)) or "no year"
