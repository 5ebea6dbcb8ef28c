"""A table becomes statements: one for each number that a row gives, with the row as evidence; the rest are doubts.

What a row counts, under which rule and for whom is told by the series (``registers/series/``). A row that gives no
number is a named outcome, never a zero. The text of the report is enough to read it again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from musterbook.lexicon.register import Register
from musterbook.lexicon.series import Counted, Series, folded
from musterbook.model import Doubt, Reading, Report, Statement, Status
from musterbook.series.cells import Cell, Header, cut_line, find_header
from musterbook.series.days import day_of
from musterbook.series.faults import Fault, in_words
from musterbook.series.names import Named, Namer, Unknown
from musterbook.series.numbers import is_blank, is_missing, left_by, persons
from musterbook.values import Figures, Mention, Period, Span

VERSION = "series-1"  # changes whenever the same table may give other statements
MARKED = (
    "force",
    "force_name",
    "mission",
    "place",
    "place_name",
)  # cells that carry a statement, besides numbers


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its number without the header, where its line begins in the text, and its cells."""

    number: int
    start: int
    end: int
    cells: tuple[Cell, ...]

    @property
    def words(self) -> list[str]:
        """What stands in its cells."""
        return [cell.words for cell in self.cells]

    @property
    def span(self) -> Span:
        """Its whole line."""
        return Span(self.start, self.end)


@dataclass(slots=True)
class _Sum:
    """What rows of one force, place, mission and count add up to: by kind of personnel, each with its row."""

    parts: dict[str, tuple[int, Row]] = field(default_factory=dict)
    broken: bool = False  # two rows contradict each other, or one gives no number


Key = tuple[Named, int]  # whom, and which of the counts of the series


@dataclass(frozen=True, slots=True)
class Told:
    """What the rows of a table gave, and why others gave nothing."""

    statements: tuple[Statement, ...]
    faults: tuple[Fault, ...]
    rows: int

    @property
    def taken(self) -> int:
        """How many rows gave a figure, alone or with others."""
        return self.rows - len({fault.row for fault in self.faults})


def read_table(report: Report, series: Series, register: Register, lines: Sequence[int] = ()) -> Reading:
    """The report's statements, and a doubt for each kind of trouble; ``lines`` are those of its rows in the file."""
    return as_reading(report, tell(report, series, register), lines)


def tell(report: Report, series: Series, register: Register) -> Told:
    """What the rows of a report that is a table of this series say."""
    lines = report.text.split("\n")
    header = find_header(lines, series)
    if header is None:
        return Told((), (), 0)
    rows = tuple(_rows(lines, header))
    reader = _Reader(report, series, header, register)
    for row in rows:
        reader.take(row)
    return Told(tuple(reader.statements()), tuple(reader.faults), len(rows))


def as_reading(report: Report, told: Told, lines: Sequence[int] = ()) -> Reading:
    """What was told as a reading, with one doubt for each kind of fault."""
    kinds: dict[str, list[Fault]] = defaultdict(list)
    for fault in told.faults:
        kinds[fault.code].append(fault)
    starts = [0, *(at + 1 for at, sign in enumerate(report.text) if sign == "\n"), len(report.text) + 1]
    doubts = tuple(
        Doubt(
            "reading",
            code,
            f"{report.name or report.title}: {in_words(code, _lines(faults, lines), (f.words for f in faults))}",
            source=report.name,
            report=report.id,
            span=Span(starts[faults[0].row + 1], starts[faults[0].row + 2] - 1),
            words=faults[0].words,
        )
        for code, faults in sorted(kinds.items())
    )
    return Reading(report, told.statements, doubts=doubts)


def _lines(faults: Iterable[Fault], lines: Sequence[int]) -> list[int]:
    """The numbers of their lines: in the file where they are known, else in the table's own text."""
    return [lines[fault.row] if fault.row < len(lines) else fault.row + 2 for fault in faults]


def _rows(lines: Sequence[str], header: Header) -> Iterator[Row]:
    start = sum(len(line) + 1 for line in lines[: header.line + 1])
    for number, line in enumerate(lines[header.line + 1 :]):
        yield Row(number, start, start + len(line), tuple(cut_line(line, header.sign)))
        start += len(line) + 1


class _Reader:
    """Takes the rows of one table, one after the other."""

    def __init__(self, report: Report, series: Series, header: Header, register: Register) -> None:
        self._report, self._id, self._series, self._header = report, report.id, series, header
        self._namer = Namer(header, series, register)
        self._sums: dict[Key, _Sum] = {}
        self._day: date | None = None
        self.faults: list[Fault] = []
        has_kinds = "kind" in header.parts
        self._columns = {  # of the counts that this table can give
            at: columns
            for at, one in enumerate(series.counts)
            if None not in (columns := [header.column(names) for names in one.add])
            and (has_kinds or not one.kinds)
        }

    def take(self, row: Row) -> None:
        """Add the row to the sums, or say why not."""
        if len(row.cells) != len(self._header.columns):
            return self._fault("torn-row", row)
        cells = row.words
        if code := left_by(cells, self._header, self._series):
            return self._fault(code, row)
        named = self._namer.name(cells)
        if isinstance(named, Unknown):
            return self._fault(named.code, row, named.words)
        if self._series.leaves_home and named.force == named.place:
            return self._fault("at-home", row)
        self._day = self._day or day_of(cells, self._header, self._series)
        if self._day is None:
            return self._fault("no-day", row)
        return self._count(row, cells, named, self._day)

    def statements(self) -> Iterator[Statement]:
        """A statement for every sum, in the order in which its first row came; counts that say the same are one."""
        said: set[str] = set()
        for (named, at), held in self._sums.items():
            if held.parts and not held.broken and self._day:
                statement = self._statement(named, self._series.counts[at], at, held, self._day)
                if statement.id not in said:
                    said.add(statement.id)
                    yield statement

    def _count(self, row: Row, cells: list[str], named: Named, day: date) -> None:
        """Every number that the row gives; the first of its counts decides whether it gives one at all."""
        kind = folded(cells[self._header.parts["kind"]]) if "kind" in self._header.parts else ""
        wanted = [
            at
            for at in self._columns
            if self._series.counts[at].holds(named.place, day)
            and (not self._series.counts[at].kinds or kind in self._series.counts[at].kinds)
        ]
        if not wanted:
            return self._fault("not-counted", row, kind)
        for first, at in enumerate(wanted):
            number, code = self._number(cells, at)
            if code and first == 0:
                self._sums.setdefault((named, at), _Sum()).broken = bool(kind)
                return self._fault(code, row, self._words(cells))
            if number is not None and not code:
                self._add(row, cells, (named, at), kind, number)
        return None

    def _number(self, cells: list[str], at: int) -> tuple[int | None, str]:
        """The number of one count, or the code of what is wrong with it."""
        held = [cells[column] for column in self._columns[at] if column is not None]
        if any(is_blank(words, self._series) for words in held):
            return None, "blank"
        numbers = [persons(words) for words in held]
        if None in numbers:
            return None, "not-a-number"
        known = [number for number in numbers if number is not None]
        if min(known) < 0:
            return None, "negative"
        if is_missing(cells, self._header, self._series, sum(known)):
            return None, "missing-as-zero"
        if self._series.counts[at].at_least and not sum(known):
            return None, "beyond-validity"
        return sum(known), ""

    def _add(self, row: Row, cells: list[str], key: Key, kind: str, number: int) -> None:
        """Put a number into its sum; a second one of the same kind is a duplicate or a contradiction."""
        held = self._sums.setdefault(key, _Sum())
        before = held.parts.setdefault(kind, (number, row))
        if before[1] is row:
            return
        same = before[0] == number
        if not same and not held.broken:
            self._fault("contradicting-rows", before[1], self._words(before[1].words))
        self._fault("duplicate-row" if same else "contradicting-rows", row, self._words(cells))
        held.broken = held.broken or not same

    def _statement(self, named: Named, counted: Counted, at: int, held: _Sum, day: date) -> Statement:
        """What the sum says."""
        rows = sorted((row for _, row in held.parts.values()), key=lambda row: row.start)
        total = sum(number for number, _ in held.parts.values())
        return Statement(
            self._id,
            Mention(named.force, self._cell(rows[0], ("force", "force_name"))),
            Mention(named.place, self._cell(rows[0], ("place", "place_name"))) if named.place else None,
            Figures(low=total) if counted.at_least else Figures(level=total),
            Status.CURRENT,
            tuple(row.span for row in rows),
            unit=counted.unit,
            period=Period.day(day),
            rule=counted.rule,
            speaker=self._series.speaker,
            marks=tuple(span for row in rows for span in self._marks(row, at)),
            dating="the day of the table" + (f"; {counted.because}" if counted.because else ""),
            mission=Mention(named.mission, self._cell(rows[0], ("mission",))) if named.mission else None,
        )

    def _marks(self, row: Row, at: int) -> Iterator[Span]:
        """The cells that carry a statement, in the order of the line."""
        named = [self._header.parts[part] for part in MARKED if part in self._header.parts]
        counted = [column for column in self._columns[at] if column is not None]
        for column in sorted({*named, *counted}):
            if row.cells[column].words:
                yield row.cells[column].span(row.start)

    def _cell(self, row: Row, parts: tuple[str, ...]) -> Span | None:
        """Where the row names somebody, by the first of these parts that it has."""
        columns = (self._header.parts[part] for part in parts if part in self._header.parts)
        cells = (row.cells[column] for column in columns if row.cells[column].words)
        return next((cell.span(row.start) for cell in cells), None)

    def _words(self, cells: list[str]) -> str:
        """Whom a row is about, as it says itself."""
        parts = self._header.parts
        named = [cells[parts[part]] for part in ("force_name", "mission", "place_name") if part in parts]
        return " ".join(word for word in named if word)

    def _fault(self, code: str, row: Row, words: str = "") -> None:
        self.faults.append(Fault(code, row.number, words))
