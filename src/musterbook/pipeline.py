"""The only place that knows all stages: every input ends in exactly one outcome, and the outcomes add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TypeVar

from musterbook.findings import OddYield
from musterbook.identity.resolve import Register, resolve
from musterbook.intake.trouble import trouble
from musterbook.ledger.asof import folded
from musterbook.ledger.book import Book, Clock, Input
from musterbook.ledger.deciding import GUARD
from musterbook.ledger.entries import hold, record
from musterbook.ledger.outcomes import READ, Receipt
from musterbook.model import Doubt, Reading, Report
from musterbook.reckoning.counts import source_of
from musterbook.reckoning.yields import BATCH, FLOOD, flooded, odd_yields, yields

Reader = Callable[[Report], Reading]
Progress = Callable[[str], None]
Arrival = Report | Doubt
Gathered = tuple[Report, tuple[Doubt, ...]] | Doubt
T = TypeVar("T")
LOT = 32  # inputs to a transaction: a sync of the disk costs as much as some reports
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


def gathered(arrivals: Iterable[Arrival]) -> Iterator[Gathered]:
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
    """Read everything into the book, ``LOT`` inputs to a transaction; doing it twice changes nothing.

    An input is told to ``progress`` when it is safely in the book. A report that the book has is not read again.
    In the end every source's batch is compared with what the source gave before, and what floods is held.
    """
    entering = _Entering(book, register, clock, version, progress)
    for lot in lots(gathered(arrivals), LOT):
        there = book.holds(one[0].id for one in lot if not isinstance(one, Doubt) and one[0].published)
        entering.write([_read(one, there, reader) for one in lot])
    return entering.tally()


def enter(
    told: Iterable[Reading | Doubt],
    book: Book,
    register: Register,
    clock: Clock,
    version: str,
    progress: Progress | None = None,
) -> Tally:
    """Write one batch that was read elsewhere, as ``muster`` does; begun twice, it ends as if begun once.

    The lots, and with them the moments and the hashes, follow from the batch alone: what an interrupted call wrote
    is found again, and the guard judges the whole batch as it would have without the interruption.
    """
    entering = _Entering(book, register, clock, version, progress, again=True)
    for lot in lots(told, LOT):
        entering.write(lot)
    return entering.tally()


class _Entering:
    """One batch on its way into the book."""

    def __init__(
        self,
        book: Book,
        register: Register,
        clock: Clock,
        version: str,
        progress: Progress | None,
        again: bool = False,
    ) -> None:
        self._book, self._register, self._clock, self._version = book, register, clock, version
        self._progress, self._again = progress, again
        self._watch = _Watch(book)
        self._counts: Counter[str] = Counter()
        self._causes: Counter[str] = Counter()
        self._notes: list[Doubt] = []

    def write(self, lot: Iterable[Reading | Doubt]) -> None:
        """A lot in one transaction; each input is told to ``progress`` when it is safely in the book."""
        inputs = [_entered(one, self._register, self._clock, self._version) for one in lot]
        for told, receipt in zip(inputs, self._book.add_reports(inputs), strict=True):
            self._counts += _count(told, receipt)
            if isinstance(told, Doubt):
                self._notes.append(told)
                self._causes[told.code] += 1
            else:
                self._notes += [d for d in told[0].doubts if d.stage == "intake"]
                self._watch.note(told[0].report, receipt)
                if self._again and receipt.code != READ and not receipt.new:
                    self._watch.note_again(told[0])
            if self._progress:
                self._progress(told.source if isinstance(told, Doubt) else told[0].report.name)

    def tally(self) -> Tally:
        """What became of the batch, once its sources have been judged."""
        odd, held = self._watch.judge(self._clock)
        causes = tuple(sorted(self._causes.items()))
        return Tally(**self._counts, notes=tuple(self._notes), causes=causes, odd=odd, held=held)


class _Watch:
    """What the sources of one batch give, beside what they gave before it."""

    def __init__(self, book: Book) -> None:
        self._book, self._start = book, book.head().edge.size
        self._sources: dict[str, str] = {}  # report id -> source
        self._told: dict[str, int] = {}  # report id -> statements

    def note(self, report: Report, receipt: Receipt) -> None:
        """One report of the batch; only new ones count."""
        if receipt.code == READ and receipt.new:
            self._sources[report.id], self._told[report.id] = source_of(report), receipt.statements

    def note_again(self, reading: Reading) -> None:
        """A report of the batch that an interrupted call wrote: the batch began before it."""
        place = self._book.place_of(reading.report.id)
        if place:
            self._start = min(self._start, place - 1)
            self._sources[reading.report.id] = source_of(reading.report)
            self._told[reading.report.id] = len(reading.statements)

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
        floods = {one.source for one in odd if one.code == FLOOD}
        of_flood = [report for report, source in self._sources.items() if source in floods]
        matters = (matter for report in of_flood for matter in self._book.matters_of(report))
        found = folded(entry for matter in matters for entry in matter)
        holds = flooded(odd, self._sources, found.entries, found.confirmed.keys())
        lines = [hold(one.statement, clock(), GUARD, one.message) for one in holds]
        self._book.append(*lines)
        return odd, len(lines)


def lots(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in lists of at most ``size``."""
    left = iter(items)
    while lot := list(islice(left, size)):
        yield lot


def _read(arrival: Gathered, held: Collection[str], reader: Reader) -> Reading | Doubt:
    """What a report says, unless the book has it already: then nothing new is found in it."""
    if isinstance(arrival, Doubt):
        return arrival
    report, notes = arrival
    return noted(Reading(report) if report.id in held else reader(report), notes)


def _count(told: Input, receipt: Receipt) -> Counter[str]:
    """What one input came to."""
    if isinstance(told, Doubt):
        return Counter(refused=1, doubts=receipt.doubts)
    if receipt.code != READ or not receipt.new:
        return Counter(known=1)
    outcome = "read" if told[0].statements else "silent"
    return Counter({outcome: 1, "statements": receipt.statements, "doubts": receipt.doubts})


def _entered(told: Reading | Doubt, register: Register, clock: Clock, version: str) -> Input:
    """A reading with an entry for every statement, and doubts where identity could not settle its contingent."""
    if isinstance(told, Doubt):
        return told
    entries, doubts = [], []
    for statement in told.statements:
        found = resolve(statement, register, told.report.published)
        if isinstance(found, Doubt):
            doubts.append(replace(found, source=told.report.name))
        contingent = None if isinstance(found, Doubt) else found
        entries.append(record(statement, contingent, clock(), "reader", version))
    return replace(told, doubts=(*told.doubts, *doubts)), tuple(entries)
