"""A line of a table is cut into cells that know their place, so that evidence cuts them from the table as it was."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from musterbook.lexicon.series import Series, folded
from musterbook.values import Span

PARTED_BY = (",", ";", "\t")
HEAD = 30  # lines among which the header is looked for: saved workbooks begin with titles
NEEDED = ("place", "place_name", "mission")  # one of these says where
QUOTED = {sign: re.compile(rf'\s*"((?:[^"]|"")*)"\s*(?={re.escape(sign)}|$)') for sign in PARTED_BY}


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one column of a line, without quotation marks, and where it stands in the line."""

    words: str
    start: int
    end: int

    def span(self, line: int) -> Span:
        """Its place in a text, where the line begins at that place."""
        return Span(line + self.start, line + self.end)


def cut_line(line: str, sign: str) -> list[Cell]:
    """The cells of a line that are parted by a sign."""
    cells, at = [], 0
    while True:
        quoted = QUOTED[sign].match(line, at) if '"' in line else None
        if quoted:
            cells.append(Cell(quoted.group(1).replace('""', '"'), *quoted.span(1)))
            end = quoted.end()
        else:
            end = line.find(sign, at)
            end = len(line) if end < 0 else end
            words = line[at:end]
            start = at + len(words) - len(words.lstrip())
            cells.append(Cell(words.strip(), start, start + len(words.strip())))
        if end >= len(line):
            return cells
        at = end + 1


@dataclass(frozen=True, slots=True)
class Header:
    """The line that names the columns: at which line it stands, how cells are parted, and which column is which."""

    line: int  # of the text, counted from 0
    sign: str
    columns: tuple[str, ...]  # folded names
    parts: Mapping[str, int]  # part of a row, as the series names it -> column

    def column(self, names: Sequence[str]) -> int | None:
        """The column that has one of these names, the first name first."""
        return next((self.columns.index(name) for name in names if name in self.columns), None)


def find_header(lines: Sequence[str], series: Series) -> Header | None:
    """The header of a table of this series, None where no line at the start has the columns that it needs."""
    for at, line in enumerate(lines[:HEAD]):
        for sign in PARTED_BY:
            header = _header(at, line, sign, series) if sign in line else None
            if header and not lacking(header, series):
                return header
    return None


def _header(at: int, line: str, sign: str, series: Series) -> Header:
    columns = tuple(folded(cell.words) for cell in cut_line(line, sign))
    bare = Header(at, sign, columns, {})
    found = {part: bare.column(names) for part, names in series.columns.items()}
    return Header(at, sign, columns, {part: place for part, place in found.items() if place is not None})


def lacking(header: Header, series: Series) -> list[str]:
    """What a table of this series needs and this one has no column for, in words."""
    parts, missing = header.parts, []
    if "day" not in parts and not ("year" in parts and ("month" in parts or "quarter" in parts)):
        missing.append("the day")
    if not any(part in parts for part in NEEDED):
        missing.append("the place")
    if not series.force and "force" not in parts and "force_name" not in parts:
        missing.append("the force")
    if not any(all(header.column(names) is not None for names in one.add) for one in series.counts):
        missing.append("the numbers")
    return missing
