"""The fast path from a page to a report: main text by resiliparse, a tenth of the time that trafilatura takes.

It is for archives, where the gate lets through one page in many: what it keeps of menus and captions is somewhat more,
and it looks for a day of publication only where pages state it.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from musterbook.errors import UsageError
from musterbook.intake.days import parse_day
from musterbook.intake.disguise import in_ascii_order
from musterbook.intake.language import has_pack, tell_language
from musterbook.intake.limits import DEPTH_LIMIT, MANY_TAGS, TAG_LIMIT
from musterbook.intake.pages import declared_charset, measure
from musterbook.intake.scan import CURE
from musterbook.intake.warc import Page
from musterbook.model import Report

if TYPE_CHECKING:
    from resiliparse.parse.html import HTMLTree

DAYS = (  # where pages state their day, the surest first: a selector and the attribute that holds it
    ('meta[property="article:published_time"]', "content"),
    ('meta[itemprop="datePublished"]', "content"),
    ('meta[name="date"]', "content"),
    ('meta[name="pubdate"]', "content"),
    ('meta[name="DC.date.issued"]', "content"),
    ('meta[name="parsely-pub-date"]', "content"),
    ('time[itemprop="datePublished"]', "datetime"),
    ("article time[datetime]", "datetime"),
)
JSON_DAY = re.compile(rb'"datePublished"\s*:\s*"([^"]{10,40})"')
TITLES = ('meta[property="og:title"]', "content")
SITES = ('meta[property="og:site_name"]', "content")
BLANKS = re.compile(r"\n{3,}")
STRONG = re.compile(r"\*\*([^*\n]+)\*\*")  # the extractor marks bold words
TOO_DEEP, TOO_TANGLED, NO_TEXT, LANGUAGE = "too-deep", "too-tangled", "no-text", "language"


def quick_report(page: Page, name: str) -> Report | str:
    """The report of a page, or in a word why there is none: the code of the stage that dropped it."""
    if trouble := _tangle(page.raw):
        return trouble
    tree = _parsed(page)
    text = _main_text(tree)
    if not text:
        return NO_TEXT
    language = tell_language(text)
    if not has_pack(language):
        return LANGUAGE
    taken = moment(page.retrieved)
    day, reason = _day(tree, page.raw, taken)
    return Report(
        text,
        title=_stated(tree, *TITLES) or (tree.title or "").strip(),
        url=page.url,
        publisher=_stated(tree, *SITES),
        language=language,
        published=day,
        published_reason=reason,
        retrieved=taken,
        name=name,
    )


def moment(words: str) -> datetime | None:
    """The moment at which a page was taken, as archives write it; None where it is missing or no moment."""
    try:
        return datetime.fromisoformat(words).astimezone(UTC) if words else None
    except (ValueError, OverflowError):
        return None


def _tangle(raw: bytes) -> str:
    """Why a page would take too long to parse; empty for nearly all."""
    tags = raw.count(b"<")
    if tags > 2 * TAG_LIMIT:
        return TOO_TANGLED
    if tags < MANY_TAGS:
        return ""
    tags, depth = measure(raw.decode("latin-1"))
    if depth > DEPTH_LIMIT:
        return TOO_DEEP
    return TOO_TANGLED if tags > TAG_LIMIT else ""


def _parsed(page: Page) -> HTMLTree:
    """The page as a tree, in UTF-8 where its bytes are that, else as its server, the page or its bytes say."""
    try:
        from resiliparse.parse.encoding import detect_encoding
        from resiliparse.parse.html import HTMLTree
    except ImportError:
        raise UsageError(CURE) from None
    raw = in_ascii_order(page.raw, page.charset)
    for encoding in ("utf-8", page.charset, declared_charset(raw)):
        try:
            if encoding:
                return HTMLTree.parse(raw.decode(encoding))
        except (UnicodeError, LookupError):
            continue
    return HTMLTree.parse_from_bytes(raw, detect_encoding(raw) or "utf-8", errors="replace")


def _main_text(tree: HTMLTree) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    text = extract_plain_text(
        tree, main_content=True, preserve_formatting=True, list_bullets=False, alt_texts=False
    )
    return BLANKS.sub("\n\n", STRONG.sub(r"\1", text)).strip()


def _stated(tree: HTMLTree, selector: str, attribute: str) -> str:
    """What the first element of that kind holds in an attribute; empty where there is none."""
    found = tree.document.query_selector(selector) if tree.document else None
    return (found.getattr(attribute) or "").strip() if found else ""


def _day(tree: HTMLTree, raw: bytes, taken: datetime | None) -> tuple[date | None, str]:
    """The day of publication that the page states, never later than it was taken, and where it says so."""
    stated = ((_stated(tree, *where), where[0]) for where in DAYS)
    in_json = (
        (found.group(1).decode("latin-1"), "datePublished") for found in JSON_DAY.finditer(raw[:400_000])
    )
    for words, where in (*stated, *in_json):
        day = parse_day(words) if words else None
        if day and (taken is None or day <= taken.date()):
            return day, f"the page's own date ({where})"
    return None, ""
