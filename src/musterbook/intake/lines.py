"""JSON lines: one document a line; a bad line is a doubt and the next line is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Protocol

import msgspec

from musterbook.intake.arrival import Note, arrive
from musterbook.intake.days import parse_day
from musterbook.intake.decode import decode
from musterbook.intake.given import Given
from musterbook.intake.limits import REPORT_LIMIT
from musterbook.intake.trouble import trouble
from musterbook.model import Doubt, Report


class Document(msgspec.Struct):
    """One line; every field but the text may be missing, and fields we do not know are left alone."""

    text: str
    id: str | int | None = None
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: str | None = None
    lang: str | None = None
    language: str | None = None


class Readable(Protocol):
    """Anything that gives bytes by the line."""

    def readline(self, size: int = -1, /) -> bytes:
        """At most ``size`` bytes of the next line; empty at the end."""
        ...


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one line: its document where it could be parsed, and the outcomes, report first."""

    document: Document | None
    outcomes: tuple[Report | Doubt, ...]


DECODER = msgspec.json.Decoder(Document)


def read_lines(stream: Readable, source: str, given: Given) -> Iterator[Line]:
    """Every line that is not blank; memory stays at one line, however large the file."""
    number = 0
    while raw := stream.readline(REPORT_LIMIT + 1):
        number += 1
        at = f"{source}, line {number}"
        if len(raw) > REPORT_LIMIT and not raw.endswith(b"\n"):
            _skip_line(stream)
            yield Line(None, (trouble("too-large", at, f"{REPORT_LIMIT // 1_000_000} MB"),))
        elif raw.strip(b"\xef\xbb\xbf \t\r\n"):
            yield line_of(raw, at, given)


def _skip_line(stream: Readable) -> None:
    """Read on to the end of the line without keeping it."""
    while (rest := stream.readline(REPORT_LIMIT)) and not rest.endswith(b"\n"):
        continue


def line_of(raw: bytes, at: str, given: Given) -> Line:
    """What one line of bytes holds."""
    decoded = decode(raw)
    if not decoded.text:
        return Line(None, (trouble(decoded.code, at, decoded.detail),))
    try:
        document = DECODER.decode(decoded.text)
    except (msgspec.DecodeError, RecursionError) as broken:
        return Line(None, (trouble("bad-json", at, str(broken)[:80]),))
    notes: tuple[Note, ...] = ((decoded.code, decoded.detail),) if decoded.code else ()
    return Line(document, tuple(outcomes_of(document, at, given, *notes)))


def outcomes_of(document: Document, at: str, given: Given, *notes: Note) -> Iterator[Report | Doubt]:
    """The report of a document with the notes on it, or the doubt why there is none."""
    report = _report(document, at, given)
    language = document.lang or document.language or given.language
    unread: tuple[Note, ...] = ()
    if document.published and report.published is None:
        unread = (("bad-date", repr(document.published[:40])),)
    yield from arrive(report, replace(given, language=language), *notes, *unread)


def _report(document: Document, at: str, given: Given) -> Report:
    own = parse_day(document.published) if document.published else None
    return Report(
        document.text,
        title=document.title or "",
        url=document.url or "",
        publisher=document.publisher or "",
        published=own or (None if document.published else given.published),
        name=at,
    )
