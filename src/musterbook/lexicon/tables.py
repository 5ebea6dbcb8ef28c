"""A register is a CSV file that an editor can change: what is broken in it is told with its file and line.

Every file has a header line; lines that start with "#" are remarks. Lists inside a field are parted by "|".
"""

from __future__ import annotations

import csv
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path

from musterbook.errors import BrokenRowError
from musterbook.lexicon.records import Tenure

UNKNOWN = "?"  # for a day, or for who held an office
DAY, MONTH, YEAR = 10, 7, 4  # signs of 2019-03-28, 2019-03 and 2019


class Row:
    """One record of a register, asked by the names of its columns; ``file`` and ``line`` say where it stands."""

    __slots__ = ("cells", "columns", "file", "line")

    def __init__(self, file: str, line: int, columns: dict[str, int], cells: list[str]) -> None:
        self.file, self.line, self.columns, self.cells = file, line, columns, cells

    def __getitem__(self, column: str) -> str:
        """What stands in a column; BrokenRowError where the file has no such column."""
        try:
            return self.cells[self.columns[column]]
        except KeyError as missing:
            raise self.trouble(f"there is no column {column!r}") from missing

    @property
    def is_torn(self) -> bool:
        """Whether it has more or fewer fields than the header."""
        return len(self.cells) != len(self.columns)

    def trouble(self, what: str) -> BrokenRowError:
        """The error that names this record."""
        return BrokenRowError(self.file, self.line, what)

    def year(self, column: str) -> int | None:
        """The year in a column, None for an empty one."""
        words = self[column]
        if words and not words.isdecimal():
            raise self.trouble(f"{column} is {words!r}, not a year such as 2019")
        return int(words) if words else None

    def bounds(self, column: str) -> tuple[date, date]:
        """The first and last day that the day, month or year in a column may mean."""
        try:
            return bounds(self[column])
        except ValueError as wrong:
            raise self.trouble(f"{column} is {wrong}") from wrong

    def tenure(self, checked: date = date.max) -> Tenure:
        """The time between its columns from and to; none is vouched for longer than until it was checked."""
        try:
            earliest, surely_from = beginning(self["from"])
            surely_until, latest = ending(self["to"])
        except ValueError as wrong:
            raise self.trouble(f"from or to is {wrong}") from wrong
        return Tenure(earliest, surely_from, min(surely_until, checked), latest)


@cache
def beginning(words: str) -> tuple[date | None, date]:
    """From when it may have held and from when it surely did: always for "", never surely for "?"."""
    if words in ("", UNKNOWN):
        return None, date.max if words else date.min
    return bounds(words)


@cache
def ending(words: str) -> tuple[date, date | None]:
    """Until when it surely held and until when it may have: still for "", never surely for "?"."""
    if words in ("", UNKNOWN):
        return date.min if words else date.max, None
    return bounds(words)


def bounds(words: str) -> tuple[date, date]:
    """The days between which "2019-03-28", "2019-03" or "2019" lies; ValueError where it is none of them."""
    try:
        if len(words) == DAY:
            day = date.fromisoformat(words)
            return day, day
        if len(words) == MONTH and words[4] == "-":
            year, month = int(words[:4]), int(words[5:])
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        if len(words) == YEAR:
            return date(int(words), 1, 1), date(int(words), 12, 31)
    except ValueError:
        pass
    raise ValueError(f"{words!r}, not a day such as 2019-03-28, a month (2019-03) or a year (2019)")


def text_of(file: str, folder: Path | None = None) -> str:
    """A register as it stands in the folder, or as it ships where the folder has none of its own."""
    own = folder / f"{file}.csv" if folder else None
    try:
        if own and own.is_file():
            return own.read_text(encoding="utf-8")
        shipped = resources.files("musterbook").joinpath("registers", f"{file}.csv")
        return shipped.read_text(encoding="utf-8")
    except UnicodeDecodeError as broken:
        raise BrokenRowError(file, 1, "it is not UTF-8; save it anew in that encoding") from broken


def numbered(file: str, folder: Path | None = None) -> tuple[list[int], list[str]]:
    """The numbers and words of a register's lines, the header first; remarks and empty lines are left out."""
    lines = text_of(file, folder).splitlines()
    kept = [at for at, line in enumerate(lines) if line and line[0] != "#"]
    return [at + 1 for at in kept], [lines[at] for at in kept]


def header(file: str, folder: Path | None = None) -> tuple[int, list[str]]:
    """The line of the header and the columns it names; none in an empty file."""
    numbers, lines = numbered(file, folder)
    return (numbers[0], lines[0].split(",")) if lines else (1, [])


def rows(file: str, folder: Path | None = None) -> Iterator[Row]:
    """The records of a register, each with as many fields as the header; BrokenRowError names the one that has not."""
    for row in records(file, folder):
        if row.is_torn:
            raise row.trouble(f"{len(row.cells)} fields where the header has {len(row.columns)}")
        yield row


def records(file: str, folder: Path | None = None) -> Iterator[Row]:
    """The records as they stand; BrokenRowError where quotation marks make the rest of the file unreadable."""
    numbers, lines = numbered(file, folder)
    reader = csv.reader(lines, strict=True)
    try:
        columns = {column: place for place, column in enumerate(next(reader, []))}
        for cells in reader:
            yield Row(file, numbers[reader.line_num - 1], columns, cells)
    except csv.Error as broken:
        line = numbers[min(reader.line_num, len(numbers)) - 1]
        raise BrokenRowError(file, line, f"{broken}; look at its quotation marks") from broken


def items(listing: str) -> tuple[str, ...]:
    """The parts of a "|" list, none for an empty field."""
    return tuple([part.strip() for part in listing.split("|")]) if listing else ()
