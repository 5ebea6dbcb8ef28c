"""The fast path from a page to a report: main text by resiliparse, a tenth of the time that trafilatura takes.

It is for archives, where the gate lets through one page in many: what it keeps of menus and captions is somewhat more,
and it never guesses at a day of publication that the page does not state.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from musterbook.errors import UsageError
from musterbook.intake.credited import agencies_in
from musterbook.intake.disguise import in_ascii_order
from musterbook.intake.language import has_pack, tell_language
from musterbook.intake.limits import DEPTH_LIMIT, MANY_TAGS, TAG_LIMIT
from musterbook.intake.page_data import Told, told_in
from musterbook.intake.pages import declared_charset, flat_words, measure
from musterbook.intake.publication import (
    CHANGE_NAMES,
    DATA,
    LOST,
    META,
    META_NAMES,
    TIME,
    Day,
    chosen,
    in_address,
    in_line,
    plainly,
)
from musterbook.intake.scan import CURE
from musterbook.intake.warc import Page
from musterbook.model import Report

if TYPE_CHECKING:
    from resiliparse.parse.html import DOMNode, ElementNode, HTMLTree

NAMED = ("property", "itemprop", "name")  # what names a meta element
MARKED = '[itemprop="datePublished"]'
TIMES = ("article time[datetime]", "main time[datetime]", "time[datetime]")
IN_DATA = 'script[type="application/ld+json"]'
TITLE, SITE = "og:title", "og:site_name"
UNREAD = frozenset(("script", "style", "template"))
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
    title = stated.get(TITLE) or (tree.title or "").strip()
    told = _told(tree, raw, title, page.url)
    day = _day(stated, told, _marked(tree, raw), _below_title(tree), page.url, taken)
    return Report(
        text,
        title=told.title or title,
        url=page.url,
        publisher=told.publisher or stated.get(SITE, ""),
        language=language,
        published=day.day,
        published_reason=day.reason,
        retrieved=taken,
        name=name,
        credits=agencies_in((*told.authors, *told.sources)),
        byline=", ".join(dict.fromkeys(name for name in told.authors if "://" not in name)),
        days=day.candidates,
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


def _metas(tree: HTMLTree, raw: bytes) -> dict[str, str]:
    """What the page's meta elements hold, by what names them in small letters; of several with one name the first.

    They stand in the head. All of the page is only gone through where its head states neither its day nor its title,
    or where its bytes say that the title stands elsewhere.
    """
    found = _held(tree.head.get_elements_by_tag_name("meta")) if tree.head else {}
    is_told = TITLE in found or TITLE.encode() not in raw
    if tree.document is None or (is_told and not found.keys().isdisjoint((TITLE, *META_NAMES))):
        return found
    return _held(tree.document.get_elements_by_tag_name("meta"))


def _held(metas: Iterable[ElementNode]) -> dict[str, str]:
    """What some meta elements hold."""
    found: dict[str, str] = {}
    for element in metas:
        for by in NAMED:
            if name := element.getattr(by):
                found.setdefault(name.strip().lower(), (element.getattr("content") or "").strip())
    return found


def _told(tree: HTMLTree, raw: bytes, title: str, url: str) -> Told:
    """What the page's data say of its article."""
    if b"ld+json" not in raw or tree.document is None:
        return Told()
    blocks = (element.text or "" for element in tree.document.query_selector_all(IN_DATA))
    return told_in(blocks, title, (url,) if url else ())


def _day(
    stated: dict[str, str],
    told: Told,
    marked: Iterable[tuple[str, str]],
    below: Iterable[str],
    url: str,
    taken: datetime | None,
) -> Day:
    """The day of publication, by the ranks of the quality path, but for the guess."""
    found = [
        (DATA, told.published),
        *((META, stated[name]) for name in META_NAMES if name in stated),
        *marked,
        *in_address(url),
    ]
    if not plainly(found):
        found += (*in_line(below), (LOST, told.lost_day))
    changes = [words for words in (told.changed, *map(stated.get, CHANGE_NAMES)) if words]
    return chosen(plainly(found), changes, taken.date() if taken else None)


def _marked(tree: HTMLTree, raw: bytes) -> Iterator[tuple[str, str]]:
    """The days of elements that are marked as one, and the time of the article."""
    if tree.document is None:
        return
    if b"datePublished" in raw and (element := tree.document.query_selector(MARKED)):
        yield META, element.getattr("datetime") or element.getattr("content") or element.text or ""
    if b"datetime" in raw:
        for selector in TIMES:
            if element := tree.document.query_selector(selector):
                yield TIME, element.getattr("datetime") or ""
                return


def _below_title(tree: HTMLTree) -> Iterator[str]:
    """The pieces of text below the headline."""
    headlines = tree.document.query_selector_all("h1") if tree.document else ()
    node: DOMNode | None = next((one for one in headlines if one.closest("nav") is None), None)
    while node is not None:
        while node is not None and node.next is None:
            node = node.parent
        if node is not None and (node := node.next) is not None:
            yield from _texts(node)


def _texts(node: DOMNode) -> Iterator[str]:
    """The pieces of text in a part of the page."""
    waiting = [node]
    while waiting:
        here = waiting.pop()
        if here.first_child is None:
            yield here.text or ""
        elif here.tag not in UNREAD:
            waiting.extend(reversed(here.child_nodes))
