"""Of all days that a page gives for its publication the surest is taken, and every other is told beside it.

``RANKS`` is the order. A day after the page was fetched is none; where nobody knows when that was, one after the
page's own last change. Words that can be two days decide nothing: another place has to name one of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from musterbook.intake.days import days_in, utc_day
from musterbook.lexicon.pack import languages, load_pack
from musterbook.model import Candidate

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from musterbook.intake.page_data import Told

DATA, META, TIME, ADDRESS, LINE, LOST, GUESS = (
    "datePublished", "meta", "time", "address", "line near the title", "datePublished (broken)", "htmldate"
)  # fmt: skip
RANKS = (  # where a page gives its day, the surest first
    DATA,  # the article's entry in the page's data (JSON-LD)
    META,  # a meta tag of META_NAMES, in their order, or an element marked as datePublished
    TIME,  # the first <time> of the article
    ADDRESS,  # /2020/09/09/ in the page's address
    LINE,  # words with a full date below the headline
    LOST,  # datePublished in data that are too broken to read
    GUESS,  # what htmldate makes of the page; asked only where the others give no day
)
META_NAMES = (
    "article:published_time", "datepublished", "og:published_time", "article:published", "rnews:datepublished",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "article_date_original",
    "dc.date.issued", "dc.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date", "dcterms.date",
    "publication_date", "publish-date", "publish_date", "publishdate", "published_date", "pubdate", "date.release",
    "date",
)  # fmt: skip
CHANGE_NAMES = (
    "article:modified_time", "datemodified", "og:updated_time", "dcterms.modified", "dc.date.modified", "last-modified",
    "lastmod", "revised",
)  # fmt: skip
TIMES = "//time[@datetime][not(ancestor::nav or ancestor::footer or ancestor::aside)]"
IN_ARTICLE = "[ancestor::article or ancestor::main]"
MARKED = '//*[@itemprop="datePublished"]'
NEAR = 12  # pieces of text after the headline that are looked at
LINE_LENGTH = 80
IN_ADDRESS = re.compile(r"(?:^|[/_-])((?:19|20)\d\d)[/_-]?(\d\d)[/_-]?(\d\d)(?=[/_.-]|$)")
TAKEN, AGREES, LATE, CHANGE, OPEN, UNREAD = (
    "taken", "agrees", "later than retrieval", "last change", "can be two days", "not a day"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Day:
    """The day that was taken, why, and all that were looked at; ``code`` and ``detail`` where there is none."""

    day: date | None
    reason: str
    candidates: tuple[Candidate, ...]
    code: str = ""
    detail: str = ""


def day_of(tree: HtmlElement, told: Told, url: str, retrieved: date | None, guess: Callable[[], str]) -> Day:
    """The page's day of publication; the guess is asked for only where the page states no day."""
    changes = tuple(_words_of_changes(tree, told))
    last = max((days[0] for words in changes if len(days := days_in(words)) == 1), default=None)
    stated = _stated(tree, told, url)
    found = chosen(stated, changes, retrieved or last)
    if found.day or not (guessed := guess()) or _rests_on_doubt(guessed, stated):
        return found
    return chosen((*stated, (GUESS, guessed)), changes, retrieved or last)


def chosen(stated: Iterable[tuple[str, str]], changes: Iterable[str], bound: date | None) -> Day:
    """The first of the stated days that is one day and not later than the bound."""
    looked = [_judged(where, words, bound) for where, words in dict.fromkeys(stated)]
    taken = next((one for one in looked if one.day and not one.verdict), None)
    told = tuple(_beside(one, taken) for one in looked)
    modified = tuple(
        Candidate("last change", words, days[0], CHANGE) for words in changes if (days := days_in(words))
    )
    if taken is None or taken.day is None:
        return Day(None, "", (*told, *modified), *_why_none(told))
    return Day(taken.day, _reason(taken.where, told), (*told, *modified))


def _judged(where: str, words: str, bound: date | None) -> Candidate:
    """A candidate with what speaks against it."""
    days = days_in(words)
    if len(days) != 1:
        return Candidate(where, words, None, OPEN if days else UNREAD)
    day = days[0]
    if bound and day > bound:
        earlier = utc_day(words)  # it may have been tomorrow there already
        day = earlier if earlier and earlier <= bound else day
    return Candidate(where, words, day, LATE if bound and day > bound else "")


def _beside(one: Candidate, taken: Candidate | None) -> Candidate:
    """The candidate, and whether it bears out the one that was taken."""
    if one is taken:
        return replace(one, verdict=TAKEN)
    if taken is None or one.verdict not in ("", OPEN):
        return one
    agrees = taken.day in ((one.day,) if one.day else days_in(one.words))
    return replace(one, verdict=AGREES) if agrees else one


def _reason(where: str, told: tuple[Candidate, ...]) -> str:
    """How the day was chosen, in words."""
    agree = list(dict.fromkeys(one.where for one in told if one.verdict == AGREES))
    others = {f"{one.where} says {one.day or one.words}": None for one in told if one.verdict in ("", OPEN)}
    late = {
        f"{one.where} says {one.day}, which is after the page": None for one in told if one.verdict == LATE
    }
    parts = [f"the page's own date ({where})"]
    if agree:
        parts.append(f"so {'say' if len(agree) > 1 else 'says'} {', '.join(agree)}")
    return "; ".join([*parts, *others, *late])


def _why_none(told: tuple[Candidate, ...]) -> tuple[str, str]:
    """The trouble to tell where no day could be taken."""
    for verdict, code in ((LATE, "late-date"), (OPEN, "ambiguous-date")):
        for one in told:
            if one.verdict == verdict:
                return code, one.words[:40]
    return "", ""


def _rests_on_doubt(guess: str, stated: tuple[tuple[str, str], ...]) -> bool:
    """Whether the guess only takes one of two days for granted that other words leave open."""
    return any(
        len(days := days_in(words)) == 2 and days_in(guess)[:1] <= days for _, words in stated
    ) and all(days_in(guess) != days_in(words) for _, words in stated)


def _stated(tree: HtmlElement, told: Told, url: str) -> tuple[tuple[str, str], ...]:
    """Where the page gives a day, and in which words, by rank."""
    held = metas(tree)
    marked = [
        *tree.xpath(f"{MARKED}/@datetime"),
        *tree.xpath(f"{MARKED}/@content"),
        *tree.xpath(f"{MARKED}/text()"),
    ]
    times = tree.xpath(f"{TIMES}{IN_ARTICLE}/@datetime") or tree.xpath(f"{TIMES}/@datetime")
    found = [
        (DATA, told.published),
        *((META, held[name]) for name in META_NAMES if name in held),
        *((META, str(words)) for words in marked[:1]),
        *((TIME, str(words)) for words in times[:1]),
        *in_address(url),
        *in_line(_below_title(tree)),
        (LOST, told.lost_day),
    ]
    return plainly(found)


def plainly(found: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Places and words, without those that hold none, and no longer than a day can be."""
    return tuple((where, words.strip()[:LINE_LENGTH]) for where, words in found if words.strip())


def in_address(url: str) -> Iterator[tuple[str, str]]:
    """The days that a page's address names: ``/2020/09/09/``."""
    for place in IN_ADDRESS.finditer(urlsplit(url).path):
        yield ADDRESS, "-".join(place.groups())


def in_line(pieces: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The first short one of the pieces of text below the headline that gives a full date and tells of no change."""
    nearest = islice(filter(None, (" ".join(piece.split()) for piece in pieces)), NEAR)
    for words in nearest:
        if len(words) <= LINE_LENGTH and days_in(words) and not words.casefold().startswith(_changed()):
            yield LINE, words
            return


def _words_of_changes(tree: HtmlElement, told: Told) -> Iterator[str]:
    held = metas(tree)
    found = (told.changed, *(held[name] for name in CHANGE_NAMES if name in held))
    yield from dict.fromkeys(words.strip()[:LINE_LENGTH] for words in found if words.strip())


def metas(tree: HtmlElement) -> dict[str, str]:
    """What the page's meta tags say, by their names in small letters; the first of a name counts."""
    held: dict[str, str] = {}
    for one in tree.iter("meta"):
        content = (one.get("content") or "").strip()
        for name in (one.get("property"), one.get("name"), one.get("itemprop"), one.get("http-equiv")):
            if name and content:
                held.setdefault(name.strip().lower(), content)
    return held


def _below_title(tree: HtmlElement) -> Iterator[str]:
    """The pieces of text below the headline."""
    headline = next(iter(tree.xpath("//h1[not(ancestor::nav)]")), None)
    if headline is not None:
        yield from map(str, headline.xpath("following::text()[not(parent::script or parent::style)]"))


@cache
def _changed() -> tuple[str, ...]:
    """How a line begins that tells of a change, in all languages that we read."""
    return tuple(words for code in languages() for words in load_pack(code).words("letters", "changed"))
