"""Invented archives as the web has them: pages of 40-120 kB, most of it scripts, menus and teasers; 2 % tell of troops.

Everything follows from a seed. A page that tells of troops is a labelled text from ../shared among paragraphs of other
news; the rest is other news in seven languages and eleven encodings, some of it of wars, without a figure of troops.
"""

from __future__ import annotations

import json
import tomllib
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from random import Random
from typing import Any

WORDS = tomllib.loads(Path(__file__).with_name("archive_words.toml").read_text(encoding="utf-8"))
LANGUAGES = {"en": 40, "de": 12, "fr": 10, "es": 12, "ru": 12, "ar": 8, "zh": 6}  # shares of the pages
TOLD = 0.02  # share of the pages that tell of troops
WAR = 0.12  # share of the other English pages that tell of wars
SMALLEST, LARGEST = 40_000, 120_000  # bytes of a page
SITES = 60


@dataclass(frozen=True, slots=True)
class Page:
    """One page as a server gave it, and the labelled text in it, if any."""

    url: str
    encoding: str
    raw: bytes
    told: str = ""


def pages(seed: int, number: int, texts: Sequence[dict[str, Any]]) -> Iterator[Page]:
    """So many pages, the same for the same seed."""
    luck = Random(seed)  # noqa: S311 -- to be the same each time
    sites = [Site(n) for n in range(SITES)]
    for at in range(number):
        told = texts[luck.randrange(len(texts))] if texts and luck.random() < TOLD else None
        yield luck.choice([s for s in sites if s.language == "en"] if told else sites).page(luck, at, told)


class Site:
    """A newspaper: its language, its encoding, its menus and its scripts."""

    def __init__(self, number: int) -> None:
        luck = Random(number)  # noqa: S311 -- to be the same each time
        self.number = number
        self.language = luck.choices(list(LANGUAGES), list(LANGUAGES.values()))[0]
        if number < 4:
            self.language = "en"
        self.words = WORDS[self.language]
        self.encoding = luck.choice(self.words["encodings"])
        self.style = "".join(rule(luck) for _ in range(luck.randrange(60, 200)))
        self.scripts = [script(luck) for _ in range(luck.randrange(2, 6))]
        self.menu = "".join(link(luck, word) for word in self.words["menu"])

    def page(self, luck: Random, at: int, told: dict[str, Any] | None) -> Page:
        """An article in its surroundings."""
        title = told["title"] if told and told.get("title") else sentence(luck, self.words)[:80]
        url = f"https://www.news{self.number}.example/{luck.randrange(10**6)}/{at}.html"
        day = (
            told["published"][:10]
            if told and told.get("published")
            else f"2024-05-{luck.randrange(1, 29):02}"
        )
        body = "".join(f"<p>{escape(one, quote=False)}</p>\n" for one in self.paragraphs(luck, told))
        top = (
            f'<!DOCTYPE html>\n<html lang="{self.language}"><head><meta charset="{self.encoding}">\n'
            f"<title>{escape(title)}</title>\n"
            f'<meta property="og:site_name" content="News {self.number}"><meta property="og:url" content="{url}">\n'
            f'<meta property="article:published_time" content="{day}T06:{luck.randrange(10, 60)}:00Z">\n'
            f"<style>{self.style}</style></head><body>\n<header><nav><ul>{self.menu}</ul></nav></header>\n"
            f'<main><article class="article"><h1>{escape(title)}</h1>\n'
        )
        size = luck.randrange(SMALLEST, LARGEST)
        rest = f"{body}</article></main>\n"
        end = f"<footer><ul>{self.menu}</ul></footer></body></html>\n"
        filled = self.filling(luck, size - len(top) - len(rest) - len(end))
        raw = (top + rest + filled + end).encode(self.encoding, "xmlcharrefreplace")
        return Page(url, self.encoding, raw, told["id"] if told else "")

    def paragraphs(self, luck: Random, told: dict[str, Any] | None) -> list[str]:
        """The text, among others where it tells of troops."""
        war = self.language == "en" and not told and luck.random() < WAR
        found = []
        for at in range(luck.randrange(4, 10)):
            kinds = [
                self.words["war"] if war and luck.random() < 0.5 else self.words["sentences"]
                for _ in range(4)
            ]
            found.append(" ".join(sentence(luck, self.words, one) for one in kinds[: 2 + at % 3]))
        return [one for one in told["text"].split("\n") if one.strip()] + found[:4] if told else found

    def filling(self, luck: Random, size: int) -> str:
        """Scripts, teasers and comments up to about that many characters."""
        found, held = [], 0
        while held < size:
            if luck.random() < 0.35:
                one = f"<script>{luck.choice(self.scripts)}var s{luck.randrange(10**9)}={luck.random()};</script>\n"
            elif luck.random() < 0.3:
                fields = {f"k{luck.randrange(99)}": luck.randrange(10**7) for _ in range(30)}
                one = f'<script type="application/json">{json.dumps(fields)}</script>\n'
            else:
                one = "".join(teaser(luck, self.words) for _ in range(6))
            found.append(one)
            held += len(one)
        return '<aside class="related sidebar">' + "".join(found) + "</aside>"


def sentence(luck: Random, words: dict[str, Any], among: Sequence[str] = ()) -> str:
    """One sentence of other news."""
    number = luck.choice([luck.randrange(2, 60), luck.randrange(100, 9000)])
    return str(luck.choice(among or words["sentences"])).format(
        n=f"{number:,}",
        who=luck.choice(words["names"]),
        town=luck.choice(words["towns"]),
        day=luck.choice(words["days"]),
    )


def teaser(luck: Random, words: dict[str, Any]) -> str:
    """A box that leads to another article."""
    number = luck.randrange(10**7)
    return (
        f'<div class="teaser t{number % 9}" data-id="{number}">'
        f'<a href="/article/{number}?ref=side&amp;pos={number % 40}">'
        f'<img src="https://img.example/{number}/{luck.randrange(10**6)}.jpg" width="320" height="180" alt=""></a>'
        f"<h3>{escape(sentence(luck, words)[:70])}</h3>"
        f'<span class="time">{luck.randrange(24)}:{luck.randrange(10, 60)}</span></div>\n'
    )


def rule(luck: Random) -> str:
    """One line of a style sheet."""
    names = f".c{luck.randrange(999)} .x{luck.randrange(99)}"
    return f"{names}{{margin:{luck.randrange(40)}px;color:#{luck.randrange(16**6):06x}}}\n"


def script(luck: Random) -> str:
    """Some kilobytes of code as a machine writes it."""
    names = ["".join(luck.choices("abcdefghijklmnopqrstuvwxyz", k=luck.choice([1, 2, 7]))) for _ in range(60)]
    pick = luck.choice
    lines = [
        f"function {pick(names)}({pick(names)}){{return {pick(names)}[{luck.randrange(99)}]||{pick(names)};}}"
        for _ in range(luck.randrange(10, 60))
    ]
    return "".join(lines)


def link(luck: Random, word: str) -> str:
    """An entry of a menu."""
    return f'<li class="nav-{luck.randrange(99)}"><a href="/section/{luck.randrange(999)}/">{escape(word)}</a></li>'


def member(page: Page, number: int) -> bytes:
    """The page as one response record, packed by itself."""
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset={page.encoding}\r\nServer: nginx\r\n\r\n".encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\n"
        "WARC-Date: 2024-06-01T00:00:00Z\r\n"
        f"WARC-Target-URI: {page.url}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http) + len(page.raw)}\r\n\r\n"
    ).encode()
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    return packer.compress(head + http + page.raw + b"\r\n\r\n") + packer.flush()


def write(path: Path, seed: int, number: int, texts: Sequence[dict[str, Any]]) -> int:
    """An archive of so many pages; how many of them tell of troops."""
    told = 0
    with path.open("wb") as file:
        for at, page in enumerate(pages(seed, number, texts)):
            file.write(member(page, at))
            told += bool(page.told)
    return told
