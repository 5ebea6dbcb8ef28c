"""Reports as a busy desk reads them, and a large book made of them faster than the book itself would take them in.

250 forces in 8 places each are 2,000 contingents; a report has 800 characters and four statements.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import islice

from musterbook.ledger.entries import record
from musterbook.ledger.lines import Line, book_line, entry_line, moment_text, outcome_line, report_line
from musterbook.ledger.outcomes import outcome_key, report_outcome
from musterbook.ledger.store import Shelf, Store
from musterbook.model import Contingent, Entry, Reading, Report, Statement, Status
from musterbook.values import Attribution, Figures, Mention, Period, Span

FORCES, PLACES, STATEMENTS = 250, 8, 4
START = datetime(2001, 1, 1, tzinfo=UTC)
DAY = date(2020, 9, 9)
SENTENCE = "About 5,200 American troops are in Iraq, Gen. Rose said on Tuesday, and others will follow. "
LOT = 20_000  # lines written at a time


def wire(number: int) -> Report:
    """The report of that number."""
    text = f"{SENTENCE * 8}Report {number} ends here."
    return Report(text, f"Wire {number}", f"https://wire.example/{number}", "The Wire", published=DAY)


def read(told: Report) -> Reading:
    """Four statements of one sentence each."""
    width = len(SENTENCE)
    said = []
    for n in range(STATEMENTS):
        at = n * width
        marks = tuple(Span(at + start, at + end) for start, end in ((6, 11), (12, 20), (33, 37)))
        force, place = Mention("USA", marks[1]), Mention("IRQ", marks[2])
        said.append(
            Statement(
                *(told.id, force, place, Figures(level=5200 + n, approx=True), Status.CURRENT),
                evidence=(Span(at, at + width - 1),),
                unit="troop",
                period=Period.day(DAY),
                speaker=Attribution("Rose", rank="Gen."),
                marks=marks,
                confidence=0.87,
            )
        )
    return Reading(told, tuple(said))


def place_of(number: int) -> Contingent:
    """The contingent of the statement of that number; all have equally many."""
    force, place = divmod(number % (FORCES * PLACES), PLACES)
    return Contingent(f"F{force:03}", f"P{place:03}")


def entered(reading: Reading, number: int) -> list[Entry]:
    """The entries of the report of that number."""
    places = (place_of(number * STATEMENTS + n) for n in range(STATEMENTS))
    return [
        record(said, where, START, "reader", "1")
        for said, where in zip(reading.statements, places, strict=True)
    ]


def batches(first: int, reports: int, size: int) -> Iterator[list[tuple[Reading, list[Entry]]]]:
    """Reports in batches of that size, ready to be added."""
    numbers = iter(range(first, first + reports))
    while lot := list(islice(numbers, size)):
        readings = [read(wire(number)) for number in lot]
        yield [(reading, entered(reading, number)) for reading, number in zip(readings, lot, strict=True)]


@dataclass(frozen=True)
class Stencil:
    """The lines of one report, of which copies are made by putting other ids, moments and codes into the text."""

    lines: tuple[Line, ...]
    report: str
    said: tuple[str, ...]

    @classmethod
    def cut(cls) -> Stencil:
        """From a report as the book would write it."""
        reading = read(wire(0))
        outcome = report_outcome(reading.report, START, known=False)
        entries = [replace(entry, recorded=START) for entry in entered(reading, 0)]
        said = tuple(one.id for one in reading.statements)
        stated = (entry_line(entry, one) for entry, one in zip(entries, said, strict=True))
        lines = (report_line(reading, START), *stated, outcome_line(outcome_key(outcome), outcome))
        return cls(lines, reading.report.id, said)

    def copy(self, number: int) -> Iterator[Line]:
        """The lines of the report of that number."""
        at = moment_text(START + timedelta(seconds=number))
        report = sha256(b"%d" % number).hexdigest()
        for n, line in enumerate(self.lines):
            new = report if n == 0 else sha256(b"%d %d" % (number, n)).hexdigest()
            said = sha256(b"%d said %d" % (number, n)).hexdigest() if line.statement else ""
            text = line.text.replace(self.report, report).replace(line.id, new).replace(line.at, at)
            held = line.contingent
            if held:
                text = text.replace(line.statement, said)
                where = place_of(number * STATEMENTS + n - 1)
                text = text.replace(f'"{held.force}"', f'"{where.force}"').replace(
                    f'"{held.place}"', f'"{where.place}"'
                )
                held = where
            yield Line(0, line.kind, new, at, text, said, report, said, held)


def fill(store: Store, reports: int) -> int:
    """Write a book of so many reports into an empty store; how many lines it has."""
    stencil, done = Stencil.cut(), 0
    lines = (line for number in range(reports) for line in stencil.copy(number))
    pending = [book_line(START)]
    while pending:
        placed = [line.at_place(n) for n, line in enumerate(pending, done + 1)]
        store.write(lambda shelf, lot=placed: put(shelf, lot))  # type: ignore[misc]
        done += len(placed)
        pending = list(islice(lines, LOT))
    return done


def put(shelf: Shelf, lines: list[Line]) -> None:
    """Write a lot."""
    shelf.write(lines)
