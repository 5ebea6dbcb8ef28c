"""One document's bytes become one report by the kind of file, with notes on what was guessed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from musterbook.intake.days import parse_day
from musterbook.intake.decode import Decoded, decode
from musterbook.intake.language import has_pack, plain_code, tell_language
from musterbook.intake.letters import head_of
from musterbook.intake.limits import TEXT_LIMIT
from musterbook.intake.markup import strip_marks
from musterbook.intake.pages import declared_charset, extract
from musterbook.intake.trouble import trouble
from musterbook.model import Doubt, Report

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
}
PAGE_STARTS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<article")


@dataclass(frozen=True, slots=True)
class Given:
    """What the caller says of the reports; None where the reports are to say it themselves."""

    published: date | None = None
    language: str | None = None
    url: str = ""  # where the document was fetched from; a page's own canonical address goes before it
    retrieved: date | None = None  # the day it was fetched: nothing can have been published later
    charset: str = ""  # the encoding that its server named


Parse = Callable[[bytes, str, str, Given], Iterator[Report | Doubt]]
"""What makes reports of bytes: ``report_of`` itself, or what calls it in a child that may be killed."""


def kind_by_content(raw: bytes) -> str:
    """The kind of a stream that has no file name."""
    start = raw[:400].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(PAGE_STARTS):
        return "page"
    return "lines" if start.startswith(b"{") else "text"


def report_of(raw: bytes, kind: str, source: str, given: Given) -> Iterator[Report | Doubt]:
    """The report in these bytes, with a note if its encoding was guessed; or only the doubt."""
    if not raw.strip():
        yield trouble("empty-file", source)
        return
    decoded = decode(raw, declared_charset(raw) if kind == "page" else "")
    if not decoded.text:
        yield trouble(decoded.code or "empty-file", source, decoded.detail)
        return
    outcome, notes = _by_kind(decoded.text, kind, source, given)
    yield from checked(outcome, given.language)
    if isinstance(outcome, Report):
        yield from _notes(decoded, notes, outcome)


def checked(outcome: Report | Doubt, language: str | None) -> Iterator[Report | Doubt]:
    """The report in its language, or the doubt that there is no text or no pack for it."""
    if isinstance(outcome, Doubt):
        yield outcome
    elif not outcome.text.strip():
        yield trouble("empty-file", outcome.name)
    elif len(outcome.text) > TEXT_LIMIT:
        yield trouble("too-long", outcome.name, f"{TEXT_LIMIT:,}")
    else:
        code = plain_code(language) if language else tell_language(outcome.text)
        wrong = "no-pack" if language else "unknown-language"
        yield replace(outcome, language=code) if has_pack(code) else trouble(wrong, outcome.name, repr(code))


def _notes(decoded: Decoded, notes: tuple[Doubt, ...], report: Report) -> Iterator[Doubt]:
    if decoded.code:
        yield trouble(decoded.code, report.name, decoded.detail, report=report.id)
    yield from notes


def _by_kind(text: str, kind: str, source: str, given: Given) -> tuple[Report | Doubt, tuple[Doubt, ...]]:
    if kind == "markdown":
        return _marked(text, source, given)
    if kind == "page":
        return _page(text, source, given), ()
    return _plain(text, source, given), ()


def _plain(text: str, source: str, given: Given) -> Report:
    """A text; a letter or a release says itself of which day it is, and whose."""
    head = head_of(text)
    own = head.day if given.published is None else None
    reason = f"“{head.words}” is the letter's own date" if own else ""
    return Report(
        text,
        publisher=head.publisher,
        published=given.published or own,
        published_reason=reason,
        name=source,
    )


def _marked(text: str, source: str, given: Given) -> tuple[Report, tuple[Doubt, ...]]:
    found = strip_marks(text)
    words = found.fields.get("published") or found.fields.get("date") or ""
    day = given.published or parse_day(words)
    url = found.fields.get("url") or found.fields.get("source") or ""
    publisher = found.fields.get("publisher", "")
    report = Report(found.text, title=found.title, url=url, publisher=publisher, published=day, name=source)
    unread = bool(words) and day is None
    return report, ((trouble("bad-date", source, repr(words), report.id),) if unread else ())


def _page(text: str, source: str, given: Given) -> Report | Doubt:
    page = extract(text)
    if page.code:
        return trouble(page.code, source, page.detail)
    found = None if given.published else parse_day(page.day)
    return Report(
        page.text,
        title=page.title,
        url=page.url,
        publisher=page.publisher,
        published=given.published or found,
        published_reason="the page's own date" if found else "",
        name=source,
    )
