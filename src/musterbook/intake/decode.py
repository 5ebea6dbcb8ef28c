"""Bytes become text exactly once, and a guess at their encoding is always told."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

MARKED = (  # byte order marks; the longer first
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP or office document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"{\\rtf", "an RTF document"),
    (b"SQLite format 3", "a database"),
)
SAMPLE = 100_000  # bytes that are enough to tell an encoding by
FOREIGN_SHARE = 0.1  # above this share of bytes outside ASCII it is no Western European text


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and the trouble with it: ``code`` is empty for clean UTF-8."""

    text: str = ""
    code: str = ""
    detail: str = ""


def decode(raw: bytes, *declared: str) -> Decoded:
    """The text with newlines as ``\\n``, or why there is none; ``declared`` is what server and file say."""
    for mark, encoding in MARKED:
        if raw.startswith(mark):
            return _strictly(raw, encoding) or Decoded(code="unreadable-encoding")
    for signature, kind in SIGNATURES:
        if raw.startswith(signature):
            return Decoded(code="binary-file", detail=kind)
    if b"\0" in raw:
        return Decoded(code="binary-file", detail="it holds zero bytes")
    if found := _strictly(raw, "utf-8"):
        return _unless_binary(found)
    for encoding in filter(None, declared):
        if found := _strictly(raw, encoding):
            return _unless_binary(found)
    return _guess(raw)


def _strictly(raw: bytes, encoding: str) -> Decoded | None:
    """The text if every byte fits the encoding; None if one does not or nobody knows the encoding."""
    try:
        return Decoded(raw.decode(encoding).replace("\r\n", "\n").replace("\r", "\n"))
    except (UnicodeError, LookupError):
        return None


def _guess(raw: bytes) -> Decoded:
    """Windows-1252 where nearly all is ASCII, else the best guess of charset-normalizer."""
    sample = raw[:SAMPLE]
    foreign = sum(sample.translate(OUTSIDE_ASCII)) / max(1, len(sample))
    encoding = "cp1252" if foreign <= FOREIGN_SHARE else _likeliest(sample)
    found = _strictly(raw, encoding) if encoding else None
    if found is None:
        return Decoded(code="unreadable-encoding")
    checked = _unless_binary(found)
    return checked if checked.code else Decoded(found.text, "wrong-encoding", encoding)


OUTSIDE_ASCII = bytes(int(b > 127) for b in range(256))


def _likeliest(sample: bytes) -> str:
    from charset_normalizer import from_bytes  # slow to load and seldom needed

    best = from_bytes(sample).best()
    return best.encoding if best else ""


def _unless_binary(found: Decoded) -> Decoded:
    """Text with many control characters is a program or a picture that happens to decode."""
    sample = found.text[:SAMPLE]
    strange = sum(1 for sign in sample if sign < " " and sign not in "\n\t\f\x1b")
    if strange > 2 + len(sample) // 100:
        return Decoded(code="binary-file", detail="it holds control characters")
    return found
