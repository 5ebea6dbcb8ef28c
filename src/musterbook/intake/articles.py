"""The quality path: a web page is its article, with its day, its writer, its house and whom it credits.

Main text by trafilatura; where the page's own data hold the text and the page shows much less of it, theirs.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from musterbook.intake.addresses import canonical
from musterbook.intake.arrival import Note, Outcomes, arrive, decoded, notes_on
from musterbook.intake.credited import agencies_in
from musterbook.intake.given import Given
from musterbook.intake.limits import DEPTH_LIMIT, TAG_LIMIT
from musterbook.intake.page_data import Told, told_in
from musterbook.intake.pages import Tangle, declared_charset, flat_words, tangle_of
from musterbook.intake.publication import Day, day_of, metas
from musterbook.intake.trouble import trouble
from musterbook.model import Doubt, Report

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MUCH_LESS = 0.5  # share of the words in the page's data below which its visible text is a teaser
SOURCE_NAMES = (
    "dc.source",
    "dcterms.source",
    "news_source",
    "article:source",
    "original-source",
    "copyright",
)
AUTHOR_NAMES = (
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "byl",
)
DETAILS = {"too-deep": str(DEPTH_LIMIT), "too-tangled": f"{TAG_LIMIT:,}"}


def read_page(raw: bytes, source: str, given: Given) -> Outcomes:
    """A web page is one report, by the quality path unless the fast one is asked for."""
    if given.fast:
        yield from _quickly(raw, source, given)
        return
    found = decoded(raw, source, given.charset, declared_charset(raw))
    if isinstance(found, Doubt):
        yield found
    elif tangle := tangle_of(found.text):
        yield from _tangled(found.text, source, given, notes_on(found), tangle)
    else:
        yield from _article(found.text, source, given, notes_on(found))


def _tangled(page: str, source: str, given: Given, notes: tuple[Note, ...], tangle: Tangle) -> Outcomes:
    """A page that nests too deep, by its words alone; the others are refused."""
    words = flat_words(page) if tangle.code == "too-deep" else ""
    if words:
        yield from _article(page[: tangle.end], source, given, (*notes, ("deep", tangle.detail)), words)
    else:
        yield trouble(tangle.code, source, tangle.detail)


def _quickly(raw: bytes, source: str, given: Given) -> Outcomes:
    """By the fast path, as archives are read; UsageError where the extra is missing."""
    from musterbook.intake.quick import LANGUAGE, is_deep, quick_report
    from musterbook.intake.warc import Page

    taken = given.retrieved.isoformat() if given.retrieved else ""
    page = Page(raw, 1, 0, given.url, given.charset, taken)
    found = quick_report(page, source)
    if isinstance(found, Report):
        named = replace(found, published=given.published, published_reason="")
        notes: tuple[Note, ...] = (("deep", str(DEPTH_LIMIT)),) if is_deep(page) else ()
        yield from arrive(named if given.published else found, given, *notes)
    else:
        yield trouble("unknown-language" if found == LANGUAGE else found, source, DETAILS.get(found, "?"))


def _article(page: str, source: str, given: Given, notes: tuple[Note, ...], words: str = "") -> Outcomes:
    """The article of a page, or with the words given in its place."""
    from trafilatura import load_html  # half a second to load; only for pages

    tree = load_html(page)
    if tree is None:
        yield trouble("no-text", source)
        return
    held = metas(tree)
    links = tuple(map(str, tree.xpath('//link[@rel="canonical"]/@href')))
    addresses = (*links[:1], *(held[name] for name in ("og:url",) if name in held))
    told = told_in(
        map(str, tree.xpath("//script[contains(@type, 'ld+json')]/text()")), _headline(tree, held), addresses
    )
    url = canonical((*addresses, told.url), given.url)
    text = _fuller(words or main_text(tree) or all_words(page), told.text)
    if not text:
        yield trouble("no-text", source)
        return
    day = _given_day(given) or day_of(tree, told, url, given.retrieved, lambda: _guess(tree, url, given))
    report = _report(text, tree, held, told, url, day, source)
    wrong = ((day.code, day.detail),) if day.code else ()
    yield from arrive(report, given, *notes, *wrong)


def main_text(tree: HtmlElement) -> str:
    """The article's text by trafilatura; empty where it finds none."""
    from trafilatura import bare_extraction

    found = bare_extraction(tree, include_comments=False, with_metadata=False)
    text = found.get("text") if isinstance(found, dict) else getattr(found, "text", "")
    return (text or "").strip()


def all_words(page: str) -> str:
    """All words of a page that is no article."""
    from trafilatura import html2txt

    return (html2txt(page) or "").strip()


def _fuller(seen: str, told: str) -> str:
    """What the page shows, unless its data hold much more of the article."""
    return told if len(seen.split()) < MUCH_LESS * len(told.split()) else seen


def _guess(tree: HtmlElement, url: str, given: Given) -> str:
    from htmldate import find_date

    latest = given.retrieved.isoformat() if given.retrieved else None
    return find_date(tree, url=url or None, max_date=latest, original_date=True, extensive_search=False) or ""


def _given_day(given: Given) -> Day | None:
    return Day(given.published, "", ()) if given.published else None


def _headline(tree: HtmlElement, held: dict[str, str]) -> str:
    """The headline above the article, or the page's title."""
    for words in (
        held.get("og:title", ""),
        *_texts(tree, "//h1[not(ancestor::nav)]"),
        *_texts(tree, "//title"),
    ):
        if words.strip():
            return words.strip()
    return ""


def _texts(tree: HtmlElement, path: str) -> list[str]:
    return [" ".join("".join(one.itertext()).split()) for one in tree.xpath(path)[:1]]


def _report(
    text: str, tree: HtmlElement, held: dict[str, str], told: Told, url: str, day: Day, source: str
) -> Report:
    authors = (
        told.authors or tuple(held[name] for name in AUTHOR_NAMES if name in held)[:1] or _marked_author(tree)
    )
    names = tuple(name for name in authors if "://" not in name)
    sources = (*told.sources, *(held[name] for name in SOURCE_NAMES if name in held))
    return Report(
        text,
        title=told.title or _headline(tree, held),
        url=url,
        publisher=told.publisher or held.get("og:site_name") or held.get("application-name") or "",
        published=day.day,
        published_reason=day.reason,
        credits=agencies_in((*names, *sources)),
        name=source,
        byline=", ".join(dict.fromkeys(names)),
        days=day.candidates,
    )


def _marked_author(tree: HtmlElement) -> tuple[str, ...]:
    """An element that is marked as the author's name."""
    marked = '//*[@itemprop="author" or @rel="author" or contains(@class, "byline")][not(ancestor::aside)]'
    return tuple(words for words in _texts(tree, marked) if words and len(words) < 120)
