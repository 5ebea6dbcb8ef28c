"""The book is a list of lines: all that it ever took in, one line of JSON each, as exported and as hashed.

A line says its place (``n``, from 1), its kind, its id, the moment it was recorded (``at``), and holds the record in
muster notation (``body``). What a store keeps beside the text, to find lines by, is always told by the text itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from sys import intern
from typing import Any

import msgspec

from musterbook.errors import BookError
from musterbook.ledger.merkle import leaf_hash
from musterbook.ledger.outcomes import Outcome
from musterbook.model import Act, Contingent, Doubt, Entry, Reading, Report, Statement, entry_id
from musterbook.notation import parse, plain, write_plain

FORM = 2  # of the lines; a change of it is a new kind of book


class Kind(StrEnum):
    """What a line holds."""

    BOOK = "book"  # the first line: form and moment of the beginning
    REPORT = "report"  # a report and what was found in it beside statements and doubts
    ENTRY = "entry"  # an act on a statement
    NAME = "name"  # an act on names: two codes are one
    GRANT = "grant"  # who may do what
    DOUBT = "doubt"
    OUTCOME = "outcome"  # what became of one input


ACTS = (Kind.ENTRY, Kind.NAME, Kind.GRANT)  # their bodies are entries
Columns = tuple[str | None, ...]  # kind, id, moment, matter, report, statement, force, place, mission


@dataclass(frozen=True, slots=True)
class Line:
    """One line; the text is the line, the rest is there to find it by and follows from the text."""

    n: int  # its place in the book, from 1; 0 before it has one
    kind: Kind
    id: str
    at: str  # moment in UTC, of fixed width, so that it sorts as text
    text: str
    matter: str = ""  # id of the first statement of a chain of corrections, or the code or person decided on
    report: str = ""  # id of the report it belongs to
    statement: str = ""  # id of the statement that it brings
    contingent: Contingent | None = None

    def at_place(self, n: int) -> Line:
        """The line in its place."""
        return replace(self, n=n, text=f'{{"n":{n},{self.text[1:]}')

    def moved(self, at: datetime) -> Line:
        """The line as another book holds it that took it in at this moment; it has no place yet."""
        moment = moment_text(at)
        body = self.text.partition(f'"at":"{self.at}"')[2]
        return replace(self, n=0, at=moment, text=f'{{"at":"{moment}"{body}')

    @property
    def leaf(self) -> bytes:
        """The line's hash in the book's tree."""
        return leaf_hash(self.text.encode())


class _Contingent(msgspec.Struct):
    force: str
    place: str
    mission: str = ""


class _Body(msgspec.Struct):
    """The part of a body that lines are found by."""

    contingent: _Contingent | None = None


class _Head(msgspec.Struct):
    """A line without the rest of its body."""

    n: int
    at: str
    id: str
    kind: Kind
    body: _Body
    matter: str = ""
    report: str = ""
    statement: str = ""


_HEAD = msgspec.json.Decoder(_Head)


class _Deed(msgspec.Struct):
    """An entry as its line holds it; the moment stands outside."""

    act: Act
    by: str
    reader: str
    statement: Statement | None = None
    contingent: Contingent | None = None
    target: str = ""
    reason: str = ""
    into: str = ""
    after: str = ""
    first: datetime | None = None


class _EntryLine(msgspec.Struct):
    at: datetime
    body: _Deed


class _ReadingLine(msgspec.Struct):
    body: Reading


class _ReportOnly(msgspec.Struct):
    report: Report


class _ReportLine(msgspec.Struct):
    body: _ReportOnly


class _DoubtLine(msgspec.Struct):
    body: Doubt


class _Ending(msgspec.Struct):
    code: str
    source: str = ""
    message: str = ""
    report: str = ""


class _OutcomeLine(msgspec.Struct):
    at: datetime
    body: _Ending


def moment_text(moment: datetime) -> str:
    """A moment as lines hold and sort it."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def book_line(at: datetime) -> Line:
    """The line that a book begins with."""
    return _line(Kind.BOOK, "book", at, {"form": FORM})


def report_line(reading: Reading, at: datetime) -> Line:
    """A report with what was found in it; its statements and doubts are lines of their own."""
    body = plain(reading)
    body.pop("statements", None)
    body.pop("doubts", None)
    return _line(Kind.REPORT, reading.report.id, at, body, report=reading.report.id)


def entry_line(entry: Entry, matter: str, kind: Kind = Kind.ENTRY) -> Line:
    """An entry, recorded at its own moment."""
    said = entry.statement
    body = plain(entry)
    written = entry_id(body)
    del body["recorded"]
    return _line(
        kind,
        written,
        entry.recorded,
        {name: held for name, held in body.items() if held is not None},
        matter=matter,
        report=said.report if said else "",
        statement=said.id if said else "",
        contingent=entry.contingent,
    )


def doubt_line(doubt: Doubt, at: datetime) -> Line:
    """A doubt."""
    return _line(Kind.DOUBT, doubt.id, at, plain(doubt), report=doubt.report)


def outcome_line(key: str, outcome: Outcome) -> Line:
    """What became of the input with that key."""
    body = {name: held for name, held in plain(outcome).items() if held != "" and name != "at"}
    return _line(Kind.OUTCOME, key, outcome.at, body, report=outcome.report)


def parsed(text: str) -> Line:
    """The line of that text; BookError when it is none."""
    head = parse(text, _Head)
    held = head.body.contingent
    contingent = Contingent(held.force, held.place, held.mission) if held else None
    return Line(
        head.n, head.kind, head.id, head.at, text, head.matter, head.report, head.statement, contingent
    )


def told_by(text: bytes) -> tuple[int, Columns]:
    """The place that a line names, and what it is found by; BookError when it is none.

    As ``parsed`` and ``columns_of``, but quicker, for those who check.
    """
    try:
        head = _HEAD.decode(text)
    except (ValueError, msgspec.MsgspecError):
        head = parse(text, _Head)  # which also takes halves of characters, and says what is wrong
    return head.n, _columns(head, head.body.contingent)


def columns_of(line: Line) -> Columns:
    """What a line is found by, ``None`` where it has none."""
    return _columns(line, line.contingent)


def _columns(found: Line | _Head, held: Contingent | _Contingent | None) -> Columns:
    where = (held.force, held.place, held.mission) if held else (None, None, None)
    return (
        str(found.kind),
        found.id,
        found.at,
        found.matter or None,
        found.report or None,
        found.statement or None,
        *where,
    )


def entry_of(line: Line) -> Entry:
    """The entry that a line of ``ACTS`` holds."""
    return entry_in(line.text)


def entry_in(text: str) -> Entry:
    """The same, from the text alone."""
    held = parse(text, _EntryLine)
    deed = held.body
    return Entry(
        deed.act,
        deed.statement,
        _shared(deed.contingent),
        held.at,
        intern(deed.by),
        intern(deed.reader),
        deed.target,
        deed.reason,
        deed.into,
        deed.after,
        deed.first,
    )


@lru_cache(maxsize=4096)
def _shared(contingent: Contingent | None) -> Contingent | None:
    """The same contingent for a hundred thousand entries, as long as it is one of the last that were met."""
    return contingent


def reading_of(line: Line) -> Reading:
    """What was found in a report, without its statements and doubts."""
    return parse(line.text, _ReadingLine).body


def report_of(line: Line) -> Report:
    """The report alone."""
    return parse(line.text, _ReportLine).body.report


def doubt_of(line: Line) -> Doubt:
    """The doubt."""
    return parse(line.text, _DoubtLine).body


def outcome_of(line: Line) -> Outcome:
    """What became of an input."""
    held = parse(line.text, _OutcomeLine)
    end = held.body
    return Outcome(end.source, end.code, end.message, end.report, held.at)


def body_of(text: str) -> dict[str, Any]:
    """The body of a line in JSON's own types; BookError when it is none."""
    held = parse(text, dict[str, Any]).get("body")
    if not isinstance(held, dict):
        raise BookError(f"a line of a book without a body: {text[:60]!r}")
    return held


def _line(
    kind: Kind,
    id: str,  # noqa: A002 -- the record's own word
    at: datetime,
    body: dict[str, Any],
    *,
    matter: str = "",
    report: str = "",
    statement: str = "",
    contingent: Contingent | None = None,
) -> Line:
    """A line that has no place yet."""
    moment = moment_text(at)
    held = {"at": moment, "body": body, "id": id, "kind": kind}
    held |= {
        name: value
        for name, value in (("matter", matter), ("report", report), ("statement", statement))
        if value
    }
    return Line(0, kind, id, moment, write_plain(held), matter, report, statement, contingent)
