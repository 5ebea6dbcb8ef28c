"""Official tables go into a book like any report: a report a table, a statement a row, an outcome for every row."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from musterbook.intake import whole_text
from musterbook.intake.trouble import trouble
from musterbook.ledger.book import Book, Clock
from musterbook.lexicon.register import load_register
from musterbook.lexicon.series import Series, load_series
from musterbook.model import Doubt, Reading, Report
from musterbook.pipeline import Arrival, Progress, Tally, muster
from musterbook.series.faults import EXPECTED, Fault, in_words, stretches
from musterbook.series.reader import VERSION, Told, as_reading, tell
from musterbook.series.tables import CutUp, cut_up


@dataclass(frozen=True, slots=True)
class Left:
    """The rows of a file that were left out for one reason, by their lines in it."""

    code: str
    lines: tuple[int, ...]
    words: tuple[str, ...] = ()  # what they name, each once

    @property
    def is_expected(self) -> bool:
        """Whether good files have such rows, too."""
        return self.code in EXPECTED

    @property
    def message(self) -> str:
        """How many, why and where."""
        return in_words(self.code, self.lines, self.words)

    @property
    def stretches(self) -> str:
        """The line numbers in few words."""
        return stretches(self.lines)


@dataclass(frozen=True, slots=True)
class SeriesTally:
    """What became of a file: ``rows`` is ``taken`` and those left out; ``tally`` counts its tables as reports."""

    series: str
    tally: Tally
    rows: int = 0
    taken: int = 0
    left: tuple[Left, ...] = ()

    @property
    def problems(self) -> tuple[Left, ...]:
        """The rows left out that somebody should look at."""
        return tuple(one for one in self.left if not one.is_expected)


def add_tables(
    book: Book,
    key: str,
    path: str | os.PathLike[str],
    folder: str | os.PathLike[str] | None,
    clock: Clock,
    progress: Progress | None = None,
) -> SeriesTally:
    """Read a file of a series into a book; ``folder`` is where series of one's own lie."""
    series = load_series(key, Path(folder) if folder else None)
    found = _cut(path, series)
    if isinstance(found, Doubt):
        tally = muster([found], book, Reading, load_register(), clock, VERSION, progress)
        return SeriesTally(key, tally)
    tables = {table.report.id: table for table in found.tables}
    told = {name: tell(table.report, series, load_register()) for name, table in tables.items()}

    def read(report: Report) -> Reading:
        return as_reading(report, told[report.id], tables[report.id].lines)

    arrivals = [*_troubles(found, os.fspath(path)), *(table.report for table in found.tables)]
    tally = muster(arrivals, book, read, load_register(), clock, VERSION, progress)
    taken = sum(one.taken for one in told.values())
    return SeriesTally(key, tally, found.rows, taken, _left(found, told))


def _cut(path: str | os.PathLike[str], series: Series) -> CutUp | Doubt:
    """The tables of a file, or why there are none."""
    text = whole_text(path)
    if isinstance(text, Doubt):
        return text
    found = cut_up(text, series, Path(path).name)
    return trouble("not-of-series", os.fspath(path), found) if isinstance(found, str) else found


def _troubles(found: CutUp, name: str) -> Iterator[Arrival]:
    """A doubt for each reason for which rows went into no table."""
    lines: dict[str, list[int]] = defaultdict(list)
    for fault in found.faults:
        lines[fault.code].append(fault.row)
    for code, rows in sorted(lines.items()):
        yield Doubt("intake", code, f"{name}: {in_words(code, rows)}", source=name)


def _left(found: CutUp, told: dict[str, Told]) -> tuple[Left, ...]:
    """The rows left out of a whole file, most first."""
    lines: dict[str, list[int]] = defaultdict(list)
    words: dict[str, dict[str, None]] = defaultdict(dict)
    for fault in found.faults:
        lines[fault.code].append(fault.row)
    for table in found.tables:
        for fault in _one_a_row(told[table.report.id].faults):
            lines[fault.code].append(table.lines[fault.row])
            words[fault.code] |= {fault.words: None} if fault.words else {}
    left = [Left(code, tuple(sorted(rows)), tuple(words[code])) for code, rows in lines.items()]
    return tuple(sorted(left, key=lambda one: (-len(one.lines), one.code)))


def _one_a_row(faults: tuple[Fault, ...]) -> Iterator[Fault]:
    """The first fault of every row, so that outcomes add up to rows."""
    return iter({fault.row: fault for fault in reversed(faults)}.values())
