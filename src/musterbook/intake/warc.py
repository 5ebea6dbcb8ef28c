"""Archives of pages (WARC) as they are in the wild: what is damaged is counted and stepped over, never the end.

FastWARC reads; where it stops before the end of the file, the next record is looked for in the bytes and reading goes
on there. What was found so is marked, since a page may hold words that only look like a record.
"""

from __future__ import annotations

import mmap
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from musterbook.errors import UsageError
from musterbook.intake.limits import PAGE_LIMIT, SKIPPED, TAIL
from musterbook.intake.scan import CURE
from musterbook.intake.unpack import unpacked

if TYPE_CHECKING:
    from fastwarc.warc import ArchiveIterator, WarcRecord

STEP = 1 << 16
GZIP, ZSTD, PLAIN = b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"WARC/1."
STARTS = {
    GZIP: re.compile(re.escape(GZIP)),
    ZSTD: re.compile(re.escape(ZSTD)),
    PLAIN: re.compile(rb"(?<=\r\n\r\n)WARC/1\."),
}
PAGE_TYPES = re.compile(r"html|xml|text/plain", re.IGNORECASE)
NO_PAGE_TYPES = re.compile(r"(rss|atom)\+xml|text/xml|application/xml|svg", re.IGNORECASE)
CHARSET = re.compile(r"charset=[\"']?([\w.:-]{2,40})", re.IGNORECASE)
OK = (200, 203)
KINDS = 1024  # Content-Types that are remembered: an archive holds some dozens


@dataclass(frozen=True, slots=True)
class Page:
    """One page as its server sent it, and where it stands; empty fields are headers that were missing."""

    raw: bytes
    number: int  # of its record in the file, from 1
    offset: int  # byte of the file at which its record begins
    url: str = ""
    charset: str = ""
    retrieved: str = ""  # as written: 2024-06-01T00:00:00Z
    recovered: bool = False  # found by looking for it behind damage


CUT = Page(b"", 0, 0)  # stands for a page of which a part is missing


@dataclass(slots=True)
class Condition:
    """What was found in a file: ``records == pages + others + refused``."""

    records: int = 0
    pages: int = 0
    others: int = 0  # requests, pictures, answers that are no page
    refused: int = 0  # pages that unpack to more than we read
    damaged: int = 0  # places where a record could not be read
    recovered: int = 0  # pages found behind damage
    truncated: bool = False  # the file ends within a record


@dataclass(slots=True)
class _Stretch:
    """Records read in one go: from where, the last sound one, and how it ended."""

    start: int
    last: int | None = None  # byte at which the last sound record began
    reach: int = 0  # byte that it reaches at least, in a file that is not packed
    large: int | None = None  # byte at which a record begins that is too large to pass by
    short: int | None = None  # byte at which a page begins of which the file holds less than its header says
    is_broken: bool = False


class Archive:
    """A WARC file, plain, gzip or zstd; ``condition`` grows while its pages are read, ``at`` is the byte reached."""

    def __init__(self, path: Path) -> None:
        self.path, self.condition, self.at = path, Condition(), 0
        self._is_counted = False  # whether the damage at the next place is counted already

    def pages(self) -> Iterator[Page]:
        """Every page that can be read; OSError where the file itself cannot."""
        if not self.path.stat().st_size:
            return
        with self.path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as held:
            kind = next((mark for mark in (GZIP, ZSTD) if held[:4].startswith(mark)), PLAIN)
            start: int | None = 0
            while start is not None:
                stretch = _Stretch(start)
                yield from self._read(stretch)
                start = self._onward(held, kind, stretch)

    def _read(self, stretch: _Stretch) -> Iterator[Page]:
        """The pages from a byte on, as far as reading goes."""
        with self.path.open("rb") as file:
            file.seek(stretch.start)
            try:
                for record in _records(file):
                    place, length = record.stream_pos, record.content_length
                    if length > SKIPPED:
                        stretch.large = place
                        return
                    page = self._page(record, length, place, stretch.start > 0)
                    if page is CUT:
                        stretch.short = place
                        return
                    stretch.last, stretch.reach, self.at = place, place + length, place
                    if page is not None:
                        yield page
            except (OSError, ValueError):
                stretch.is_broken = True

    def _page(self, record: WarcRecord, length: int, place: int, recovered: bool) -> Page | None:
        """The page of a record, read whole; None where it holds none or too much, ``CUT`` where a part is missing."""
        condition = self.condition
        is_page = _is_page(record)
        raw = record.reader.read() if is_page and length <= PAGE_LIMIT else b""
        if is_page and len(raw) < length <= PAGE_LIMIT:
            return CUT
        condition.records += 1
        if not is_page:
            condition.others += 1
            return None
        raw = _bare(record, raw)
        if max(length, len(raw)) > PAGE_LIMIT:
            condition.refused += 1
            return None
        condition.pages += 1
        condition.recovered += recovered
        headers = record.headers
        return Page(
            raw,
            condition.records,
            place,
            (headers.get("WARC-Target-URI") or "").strip("<>"),
            _charset(record.http_headers.get("Content-Type") or "") if record.is_http_parsed else "",
            headers.get("WARC-Date") or "",
            recovered,
        )

    def _onward(self, held: mmap.mmap, kind: bytes, stretch: _Stretch) -> int | None:
        """Where to go on after a stretch; None at the end of the file."""
        if stretch.large is not None:
            self.condition.records += 1
            self.condition.refused += 1
            self._is_counted = kind is not GZIP
            return _find(held, kind, stretch.large + 1)
        if stretch.short is not None:
            return self._behind(held, kind, stretch.short)
        if not stretch.is_broken:
            self.condition.truncated |= kind is GZIP and _is_cut_off(held, stretch)
            return None
        self.condition.damaged += stretch.last is not None or not self._is_counted
        if stretch.last is None:
            self._is_counted = False
            return _find(held, kind, stretch.start + 1)
        end = _member_end(held, stretch.last) if kind is GZIP else stretch.last
        self._is_counted = kind is not PLAIN
        if kind is GZIP and end > stretch.last:
            return end  # the damage may lie in the last record itself, whose header told less than it holds
        return _find(held, kind, max(stretch.reach, end + 1) if kind is PLAIN else end + 1)

    def _behind(self, held: mmap.mmap, kind: bytes, short: int) -> int | None:
        """Where to go on behind a page that should reach beyond the end: the file is cut off, or its header wrong."""
        end = _member_end(held, short) if kind is GZIP else short
        found = _find(held, kind, max(end, short + 1))
        self.condition.damaged += found is not None
        self.condition.truncated |= found is None
        self._is_counted = True
        return found


def _records(file: object) -> ArchiveIterator:
    try:
        from fastwarc.warc import ArchiveIterator
    except ImportError:
        raise UsageError(CURE) from None
    return ArchiveIterator(file, parse_http=True)  # type: ignore[arg-type]


def _is_page(record: WarcRecord) -> bool:
    """Whether a record is a page that a server gave, by its headers, or by its first bytes where they are missing."""
    if str(record.record_type) not in ("response", "resource"):
        return False
    if not record.is_http_parsed:
        return PAGE_TYPES.search(record.headers.get("Content-Type") or "") is not None
    status = record.http_headers.status_code
    kind = record.http_content_type
    if status is not None and status not in OK:
        return False
    return kind is None or _is_page_type(kind)


@lru_cache(maxsize=KINDS)
def _is_page_type(kind: str) -> bool:
    return PAGE_TYPES.search(kind) is not None and NO_PAGE_TYPES.search(kind) is None


@lru_cache(maxsize=KINDS)
def _charset(kind: str) -> str:
    """The encoding that a Content-Type names; empty where it names none."""
    found = CHARSET.search(kind)
    return found.group(1) if found else ""


def _bare(record: WarcRecord, raw: bytes) -> bytes:
    """The page itself, where it was sent packed or in pieces."""
    headers = record.http_headers if record.is_http_parsed else None
    pieces = headers.get("Transfer-Encoding") if headers else None
    packing = headers.get("Content-Encoding") if headers else None
    return unpacked(raw, pieces or "", packing or "", PAGE_LIMIT) if pieces or packing else raw


def _find(held: mmap.mmap, kind: bytes, start: int) -> int | None:
    """The next byte from there on at which a record seems to begin."""
    found = STARTS[kind].search(held, start)
    return found.start() if found else None


def _is_cut_off(held: mmap.mmap, stretch: _Stretch) -> bool:
    """Whether the file ends within a packed record, which its reader takes for an end like any other."""
    end = stretch.start if stretch.last is None else stretch.last
    if len(held) - end > TAIL:
        return False
    while end < len(held):
        ended = _member_end(held, end)
        if ended == end:
            return bool(held[end:].strip(b"\0\r\n "))
        end = ended
    return False


def _member_end(held: mmap.mmap, start: int) -> int:
    """The byte after the packed member that begins there; the same byte where it is broken or cut off."""
    unpacker, at = zlib.decompressobj(31), start
    try:
        while not unpacker.eof and at < len(held):
            unpacker.decompress(held[at : at + STEP])
            at += STEP
    except zlib.error:
        return start
    return min(at, len(held)) - len(unpacker.unused_data) if unpacker.eof else start
