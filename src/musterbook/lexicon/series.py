"""A series of official tables is a file that an editor can read: which columns, which rows, which counting rule.

Another series, or another layout of one, is another TOML file in ``registers/series/`` and no code.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

from musterbook.errors import LexiconError, UsageError
from musterbook.model import CountingRule
from musterbook.values import Attribution

PRIVATE = "x-"  # how the language of a report begins that is a table: BCP 47's mark of private use
MONTH_END, AS_WRITTEN = "end of month", "as written"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Counted:
    """One number that a row gives, or rows of one force, place and day together: columns that are added up."""

    unit: str
    add: tuple[tuple[str, ...], ...]  # each column under any of its names
    rule: CountingRule
    kinds: frozenset[str] = frozenset()  # only rows of these kinds of personnel; empty: all
    within: frozenset[str] | None = None  # only in these places; None: in all
    outside: frozenset[str] = frozenset()  # but not in these
    first: date | None = None  # only of these days
    last: date | None = None
    at_least: bool = False  # the number is a floor: some are left out
    because: str = ""  # why, for people

    def holds(self, place: str, day: date) -> bool:
        """Whether it may be counted so in that place on that day."""
        if place in self.outside or (self.within is not None and place not in self.within):
            return False
        return (self.first or day) <= day <= (self.last or day)


@dataclass(frozen=True, eq=False)
class Series:
    """How the tables of one office are written, and what they count; from one file of ``registers/series/``."""

    key: str
    title: str
    publisher: str
    url: str
    speaker: Attribution
    columns: Mapping[str, tuple[str, ...]]  # part of a row -> the names that its column may have
    counts: tuple[Counted, ...]
    day_rule: str
    day_forms: tuple[str, ...]
    months: Mapping[str, int]
    quarters: Mapping[str, int]
    delay: int  # days from the day of a table to its publication, where that day is not known
    known_days: Mapping[date, date]  # day of a table -> day on which it was published
    blanks: frozenset[str]
    missing: tuple[str, ...]  # columns whose blank shows that a 0 is no count
    sourced: tuple[str, ...]  # columns whose blank shows that a number was in no table
    take: frozenset[str]
    leave: Mapping[str, str]  # word of the status column -> code of the outcome
    force: str  # whose troops every row counts; empty where a column says it
    leaves_home: bool  # rows that count a force in its own state are left out
    place_names: Mapping[str, str]
    mission_prefix: str
    mission_names: Mapping[str, str]
    mission_places: Mapping[str, str]
    total_forces: frozenset[str]  # names in the column of forces that stand for the mission as a whole
    times: float | None  # a table so many times its neighbours is two added up; None: not looked for
    least: int

    @property
    def language(self) -> str:
        """What its reports have as their language, so that they are read as tables: ``x-dmdc``."""
        return PRIVATE + self.key


def is_table(language: str) -> bool:
    """Whether a report of this language is a table of a series, rather than text."""
    return language.startswith(PRIVATE)


def series_of(language: str) -> Series:
    """The series that a report of this language belongs to; UsageError where none of that name ships."""
    return load_series(language.removeprefix(PRIVATE))


def series_names(folder: Path | None = None) -> tuple[str, ...]:
    """The names of the series that are known: those that ship, and those of an editor's folder."""
    shipped = resources.files("musterbook").joinpath("registers", "series")
    names = {file.name for file in shipped.iterdir()} | {
        path.name for path in (folder.glob("*.toml") if folder else ())
    }
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@cache
def load_series(key: str, folder: Path | None = None) -> Series:
    """The series of this name; UsageError where none is known, LexiconError where its file is broken."""
    if key not in series_names(folder):
        known = ", ".join(series_names(folder))
        raise UsageError(f"no series is known as {key!r}; known are {known}: musterbook series list")
    own = folder / f"{key}.toml" if folder else None
    shipped = resources.files("musterbook").joinpath("registers", "series", f"{key}.toml")
    try:
        text = (own if own and own.is_file() else shipped).read_text(encoding="utf-8")
        return _series(key, tomllib.loads(text))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError) as broken:
        raise LexiconError(f"series/{key}.toml: {broken!r}; see docs/series.md") from broken


def _series(key: str, held: dict[str, Any]) -> Series:
    """The record of a file; KeyError, TypeError or ValueError where something in it is missing or wrong."""
    day, published, blank = held["day"], held["published"], held["blank"]
    status, places = held.get("status", {}), held.get("places", {})
    missions, doubled = held.get("missions", {}), held.get("doubled", {})
    lists = {name: frozenset(codes) for name, codes in places.get("lists", {}).items()}
    if day["rule"] not in (MONTH_END, AS_WRITTEN):
        raise ValueError(f"day.rule is {day['rule']!r}; it is {MONTH_END!r} or {AS_WRITTEN!r}")
    return Series(
        key=key,
        title=held["title"],
        publisher=held["publisher"],
        url=held.get("url", ""),
        speaker=Attribution(**held["speaker"]),
        columns={part: tuple(map(folded, names)) for part, names in held["columns"].items()},
        counts=tuple(_counted(one, lists) for one in held["counts"]),
        day_rule=day["rule"],
        day_forms=tuple(day.get("forms", ())),
        months=_folded(day.get("months", {})),
        quarters=_folded(day.get("quarters", {})),
        delay=int(published["delay"]),
        known_days={date.fromisoformat(of): out for of, out in published.get("known", {}).items()},
        blanks=frozenset(map(folded, blank["words"])),
        missing=tuple(blank.get("missing", ())),
        sourced=tuple(blank.get("sourced", ())),
        take=frozenset(map(folded, status.get("take", ()))),
        leave=_folded(status.get("leave", {})),
        force=held.get("force", ""),
        leaves_home=held.get("home", "take") == "leave",
        place_names=_folded(places.get("names", {})),
        mission_prefix=held.get("mission_prefix", ""),
        mission_names=_folded(missions.get("names", {})),
        mission_places=missions.get("places", {}),
        total_forces=frozenset(map(folded, held.get("totals", {}).get("forces", ()))),
        times=doubled.get("times"),
        least=int(doubled.get("least", 0)),
    )


def _counted(held: dict[str, Any], lists: Mapping[str, frozenset[str]]) -> Counted:
    """One of its counts."""
    return Counted(
        unit=held["unit"],
        add=tuple(tuple(map(folded, names)) for names in held["add"]),
        rule=CountingRule(held["rule"]),
        kinds=frozenset(map(folded, held.get("kinds", ()))),
        within=lists[held["within"]] if "within" in held else None,
        outside=lists[held["outside"]] if "outside" in held else frozenset(),
        first=held.get("from"),
        last=held.get("until"),
        at_least=held.get("at_least", False),
        because=held.get("because", ""),
    )


def folded(words: str) -> str:
    """A column's name or a word in a cell, whatever its case, blanks and underscores."""
    return " ".join(words.replace("_", " ").casefold().split())


def _folded(held: Mapping[str, T]) -> dict[str, T]:
    return {folded(str(words)): meaning for words, meaning in held.items()}
