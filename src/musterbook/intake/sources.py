"""Files, folders, patterns and standard input become reports and doubts, one source after the other."""

from __future__ import annotations

import glob
import os
import stat
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import BinaryIO

from musterbook.intake.kinds import KINDS, Given, Parse, kind_by_content, report_of
from musterbook.intake.limits import REPORT_LIMIT
from musterbook.intake.lines import Readable, read_lines
from musterbook.intake.trouble import trouble
from musterbook.model import Doubt, Report

STDIN = "standard input"
TABLES = (".csv", ".tsv")  # no reports: a table goes in by its series


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
    given = Given(published, language)
    name = os.fspath(path)
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


def from_stream(
    stream: BinaryIO, source: str, given: Given, parse: Parse = report_of
) -> Iterator[Report | Doubt]:
    """A stream whose kind only its content tells."""
    start = stream.readline(REPORT_LIMIT + 1)
    if kind_by_content(start) == "lines":
        yield from _lines(_Rejoined(start, stream), source, given)
        return
    raw = start + stream.read(max(0, REPORT_LIMIT + 1 - len(start)))
    yield from _whole(raw, kind_by_content(raw), source, given, parse)


class _Rejoined:
    """A stream with its first line put back before the rest."""

    def __init__(self, first: bytes, rest: BinaryIO) -> None:
        self._first, self._rest = first, rest

    def readline(self, size: int = -1, /) -> bytes:
        """The line put back, then the lines that follow."""
        line, self._first = self._first, b""
        return line or self._rest.readline(size)


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
        found += [p for p in visible if p.suffix.lower() in KINDS and p.suffix]
    return found


def _file(path: Path, given: Given, source: str, parse: Parse) -> Iterator[Report | Doubt]:
    kind = KINDS.get(path.suffix.lower())
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) and not stat.S_ISFIFO(found.st_mode):
            yield trouble("unsupported-type", source, "no regular file")
        elif path.suffix.lower() in TABLES:
            yield trouble("table-file", source)
        elif kind is None:
            yield trouble("unsupported-type", source, path.suffix)
        elif kind != "lines" and found.st_size > REPORT_LIMIT:
            yield trouble("too-large", source, f"{REPORT_LIMIT // 1_000_000} MB")
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


def _opened(stream: BinaryIO, kind: str, source: str, given: Given, parse: Parse) -> Iterator[Report | Doubt]:
    if kind == "lines":
        yield from _lines(stream, source, given)
    else:
        yield from _whole(stream.read(REPORT_LIMIT + 1), kind, source, given, parse)


def _whole(raw: bytes, kind: str, source: str, given: Given, parse: Parse) -> Iterator[Report | Doubt]:
    if len(raw) > REPORT_LIMIT:
        yield trouble("too-large", source, f"{REPORT_LIMIT // 1_000_000} MB")
    else:
        yield from parse(raw, kind, source, given)


def _lines(stream: Readable, source: str, given: Given) -> Iterator[Report | Doubt]:
    """The outcomes of every line; a file without any line is empty."""
    empty = True
    for line in read_lines(stream, source, given):
        empty = False
        yield from line.outcomes
    if empty:
        yield trouble("empty-file", source)
