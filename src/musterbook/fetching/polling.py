"""What a feed lists is sorted (waits for its page, left out, known), and how a source stands then."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from random import Random

from musterbook.fetching.addresses import address_of, joined
from musterbook.fetching.feedlist import PAGE, SITEMAP, Source
from musterbook.fetching.listing import Listing, listings
from musterbook.fetching.manners import HOUR, back_off
from musterbook.fetching.notebook import Settled, Standing, Waiting, host_of
from musterbook.fetching.troubles import Cause, Trouble
from musterbook.fetching.visits import Fetched, Validators, Web

LEFT_OUT, ELSEWHERE, REPORT = "left out", "elsewhere", "report"
AGAIN = 6 * HOUR  # before a page is fetched again whose entry has changed
CERTAIN = 6  # failures that a trouble counts for which will not pass by itself


@dataclass(frozen=True, slots=True)
class Listed:
    """What one reading of a feed came to."""

    fresh: tuple[Waiting, ...]  # to be fetched, or read from the feed itself
    left: tuple[Settled, ...]
    keys: tuple[str, ...]  # all that it lists
    cause: Cause | None = None  # what is wrong with the feed, though some of it may have been read

    @property
    def failed(self) -> bool:
        """Whether nothing could be read of it."""
        return self.cause is not None and not self.keys


def read_feed(got: Fetched, source: Source, known: Mapping[str, tuple[str, float]], web: Web) -> Listed:
    """The entries of a feed, sorted by what is known of them already: key -> state, and when it was entered."""
    fresh: dict[str, Waiting] = {}
    left: dict[str, Settled] = {}
    keys: dict[str, None] = {}
    found, cause = listings(got.body, got.charset)
    for one in found:
        if one.key in keys:
            continue
        keys[one.key] = None
        state, entered = known.get(one.key, ("", 0.0))
        if state == one.state:
            continue
        waiting = _waiting(one, source, got, web, entered)
        if is_wanted(one, source.only):
            fresh[one.key] = waiting
        else:
            left[one.key] = (waiting, LEFT_OUT)
    return Listed(tuple(fresh.values()), tuple(left.values()), tuple(keys), cause)


def is_wanted(entry: Listing, only: tuple[str, ...]) -> bool:
    """Whether an entry holds one of the words; all are wanted where none is named."""
    return not only or bool(_pattern(only).search(f"{entry.title}\n{entry.content}\n{entry.link}"))


@lru_cache(maxsize=64)
def _pattern(only: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, only))})(?!\w)", re.IGNORECASE)


def _waiting(entry: Listing, source: Source, got: Fetched, web: Web, entered: float) -> Waiting:
    url, host = _place(entry.link, got, web)
    follows = bool(host) and (source.follow or source.kind == SITEMAP)
    now = web.now()
    return Waiting(
        source.url,
        entry.key,
        entry.state,
        host if follows else "",
        url,
        entry.title,
        entry.published.isoformat() if entry.published else "",
        entry.content,
        now,
        max(now, entered + AGAIN) if entered and follows else now,
    )


def _place(link: str, got: Fetched, web: Web) -> tuple[str, str]:
    """The linked page and its host; no host where it may not be asked."""
    if not link:
        return "", ""
    try:
        address = web.egress.address(joined(address_of(got.url, None), link))
    except Trouble:
        return link[:1000], ""
    return address.url, address.host


def without(listed: Listed, elsewhere: Iterable[str]) -> Listed:
    """The same, once it is known which pages another source has brought already."""
    there = set(elsewhere)
    fresh = tuple(one for one in listed.fresh if one.url not in there or not one.host)
    left = [(one, ELSEWHERE) for one in listed.fresh if one.url in there and one.host]
    return replace(listed, fresh=fresh, left=(*listed.left, *left))


def polled(
    standing: Standing, source: Source, got: Fetched, now: float, cause: Cause | None = None
) -> Standing:
    """How a source stands after it was read; what came damaged is asked for again in full."""
    known = Validators() if cause else got.validators
    if got.unchanged:
        known = standing.known
    return replace(
        standing,
        due=now + source.every,
        polled=now,
        succeeded=now,
        failures=0,
        code=cause.code if cause else "",
        detail=cause.detail if cause else "",
        ended=known.url,
        etag=known.etag,
        modified=known.modified,
        state=standing.state
        if got.unchanged or source.kind != PAGE
        else hashlib.sha256(got.body).hexdigest(),
        moved=got.url if _for_good(standing, got) else "",
        at="",
        hops=0,
    )


def failed(
    standing: Standing, source: Source, trouble: Trouble | Cause, now: float, chance: Random
) -> Standing:
    """How a source stands that could not be had: it is tried again, ever later."""
    failures = standing.failures + 1
    passes, asked = (trouble.may_pass, trouble.wait) if isinstance(trouble, Trouble) else (False, 0.0)
    wait = back_off(failures if passes else failures + CERTAIN, chance)
    return replace(
        standing,
        due=now + max(wait, asked, 0 if passes else source.every),
        polled=now,
        failures=failures,
        code=trouble.code,
        detail=trouble.detail,
        at="",
        hops=0,
    )


def passed_on(standing: Standing, got: Fetched) -> Standing:
    """How a source stands whose address leads to another host: it is asked for there in its turn."""
    moved = got.moved_to if _for_good(standing, got) else ""
    return replace(standing, at=got.moved_to, hops=got.hops, moved=moved)


def _for_good(standing: Standing, got: Fetched) -> bool:
    """Whether every redirect from its address on was for good."""
    return got.for_good and (not standing.hops or bool(standing.moved))


def host_asked(standing: Standing) -> str:
    """The host that is to be asked for a source."""
    return host_of(standing.at or standing.url)
