"""The book: lines are added, never changed; and it tells what stood at any moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from musterbook.ledger.asof import Standing, folded
from musterbook.ledger.closing import Closing
from musterbook.ledger.deciding import Drafts, check_right, decided
from musterbook.ledger.evidence import accept
from musterbook.ledger.gathering import history, last_line, standing, standing_of
from musterbook.ledger.lines import (
    ACTS,
    Kind,
    Line,
    book_line,
    doubt_line,
    doubt_of,
    entry_line,
    entry_of,
    outcome_line,
    outcome_of,
    reading_of,
    report_line,
    report_of,
)
from musterbook.ledger.outcomes import (
    KNOWN,
    READ,
    Outcome,
    Receipt,
    failure_outcome,
    outcome_key,
    report_outcome,
)
from musterbook.ledger.store import Head, Query, Shelf, Store
from musterbook.model import Act, Contingent, Doubt, Entry, Reading, Report, Role

Clock = Callable[[], datetime]
"""Gives the present moment with its time zone; an argument of ``open_book``, so that tests can set it."""

T = TypeVar("T")
TICK = timedelta(microseconds=1)
Input = tuple[Reading, Sequence[Entry]] | Doubt
"""A report that was read, with the entries of its statements; or an input that could not become a report."""


def utc_now() -> datetime:
    """The machine's present moment in UTC: the clock of a book unless another is given."""
    return datetime.now(UTC)


class _Pen:
    """The lines of one transaction, all recorded at one moment; each is written once."""

    def __init__(self, shelf: Shelf, at: datetime, person: str) -> None:
        self.shelf, self.at, self.person = shelf, at, person
        self.lines: list[Line] = []
        self._asked: set[str] = set()
        self._held: set[str] = set()

    def put(self, *lines: Line) -> int:
        """Write those that the book does not have; how many."""
        self.look([line.id for line in lines])
        before = len(self.lines)
        for line in lines:
            if line.id not in self._held:
                self._held.add(line.id)
                self.lines.append(line)
        return len(self.lines) - before

    def has(self, id: str) -> bool:  # noqa: A002 -- the record's own word
        """Whether the book has a line with this id, or gets it in this transaction."""
        self.look([id])
        return id in self._held

    def look(self, ids: Iterable[str]) -> None:
        """Ask for many ids at once, ahead of ``put`` and ``has``."""
        if unknown := set(ids) - self._asked:
            self._held |= self.shelf.held(unknown)
            self._asked |= unknown


class Book(Closing):
    """An append-only book over any store; a context manager that closes itself.

    ``recorded`` is stamped by the book inside the transaction, from its own clock, and always rises: the moment
    that an entry brings along is replaced. ``person`` is who works with the book, where it has people of its own.
    """

    def __init__(self, store: Store, clock: Clock = utc_now, person: str = "") -> None:
        self._store, self._clock, self._person = store, clock, person

    def add_report(self, reading: Reading, entries: Sequence[Entry]) -> Receipt:
        """Write a report, its entries, its doubts and its outcome in one transaction, or nothing at all.

        The entries are RECORD entries of this report's statements; ``contingent`` may be None where identity
        was in doubt (put that doubt into ``reading.doubts``). A report that the book has already stays as it
        was first read: the receipt says KNOWN. BookError when a statement's evidence does not cut words from
        the report, or when the book cannot be written.
        """
        return self.add_reports([(reading, entries)])[0]

    def add_reports(self, inputs: Sequence[Input]) -> tuple[Receipt, ...]:
        """As ``add_report`` and ``add_failure`` for several, in one transaction: quicker, and all of them or none."""
        for one in inputs:
            if not isinstance(one, Doubt):
                accept(*one)
        return self._write(lambda pen: _add(pen, inputs))

    def add_failure(self, doubt: Doubt) -> Receipt:
        """Keep an input that could not become a report: a doubt and an outcome with the doubt's code."""
        return self.add_reports([doubt])[0]

    def holds(self, reports: Iterable[str]) -> set[str]:
        """Which of these reports the book has."""
        asked = tuple(reports)
        return self._store.ask(lambda shelf: shelf.held(asked)) if asked else set()

    def append(self, *entries: Entry) -> bool:
        """Write entries in one transaction, or none; False when all of them are there already.

        UsageError when what they speak of does not stand in the book (OvertakenError when somebody decided on the
        matter since ``after``, ForbiddenError when the person may not), BookError when a report is not in the book.
        """

        def work(pen: _Pen) -> bool:
            drafts = Drafts()
            for entry in entries:
                line = decided(pen.shelf, replace(entry, recorded=pen.at), pen.person, drafts)
                if line is not None:
                    pen.lines.append(line)  # which ``decided`` has looked for
                    drafts.add(line)
            return bool(drafts.by_id)

        return self._write(work)

    def entries(
        self, contingent: Contingent | None = None, known: datetime | None = None
    ) -> tuple[Entry, ...]:
        """The entries that stand, as the book knew at that moment (now when None), in the order written.

        Retracted, replaced and merged statements are left out; this is what the reckoning takes.
        """
        return self.standing(contingent, known).entries

    def standing(self, contingent: Contingent | None = None, known: datetime | None = None) -> Standing:
        """All that the entries come to: what stands, who vouches for it, what is held, who may do what."""
        return self._store.ask(lambda shelf: standing(shelf, contingent, known))

    def standing_of(self, wanted: Callable[[Contingent], bool], known: datetime | None = None) -> Standing:
        """The same of the contingents that are wanted, under their names of that moment; only their lines are read."""
        return self._store.ask(lambda shelf: standing_of(shelf, wanted, known))

    def history(self, matter: str | Contingent, known: datetime | None = None) -> tuple[Entry, ...]:
        """Every entry written by then about a statement (any of its versions), a contingent, a code or a person.

        The id of an entry stands for what that entry is about.
        """
        return self._store.ask(lambda shelf: history(shelf, matter, last_line(shelf, known)))

    def names(self, known: datetime | None = None) -> Mapping[str, str]:
        """The codes that were found to be the same as others, each with the one it was merged into."""
        return folded(entry_of(line) for line in self._lines(Query(kinds=[Kind.NAME]), known)).names

    def roles(self, known: datetime | None = None) -> Mapping[str, Role]:
        """What each person may do; empty for a book that is open to all."""
        return folded(entry_of(line) for line in self._lines(Query(kinds=[Kind.GRANT]), known)).roles

    def named(self, beginning: str) -> frozenset[str]:
        """The ids of statements and of decisions that begin so."""

        def work(shelf: Shelf) -> frozenset[str]:
            lines = (line for line in shelf.named(beginning) if line.kind in ACTS)
            names = (one for line in lines for one in (line.id, line.statement))
            return frozenset(one for one in names if one and one.startswith(beginning))

        return self._store.ask(work)

    def begun(self) -> datetime | None:
        """The moment of the first line, None where there is none yet."""
        first = self._store.ask(lambda shelf: next(iter(shelf.find(Query(last=1))), None))
        return datetime.fromisoformat(first.at) if first else None

    def journal(self, known: datetime | None = None) -> tuple[Entry, ...]:
        """Every entry ever written by then, retractions included, in the order written."""
        return tuple(entry_of(line) for line in self._lines(Query(kinds=ACTS), known))

    def reports(self, ids: Iterable[str] = (), known: datetime | None = None) -> tuple[Report, ...]:
        """The reports with these ids, or all of them that were there by then, in the order they came."""
        query = Query(kinds=[Kind.REPORT], ids=tuple(ids))
        return tuple(report_of(line) for line in self._lines(query, known))

    def place_of(self, report: str) -> int | None:
        """The place of the line of a report, from 1; None where the book has no such report."""
        query = Query(kinds=[Kind.REPORT], ids=[report])
        return self._store.ask(lambda shelf: next((line.n for line in shelf.find(query)), None))

    def reports_among(self, first: int, last: int) -> tuple[Report, ...]:
        """The reports among the lines of these places."""
        query = Query(kinds=[Kind.REPORT], first=first, last=last)
        return tuple(report_of(line) for line in self._lines(query))

    def said_among(self, first: int, last: int) -> Mapping[str, int]:
        """How many statements each report gave among the lines of these places, by the report's id."""
        return self._store.ask(lambda shelf: shelf.said(first, last))

    def matters_of(self, report: str) -> tuple[tuple[Entry, ...], ...]:
        """Every entry on the statements of a report, a tuple for each matter."""

        def work(shelf: Shelf) -> tuple[tuple[Entry, ...], ...]:
            said = shelf.find(Query(kinds=[Kind.ENTRY], reports=[report]))
            names = list(dict.fromkeys(line.matter for line in said))
            past: dict[str, list[Entry]] = {name: [] for name in names}
            for line in shelf.find(Query(kinds=[Kind.ENTRY], matters=names)) if names else ():
                past[line.matter].append(entry_of(line))
            return tuple(tuple(entries) for entries in past.values())

        return self._store.ask(work)

    def report(self, id: str) -> Report | None:  # noqa: A002 -- the record's own word
        """The report with this id, or None."""
        return next(iter(self.reports([id])), None)

    def reading(self, id: str) -> Reading | None:  # noqa: A002 -- the record's own word
        """All that the first reading of this report found (quotations, people, events too), or None."""
        lines = self._lines(Query(kinds=[Kind.REPORT, Kind.ENTRY, Kind.DOUBT], reports=[id]))
        first = next((line for line in lines if line.kind is Kind.REPORT), None)
        if first is None:
            return None
        read = [line for line in lines if line.at == first.at]
        entries = [entry_of(line) for line in read if line.kind is Kind.ENTRY]
        statements = tuple(e.statement for e in entries if e.statement and e.act is Act.RECORD)
        doubts = tuple(doubt_of(line) for line in read if line.kind is Kind.DOUBT)
        return replace(reading_of(first), statements=statements, doubts=doubts)

    def doubts(self, known: datetime | None = None) -> tuple[Doubt, ...]:
        """All doubts that were there by then, in the order they came."""
        return tuple(doubt_of(line) for line in self._lines(Query(kinds=[Kind.DOUBT]), known))

    def outcomes(self, known: datetime | None = None) -> tuple[Outcome, ...]:
        """What became of every input given by then, in the order they came."""
        return tuple(outcome_of(line) for line in self._lines(Query(kinds=[Kind.OUTCOME]), known))

    def head(self) -> Head:
        """Where the book ends: how many lines, and the tree over them."""
        return self._store.ask(lambda shelf: shelf.head())

    def now(self) -> datetime:
        """The moment that a line written now would carry: the clock's, but always after the last line's."""
        return stamp(self._clock(), self.head().at)

    @property
    def store(self) -> Store:
        """Where the lines lie, for those who check, copy and carry books."""
        return self._store

    def close(self) -> None:
        """Let go of the file; closing twice does no harm."""
        self._store.close()

    def _lines(self, query: Query, known: datetime | None = None) -> tuple[Line, ...]:
        def work(shelf: Shelf) -> tuple[Line, ...]:
            asked = query if known is None else replace(query, last=last_line(shelf, known))
            return tuple(shelf.find(asked))

        return self._store.ask(work)

    def _write(self, work: Callable[[_Pen], T]) -> T:
        """Do the work with a pen, and write what it put down."""

        def transaction(shelf: Shelf) -> T:
            head = shelf.head()
            pen = _Pen(shelf, stamp(self._clock(), head.at), self._person)
            done = work(pen)
            if pen.lines:
                lines = pen.lines if head.edge.size else [book_line(pen.at), *pen.lines]
                shelf.write([line.at_place(n) for n, line in enumerate(lines, head.edge.size + 1)])
            return done

        return self._store.write(transaction)


def stamp(clock: datetime, last: datetime | None) -> datetime:
    """The moment that a line written now carries: UTC, and always after the last transaction's.

    So a question about any moment up to the last line has one answer for ever.
    """
    now = clock.astimezone(UTC)
    return now if last is None or now > last else last + TICK


def _add(pen: _Pen, inputs: Sequence[Input]) -> tuple[Receipt, ...]:
    """Write what the book does not have; all ids are looked up at once."""
    check_right(pen.shelf, pen.person, Role.EDITOR)
    found = [_lines_of(one, pen.at) for one in inputs]
    pen.look(line.id for lines in found for line in lines)
    return tuple(_put(pen, one, lines) for one, lines in zip(inputs, found, strict=True))


def _lines_of(told: Input, at: datetime) -> list[Line]:
    """The lines of one input, were it new: report, entries, doubts, and what became of it."""
    if isinstance(told, Doubt):
        outcome = failure_outcome(told, at)
        return [doubt_line(told, at), outcome_line(outcome_key(outcome, told), outcome)]
    reading, entries = told
    said = [entry_line(replace(e, recorded=at), e.statement.id) for e in entries if e.statement]
    doubts = [doubt_line(doubt, at) for doubt in reading.doubts]
    outcome = report_outcome(reading.report, at, known=False)
    return [report_line(reading, at), *said, *doubts, outcome_line(outcome_key(outcome), outcome)]


def _put(pen: _Pen, told: Input, lines: list[Line]) -> Receipt:
    """Write one input; of a report that came again only the note that it did."""
    *content, ending = lines
    if isinstance(told, Doubt):
        doubts = pen.put(*content)
        return Receipt(told.code, told.report, 0, doubts, bool(pen.put(ending)))
    report = told[0].report
    if pen.has(report.id):
        outcome = report_outcome(report, pen.at, known=True)
        return Receipt(KNOWN, report.id, new=bool(pen.put(outcome_line(ending.id, outcome))))
    before = len(pen.lines)
    pen.put(*content)
    kinds = Counter(line.kind for line in pen.lines[before:])
    pen.put(ending)
    return Receipt(READ, report.id, kinds[Kind.ENTRY], kinds[Kind.DOUBT])
