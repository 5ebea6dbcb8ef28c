"""Invented news pages in ten designs, with the text and the day that a reader would name, all from one seed.

Each design hides something: a day only in the address, words of a change beside it, teasers of other articles with days
of their own, a text that only the page's data hold whole, layout by tables, data with a comma too many.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from pathlib import Path
from random import Random

WORDS = tomllib.loads(Path(__file__).with_name("archive_words.toml").read_text(encoding="utf-8"))["en"]
TROOPS = (
    "About {n} American soldiers remain in the east of Syria, the general said on {day}.",
    "The ministry in {town} put the number of its troops in Mali at {n}, including engineers and medics.",
    "The force is to shrink from roughly {n} to half of that by the end of the year, {who} told reporters.",
)
FIRST = date(2005, 1, 1)


@dataclass(frozen=True, slots=True)
class Article:
    """What a reader takes from a page."""

    title: str
    paragraphs: tuple[str, ...]
    day: date
    writer: str
    site: str
    url: str

    @property
    def text(self) -> str:
        """The paragraphs alone: no headline, no byline, no menu."""
        return "\n".join(self.paragraphs)

    def entry(self, **more: object) -> dict[str, object]:
        """The article as pages' data tell it."""
        return {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": self.title,
            "datePublished": f"{self.day}T09:30:00+00:00",
            "author": {"@type": "Person", "name": self.writer},
            "publisher": {"@type": "Organization", "name": self.site},
        } | more


@dataclass(frozen=True, slots=True)
class Made:
    """A page, its design, and the article in it."""

    raw: bytes
    design: str
    article: Article


def pages(seed: int, number: int) -> Iterator[Made]:
    """So many pages, the designs in turn."""
    luck = Random(seed)  # noqa: S311 -- to be the same each time
    for at in range(number):
        design = DESIGNS[at % len(DESIGNS)]
        article = _article(luck, at, with_day=design is by_address)
        yield Made(design(luck, article).encode("utf-8"), design.__name__.replace("_", " "), article)


def _article(luck: Random, at: int, with_day: bool) -> Article:
    day = FIRST + timedelta(days=luck.randrange(7_000))
    place = f"{day:%Y/%m/%d}/" if with_day else ""
    paragraphs = tuple(_paragraph(luck) for _ in range(luck.randrange(4, 14)))
    site = f"The {luck.choice(WORDS['towns'])} Courier"
    title = _sentence(luck).rstrip(".")[:90]
    return Article(
        title, paragraphs, day, luck.choice(WORDS["names"]), site, f"https://courier.example/{place}{at}.html"
    )


def _paragraph(luck: Random) -> str:
    return " ".join(_sentence(luck) for _ in range(luck.randrange(1, 5)))


def _sentence(luck: Random) -> str:
    form = luck.choice([*WORDS["sentences"], *TROOPS])
    return str(form).format(
        n=luck.randrange(3, 4_000),
        who=luck.choice(WORDS["names"]),
        town=luck.choice(WORDS["towns"]),
        day=luck.choice(WORDS["days"]),
    )


def _menu(luck: Random) -> str:
    return "".join(
        f"<li><a href='/{n}'>{word}</a></li>" for n, word in enumerate(luck.sample(WORDS["menu"], 14))
    )


def _teasers(luck: Random, tag: str = "div", days: Sequence[date] = ()) -> str:
    """Other articles, each with a headline and sometimes a day."""
    found = []
    for n in range(luck.randrange(4, 9)):
        when = f"<time datetime='{days[n % len(days)]}'>{days[n % len(days)]:%d %b %Y}</time>" if days else ""
        found.append(
            f"<{tag} class='teaser'><a href='/t{n}'><h3>{escape(_sentence(luck))}</h3></a>{when}</{tag}>"
        )
    return "".join(found)


def _comments(luck: Random, day: date) -> str:
    said = (
        f"<li class='comment'><b>{luck.choice(WORDS['names'])}</b> <time datetime='{day + timedelta(days=n)}'></time>"
        f"<p>{escape(_sentence(luck))}</p></li>"
        for n in range(luck.randrange(2, 7))
    )
    return f"<section id='comments' class='comments'><h2>Comments</h2><ol>{''.join(said)}</ol></section>"


def _foot(luck: Random, article: Article) -> str:
    words = " ".join(_sentence(luck) for _ in range(2))
    rights = f"© 2004–2026 {article.site}. All rights reserved. {escape(words)}"
    return f"<footer><p>{rights}</p><ul>{_menu(luck)}</ul></footer>"


def _paragraphs(article: Article, tag: str = "p") -> str:
    return "\n".join(f"<{tag}>{escape(one, quote=False)}</{tag}>" for one in article.paragraphs)


def _whole(head: str, body: str, article: Article) -> str:
    title = f"<title>{escape(article.title)} | {article.site}</title>"
    return f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">{title}{head}</head><body>{body}</body></html>'


def _data(*entries: object) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(one)}</script>' for one in entries)


def _long_date(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def data_and_article(luck: Random, it: Article) -> str:
    """The plain case of today: data, an article element, teasers with newer days."""
    newer = [it.day + timedelta(days=n) for n in (1, 2, 30)]
    body = (
        f"<header><nav><ul>{_menu(luck)}</ul></nav></header><main><article><h1>{escape(it.title)}</h1>"
        f"<p class='byline'>By {it.writer}</p>{_paragraphs(it)}</article></main>"
        f"<aside>{_teasers(luck, days=newer)}</aside>{_foot(luck, it)}"
    )
    return _whole(_data(it.entry(dateModified=f"{it.day + timedelta(days=3)}")), body, it)


def meta_and_divs(luck: Random, it: Article) -> str:
    """Nothing but divs; the day in a meta tag, that of a change beside it."""
    later = it.day + timedelta(days=luck.randrange(1, 400))
    head = (
        f'<meta property="article:published_time" content="{it.day}T07:00:00Z">'
        f'<meta property="article:modified_time" content="{later}T07:00:00Z">'
        f'<meta property="og:site_name" content="{it.site}">'
    )
    body = (
        f"<div id='top'><div class='nav'><ul>{_menu(luck)}</ul></div></div><div class='wrap'><div class='story-body'>"
        f"<div class='headline'><h1>{escape(it.title)}</h1></div><div class='text'>{_paragraphs(it)}</div></div>"
        f"<div class='sidebar'>{_teasers(luck)}</div></div><div class='footer'>{_foot(luck, it)}</div>"
    )
    return _whole(head, body, it)


def tables(luck: Random, it: Article) -> str:
    """A page of the year 2005: layout by tables, the day in words below the headline."""
    menu = "".join(f"<tr><td><a href='/{word}'>{word}</a></td></tr>" for word in WORDS["menu"][:12])
    text = "<br><br>".join(escape(one, quote=False) for one in it.paragraphs)
    body = (
        f"<table width='780'><tr><td valign='top'><table>{menu}</table></td><td><h1>{escape(it.title)}</h1>"
        f"<font size='1'>By {it.writer}<br>{_long_date(it.day)}</font><br><br>{text}</td></tr></table>"
        f"<center><font size='1'>Copyright 2026 {it.site}</font></center>"
    )
    return _whole("", body, it)


def blog_with_comments(luck: Random, it: Article) -> str:
    """A blog: a time element in the entry, comments with days of their own, an archive of months."""
    months = "".join(f"<li><a href='/2019/{n:02}'>2019/{n:02}</a></li>" for n in range(1, 13))
    body = (
        f"<div class='site-header'><ul class='menu'>{_menu(luck)}</ul></div><article class='post hentry'>"
        f"<h1 class='entry-title'>{escape(it.title)}</h1><div class='entry-meta'>Posted on <time class='entry-date' "
        f"datetime='{it.day}T10:00:00+02:00'>{_long_date(it.day)}</time> by {it.writer}</div>"
        f"<div class='entry-content'>{_paragraphs(it)}</div></article>{_comments(luck, it.day)}"
        f"<aside class='widget'><h2>Archive</h2><ul>{months}</ul></aside>{_foot(luck, it)}"
    )
    return _whole("", body, it)


def teaser_with_data(luck: Random, it: Article) -> str:
    """The page shows its first lines to everybody, and the whole text to machines."""
    body = (
        f"<nav><ul>{_menu(luck)}</ul></nav><main><article><h1>{escape(it.title)}</h1><p>{escape(it.paragraphs[0])}</p>"
        f"</article><div class='offer'><h2>Read on with a subscription</h2>"
        f"<p>Cancel whenever you like.</p></div></main>"
        f"<div class='more'>{_teasers(luck)}</div>{_foot(luck, it)}"
    )
    return _whole(_data(it.entry(articleBody="\n\n".join(it.paragraphs))), body, it)


def release(luck: Random, it: Article) -> str:
    """A ministry's release: a date line, then the text in one block."""
    body = (
        f"<div id='header'><a href='/'>Ministry of Defence</a></div><div id='menu'><ul>{_menu(luck)}</ul></div>"
        f"<div id='content'><h1>{escape(it.title)}</h1><p class='date'>{it.day.day} {it.day:%B %Y}</p>"
        f"<div class='body'>{_paragraphs(it)}</div><p class='updated'>"
        f"Last updated: {_long_date(it.day + timedelta(days=9))}"
        f"</p></div><div id='footer'>{_menu(luck)}</div>"
    )
    return _whole("", body, it)


def phone_page(luck: Random, it: Article) -> str:
    """A page for phones (AMP): data, sections with consent forms and adverts in between."""
    advert = "<amp-ad width='300' height='250'></amp-ad><p class='label'>Advertisement</p>"
    half = len(it.paragraphs) // 2
    first, second = (
        "".join(f"<p>{escape(p, quote=False)}</p>" for p in part)
        for part in (it.paragraphs[:half], it.paragraphs[half:])
    )
    body = (
        f"<amp-sidebar><ul>{_menu(luck)}</ul></amp-sidebar>"
        f"<main role='main'><article><header><h1>{escape(it.title)}</h1>"
        f"</header><section class='body'>{first}{advert}{second}</section></article></main>{_teasers(luck, 'section')}"
    )
    return _whole(_data([it.entry()]), body, it)


def by_address(luck: Random, it: Article) -> str:
    """The day stands in the address only; today's date is printed on top."""
    head = f'<link rel="canonical" href="{it.url}"><meta property="og:url" content="{it.url}">'
    body = (
        f"<div class='today'>Sunday</div><ul class='nav'>{_menu(luck)}</ul>"
        f"<div id='article'><h1>{escape(it.title)}</h1>"
        f"<div class='articletext'>{_paragraphs(it)}</div></div>"
        f"<div class='related'>{_teasers(luck)}</div>{_foot(luck, it)}"
    )
    return _whole(head, body, it)


def many_articles_in_data(luck: Random, it: Article) -> str:
    """Data tell of the site, its newest articles and this one, in a graph."""
    others = [
        {
            "@type": "NewsArticle",
            "headline": _sentence(luck),
            "datePublished": f"{it.day + timedelta(days=n)}",
        }
        for n in (5, 6, 7)
    ]
    graph = {
        "@context": "https://schema.org",
        "@graph": [{"@type": "WebSite", "name": it.site}, *others, it.entry()],
    }
    body = (
        f"<header><nav>{_menu(luck)}</nav></header><main><section class='post'>"
        f"<h1>{escape(it.title)}</h1>{_paragraphs(it)}"
        f"<ul class='tags'><li>News</li><li>World</li></ul></section></main>"
        f"<aside>{_teasers(luck)}</aside>{_foot(luck, it)}"
    )
    return _whole(_data(graph), body, it)


def loose_data(luck: Random, it: Article) -> str:
    """Data with a comma too many within a comment, and the day in figures that can be two."""
    entry = json.dumps(it.entry())[:-1] + ",}"
    head = f'<script type="application/ld+json"><!-- {entry} --></script>'
    body = (
        f"<div class='menu'><ul>{_menu(luck)}</ul></div><div class='main'><h1>{escape(it.title)}</h1>"
        f"<span class='pub'>{it.day:%m/%d/%Y}</span><div class='copy'>{_paragraphs(it)}</div></div>"
        f"<div class='side'>{_teasers(luck)}</div>{_foot(luck, it)}"
    )
    return _whole(head, body, it)


DESIGNS: tuple[Callable[[Random, Article], str], ...] = (
    data_and_article, meta_and_divs, tables, blog_with_comments, teaser_with_data, release, phone_page, by_address,
    many_articles_in_data, loose_data,
)  # fmt: skip
