"""A day of publication is taken as given or not at all; words that can be two days stay two days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from functools import cache

from musterbook.lexicon.pack import languages, load_pack

ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:$|[T ])")
SECONDS = re.compile(r"\d{10}(?:\d{3})?\Z")  # since 1970; with three digits more, in thousandths
RUN = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?\Z")
YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)")
LONGEST = 100  # signs of words that can be a day
EARLIEST = date(1800, 1, 1)
NO_DAY = date(1970, 1, 1)  # what programs write for "never"


def parse_day(words: str) -> date | None:
    """An ISO day or moment, or a mail date (``Wed, 09 Sep 2020 10:00:00 GMT``); None for the rest."""
    words = words.strip()
    try:
        if ISO.match(words):
            return date.fromisoformat(words[:10])
        found: datetime = parsedate_to_datetime(words)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    return found.date()


def days_in(words: str) -> tuple[date, ...]:
    """The day that the words give; two for ``03/04/2020``, which may be either; none for the rest."""
    words = words.strip()[:LONGEST]
    plain = parse_day(words) if words else None
    found = (plain,) if plain else next(filter(None, _readings(words)), ())
    return tuple(day for day in found if day != NO_DAY and day >= EARLIEST)


def utc_day(words: str) -> date | None:
    """The day in UTC of a moment that names its time zone."""
    try:
        moment = datetime.fromisoformat(words.strip()[:LONGEST])
        return moment.astimezone(UTC).date() if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _readings(words: str) -> Iterator[tuple[date, ...]]:
    """What the words are in each way of writing a day."""
    if SECONDS.match(words):
        yield (datetime.fromtimestamp(int(words[:10]), UTC).date(),)
    for pattern in (RUN, YEAR_FIRST):
        if found := pattern.search(words):
            yield _real((int(found.group(1)), int(found.group(2)), int(found.group(3))))
    yield _named_month(words)
    if found := YEAR_LAST.search(words):
        yield _year_last(int(found.group(1)), int(found.group(3)), int(found.group(4)), found.group(2))


def _year_last(first: int, second: int, year: int, sign: str) -> tuple[date, ...]:
    """``9.4.2020`` begins with the day; with strokes both orders are in use."""
    if sign == ".":
        return _real((year, second, first))
    return tuple(dict.fromkeys(_real((year, second, first), (year, first, second))))


def _real(*found: tuple[int, int, int]) -> tuple[date, ...]:
    days = []
    for year, month, day in found:
        try:
            days.append(date(year, month, day))
        except ValueError:
            continue
    return tuple(days)


def _named_month(words: str) -> tuple[date, ...]:
    """``June 9, 2020`` or ``9 June 2020`` in any language that we read."""
    for language in languages():
        if found := _with_month(language).search(words):
            held = found.groupdict()
            month = _months(language)[(held["month"] or held["month2"]).casefold()]
            return _real((int(held["year"]), month, int(held["day"] or held["day2"])))
    return ()


def _months(language: str) -> dict[str, int]:
    return dict(load_pack(language).table("dates", "months"))


@cache
def _with_month(language: str) -> re.Pattern[str]:
    months = "|".join(sorted(map(re.escape, _months(language)), key=len, reverse=True))
    american = rf"(?P<month>{months})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?"
    european = rf"(?P<day2>\d{{1,2}})(?:st|nd|rd|th|\.)? (?P<month2>{months})\.?,?"
    return re.compile(rf"\b(?:{american}|{european}) (?P<year>\d{{4}})\b", re.IGNORECASE)
