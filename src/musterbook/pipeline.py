"""The only place that knows all stages: every input ends in exactly one outcome, and the outcomes add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from musterbook.identity.resolve import Register, resolve
from musterbook.intake.trouble import trouble
from musterbook.ledger.book import Book, Clock
from musterbook.ledger.deciding import GUARD
from musterbook.ledger.entries import hold, record
from musterbook.ledger.outcomes import READ
from musterbook.model import Doubt, Entry, OddYield, Reading, Report
from musterbook.reckoning.counts import source_of
from musterbook.reckoning.yields import BATCH, FLOOD, flooded, odd_yields, yields

Reader = Callable[[Report], Reading]
Progress = Callable[[str], None]
Arrival = Report | Doubt
HISTORY = (
    50_000  # lines of the book that tell what is usual for a source: some 8,000 reports, read in a second
)


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the inputs: ``inputs == read + silent + known + refused``."""

    read: int = 0  # new to the book, with statements
    silent: int = 0  # new to the book, without any statement
    known: int = 0  # in the book already; nothing was written
    refused: int = 0  # could not be read; a doubt says why
    statements: int = 0  # statements written
    doubts: int = 0  # doubts written, those of refused inputs included
    notes: tuple[Doubt, ...] = ()  # what intake had to say, of refused inputs and of reports that were read
    causes: tuple[tuple[str, int], ...] = field(default=())  # refused inputs by the code of their doubt
    odd: tuple[OddYield, ...] = ()  # sources that gave out of all proportion to what they gave before
    held: int = 0  # statements of these that are held for review

    @property
    def inputs(self) -> int:
        """Everything that was handed in."""
        return self.read + self.silent + self.known + self.refused

    @property
    def changed(self) -> bool:
        """Whether the book holds anything now that it did not hold before."""
        return bool(self.statements or self.doubts or self.read or self.silent)


def gathered(arrivals: Iterable[Arrival]) -> Iterator[tuple[Report, tuple[Doubt, ...]] | Doubt]:
    """Reports with the notes that follow them, and the doubts that stand for an input of their own."""
    waiting: Report | None = None
    notes: list[Doubt] = []
    for arrival in arrivals:
        if isinstance(arrival, Doubt) and waiting is not None and arrival.report == waiting.id:
            notes.append(arrival)
            continue
        if waiting is not None:
            yield waiting, tuple(notes)
        waiting, notes = (arrival, []) if isinstance(arrival, Report) else (None, [])
        if isinstance(arrival, Doubt):
            yield arrival
    if waiting is not None:
        yield waiting, tuple(notes)


def read_all(arrivals: Iterable[Arrival], reader: Reader) -> Iterator[Reading | Doubt]:
    """What the reports say, without a book; a reading's doubts begin with intake's notes on its report."""
    for arrival in gathered(arrivals):
        yield arrival if isinstance(arrival, Doubt) else noted(reader(arrival[0]), arrival[1])


def noted(reading: Reading, notes: tuple[Doubt, ...]) -> Reading:
    """The reading with intake's notes; their report's id changes when the reader finds its day."""
    own = [replace(note, report=reading.report.id) for note in notes]
    if reading.report.published is None:
        own.append(trouble("no-date", reading.report.name, report=reading.report.id))
    return replace(reading, doubts=(*own, *reading.doubts))


def muster(
    arrivals: Iterable[Arrival],
    book: Book,
    reader: Reader,
    register: Register,
    clock: Clock,
    version: str,
    progress: Progress | None = None,
) -> Tally:
    """Read everything into the book, one transaction a report; doing it twice changes nothing.

    In the end every source's batch is compared with what the source gave before, and what floods is held.
    """
    watch = _Watch(book)
    counts: Counter[str] = Counter()
    causes: Counter[str] = Counter()
    notes: list[Doubt] = []
    for outcome in read_all(arrivals, reader):
        if isinstance(outcome, Doubt):
            notes.append(outcome)
            causes[outcome.code] += 1
            counts["refused"] += 1
            counts["doubts"] += book.add_failure(outcome).doubts
        else:
            notes += [d for d in outcome.doubts if d.stage == "intake"]
            counts += _keep(outcome, book, register, clock, version, watch)
        if progress:
            progress(outcome.source if isinstance(outcome, Doubt) else outcome.report.name)
    odd, held = watch.judge(clock)
    return Tally(**counts, notes=tuple(notes), causes=tuple(sorted(causes.items())), odd=odd, held=held)


class _Watch:
    """What the sources of one batch give, beside what they gave before it."""

    def __init__(self, book: Book) -> None:
        self._book, self._start = book, book.head().edge.size
        self._sources: dict[str, str] = {}  # report id -> source
        self._told: dict[str, int] = {}  # report id -> statements

    def note(self, report: Report, statements: int) -> None:
        """One new report of the batch."""
        self._sources[report.id], self._told[report.id] = source_of(report), statements

    def judge(self, clock: Clock) -> tuple[tuple[OddYield, ...], int]:
        """The odd sources of the batch, and how many statements are held for it."""
        batch = yields(self._sources, self._told)
        if all(one.reports < BATCH for one in batch.values()):
            return (), 0
        lately = max(1, self._start - HISTORY), self._start
        before = {report.id: source_of(report) for report in self._book.reports_among(*lately)}
        odd = odd_yields(yields(before, self._book.said_among(*lately)), batch)
        if all(one.code != FLOOD for one in odd):
            return odd, 0
        found = self._book.standing()
        holds = flooded(odd, self._sources, found.entries, found.confirmed.keys())
        lines = [hold(one.statement, clock(), GUARD, one.message) for one in holds]
        self._book.append(*lines)
        return odd, len(lines)


def _keep(
    reading: Reading, book: Book, register: Register, clock: Clock, version: str, watch: _Watch
) -> Counter[str]:
    """Write one reading, and say what it came to."""
    entries, doubts = _entered(reading, register, clock, version)
    receipt = book.add_report(replace(reading, doubts=(*reading.doubts, *doubts)), entries)
    if receipt.code != READ or not receipt.new:
        return Counter(known=1)
    watch.note(reading.report, receipt.statements)
    outcome = "read" if reading.statements else "silent"
    return Counter({outcome: 1, "statements": receipt.statements, "doubts": receipt.doubts})


def _entered(
    reading: Reading, register: Register, clock: Clock, version: str
) -> tuple[tuple[Entry, ...], tuple[Doubt, ...]]:
    """An entry for every statement, and the doubts where identity could not settle its contingent."""
    entries, doubts = [], []
    for statement in reading.statements:
        found = resolve(statement, register, reading.report.published)
        if isinstance(found, Doubt):
            doubts.append(replace(found, source=reading.report.name))
        contingent = None if isinstance(found, Doubt) else found
        entries.append(record(statement, contingent, clock(), "reader", version))
    return tuple(entries), tuple(doubts)
