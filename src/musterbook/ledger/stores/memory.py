"""A book in memory: the plainest store, for tests, for trials, and as the yardstick of the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from types import TracebackType
from typing import Self

from musterbook.errors import BookError
from musterbook.ledger.asof import standing
from musterbook.ledger.book import KNOWN, READ, Clock, Outcome, Receipt, utc_now
from musterbook.ledger.evidence import accept, prove
from musterbook.ledger.stamps import check_target, failure_outcome, outcome_key, report_outcome, stamp
from musterbook.model import Contingent, Doubt, Entry, Reading, Report


class MemoryBook:
    """The contract of ``Book`` over plain lists; gone when the program ends."""

    def __init__(self, clock: Clock = utc_now) -> None:
        self._clock = clock
        self._last: datetime | None = None
        self._journal: dict[str, Entry] = {}
        self._readings: dict[str, Reading] = {}
        self._doubts: dict[str, Doubt] = {}
        self._outcomes: dict[str, Outcome] = {}

    def add_report(self, reading: Reading, entries: Sequence[Entry]) -> Receipt:
        """See ``Book.add_report``."""
        lines, report, at = accept(reading, entries), reading.report, self.now()
        if report.id in self._readings:
            new = self._note(report_outcome(report, at, known=True))
            return Receipt(KNOWN, report.id, new=new)
        self._readings[report.id] = reading
        self._journal |= {line.id: replace(line, recorded=at) for line in lines}
        doubts = sum(self._keep(doubt) for doubt in reading.doubts)
        self._last = at
        self._note(report_outcome(report, at, known=False))
        return Receipt(READ, report.id, len(lines), doubts)

    def add_failure(self, doubt: Doubt) -> Receipt:
        """See ``Book.add_failure``."""
        doubts = int(self._keep(doubt))
        new = self._note(failure_outcome(doubt, self.now()), doubt)
        return Receipt(doubt.code, doubt.report, 0, doubts, new)

    def append(self, entry: Entry) -> bool:
        """See ``Book.append``."""
        if entry.id in self._journal:
            return False
        stands = any(e.statement and e.statement.id == entry.target for e in self.entries())
        check_target(entry, stands)
        if entry.statement is not None:
            report = self.report(entry.statement.report)
            if report is None:
                raise BookError(f"the book has no report {entry.statement.report[:12]}; add the report first")
            prove(entry.statement, report)
        self._last = self.now()
        self._journal[entry.id] = replace(entry, recorded=self._last)
        return True

    def entries(
        self, contingent: Contingent | None = None, known: datetime | None = None
    ) -> tuple[Entry, ...]:
        """See ``Book.entries``."""
        stands = standing(self._journal.values(), known)
        return tuple(e for e in stands if contingent is None or e.contingent == contingent)

    def journal(self) -> tuple[Entry, ...]:
        """See ``Book.journal``."""
        return tuple(self._journal.values())

    def reports(self) -> tuple[Report, ...]:
        """See ``Book.reports``."""
        return tuple(reading.report for reading in self._readings.values())

    def report(self, id: str) -> Report | None:  # noqa: A002 -- the record's own word
        """See ``Book.report``."""
        reading = self._readings.get(id)
        return reading.report if reading else None

    def reading(self, id: str) -> Reading | None:  # noqa: A002 -- the record's own word
        """See ``Book.reading``."""
        return self._readings.get(id)

    def doubts(self) -> tuple[Doubt, ...]:
        """See ``Book.doubts``."""
        return tuple(self._doubts.values())

    def outcomes(self) -> tuple[Outcome, ...]:
        """See ``Book.outcomes``."""
        return tuple(self._outcomes.values())

    def now(self) -> datetime:
        """See ``Book.now``."""
        return stamp(self._clock(), self._last)

    def close(self) -> None:
        """See ``Book.close``."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _keep(self, doubt: Doubt) -> bool:
        """Write a doubt once; whether it is new."""
        return self._doubts.setdefault(doubt.id, doubt) is doubt

    def _note(self, outcome: Outcome, doubt: Doubt | None = None) -> bool:
        """Write an outcome once; whether the input is new."""
        return self._outcomes.setdefault(outcome_key(outcome, doubt), outcome) is outcome
