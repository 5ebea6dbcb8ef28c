"""Every line is made anew from what it holds, and must come out the same; what it points to must be there.

This finds a line that somebody changed together with its hash, as long as they left one of its ids as it was, and
evidence that no longer cuts words from its report. Lines are looked at in their order, each once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime

from musterbook.errors import BookError
from musterbook.ledger.asof import is_statement
from musterbook.ledger.evidence import prove
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
    parsed,
    reading_of,
    report_line,
)
from musterbook.ledger.outcomes import Outcome, outcome_key
from musterbook.ledger.packing import why_no_text
from musterbook.model import Act, Doubt, Entry, Reading, Report

RECENT = 200  # reports kept at hand; statements mostly follow theirs at once
Record = Entry | Reading | Doubt | Outcome | None


class Inspector:
    """Looks at one line after the other, and keeps in mind what later ones may point to."""

    def __init__(self, find_report: Callable[[str], Report | None]) -> None:
        self.kinds: Counter[str] = Counter()  # lines seen of each kind
        self._find = find_report  # gives a report that came too long ago to be at hand
        self._recent: dict[str, Report] = {}
        self._ids: set[bytes] = set()
        self._reports: set[bytes] = set()
        self._matters: dict[bytes, bytes] = {}  # statement -> matter
        self._deeds: dict[str, tuple[Kind, str]] = {}  # decision -> its kind and matter
        self._failures: dict[tuple[str, str], list[Doubt]] = {}  # by source and code

    def wrong(self, n: int, text: object) -> str:
        """What is wrong with the line in that place, or nothing."""
        if not isinstance(text, str):
            return why_no_text(text)
        try:
            line = parsed(text)
            if line.n != n:
                return f"says that it is line {line.n}"
            self.kinds[str(line.kind)] += 1
            record = _record(line)
            again = _made(line, record).at_place(n)
            if again.id != line.id:
                return f"its id does not follow from what it holds, which has {again.id[:12]}"
            if again.text != text:
                return "is not written as the book writes it"
            self._follow(line, record)
        except (BookError, ValueError) as trouble:
            return str(trouble)
        return ""

    def _follow(self, line: Line, record: Record) -> None:
        """BookError when what the line points to is not there, or not what it says."""
        if (line.kind is Kind.BOOK) != (line.n == 1):
            raise BookError("only the first line begins a book")
        if record is None:
            return
        if _key(line.id) in self._ids:
            raise BookError(f"has the id {line.id[:12]}, which an earlier line has")
        self._ids.add(_key(line.id))
        if isinstance(record, Reading):
            self._reports.add(_key(line.id))
            self._at_hand(record.report)
        elif line.report and _key(line.report) not in self._reports:
            raise BookError(f"is about report {line.report[:12]}, which is not in the book before it")
        elif isinstance(record, Entry):
            self._act(line, record)
        elif isinstance(record, Doubt):
            if not record.report:
                self._failures.setdefault((record.source, record.code), []).append(record)
        else:
            doubts = self._failures.get((record.source, record.code), [])
            if line.id not in {outcome_key(record), *(outcome_key(record, doubt) for doubt in doubts)}:
                raise BookError("its id does not follow from what it holds")

    def _act(self, line: Line, entry: Entry) -> None:
        """An act belongs to the matter of what it speaks of, and brings only what its report bears out."""
        kind, matter = self._belonging(entry)
        held = _key(line.matter) if line.kind is Kind.ENTRY else line.matter
        if (kind, matter) != (line.kind, held):
            raise BookError("belongs to another matter than it says")
        if entry.act is not Act.RECORD:
            self._deeds[line.id] = (line.kind, line.matter)
        if entry.statement is None:
            return
        brought = _key(entry.statement.id)
        if self._matters.setdefault(brought, _key(line.matter)) != _key(line.matter):
            raise BookError(f"brings statement {entry.statement.id[:12]}, which belongs to another matter")
        report = self._recent.get(line.report) or self._find(line.report)
        if report is None:
            raise BookError(f"its report {line.report[:12]} cannot be read any more")
        self._at_hand(report)
        prove(entry.statement, report)

    def _belonging(self, entry: Entry) -> tuple[Kind, bytes | str]:
        """The kind and the matter that follow from what an act speaks of; BookError when that is not there."""
        if entry.act is Act.GRANT:
            return Kind.GRANT, entry.target
        if entry.act is Act.MERGE and not is_statement(entry.target):
            return Kind.NAME, entry.target
        if entry.act is Act.UNDO:
            if entry.target not in self._deeds:
                raise BookError(f"undoes {entry.target[:12]}, which is no decision before it")
            kind, matter = self._deeds[entry.target]
            return kind, _key(matter) if kind is Kind.ENTRY else matter
        if entry.statement is not None and entry.act is Act.RECORD:
            said = _key(entry.statement.id)
            return Kind.ENTRY, self._matters.get(said, said)
        for target in (entry.target, entry.into if entry.act in (Act.MERGE, Act.ECHO) else entry.target):
            if _key(target) not in self._matters:
                raise BookError(f"speaks of statement {target[:12]}, which is not in the book before it")
        return Kind.ENTRY, self._matters[_key(entry.target)]

    def _at_hand(self, report: Report) -> None:
        """Keep a report at hand, and let the oldest go."""
        self._recent[report.id] = report
        if len(self._recent) > RECENT:
            del self._recent[next(iter(self._recent))]


def _record(line: Line) -> Record:
    """What the line holds; BookError when it is no such record."""
    if line.kind in ACTS:
        return entry_of(line)
    if line.kind is Kind.REPORT:
        return reading_of(line)
    if line.kind is Kind.DOUBT:
        return doubt_of(line)
    return outcome_of(line) if line.kind is Kind.OUTCOME else None


def _made(line: Line, record: Record) -> Line:
    """The line as the book writes that record."""
    at = datetime.fromisoformat(line.at)
    if isinstance(record, Entry):
        return entry_line(record, line.matter, line.kind)
    if isinstance(record, Reading):
        return report_line(record, at)
    if isinstance(record, Doubt):
        return doubt_line(record, at)
    return outcome_line(line.id, record) if record else book_line(at)


def _key(identity: str) -> bytes:
    """An id in little room: half of it tells a million apart."""
    return bytes.fromhex(identity)[:16]
