"""What a document is, its first bytes tell; its name is only a claim."""

from __future__ import annotations

import re

START = 4_096  # bytes that are looked at
PAGE_STARTS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<article")
LEAD = re.compile(
    rb"\A(?:<\?xml[^>]*\?>|<!--.*?-->|<\?[^>]*\?>|<!doctype [^>\[]*>|\s)*", re.DOTALL | re.IGNORECASE
)
FEED_STARTS = (b"<rss", b"<feed", b"<rdf:rdf", b"<atom:feed", b"<!doctype rss")
HEADER = re.compile(rb"([A-Za-z][A-Za-z0-9-]{1,40}):[^\n]*(?:\n[ \t][^\n]*)*(?:\n|\Z)")
MAIL_HEADERS = frozenset(
    [b"from", b"to", b"date", b"subject", b"received", b"message-id", b"return-path", b"mime-version"]
)
TEXT_COLUMNS = ("text", "body", "content", "article_text", "full_text", "fulltext")
PARTERS = ",;\t|"


def certain_kind(raw: bytes) -> str:
    """The kind of a document whose first bytes leave no doubt; empty for the rest."""
    start = raw[:START].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"%PDF-"):
        return "pdf"
    if start.startswith(b"\x1f\x8b\x08"):
        return "packed"
    if start.startswith((b"WARC/0.", b"WARC/1.")):
        return "archive"
    low = start.lower()
    if low.startswith(PAGE_STARTS):
        return "page"
    opened = low[LEAD.match(low).end() :]  # type: ignore[union-attr] # it also matches nothing at all
    if opened.startswith(FEED_STARTS):
        return "feed"
    return "page" if opened.startswith((b"<html", b"<head")) else ""


def kind_by_content(raw: bytes) -> str:
    """The kind of a stream that has no file name."""
    if certain := certain_kind(raw):
        return certain
    start = raw[:START].removeprefix(b"\xef\xbb\xbf").lstrip()
    if b"jsonfeed.org" in start[:500]:
        return "json"
    if start.startswith(b"{"):
        return "lines" if _closes(start) else "json"
    if start.startswith(b"[") and re.match(rb"\[\s*(?:\{|\])", start):
        return "json"
    if start.startswith(b"From ") and _is_mail(start.partition(b"\n")[2]):
        return "mails"
    if _is_mail(start):
        return "mail"
    return "table" if text_column(start.partition(b"\n")[0].decode("utf-8", "replace")) else "text"


def text_column(heading: str) -> str:
    """The sign that parts the columns of a heading in which one is named as texts are; empty for any other line."""
    for sign in PARTERS:
        names = [name.strip().strip('"').lower() for name in heading.split(sign)]
        if len(names) > 1 and any(name in TEXT_COLUMNS for name in names) and all(len(n) < 60 for n in names):
            return sign
    return ""


def _closes(start: bytes) -> bool:
    """Whether the first line is a whole object, or too long to tell, as JSON lines have it."""
    line, end, _ = start.partition(b"\n")
    return not end or line.rstrip().endswith(b"}") or b'"text"' in line


def _is_mail(start: bytes) -> bool:
    """Whether it begins with headers, three of which are those of a mail."""
    known: set[bytes] = set()
    at = 0
    text = start.replace(b"\r\n", b"\n")
    while found := HEADER.match(text, at):
        known.add(found.group(1).lower())
        at = found.end()
    return len(known & MAIL_HEADERS) >= 3 and b"from" in known
