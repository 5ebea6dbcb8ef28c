"""A letter gives its day and its sender in its head or at its foot: that is given, not guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from musterbook.lexicon.pack import languages, load_pack

HEAD, FOOT = 15, 8  # lines that hold words, from the start and from the end
BEFORE = 40  # signs before the date in its line: a town, a weekday


@dataclass(frozen=True, slots=True)
class Head:
    """What a letter says of itself; None and empty where it does not."""

    day: date | None = None
    words: str = ""  # the day as written
    publisher: str = ""


def head_of(text: str) -> Head:
    """The day and sender of a letter or a release; nothing for any other text."""
    for language in languages():
        marks, publishers = _words(language)
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        head = [line.casefold() for line in lines[:HEAD]]
        if any(line.startswith(marks) for line in head):
            around = [*lines[:HEAD], *lines[HEAD:][-FOOT:]]
            named = (publishers[line.casefold()] for line in around if line.casefold() in publishers)
            day, words = next(_days(around, language), (None, ""))
            return Head(day, words, next(named, ""))
    return Head()


def _days(lines: Sequence[str], language: str) -> Iterator[tuple[date, str]]:
    """The lines that end in a full date, with little before it."""
    months = load_pack(language).table("dates", "months")
    for line in lines:
        found = _date_line(language).search(line)
        if found and found.start() <= BEFORE:
            held = found.groupdict()
            month = months[(held["month"] or held["month2"]).casefold()]
            try:
                day = date(int(held["year"]), month, int(held["day"] or held["day2"]))
            except ValueError:
                continue
            yield day, found.group(0).rstrip(".")


@cache
def _date_line(language: str) -> re.Pattern[str]:
    """A full date at the end of a line: ``June 9, 2020`` or ``9 June 2020``."""
    months = "|".join(sorted(load_pack(language).table("dates", "months"), key=len, reverse=True))
    american = rf"(?P<month>{months})\.? (?P<day>\d{{1,2}}),"
    european = rf"(?P<day2>\d{{1,2}}) (?P<month2>{months})\.?,?"
    return re.compile(rf"\b(?:{american}|{european}) (?P<year>\d{{4}})\.?$", re.IGNORECASE)


@cache
def _words(language: str) -> tuple[tuple[str, ...], dict[str, str]]:
    """How letters begin, and whose they are by a line of their own."""
    pack = load_pack(language)
    return pack.words("letters", "marks"), dict(pack.table("letters", "publishers"))
