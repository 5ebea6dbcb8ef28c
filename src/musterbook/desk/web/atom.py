"""Writes Atom feeds (RFC 4287): every entry has an id that stays, and the moment at which the book learned of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree as Tree

from musterbook.desk.web.render import visible

SPACE = "http://www.w3.org/2005/Atom"
KIND = "application/atom+xml; charset=utf-8"
ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)  # of a feed without entries


@dataclass(frozen=True, slots=True)
class News:
    """One entry of a feed."""

    mark: str  # 64 hexadecimal digits: the same news has the same, for ever
    title: str
    words: str
    address: str  # where all of it is told, from the root of the desk
    updated: datetime  # when the book learned of it
    author: str
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed, the latest news first."""

    title: str
    subtitle: str
    own: str  # its own address, from the root of the desk
    page: str  # of the page that tells the same
    news: Sequence[News]


def written(feed: Feed, base: str) -> bytes:
    """The feed as XML; ``base`` is the address of the desk, without a stroke at its end."""
    root = Tree.Element("feed", {"xmlns": SPACE, "xml:lang": "en"})
    _text(root, "id", base + feed.own)
    _text(root, "title", feed.title)
    _text(root, "subtitle", feed.subtitle)
    _text(root, "updated", _moment(max((one.updated for one in feed.news), default=ALWAYS)))
    _link(root, "self", base + feed.own, KIND.partition(";")[0])
    _link(root, "alternate", base + feed.page, "text/html")
    _text(root, "generator", "Musterbook")
    for one in feed.news:
        _entry(root, one, base)
    told: bytes = Tree.tostring(root, encoding="utf-8", xml_declaration=True)
    return told


def _entry(root: Tree.Element, news: News, base: str) -> None:
    entry = Tree.SubElement(root, "entry")
    _text(entry, "id", f"urn:sha256:{news.mark}")
    _text(entry, "title", news.title)
    _text(entry, "updated", _moment(news.updated))
    if news.published:
        _text(entry, "published", _moment(news.published))
    _text(Tree.SubElement(entry, "author"), "name", news.author or "unknown")
    _link(entry, "alternate", base + news.address, "text/html")
    _text(entry, "summary", news.words)


def _text(parent: Tree.Element, name: str, words: str) -> None:
    Tree.SubElement(parent, name).text = visible(words)


def _link(parent: Tree.Element, rel: str, address: str, kind: str) -> None:
    Tree.SubElement(parent, "link", {"rel": rel, "href": visible(address), "type": kind})


def _moment(moment: datetime) -> str:
    """As RFC 3339 has it."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
