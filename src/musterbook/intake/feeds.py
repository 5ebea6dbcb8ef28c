"""A feed (RSS, Atom, RDF, JSON Feed, a sitemap) is its entries, each a report of what stands in the feed itself.

Read by expat alone: nothing outside of the feed is fetched, no entity of its own is expanded, prefixes that nobody
declared do no harm, and what stands before damage is read. The page that an entry links to is another document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.entities import html5
from xml.parsers import expat

from musterbook.intake.addresses import plain_address
from musterbook.intake.arrival import Note, Outcomes, arrive, decoded, notes_on
from musterbook.intake.credited import agencies_in
from musterbook.intake.days import days_in
from musterbook.intake.fragments import words_of
from musterbook.intake.given import Given
from musterbook.intake.limits import ELEMENTS_DEEP, ENTRIES
from musterbook.intake.trouble import trouble
from musterbook.model import Candidate, Doubt, Report

SUMMARY = 80  # words below which a description is taken for a summary of the linked page
NAMESPACES = {  # of prefixes that a feed may name otherwise
    "http://www.w3.org/2005/Atom": "",
    "http://purl.org/atom/ns#": "",
    "http://purl.org/rss/1.0/": "",
    "http://backend.userland.com/rss2": "",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://www.sitemaps.org/schemas/sitemap/0.9": "",
    "http://www.google.com/schemas/sitemap-news/0.9": "news",
}
FIELDS = {  # the elements of an entry that we read, and what they are
    "title": "title",
    "link": "link",
    "guid": "guid",
    "id": "guid",
    "description": "summary",
    "summary": "summary",
    "content": "content",
    "content:encoded": "content",
    "pubdate": "published",
    "published": "published",
    "issued": "published",
    "dc:date": "published",
    "dcterms:issued": "published",
    "updated": "changed",
    "modified": "changed",
    "dcterms:modified": "changed",
    "author": "author",
    "name": "author",
    "dc:creator": "author",
    "dc:source": "source",
    "source": "source",
    "loc": "link",
    "lastmod": "changed",
    "news:title": "title",
    "news:publication_date": "published",
}
ROOTS = frozenset(["rss", "feed", "rdf:rdf", "urlset"])
DECLARED = re.compile(r"\A\s*<\?xml[^>]*\?>")
ENCODING = re.compile(rb"<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
PARENTS = frozenset(
    ["item", "entry", "author", "channel", "feed", "url", "news:news"]
)  # of the elements that we read
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # signs that would end a feed
XML_NAMES = frozenset(["amp", "lt", "gt", "quot", "apos"])


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed; ``is_full`` where its text is the article and not a summary of the linked page."""

    text: str
    title: str = ""
    url: str = ""
    published: str = ""  # as written
    changed: str = ""
    author: str = ""
    source: str = ""
    is_full: bool = False
    guid: str = ""  # what the feed knows it by


@dataclass(slots=True)
class Feed:
    """A feed as far as it could be read, and what was wrong with it in ``trouble``."""

    title: str = ""
    url: str = ""
    entries: list[Entry] = field(default_factory=list)
    trouble: Note | None = None
    root: str = ""  # the element that holds all of it

    @property
    def is_feed(self) -> bool:
        """Whether it is one at all, and not something else in XML."""
        return self.root in ROOTS


def read_feed(raw: bytes, source: str, given: Given) -> Outcomes:
    """Every entry of a feed is a report or the doubt why it is none."""
    found = decoded(raw, source, given.charset, declared_encoding(raw))
    if isinstance(found, Doubt):
        yield found
        return
    yield from told_by(feed_in(found.text), source, given, notes_on(found))


def told_by(feed: Feed, source: str, given: Given, notes: tuple[Note, ...] = ()) -> Outcomes:
    """The reports of a feed's entries, then what was wrong with the feed."""
    for number, entry in enumerate(feed.entries, start=1):
        yield from _entry(entry, feed, f"{source}, entry {number}", given, notes)
    if feed.trouble:
        yield trouble(feed.trouble[0], source, feed.trouble[1])
    elif not feed.entries:
        yield trouble("empty-feed", source)


def feed_in(text: str, most: int = ENTRIES) -> Feed:
    """The feed that a text holds, as far as so many entries."""
    reader = _Reader(most)
    try:
        reader.parser.Parse(_parsable(text), True)
    except expat.ExpatError as broken:
        reader.feed.trouble = ("damaged", f"line {broken.lineno}: {expat.ErrorString(broken.code)}")
    except _Refused as refused:
        reader.feed.trouble = refused.note
    return reader.feed


def _entry(entry: Entry, feed: Feed, at: str, given: Given, notes: tuple[Note, ...]) -> Outcomes:
    if not entry.text:
        yield trouble("no-text", at, f" ({entry.title[:60]})" if entry.title else "")
        return
    days = [
        (where, words)
        for where, words in (("published", entry.published), ("updated", entry.changed))
        if words
    ]
    one_day = next((found[0] for _, words in days if len(found := days_in(words)) == 1), None)
    own = None if given.published else one_day
    report = Report(
        entry.text,
        title=entry.title,
        url=plain_address(entry.url),
        publisher=entry.source or feed.title,
        published=given.published or own,
        published_reason="the entry's own date" if own else "",
        credits=agencies_in((entry.author, entry.source)),
        name=at,
        byline=entry.author,
        days=tuple(Candidate(where, words[:40], next(iter(days_in(words)), None)) for where, words in days),
    )
    unread: tuple[Note, ...] = (
        (("bad-date", repr(days[0][1][:40])),) if days and report.published is None else ()
    )
    short: tuple[Note, ...] = (
        () if entry.is_full else (("summary-only", report.url or "which it does not name"),)
    )
    yield from arrive(report, given, *notes, *unread, *short)


def declared_encoding(raw: bytes) -> str:
    """The encoding that a feed names in its first line; empty where it names none."""
    found = ENCODING.search(raw[:400])
    return found.group(1).decode("ascii") if found else ""


def _parsable(text: str) -> bytes:
    """The feed in UTF-8, with letters that only HTML has names for written as numbers."""
    bare = DECLARED.sub("", text.lstrip("\ufeff \t\r\n"), count=1)
    return NAMED.sub(_numbered, NO_XML.sub("�", bare)).encode("utf-8", "replace")


def _numbered(found: re.Match[str]) -> str:
    name = found.group(1)
    meant = html5.get(f"{name};")
    if name in XML_NAMES or meant is None:
        return found.group(0)
    return "".join(f"&#{ord(sign)};" for sign in meant)


class _Refused(Exception):  # noqa: N818 -- it ends the parser's calls, and is no error of anybody's
    """Reading stops here, for this reason."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(code)
        self.note = (code, detail)


class _Reader:
    """Takes what expat finds and puts it into entries."""

    def __init__(self, most: int) -> None:
        self.feed, self._most = Feed(), most
        self.parser = expat.ParserCreate("utf-8")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._words
        self.parser.EntityDeclHandler = self._refuse
        self._path: list[str] = []
        self._names: dict[str, str] = {}  # prefix as written -> ours
        self._held: dict[str, list[str]] = {}  # of the entry that is open
        self._is_open = False
        self._inner = 0  # depth at which markup within a text began; 0 outside
        self._text: list[str] = []

    def _refuse(self, *_: object) -> None:
        raise _Refused("own-entities", "")

    def _start(self, written: str, attributes: dict[str, str]) -> None:
        self._learn(attributes)
        name = self._plain(written)
        self._path.append(name)
        self.feed.root = self.feed.root or name
        if len(self._path) > ELEMENTS_DEEP:
            raise _Refused("too-deep", str(ELEMENTS_DEEP))
        if self._inner:
            self._text.append(f"<{name}>")
        elif self._is_entry(name):
            if len(self.feed.entries) >= self._most:
                raise _Refused("too-many-parts", f"{self._most:,} entries")
            self._held, self._is_open, self._text = {}, True, []
        elif name == "link" and attributes.get("href") and self._path[-2:-1] and self._path[-2] in PARENTS:
            self._link(attributes)
        elif name in FIELDS:
            self._text = []
            if attributes.get("type") == "xhtml":
                self._inner = len(self._path)

    def _is_entry(self, name: str) -> bool:
        """A sitemap calls its entries by a word that feeds use for other things."""
        return name in ("item", "entry") or (name == "url" and self.feed.root == "urlset")

    def _learn(self, attributes: dict[str, str]) -> None:
        """Prefixes are called as we call them, whatever the feed does."""
        for name, value in attributes.items():
            if name.startswith("xmlns:") and value in NAMESPACES:
                self._names[name[6:]] = NAMESPACES[value]

    def _plain(self, written: str) -> str:
        prefix, parted, name = written.rpartition(":")
        if not parted:
            return name.lower()
        own = self._names.get(prefix, prefix)
        return f"{own}:{name}".lower() if own else name.lower()

    def _link(self, attributes: dict[str, str]) -> None:
        """An Atom link; the page itself goes before other forms of it."""
        kind = attributes.get("rel", "alternate")
        if kind in ("alternate", ""):
            self._put("link", attributes["href"])

    def _words(self, words: str) -> None:
        self._text.append(words.replace("&", "&amp;").replace("<", "&lt;") if self._inner else words)

    def _end(self, _: str) -> None:
        name = self._path.pop()
        if self._inner and len(self._path) >= self._inner:
            self._text.append(f"</{name}>")
            return
        self._inner = 0
        if self._is_entry(name):
            self.feed.entries.append(_made(self._held))
            self._is_open = False
        elif name in FIELDS:
            words, self._text = "".join(self._text).strip(), []
            if words and self._path and self._path[-1] in PARENTS:
                self._put(FIELDS[name], words)

    def _put(self, name: str, words: str) -> None:
        if self._is_open:
            self._held.setdefault(name, []).append(words)
        elif name == "title" and not self.feed.title:
            self.feed.title = words_of(words)
        elif name == "link" and not self.feed.url:
            self.feed.url = words


def _made(held: dict[str, list[str]]) -> Entry:
    """The entry of what was found between its marks."""
    full = max((words_of(one) for one in held.get("content", ())), key=len, default="")
    summary = max((words_of(one) for one in held.get("summary", ())), key=len, default="")
    text = full if len(full) >= len(summary) else summary
    links = (*held.get("link", ()), *(one for one in held.get("guid", ()) if one.startswith("http")))
    return Entry(
        text,
        words_of(next(iter(held.get("title", ())), "")),
        next(iter(links), ""),
        next(iter(held.get("published", ())), ""),
        next(iter(held.get("changed", ())), ""),
        ", ".join(dict.fromkeys(words_of(one)[:200] for one in held.get("author", ())[:5])),
        words_of(next(iter(held.get("source", ())), ""))[:200],
        bool(full) or len(text.split()) >= SUMMARY,
        next(iter(held.get("guid", ())), ""),
    )
