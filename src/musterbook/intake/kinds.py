"""A document becomes reports by its kind, which its name and its type claim and its content decides."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import PurePath

from musterbook.intake.arrival import Outcomes
from musterbook.intake.articles import read_page
from musterbook.intake.content import certain_kind, kind_by_content
from musterbook.intake.feeds import read_feed
from musterbook.intake.given import Given
from musterbook.intake.json_files import read_json
from musterbook.intake.limits import FEED_LIMIT, MAIL_LIMIT, PDF_LIMIT, REPORT_LIMIT, TABLE_LIMIT
from musterbook.intake.lines import read_lines
from musterbook.intake.mails import read_mail, read_mails
from musterbook.intake.packing import TooMuch, unpacking
from musterbook.intake.pdfs import read_pdf
from musterbook.intake.text_tables import read_table
from musterbook.intake.texts import read_markdown, read_text
from musterbook.intake.trouble import trouble
from musterbook.model import Report

__all__ = ["KINDS", "LIMITS", "Given", "kind_by_content", "kind_by_name", "kind_of", "report_of"]

KINDS = {
    ".txt": "text",
    ".text": "text",
    "": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".json": "json",
    ".rss": "feed",
    ".atom": "feed",
    ".rdf": "feed",
    ".xml": "feed",
    ".pdf": "pdf",
    ".eml": "mail",
    ".mbox": "mails",
    ".csv": "table",
    ".tsv": "table",
    ".warc": "archive",
    ".warc.gz": "archive",
    ".warc.zst": "archive",
    ".gz": "packed",
}
ONLY_NAMED = frozenset(["", ".json", ".xml"])  # left out of folders, where they mostly hold something else
TYPES = {
    "text/plain": "text",
    "text/markdown": "markdown",
    "text/html": "page",
    "application/xhtml+xml": "page",
    "application/pdf": "pdf",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/rdf+xml": "feed",
    "application/xml": "feed",
    "text/xml": "feed",
    "application/feed+json": "json",
    "application/json": "json",
    "application/x-ndjson": "lines",
    "application/jsonl": "lines",
    "text/csv": "table",
    "text/tab-separated-values": "table",
    "message/rfc822": "mail",
    "application/mbox": "mails",
    "application/gzip": "packed",
    "application/warc": "archive",
}
UNSAID = frozenset(
    ["", "text/plain", "application/octet-stream", "binary/octet-stream"]
)  # types that say nothing
LIMITS = {  # bytes of one document; of the other kinds it is REPORT_LIMIT
    "pdf": PDF_LIMIT,
    "mail": MAIL_LIMIT,
    "feed": FEED_LIMIT,
    "json": FEED_LIMIT,
    "table": TABLE_LIMIT,
}
STREAMED = frozenset(["lines", "mails", "packed", "archive"])  # read piece by piece, whatever their size
IN_WORDS = {
    "pdf": "a PDF",
    "page": "a web page",
    "feed": "a feed",
    "packed": "a packed file",
    "archive": "an archive",
}
READERS: dict[str, Callable[[bytes, str, Given], Outcomes]] = {
    "text": read_text,
    "markdown": read_markdown,
    "page": read_page,
    "json": read_json,
    "feed": read_feed,
    "pdf": read_pdf,
    "mail": read_mail,
    "table": read_table,
}


def ending_of(name: str) -> str:
    """The ending that tells the kind: ``.warc.gz`` in one, else the last."""
    endings = [one.lower() for one in PurePath(name).suffixes]
    both = "".join(endings[-2:])
    return both if both in KINDS else "".join(endings[-1:])


def kind_by_name(name: str) -> str:
    """The kind that a name claims; empty where we read none that is called so."""
    return KINDS.get(ending_of(name), "")


def kind_of(name: str, media_type: str, raw: bytes) -> str:
    """The kind of a document that was fetched or attached; empty where we do not read it."""
    certain = certain_kind(raw)
    if certain:
        return certain
    plain = media_type.partition(";")[0].strip().lower()
    named = kind_by_name(name) if ending_of(name) else ""
    if plain in UNSAID:
        return named or kind_by_content(raw)
    return TYPES.get(plain) or (named if plain.startswith("text/") else "")


def report_of(raw: bytes, kind: str, source: str, given: Given) -> Outcomes:
    """The reports in these bytes, each followed by its notes; or only the doubts.

    A document that is plainly of another kind is read as what it is, with a note.
    """
    if not raw.strip():
        yield trouble("empty-file", source)
        return
    certain = certain_kind(raw)
    if certain and certain != kind and kind not in ("lines", "mails"):
        yield from _otherwise(_read(raw, certain, source, given), certain)
    elif kind == "pdf" and not certain:
        yield trouble("damaged", source, "it does not begin as a PDF")
    else:
        yield from _read(raw, kind, source, given)


def _read(raw: bytes, kind: str, source: str, given: Given) -> Outcomes:
    limit = LIMITS.get(kind, REPORT_LIMIT)
    if kind == "lines":
        yield from _lines(raw, source, given)
    elif kind == "mails":
        yield from read_mails(io.BytesIO(raw), source, given)
    elif len(raw) > limit:
        yield trouble("too-large", source, f"{limit // 1_000_000} MB")
    elif kind == "packed":
        yield from _unpacked(raw, source, given)
    elif kind == "archive":
        yield trouble("unsupported-type", source, "an archive within another document")
    else:
        yield from READERS[kind](raw, source, given)


def _lines(raw: bytes, source: str, given: Given) -> Outcomes:
    for line in read_lines(io.BytesIO(raw), source, given):
        yield from line.outcomes


def _unpacked(raw: bytes, source: str, given: Given) -> Outcomes:
    """What a packed document holds, if that is no packed one again."""
    try:
        held = unpacking(io.BytesIO(raw)).read(max(LIMITS.values()) + 1)
    except TooMuch:
        yield trouble("too-large", source, "what it may unpack to")
    except EOFError as broken:
        yield trouble("damaged", source, str(broken))
    else:
        kind = kind_of(PurePath(source).name.removesuffix(".gz"), "", held)
        if kind in ("packed", "archive"):
            yield trouble("unsupported-type", source, "packed twice, or an archive")
        else:
            yield from report_of(held, kind or kind_by_content(held), source, given)


def _otherwise(outcomes: Outcomes, kind: str) -> Outcomes:
    """The outcomes of a document under a wrong name; the first report says so."""
    told = False
    for one in outcomes:
        yield one
        if isinstance(one, Report) and not told:
            told = True
            yield trouble("other-kind", one.name, IN_WORDS[kind], report=one.id)
