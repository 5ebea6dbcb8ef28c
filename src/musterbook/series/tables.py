"""A file of a series is cut into its tables, one for each day: each becomes a report, with its rows as they stood."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from musterbook.lexicon.series import Series, folded
from musterbook.model import Report
from musterbook.series.cells import HEAD, Header, cut_line, find_header
from musterbook.series.days import day_of, publication
from musterbook.series.faults import Fault
from musterbook.series.numbers import left_by, persons

NEIGHBOURS = 200  # days between tables that are compared with each other
ENOUGH = 5  # places that a table and both its neighbours have, before it can be told that it was doubled


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one day as a report: its text is the header and the rows; ``lines`` are theirs in the file."""

    report: Report
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CutUp:
    """A file cut into tables by day, and the rows that went into none; their ``row`` is the line of the file."""

    tables: tuple[Table, ...]
    rows: int
    faults: tuple[Fault, ...] = ()


@dataclass(slots=True)
class _Rows:
    """The lines of one day, with their numbers and what each counts for which place."""

    lines: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    counted: dict[str, int] = field(default_factory=dict)


def cut_up(text: str, series: Series, name: str = "") -> CutUp | str:
    """The tables of a file by day; where it is no file of this series, what it lacks, in words.

    ``text`` has lines parted by a line feed; ``name`` is what to name the file by.
    """
    lines = text.split("\n")
    header = find_header(lines, series)
    if header is None:
        return _what_is_wrong(lines)
    days: dict[date, _Rows] = defaultdict(_Rows)
    faults, rows = [], 0
    for number, line in enumerate(lines[header.line + 1 :], header.line + 2):
        if line.strip(" \t" + header.sign):
            rows += 1
            faults += _put(line, number, header, series, days)
    doubled = doubled_days({day: held.counted for day, held in days.items()}, series)
    faults += [Fault("doubled", number) for day in sorted(doubled) for number in days[day].numbers]
    head = lines[header.line]
    tables = [_table(day, head, days[day], series, name) for day in sorted(days) if day not in doubled]
    return CutUp(tuple(tables), rows, tuple(faults))


def _put(line: str, number: int, header: Header, series: Series, days: dict[date, _Rows]) -> list[Fault]:
    """Put a line to the others of its day; the fault where that cannot be done."""
    cells = [cell.words for cell in cut_line(line, header.sign)]
    if len(cells) != len(header.columns):
        return [Fault("torn-row", number)]
    day = day_of(cells, header, series)
    if day is None:
        return [Fault("no-day", number)]
    days[day].lines.append(line)
    days[day].numbers.append(number)
    if series.times and not left_by(cells, header, series):
        place, count = _counted(cells, header, series)
        days[day].counted[place] = count
    return []


def _counted(cells: Sequence[str], header: Header, series: Series) -> tuple[str, int]:
    """What a row counts first, for the place as it names it; 0 where it counts nothing."""
    place = next((cells[header.parts[p]] for p in ("place_name", "place") if p in header.parts), "")
    columns = (header.column(one.add[0]) for one in series.counts)
    column = next((column for column in columns if column is not None), None)
    return place, (persons(cells[column]) or 0) if column is not None else 0


def _table(day: date, head: str, held: _Rows, series: Series, name: str) -> Table:
    """The report of one day."""
    published, reason = publication(day, series)
    report = Report(
        "\n".join([head, *held.lines]),
        title=f"{series.title}, {day}",
        url=series.url,
        publisher=series.publisher,
        language=series.language,
        published=published,
        published_reason=reason,
        name=f"{name}, table of {day}" if name else "",
    )
    return Table(report, tuple(held.numbers))


def doubled_days(counted: dict[date, dict[str, int]], series: Series) -> frozenset[date]:
    """The days whose table was added up from two: most of its figures are a multiple of those around it."""
    days = sorted(counted)
    if not series.times or len(days) < 3:
        return frozenset()
    near = {pair for pair in pairwise(days) if (pair[1] - pair[0]).days <= NEIGHBOURS}
    threes = [three for three in zip(days, days[1:], days[2:], strict=False) if set(pairwise(three)) <= near]
    return frozenset(
        day for before, day, after in threes if _is_doubled(counted, (before, day, after), series)
    )


def _is_doubled(counted: dict[date, dict[str, int]], three: tuple[date, date, date], series: Series) -> bool:
    """Whether the table in the middle stands out from both of its neighbours in more than half of the places."""
    times = Counter(
        now >= (series.times or 0) * max(before, after)
        for before, now, after in _in_all(*(counted[day] for day in three))
        if min(before, after) >= series.least
    )
    return times.total() >= ENOUGH and times[True] > times[False]


def _in_all(*tables: dict[str, int]) -> Iterator[tuple[int, ...]]:
    """The figures of every place that all tables have."""
    for place in tables[0]:
        if all(place in table for table in tables):
            yield tuple(table[place] for table in tables)


def _what_is_wrong(lines: Sequence[str]) -> str:
    """Why a file is none of the series: its first line, which should name the columns."""
    first = next((line.strip() for line in lines[:HEAD] if line.strip()), "")
    return f"it begins with {folded(first)[:60]!r}"
