"""A feed (RSS, Atom, RDF) or a sitemap is its entries, in its order; whatever else its XML asks for is refused.

No document type is honoured and no entity is declared, so nothing outside is read and nothing grows. A feed that
breaks off gives the entries before the break, and a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from xml.parsers import expat

from musterbook.intake.days import parse_day
from musterbook.model import Doubt, digest

DEPTH_LIMIT = 100  # a feed nests five deep, with XHTML in it some twenty
ENTRY_LIMIT = 50_000  # the most that a sitemap may hold
PIECE = 1 << 16
DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})[\"']")
DECLARATION = re.compile(r"^\s*<\?xml.{0,400}?\?>", re.DOTALL)
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
HIDDEN = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1[^<>]*>|\Z)", re.DOTALL | re.IGNORECASE)
BLOCKS = re.compile(
    r"<(?:/?(?:p|div|li|ul|ol|h[1-6]|tr|table|blockquote|section|article|figure)|br)\b[^<>]*>", re.I
)
TAGS = re.compile(r"</?[a-zA-Z!][^<>]*>")
BLANKS, GAPS = re.compile(r"[^\S\n]+"), re.compile(r"\s*\n\s*")
ROOTS = ("rss", "RDF", "feed", "urlset", "sitemapindex")
ENTRIES = ("item", "entry", "url", "sitemap")
MEDIA = "search.yahoo.com/mrss"
FIELDS = {  # where an entry says what; the first that is given counts
    "guid": "id",
    "id": "id",
    "link": "link",
    "loc": "link",
    "title": "title",
    "pubDate": "published",
    "published": "published",
    "publication_date": "published",
    "date": "published",
    "issued": "published",
    "updated": "updated",
    "lastmod": "updated",
    "modified": "updated",
    "encoded": "content",
    "content": "content",
    "description": "summary",
    "summary": "summary",
    "language": "language",
}
CURES = {
    "no-feed": "is no feed but {detail}; name a single page as [[page]]",
    "damaged-feed": "is damaged ({detail}); the entries before the damage were taken",
    "entity-feed": "declares entities of its own, which no feed needs; its publisher has to mend it",
    "too-deep-feed": f"nests more than {DEPTH_LIMIT} deep; its publisher has to mend it",
    "too-many-entries": f"lists more than {ENTRY_LIMIT:,} entries; the first of them were taken",
    "guessed-feed": "has bytes that are not {detail}; they were replaced by �",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as its feed gives it; empty and None where it does not say."""

    id: str = ""
    link: str = ""
    title: str = ""
    published: date | None = None
    content: str = ""  # as plain text: the whole where the feed has it, else the summary
    language: str = ""

    @property
    def key(self) -> str:
        """What an entry is known by from one reading of the feed to the next."""
        return self.id or self.link or self.state

    @property
    def state(self) -> str:
        """Changes when the entry does."""
        return digest("entry", self.link, self.title, self.content)[:16]


def entries(raw: bytes, source: str = "feed", charset: str = "") -> Iterator[Entry | Doubt]:
    """The entries in their order, and doubts about the feed; ``charset`` is what its server said."""
    text, encoding = _decoded(raw, charset)
    if "�" in text and "�".encode() not in raw:
        yield _doubt("guessed-feed", source, encoding)
    reading, said = _Reading(), 0
    data = NO_XML.sub("�", DECLARATION.sub("", text).strip()).encode("utf-8")
    try:
        for at in range(0, len(data) or 1, PIECE):
            reading.take(data[at : at + PIECE], at + PIECE >= len(data))
            while reading.found:
                said += 1
                if said > ENTRY_LIMIT:
                    reading.found.clear()
                    raise _Refused("too-many-entries")
                yield reading.found.pop(0)
    except _Refused as refused:
        yield from reading.found
        yield _doubt(refused.code, source, refused.detail)
    except expat.ExpatError as broken:
        yield from reading.found
        detail = f"line {broken.lineno}: {expat.ErrorString(broken.code)}"
        yield _doubt(
            *(("damaged-feed", source, detail) if reading.root else ("no-feed", source, _guess(raw)))
        )


def plain_words(markup: str) -> str:
    """The words of a piece of HTML, a block a line."""
    bare = TAGS.sub("", BLOCKS.sub("\n", HIDDEN.sub("", markup)))
    return GAPS.sub("\n", BLANKS.sub(" ", unescape(bare))).strip()


class _Refused(Exception):  # noqa: N818 -- an outcome, turned into a doubt before it leaves this module
    """The feed asks for what we do not do."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.detail = code, detail


@dataclass(slots=True)
class _Reading:
    """One feed on its way through the parser."""

    found: list[Entry] = field(default_factory=list)
    root: str = ""
    _open: list[str] = field(default_factory=list)
    _given: dict[str, str] | None = None  # the fields of the entry that is open
    _field: str = ""  # the field that is open, at depth _at
    _at: int = 0
    _words: list[str] = field(default_factory=list)
    _language: str = ""
    _parser: expat.XMLParserType = field(init=False)

    def __post_init__(self) -> None:
        parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._say
        parser.EntityDeclHandler = self._refuse_entity
        parser.SkippedEntityHandler = self._say_entity
        # Named letters of HTML (&nbsp;) are told to us instead of ending the feed; what a document type names is
        # never fetched.
        parser.UseForeignDTD(True)
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_ALWAYS)
        parser.ExternalEntityRefHandler = lambda *_: 1
        self._parser = parser

    def take(self, piece: bytes, last: bool) -> None:
        """Some more of the feed."""
        self._parser.Parse(piece, last)

    def _start(self, named: str, about: dict[str, str]) -> None:
        name = named.rpartition(" ")[2]
        if not self._open:
            if name not in ROOTS:
                raise _Refused("no-feed", f"<{name[:20]}>")
            self.root = name
        self._open.append(name)
        if len(self._open) > DEPTH_LIMIT:
            raise _Refused("too-deep-feed")
        if self._given is None:
            if name in ENTRIES:
                self._given, self._field = {}, ""
            elif name == "language" and len(self._open) == 3:
                self._open_field("channel language")
        elif self._field:
            self._words.append(f"<{name}>")  # XHTML within a field
        elif name == "link" and about.get("href"):
            if about.get("rel", "alternate") == "alternate":
                self._given.setdefault("link", about["href"])
        elif name in FIELDS and self._open[-2] in (*ENTRIES, "news") and MEDIA not in named:
            self._open_field(FIELDS[name])  # pictures and players within have titles of their own

    def _open_field(self, name: str) -> None:
        self._field, self._at, self._words = name, len(self._open), []

    def _end(self, named: str) -> None:
        name, depth = named.rpartition(" ")[2], len(self._open)
        self._open.pop()
        if self._field and depth == self._at:
            self._close_field()
        elif self._field:
            self._words.append(f"</{name}>")
        elif self._given is not None and name in ENTRIES:
            self.found.append(_entry(self._given, self._language))
            self._given = None

    def _close_field(self) -> None:
        words = "".join(self._words).strip()
        if self._field == "channel language":
            self._language = words
        elif self._given is not None and words:
            self._given.setdefault(self._field, words)
        self._field = ""

    def _say(self, words: str) -> None:
        if self._field:
            self._words.append(words)

    def _say_entity(self, name: str, is_parameter: bool) -> None:
        if not is_parameter:
            self._say(unescape(f"&{name};"))

    def _refuse_entity(self, *_: object) -> None:
        raise _Refused("entity-feed")


def _entry(given: dict[str, str], language: str) -> Entry:
    """The entry with plain words; its day is the one of publication, not of a later change, where both are given."""
    day = parse_day(given.get("published", "")) or parse_day(given.get("updated", ""))
    identity = given.get("id", "")
    return Entry(
        identity,
        given.get("link", "") or (identity if identity.startswith(("http://", "https://")) else ""),
        plain_words(given.get("title", "")),
        day,
        plain_words(given.get("content") or given.get("summary", "")),
        given.get("language", "") or language,
    )


def _decoded(raw: bytes, charset: str) -> tuple[str, str]:
    """The feed as text, and in which encoding: by its mark, what it says of itself, its server, else UTF-8."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace"), "utf-16"
    declared = DECLARED.search(raw[:400])
    for encoding in (declared.group(1).decode("ascii") if declared else "", charset):
        try:
            if encoding:
                return raw.decode(encoding, "replace").removeprefix("\ufeff"), encoding
        except (LookupError, ValueError):  # a name of no encoding, or of one that is not for text
            continue
    return raw.decode("utf-8", "replace").removeprefix("\ufeff"), "utf-8"


def _guess(raw: bytes) -> str:
    """What it is instead of a feed."""
    start = raw[:400].lstrip().lower()
    if not start:
        return "empty"
    return "a web page" if start.startswith((b"<!doctype html", b"<html")) else "something else"


def _doubt(code: str, source: str, detail: str) -> Doubt:
    return Doubt("intake", code, f"{source} {CURES[code].format(detail=detail)}", source=source)
