"""Pages tell machines what they hold (JSON-LD): the article's own entry is looked for among all that is told."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from musterbook.intake.fragments import words_of

DEEPEST, MOST = 12, 5_000  # how deep and how many entries are looked at
LARGEST = 2_000_000  # signs of one block of data
WRAPPED = re.compile(
    r"\A\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*\Z"
)
LOOSE_COMMA = re.compile(r",(\s*[}\]])")
LOST_DAY = re.compile(r'"datePublished"\s*:\s*"([^"\n]{8,40})"')
KINDS = frozenset(["report", "newsarticle", "blogposting", "liveblogposting", "pressrelease"])
WITHIN = ("@graph", "mainEntity", "mainEntityOfPage")  # where an article may stand within an entry
Entry = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """What a page's data say of its article; empty where they are silent."""

    text: str = ""
    title: str = ""
    published: str = ""
    changed: str = ""
    publisher: str = ""
    authors: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()  # whom it credits, and what it is part of
    url: str = ""
    lost_day: str = ""  # a day in data that are too broken to read


def told_in(blocks: Iterable[str], title: str, addresses: tuple[str, ...]) -> Told:
    """The article of the page with this title and addresses, in the data of its blocks."""
    lost = ""
    articles: list[Entry] = []
    for block in blocks:
        held = _parsed(block)
        if held is None:
            found = LOST_DAY.search(block[:LARGEST])
            lost = lost or (found.group(1) if found else "")
        else:
            articles += [one for one in islice(_entries(held), MOST) if _is_article(one)]
    if not articles:
        return Told(lost_day=lost)
    return _told(max(articles, key=lambda one: _likeness(one, title, addresses)), lost)


def _parsed(block: str) -> object | None:
    """The data of a block; commas too many, comments around it and raw line ends are forgiven."""
    text = WRAPPED.sub("", WRAPPED.sub("", block[:LARGEST])).strip().rstrip(";")
    for attempt in (text, LOOSE_COMMA.sub(r"\1", text)):
        try:
            return json.loads(attempt, strict=False)  # type: ignore[no-any-return]
        except (ValueError, RecursionError):
            continue
    return None


def _entries(held: object, depth: int = 0) -> Iterator[Entry]:
    """The entries of a page's data, those within others after them."""
    if depth > DEEPEST:
        return
    if isinstance(held, list):
        for one in held:
            yield from _entries(one, depth + 1)
    elif isinstance(held, dict):
        yield held
        for name in WITHIN:
            yield from _entries(held.get(name), depth + 1)


def _is_article(entry: Entry) -> bool:
    kinds = [kind.rpartition("/")[2].lower() for kind in _texts(entry.get("@type"))]
    return any(kind in KINDS or kind.endswith("article") for kind in kinds)


def _likeness(entry: Entry, title: str, addresses: tuple[str, ...]) -> tuple[bool, bool, bool]:
    """How far an article is the page's own; among equals the first counts."""
    own = _texts(entry.get("url")) + _texts(entry.get("@id")) + _texts(entry.get("mainEntityOfPage"))
    headline = _first(entry.get("headline")).casefold()
    is_titled = bool(headline) and (headline in title.casefold() or title.casefold() in headline)
    return any(one in addresses for one in own), bool(title) and is_titled, "datePublished" in entry


def _told(entry: Entry, lost: str) -> Told:
    sources = [
        name
        for field in (
            "sourceOrganization",
            "creditText",
            "copyrightHolder",
            "isPartOf",
            "provider",
            "contributor",
        )
        for name in _texts(entry.get(field))
    ]
    return Told(
        words_of(_first(entry.get("articleBody"))),
        words_of(_first(entry.get("headline")) or _first(entry.get("name"))),
        _first(entry.get("datePublished")) or _first(entry.get("dateCreated")),
        _first(entry.get("dateModified")),
        words_of(_first(entry.get("publisher"))),
        tuple(words_of(name) for name in _texts(entry.get("author")) or _texts(entry.get("creator"))),
        tuple(sources),
        _first(entry.get("url")),
        lost,
    )


def _first(held: object) -> str:
    return next(iter(_texts(held)), "")


def _texts(held: object, depth: int = 3) -> tuple[str, ...]:
    """The words of a value: itself, each of a list, or the name of an entry."""
    if isinstance(held, str):
        return (held.strip(),) if held.strip() else ()
    if depth and isinstance(held, dict):
        names = (_texts(held.get(name), depth - 1) for name in ("name", "@value", "@id"))
        return next(filter(None, names), ())
    if depth and isinstance(held, list):
        return tuple(words for one in held[:50] for words in _texts(one, depth - 1))
    return ()
