"""What a feed or a sitemap lists: where each entry is, what it is known by, and whether it is what it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from musterbook.fetching.troubles import Cause
from musterbook.intake.content import certain_kind
from musterbook.intake.days import parse_day
from musterbook.intake.decode import decode
from musterbook.intake.feeds import Entry, declared_encoding, feed_in
from musterbook.model import digest

MOST = 50_000  # entries; a sitemap may hold no more
NO_FEED = "no-feed"


@dataclass(frozen=True, slots=True)
class Listing:
    """One entry; empty and None where its feed does not say."""

    id: str = ""
    link: str = ""
    title: str = ""
    published: date | None = None
    content: str = ""  # as plain words

    @property
    def key(self) -> str:
        """What an entry is known by from one reading of the feed to the next."""
        return self.id or self.link or self.state

    @property
    def state(self) -> str:
        """Changes when the entry does."""
        return digest("entry", self.link, self.title, self.content)[:16]


def listings(raw: bytes, charset: str = "") -> tuple[tuple[Listing, ...], Cause | None]:
    """The entries in their order, and what is wrong with the feed; ``charset`` is what its server said."""
    if certain_kind(raw) == "page":
        return (), _no_feed("a web page; name it as [[page]]")
    text = decode(raw, charset, declared_encoding(raw))
    if not text.text:
        return (), Cause(text.code or "empty-file", text.detail)
    feed = feed_in(text.text, MOST)
    if not feed.is_feed and (feed.trouble or ("",))[0] != "own-entities":
        return (), _no_feed(f"<{feed.root[:20]}>" if feed.root else "something else")
    found = tuple(_listing(entry) for entry in feed.entries)
    if feed.trouble:
        return found, Cause(*feed.trouble)
    return found, Cause(text.code, text.detail) if text.code else None


def _no_feed(what: str) -> Cause:
    return Cause(NO_FEED, what)


def _listing(entry: Entry) -> Listing:
    """Its day is the one of publication, not of a later change, where both are given."""
    day = parse_day(entry.published) or parse_day(entry.changed)
    return Listing(entry.guid, entry.url, entry.title, day, entry.text)
