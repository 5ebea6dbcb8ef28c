"""Files, folders, patterns and standard input become reports and doubts, one source after the other."""

from __future__ import annotations

import glob
import os
import stat
import sys
from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path
from typing import IO, BinaryIO

from musterbook.errors import UsageError
from musterbook.intake.archives import read_archive, read_archive_stream, read_pages
from musterbook.intake.arrival import Outcomes, Parse
from musterbook.intake.content import certain_kind
from musterbook.intake.kinds import (
    KINDS,
    LIMITS,
    ONLY_NAMED,
    STREAMED,
    Given,
    ending_of,
    kind_by_content,
    kind_by_name,
    kind_of,
    report_of,
)
from musterbook.intake.limits import REPORT_LIMIT
from musterbook.intake.lines import Readable, read_lines
from musterbook.intake.mails import BOUNDARY, read_mails
from musterbook.intake.packing import TooMuch, unpacking
from musterbook.intake.trouble import trouble
from musterbook.model import Doubt, Report

STDIN = "standard input"
LARGEST = max(LIMITS.values())


def from_path(
    path: str | os.PathLike[str],
    published: date | None = None,
    language: str | None = None,
    called: str | None = None,
    parse: Parse = report_of,
) -> Iterator[Report | Doubt]:
    """All reports of a file, a folder and what lies below it, a pattern such as ``*.txt``, or ``-``.

    ``published`` is the day for reports that give none; for text, Markdown and pages it goes before what the
    file says. ``language`` is an ISO 639-1 code; without it the language is told from the text. A doubt
    without a ``report`` is a document that was not read; one with it is a note on a report that was.
    ``called`` is what to name a single file by, where its path says nothing to people. ``parse`` makes reports of
    bytes; the edges hand in one that does so in a child.
    """
    yield from from_place(os.fspath(path), Given(published, language), called, parse)


def from_place(name: str, given: Given, called: str | None = None, parse: Parse = report_of) -> Outcomes:
    """The same, with all that the caller may say of the reports."""
    if name == "-":
        yield from from_stream(sys.stdin.buffer, STDIN, given, parse)
        return
    for file in _files(name):
        yield from [file] if isinstance(file, Doubt) else _file(file, given, called or str(file), parse)


def from_text(
    text: str, name: str = "text", published: date | None = None, language: str | None = None
) -> Iterator[Report | Doubt]:
    """A text that is already in memory, as from a file of its name."""
    raw = text.encode("utf-8", "replace")
    yield from report_of(raw, "text", name, Given(published, language))


def from_bytes(
    raw: bytes, source: str, given: Given, media_type: str = "", parse: Parse = report_of
) -> Outcomes:
    """A document that was fetched: its kind by its content, the type that its server named, and its address."""
    kind = kind_of(given.url.partition("?")[0], media_type, raw)
    if not kind:
        yield trouble("unsupported-type", source, media_type)
    else:
        yield from parse(raw, kind, source, given)


def from_pages(
    path: Path, source: str, numbers: Collection[int], given: Given, parse: Parse = report_of
) -> Outcomes:
    """Single pages of an archive, by the numbers of their records; ``source`` is what the archive was called."""
    yield from _told_of_extra(read_pages(path, source, numbers, given, parse), source)


def from_stream(stream: BinaryIO, source: str, given: Given, parse: Parse = report_of) -> Outcomes:
    """A stream whose kind only its content tells."""
    start = stream.readline(REPORT_LIMIT + 1)
    rejoined = _Rejoined(start, stream)
    kind = kind_by_content(start)
    if certain_kind(start) == "packed":
        yield from _unpacked_stream(rejoined, source, given, parse)
    elif kind in ("lines", "archive"):
        yield from _opened(rejoined, kind, source, given, parse)
    elif BOUNDARY.match(start):
        yield from _opened(rejoined, "mails", source, given, parse)
    else:
        raw = start + stream.read(max(0, LARGEST + 1 - len(start)))
        yield from parse(raw, kind_by_content(raw), source, given)


class _Rejoined:
    """A stream with its first line put back before the rest."""

    def __init__(self, first: bytes, rest: BinaryIO) -> None:
        self._first, self._rest = first, rest

    def readline(self, size: int = -1, /) -> bytes:
        """The line put back, then the lines that follow."""
        line, self._first = self._first, b""
        return line or self._rest.readline(size)

    def read(self, size: int = -1, /) -> bytes:
        """The same in pieces."""
        held, self._first = self._first, b""
        return held or self._rest.read(size)


def _files(name: str) -> Iterator[Path | Doubt]:
    """The files that a name stands for, in a fixed order; in place of none, the doubt that says so."""
    path = Path(name)
    if path.is_dir():
        found: list[Path] = sorted(_below(path))
        yield from found or (trouble("empty-folder", name),)
    elif not os.path.lexists(path) and glob.has_magic(name):
        matches = sorted(glob.glob(name, recursive=True))  # noqa: PTH207 -- the pattern may be absolute
        for match in matches:
            yield from _files(match)
        if not matches:
            yield trouble("missing-match", name)
    else:
        yield path


def _below(folder: Path) -> list[Path]:
    """The files of a kind that we read; links to folders are not followed, hidden ones are left out."""
    found = []
    for root, folders, names in os.walk(folder):
        folders[:] = [f for f in folders if not f.startswith(".")]
        visible = (Path(root, n) for n in names if not n.startswith("."))
        found += [path for path in visible if _is_report(path.name)]
    return found


def _is_report(name: str) -> bool:
    """Whether a file of a folder is likely to hold reports; of packed files, what is packed counts."""
    ending = ending_of(name)
    return ending in KINDS and (ending_of(name.removesuffix(".gz")) or ".gz") not in ONLY_NAMED


def _file(path: Path, given: Given, source: str, parse: Parse) -> Outcomes:
    kind = kind_by_name(path.name)
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) and not stat.S_ISFIFO(found.st_mode):
            yield trouble("unsupported-type", source, "no regular file")
        elif not kind:
            yield trouble("unsupported-type", source, path.suffix)
        elif kind == "archive" and stat.S_ISREG(found.st_mode):
            yield from _told_of_extra(read_archive(path, source, given, parse), source)
        elif kind not in STREAMED and found.st_size > LIMITS.get(kind, REPORT_LIMIT):
            yield trouble("too-large", source, f"{LIMITS.get(kind, REPORT_LIMIT) // 1_000_000} MB")
        else:
            with path.open("rb") as stream:
                yield from _opened(stream, kind, source, given, parse)
    except FileNotFoundError:
        yield trouble("missing-file", source)
    except PermissionError:
        yield trouble("no-permission", source)
    except (OSError, ValueError) as broken:  # ValueError: a name with a zero byte
        yield trouble("unreadable-file", source, _cause(broken))


def _cause(broken: OSError | ValueError) -> str:
    return (isinstance(broken, OSError) and broken.strerror) or str(broken)


def _opened(stream: IO[bytes] | _Rejoined, kind: str, source: str, given: Given, parse: Parse) -> Outcomes:
    """The outcomes of an open file; only what is read piece by piece may be of any size."""
    if kind == "lines":
        yield from _lines(stream, source, given)
    elif kind == "mails":
        yield from _or_empty(read_mails(stream, source, given, parse), source)
    elif kind == "packed":
        yield from _unpacked_stream(stream, source, given, parse)
    elif kind == "archive":
        yield from _told_of_extra(read_archive_stream(stream, source, given, parse), source)
    else:
        yield from parse(stream.read(LIMITS.get(kind, REPORT_LIMIT) + 1), kind, source, given)


def _unpacked_stream(stream: IO[bytes] | _Rejoined, source: str, given: Given, parse: Parse) -> Outcomes:
    """What a packed file holds; JSON lines, mailboxes and archives in it may be of any size."""
    inner = Path(source).name.removesuffix(".gz")
    held = unpacking(stream)
    try:
        start = held.peek(1)
        kind = certain_kind(start) or kind_by_name(inner)
        if not ending_of(inner):
            kind = kind_by_content(start)
        if kind in STREAMED and kind != "packed":
            yield from _opened(held, kind, source, given, parse)
        else:
            raw = held.read(LARGEST + 1)
            told = kind or kind_by_content(raw)
            yield from _twice(source) if told == "packed" else parse(raw, told, source, given)
    except TooMuch:
        yield trouble("too-large", source, "what it may unpack to")
    except EOFError as broken:
        yield trouble("damaged", source, str(broken))


def _twice(source: str) -> Outcomes:
    yield trouble("unsupported-type", source, "packed twice")


def _lines(stream: Readable, source: str, given: Given) -> Outcomes:
    """The outcomes of every line; a file without any line is empty."""
    yield from _or_empty((one for line in read_lines(stream, source, given) for one in line.outcomes), source)


def _or_empty(outcomes: Outcomes, source: str) -> Outcomes:
    """The outcomes; in place of none the doubt that the file is empty."""
    empty = True
    for one in outcomes:
        empty = False
        yield one
    if empty:
        yield trouble("empty-file", source)


def _told_of_extra(outcomes: Outcomes, source: str) -> Outcomes:
    """What an archive holds; where what reads archives is not installed, the doubt that names it."""
    try:
        yield from outcomes
    except UsageError as missing:
        yield trouble("missing-extra", source, str(missing))
