"""Reported figures over time, drawn with the signs of a terminal: what was reported, promised and allowed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from musterbook.model import CountingRule, Report, Statement, Status

BAND = ("░", ":")  # between low and high of the estimate
MIDDLE = ("─", "-")  # its best figure
SIGNS = {  # kind: (sign, plain sign, meaning)
    "level": ("●", "o", "reported strength"),
    "change": ("◆", "x", "reached by a change"),
    "promise": ("○", "*", "announced or expected"),
    "ceiling": ("▬", "=", "ceiling or cap"),
    "range": ("│", "|", "range"),
    "above": ("▲", "^", "above the scale"),
}
CEILINGS = (CountingRule.AUTHORISED_CAP, CountingRule.MANDATE_CEILING)
PROMISES = (Status.ANNOUNCED, Status.EXPECTED, Status.CONSIDERED, Status.UNDERWAY)
LABEL = 9  # columns for the figures at the left
HEIGHT = 11
OUTLYING = 3  # a figure so many times above the next one is drawn as being above the scale
OUTLYING_SHARE = 8  # if no more than one in eight points lies there


@dataclass(frozen=True, slots=True)
class Point:
    """A figure on a day; ``low`` and ``high`` where the report bounds it."""

    day: date
    value: int
    kind: str
    low: int | None = None
    high: int | None = None


def points(pairs: Iterable[tuple[Statement, Report]]) -> tuple[Point, ...]:
    """What can be drawn of statements: a strength with a day; denied figures and bare increments cannot."""
    found = (_point(statement, report) for statement, report in pairs)
    return tuple(sorted((p for p in found if p is not None), key=lambda p: (p.day, p.value)))


def _point(statement: Statement, report: Report) -> Point | None:
    figures = statement.figures
    day = statement.period.middle if statement.period else report.published
    value = figures.after if figures.after is not None else figures.level
    if value is None and not figures.is_change and (figures.low or figures.high):
        low, high = figures.low, figures.high
        value = (low + high) // 2 if low is not None and high is not None else low or high
    if value is None or day is None or statement.status is Status.DENIED:
        return None
    if statement.status is Status.PAST and statement.period is None:
        return None  # an earlier level of no known day
    if statement.status in PROMISES and statement.period:
        day = statement.period.last
    return Point(day, value, _kind(statement), figures.low, figures.high)


def _kind(statement: Statement) -> str:
    if statement.rule in CEILINGS:
        return "ceiling"
    if statement.status in PROMISES:
        return "promise"
    return "change" if statement.figures.is_change else "level"


@dataclass(frozen=True, slots=True)
class Band:
    """The estimate of a day; a day without one is a gap."""

    day: date
    low: int
    best: int
    high: int


def days_of(shown: Sequence[Point], width: int) -> tuple[date, ...]:
    """The day in the middle of each column, for a band to be asked for."""
    columns = width - LABEL - 2
    if len({p.day for p in shown}) < 2 or columns < 10:
        return ()
    first, last = min(p.day for p in shown), max(p.day for p in shown)
    return tuple(first + (last - first) * column / (columns - 1) for column in range(columns))


def draw(
    shown: Sequence[Point],
    width: int,
    *,
    plain: bool = False,
    height: int = HEIGHT,
    bands: Sequence[Band] = (),
) -> tuple[str, ...]:
    """The chart as lines no wider than ``width``, over its bands; empty when there is nothing to compare."""
    columns = width - LABEL - 2
    if len({p.day for p in shown}) < 2 or columns < 10:
        return ()
    top = _round_up(_scale(shown))
    shown = [replace(p, kind="above", low=None, high=None) if p.value > top else p for p in shown]
    first, last = min(p.day for p in shown), max(p.day for p in shown)
    grid = [[" "] * columns for _ in range(height)]
    for band in bands:
        _fill(grid, band, round((band.day - first) / (last - first) * (columns - 1)), top, plain)
    for point in sorted(shown, key=lambda p: list(SIGNS).index(p.kind), reverse=True):
        column = round((point.day - first).days / max(1, (last - first).days) * (columns - 1))
        _mark(grid, point, column, top, plain)
    body = [
        _label(i, height, top) + ("|" if plain else "┤") + "".join(row).rstrip() for i, row in enumerate(grid)
    ]
    axis = " " * LABEL + ("+" if plain else "└") + ("-" if plain else "─") * columns
    return (*body, axis, _days(first, last, columns), *_legend(shown, plain, columns, bool(bands)))


def _scale(shown: Sequence[Point]) -> int:
    """The largest figure, leaving out a few that stand far above all the others."""
    values = sorted(max(p.value, p.high or 0) for p in shown)
    for i in range(len(values) - 1, len(values) * (OUTLYING_SHARE - 1) // OUTLYING_SHARE - 1, -1):
        if i and values[i] > OUTLYING * values[i - 1]:
            return values[i - 1]
    return values[-1]


def _fill(grid: list[list[str]], band: Band, column: int, top: int, plain: bool) -> None:
    """Put the estimate of one day under what was reported."""
    side = 1 if plain else 0
    for row in range(_row(band.high, top, len(grid)), _row(band.low, top, len(grid)) + 1):
        grid[row][column] = BAND[side]
    grid[_row(band.best, top, len(grid))][column] = MIDDLE[side]


def _mark(grid: list[list[str]], point: Point, column: int, top: int, plain: bool) -> None:
    """Put one point on the grid, its range first."""
    side = 1 if plain else 0
    if point.low is not None and point.high is not None:
        for row in range(_row(point.high, top, len(grid)), _row(point.low, top, len(grid)) + 1):
            if grid[row][column] in (" ", *BAND, *MIDDLE):
                grid[row][column] = SIGNS["range"][side]
    grid[_row(point.value, top, len(grid))][column] = SIGNS[point.kind][side]


def _row(value: int, top: int, height: int) -> int:
    return height - 1 - round(min(value, top) / top * (height - 1))


def _round_up(value: int) -> int:
    """The next number of one or two leading digits, for the top of the scale."""
    unit = int(10 ** max(0, len(str(value)) - 2))
    return max(1, -(-value // unit) * unit)


def _label(row: int, height: int, top: int) -> str:
    step = max(1, (height - 1) // 2)
    value = round(top * (height - 1 - row) / (height - 1))
    return (f"{value:,} " if row % step == 0 else "").rjust(LABEL)


def _days(first: date, last: date, columns: int) -> str:
    """The first and the last day under the axis, and between them the years where they fit."""
    line = [" "] * (LABEL + 1 + columns)
    whole = max(1, (last - first).days)
    ends = ((LABEL + 1, first.isoformat()), (LABEL + 1 + columns - 10, last.isoformat()))
    for start, words in ends:
        line[start : start + len(words)] = words
    for year in range(first.year + 1, last.year + 1):
        start = LABEL + 1 + round((date(year, 1, 1) - first).days / whole * (columns - 1))
        if set(line[start - 2 : start + 6]) == {" "} and start + 6 < len(line):
            line[start : start + 4] = str(year)
    return "".join(line).rstrip()


def _legend(shown: Sequence[Point], plain: bool, columns: int, banded: bool) -> tuple[str, ...]:
    """What the signs mean, on as many lines as it takes."""
    side = 1 if plain else 0
    estimate = [f"{MIDDLE[side]} estimate   {BAND[side]} nine chances in ten"] if banded else []
    kinds = {p.kind for p in shown} | {"range" for p in shown if p.low is not None and p.high is not None}
    signs = [*estimate, *(f"{SIGNS[k][side]} {SIGNS[k][2]}" for k in SIGNS if k in kinds)]
    lines = [""]
    for sign in signs:
        if lines[-1] and len(lines[-1]) + len(sign) + 3 > columns:
            lines.append("")
        lines[-1] += ("   " if lines[-1] else "") + sign
    return tuple(" " * (LABEL + 1) + line for line in lines)
