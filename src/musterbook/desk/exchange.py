"""The interchange form: documents in, the same documents out with their statements, one a line, ids kept."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, Literal

import msgspec

from musterbook.api import read_report
from musterbook.desk.cli import PROBLEMS
from musterbook.desk.lists import tell_notes
from musterbook.desk.screen import note
from musterbook.desk.views import View, interchange
from musterbook.errors import BookError
from musterbook.intake.kinds import Given
from musterbook.intake.lines import Line, read_lines
from musterbook.intake.sources import STDIN
from musterbook.intake.trouble import trouble
from musterbook.model import Doubt, Report


def convert(source: str, target: str, published: date | None, language: str | None) -> int:
    """Read every document and write it out again; the exit code says whether a line was in trouble."""
    given = Given(published, language)
    written = troubled = 0
    encoder = msgspec.json.Encoder()
    with _opened(source, "r") as lines, _opened(target, "w") as out:
        for line in read_lines(lines, STDIN if source == "-" else source, given):
            notes = [o for o in line.outcomes if isinstance(o, Doubt)]
            tell_notes(notes)
            troubled += bool(notes)
            if line.document is not None:
                out.write(encoder.encode(_document(line)) + b"\n")
                written += 1
    if not written:
        tell_notes([trouble("empty-file", source)])
    note(f"{written} documents written, {troubled} lines with trouble")
    return PROBLEMS if troubled or not written else 0


def _document(line: Line) -> View:
    """The document with the statements that we read; without any where it could not be read."""
    document = line.document
    if document is None:
        raise ValueError("a line without a document has nothing to write")
    held: View = {
        "id": document.id,
        "lang": document.lang or document.language,
        "published": document.published,
        "title": document.title,
        "text": document.text,
        "statements": [],
    }
    report = line.outcomes[0]
    if isinstance(report, Report):
        reading = read_report(report)
        day = reading.report.published
        held["lang"] = held["lang"] or report.language
        held["published"] = held["published"] or (day.isoformat() if day else None)
        held["statements"] = [
            interchange(s, report.text)
            for s in reading.statements
            if not s.figures.is_empty  # the interchange form holds figures only
        ]
    return held


@contextmanager
def _opened(name: str, mode: Literal["r", "w"]) -> Iterator[IO[bytes]]:
    """A file or a standard stream, as bytes; BookError with the cure where it cannot be had."""
    if name == "-":
        yield sys.stdin.buffer if mode == "r" else sys.stdout.buffer
        return
    try:
        with Path(name).open("rb" if mode == "r" else "wb") as stream:
            yield stream
    except OSError as broken:
        verb = "read" if mode == "r" else "written"
        raise BookError(
            f"{name} cannot be {verb} ({broken.strerror}); check its name and permissions"
        ) from broken
