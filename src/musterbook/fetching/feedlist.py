"""FEEDS.toml: whom to watch, how often, and who asks; whatever is wrong with it is told with its line and the cure."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from musterbook.errors import UsageError
from musterbook.fetching.addresses import PORTS, address_of
from musterbook.fetching.troubles import Trouble

FEED, PAGE, SITEMAP = "feed", "page", "sitemap"
KINDS = (FEED, PAGE, SITEMAP)
SPAN = re.compile(r"(\d{1,4})\s*(m|h|d)")
SECONDS = {"m": 60, "h": 3_600, "d": 86_400}
SHORTEST = 300  # seconds between two looks at one feed
CONTACT = re.compile(r"(?:mailto:[^\s()<>@]+@[^\s()<>@]+|https?://[^\s()<>]+)", re.ASCII)
LANGUAGE = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True, slots=True)
class Source:
    """One feed, page or sitemap to watch."""

    kind: str
    url: str
    publisher: str = ""  # goes before the name that its pages give
    language: str | None = None  # None: told from the text
    every: int = 3_600  # seconds
    follow: bool = True  # whether the linked pages are fetched; else what the feed itself holds is read
    only: tuple[str, ...] = ()  # words of which an entry must hold one


@dataclass(frozen=True, slots=True)
class FeedList:
    """All of FEEDS.toml."""

    contact: str
    sources: tuple[Source, ...]
    pause: float = 10.0  # seconds between two visits to one host, unless it asks for more
    connections: int = 4  # at a time, to as many hosts
    book: str = ""
    ports: frozenset[int] = frozenset(PORTS.values())


class _Wrong(Exception):  # noqa: N818 -- becomes a UsageError with file and line
    """A key is wrong: which, in which table, and why."""

    def __init__(self, table: str, at: int, key: str, what: str) -> None:
        super().__init__(what)
        self.table, self.at, self.key = table, at, key


def read_feed_list(path: Path, any_port: bool = False) -> FeedList:
    """The list in this file; UsageError names file, line and cure.

    ``any_port`` is for tests: they need no pause either.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        return _feed_list(tomllib.loads(text), path.parent, any_port)
    except FileNotFoundError:
        raise UsageError(f"{path} does not exist; write one as in docs/watch.md") from None
    except (OSError, UnicodeDecodeError) as broken:
        raise UsageError(f"{path} cannot be read: {broken}") from None
    except tomllib.TOMLDecodeError as broken:
        raise UsageError(f"{path} is not written as TOML: {broken}") from None
    except _Wrong as wrong:
        line = _line_of(text, wrong)
        raise UsageError(f"{path}, line {line}: {wrong}") from None


def _feed_list(found: Mapping[str, Any], folder: Path, any_port: bool) -> FeedList:
    for name in found:
        if name not in ("watch", *KINDS):
            raise _Wrong(name, 0, "", f"[{name}] is no part of it{_near(name, ('watch', *KINDS))}")
    watch = _Table("watch", 0, found.get("watch", {}))
    watch.check_keys(("contact", "every", "pause", "connections", "book", "ports"))
    contact = watch.words("contact")
    if not CONTACT.fullmatch(contact):
        raise _Wrong(
            "watch",
            0,
            "contact",
            'contact must say whom a publisher can write to; add to [watch]: contact = "mailto:you@example.org"',
        )
    every, ports = watch.span("every", 3_600), watch.ports()
    sources = tuple(_sources(found, every, None if any_port else ports))
    if not sources:
        raise _Wrong("watch", 0, "", "it names nothing to watch; add a [[feed]] with its url")
    book = watch.words("book")
    if book and "://" not in book:
        book = str(folder / Path(book).expanduser())
    return FeedList(
        contact,
        sources,
        watch.number("pause", 10.0, 0 if any_port else 1, 3_600),
        int(watch.number("connections", 4, 1, 64)),
        book,
        ports,
    )


def _sources(found: Mapping[str, Any], every: int, ports: frozenset[int] | None) -> Iterator[Source]:
    seen: set[str] = set()
    for kind in KINDS:
        tables = found.get(kind, [])
        if not isinstance(tables, list):
            raise _Wrong(kind, 0, "", f"write [[{kind}]] with two brackets, once for each")
        for at, given in enumerate(tables):
            source = _source(_Table(kind, at, given), every, ports)
            if source.url in seen:
                raise _Wrong(kind, at, "url", f"{source.url} is named twice; delete one of them")
            seen.add(source.url)
            yield source


def _source(table: _Table, every: int, ports: frozenset[int] | None) -> Source:
    of_feeds = ("follow", "only") if table.name == FEED else ("only",) if table.name == SITEMAP else ()
    table.check_keys(("url", "publisher", "language", "every", *of_feeds))
    if not (url := table.words("url")):
        raise _Wrong(table.name, table.at, "", f'[[{table.name}]] needs its address; add: url = "https://…"')
    try:
        url = address_of(url, ports).url
    except Trouble as trouble:
        raise _Wrong(table.name, table.at, "url", trouble.cause.message(url)) from None
    language = table.words("language") or None
    if language and not LANGUAGE.fullmatch(language):
        raise table.wrong("language", f'{language!r} is no code of a language; write it as "en"')
    return Source(
        table.name,
        url,
        table.words("publisher"),
        language,
        table.span("every", every),
        table.truth("follow", True),
        table.word_list("only"),
    )


@dataclass(frozen=True, slots=True)
class _Table:
    """One table of the file and where it stands among those of its name."""

    name: str
    at: int
    given: Any

    def wrong(self, key: str, what: str) -> _Wrong:
        return _Wrong(self.name, self.at, key, what)

    def check_keys(self, known: Sequence[str]) -> None:
        if not isinstance(self.given, dict):
            raise self.wrong("", f"{self.name} must be a table, [{self.name}]")
        for key in self.given:
            if key not in known:
                raise self.wrong(key, f"{key} is not known here{_near(key, known)}")

    def words(self, key: str) -> str:
        found = self.given.get(key, "")
        if not isinstance(found, str):
            raise self.wrong(key, f'{key} must be words in quotation marks: {key} = "…"')
        return found.strip()

    def word_list(self, key: str) -> tuple[str, ...]:
        found = self.given.get(key, [])
        if not isinstance(found, list) or not all(isinstance(one, str) and one.strip() for one in found):
            raise self.wrong(key, f'{key} must be a list of words: {key} = ["troops", "soldiers"]')
        return tuple(one.strip() for one in found)

    def truth(self, key: str, default: bool) -> bool:
        found = self.given.get(key, default)
        if not isinstance(found, bool):
            raise self.wrong(key, f"{key} must be true or false, without quotation marks")
        return found

    def number(self, key: str, default: float, low: float, high: float) -> float:
        found = self.given.get(key, default)
        if isinstance(found, bool) or not isinstance(found, int | float) or not low <= found <= high:
            raise self.wrong(key, f"{key} must be a number from {low:g} to {high:g}")
        return float(found)

    def ports(self) -> frozenset[int]:
        found = self.given.get("ports", [])
        if not isinstance(found, list) or not all(type(one) is int and 0 < one < 65_536 for one in found):
            raise self.wrong(
                "ports", "ports must be a list of numbers that may be asked as well: ports = [8080]"
            )
        return frozenset((*PORTS.values(), *found))

    def span(self, key: str, default: int) -> int:
        if key not in self.given:
            return default
        found = SPAN.fullmatch(str(self.given[key]))
        seconds = int(found.group(1)) * SECONDS[found.group(2)] if found else 0
        if seconds < SHORTEST:
            raise self.wrong(key, f'{key} must be "15m", "1h" or "1d", and no less than "5m"')
        return seconds


def _near(name: str, known: Sequence[str]) -> str:
    """A hint at what was meant."""
    close = get_close_matches(name, known, 1)
    return f"; did you mean {close[0]}?" if close else f"; known are: {', '.join(known)}"


def _line_of(text: str, wrong: _Wrong) -> int:
    """The line of a key, else of its table, else the first."""
    table = re.compile(rf"\s*\[\[?\s*{re.escape(wrong.table)}\s*\]")
    key = re.compile(rf"\s*[\"']?{re.escape(wrong.key)}[\"']?\s*=")
    at, seen, found = 1, -1, False
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("["):
            seen += bool(table.match(line))
            if found:
                break
            found = bool(table.match(line)) and seen == wrong.at
            at = number if found else at
        elif found and wrong.key and key.match(line):
            return number
    return at
