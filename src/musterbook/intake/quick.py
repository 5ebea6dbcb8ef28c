"""The fast path from a page to a report: main text by resiliparse, a tenth of the time that trafilatura takes.

It is for archives, where the gate lets through one page in many: what it keeps of menus and captions is somewhat more,
and it looks for a day of publication only where pages state it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from musterbook.errors import UsageError
from musterbook.intake.days import parse_day
from musterbook.intake.disguise import in_ascii_order
from musterbook.intake.language import has_pack, tell_language
from musterbook.intake.limits import DEPTH_LIMIT, MANY_TAGS, TAG_LIMIT
from musterbook.intake.pages import declared_charset, flat_words, measure
from musterbook.intake.scan import CURE
from musterbook.intake.warc import Page
from musterbook.model import Report

if TYPE_CHECKING:
    from resiliparse.parse.html import ElementNode, HTMLTree

NAMED = ("property", "itemprop", "name")  # what names a meta element
DAYS = (  # the meta elements in which pages state their day, the surest first
    ("property", "article:published_time"),
    ("itemprop", "datePublished"),
    ("name", "date"),
    ("name", "pubdate"),
    ("name", "DC.date.issued"),
    ("name", "parsely-pub-date"),
)
TIMES = ('time[itemprop="datePublished"]', "article time[datetime]")  # then these
JSON_DAY = re.compile(rb'"datePublished"\s*:\s*"([^"]{10,40})"')
TITLE, SITE = ("property", "og:title"), ("property", "og:site_name")
BLANKS = re.compile(r"\n{3,}")
STRONG = re.compile(r"\*\*([^*\n]+)\*\*")  # the extractor marks bold words
TOO_DEEP, TOO_TANGLED, NO_TEXT, LANGUAGE = "too-deep", "too-tangled", "no-text", "language"


def quick_report(page: Page, name: str) -> Report | str:
    """The report of a page, or in a word why there is none: the code of the stage that dropped it."""
    trouble, end = _tangle(page.raw)
    if trouble and trouble != TOO_DEEP:
        return trouble
    raw = in_ascii_order(page.raw, page.charset)
    tree = _parsed(raw[:end] if trouble else raw, page.charset)
    text = _flat_text(raw, page.charset) if trouble else _main_text(tree)
    if not text:
        return trouble or NO_TEXT
    language = tell_language(text)
    if not has_pack(language):
        return LANGUAGE
    taken = moment(page.retrieved)
    stated = _metas(tree, raw)
    day, reason = _day(tree, stated, raw, taken)
    return Report(
        text,
        title=stated.get(TITLE) or (tree.title or "").strip(),
        url=page.url,
        publisher=stated.get(SITE, ""),
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


def is_deep(page: Page) -> bool:
    """Whether a page nests so deep that its words are taken without a tree."""
    return _tangle(page.raw)[0] == TOO_DEEP


def _tangle(raw: bytes) -> tuple[str, int]:
    """Why a page would take too long to parse, empty for nearly all; and up to where it would not."""
    marks = raw.count(b"<")
    if marks < MANY_TAGS:
        return "", len(raw)
    tags, depth, end = measure(raw.decode("latin-1"))
    if depth > DEPTH_LIMIT:
        return TOO_DEEP, end
    return (TOO_TANGLED if tags > TAG_LIMIT or marks > 2 * TAG_LIMIT else ""), end


def _parsed(raw: bytes, charset: str) -> HTMLTree:
    """The page as a tree, in the encoding that its bytes suggest where none that was stated fits."""
    try:
        from resiliparse.parse.encoding import detect_encoding
        from resiliparse.parse.html import HTMLTree
    except ImportError:
        raise UsageError(CURE) from None
    if (page := _decoded(raw, charset)) is not None:
        return HTMLTree.parse(page)
    return HTMLTree.parse_from_bytes(raw, detect_encoding(raw) or "utf-8", errors="replace")


def _decoded(raw: bytes, charset: str) -> str | None:
    """The page in UTF-8 where its bytes are that, else as its server or the page says; None where neither fits."""
    for encoding in _encodings(raw, charset):
        try:
            return raw.decode(encoding)
        except (UnicodeError, LookupError):
            continue
    return None


def _encodings(raw: bytes, charset: str) -> Iterator[str]:
    """UTF-8, then what the server says, then what the page says; each only made out where it is needed."""
    yield "utf-8"
    if charset:
        yield charset
    if declared := declared_charset(raw):
        yield declared


def _flat_text(raw: bytes, charset: str) -> str:
    """All words of a page that nests too deep for a tree."""
    page = _decoded(raw, charset)
    return flat_words(raw.decode("cp1252", "replace") if page is None else page)


def _main_text(tree: HTMLTree) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    text = extract_plain_text(
        tree, main_content=True, preserve_formatting=True, list_bullets=False, alt_texts=False
    )
    return BLANKS.sub("\n\n", STRONG.sub(r"\1", text)).strip()


def _metas(tree: HTMLTree, raw: bytes) -> dict[tuple[str, str], str]:
    """What the page's meta elements hold, by what names them; of several with one name the first.

    They stand in the head. All of the page is only gone through where its bytes say that one of ours stands elsewhere.
    """
    found = _held(tree.head.get_elements_by_tag_name("meta")) if tree.head else {}
    missing = (key for key in (TITLE, SITE, *DAYS) if key[0] != "name" and key not in found)
    if tree.document is None or not any(name.encode() in raw for _, name in missing):
        return found
    return _held(tree.document.get_elements_by_tag_name("meta"))


def _held(metas: Iterable[ElementNode]) -> dict[tuple[str, str], str]:
    """What some meta elements hold."""
    found: dict[tuple[str, str], str] = {}
    for element in metas:
        for by in NAMED:
            if name := element.getattr(by):
                found.setdefault((by, name), (element.getattr("content") or "").strip())
    return found


def _day(
    tree: HTMLTree, stated: dict[tuple[str, str], str], raw: bytes, taken: datetime | None
) -> tuple[date | None, str]:
    """The day of publication that the page states, never later than it was taken, and where it says so."""
    for words, where in _days(tree, stated, raw):
        day = parse_day(words) if words else None
        if day and (taken is None or day <= taken.date()):
            return day, f"the page's own date ({where})"
    return None, ""


def _days(tree: HTMLTree, stated: dict[tuple[str, str], str], raw: bytes) -> Iterator[tuple[str, str]]:
    """The words that may state the day, and where they stand, the surest first."""
    for by, name in DAYS:
        yield stated.get((by, name), ""), f'meta[{by}="{name}"]'
    for selector in TIMES:
        found = tree.document.query_selector(selector) if tree.document else None
        yield ((found.getattr("datetime") or "").strip() if found else ""), selector
    for in_json in JSON_DAY.finditer(raw[:400_000]):
        yield in_json.group(1).decode("latin-1"), "datePublished"
