"""A visit to one host: its robots.txt where that is not known, then the document, through redirects within the host.

A redirect to another host ends the visit: that host has rules, pauses and an address of its own, and is visited in
its turn.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from musterbook.fetching.addresses import Address, joined
from musterbook.fetching.egress import Egress, Meter
from musterbook.fetching.getting import Answer, get
from musterbook.fetching.limits import Limits
from musterbook.fetching.manners import GIVEN, NONE, UNKNOWN, Rules, asked_to_wait
from musterbook.fetching.troubles import Trouble

ROBOTS = "/robots.txt"
GONE, REFUSED, BUSY = (404, 410), (401, 402, 403, 407, 451), (408, 425, 429, 503)
PASSED_ON = (301, 302, 303, 307, 308)
OF_HOST = (
    "fetch-no-name",
    "fetch-not-public",
    "fetch-unreachable",
    "fetch-tls",
    "fetch-too-slow",
    "fetch-broken-off",
)
FOR_GOOD = (301, 308)
TYPES = (
    "text/",
    "application/xhtml",
    "application/xml",
    "application/rss",
    "application/atom",
    "application/rdf",
)
PAPERS = ("application/pdf", "application/x-pdf")
UNSAID = ("", "application/octet-stream", "binary/octet-stream", "application/force-download")


@dataclass(frozen=True, slots=True)
class Web:
    """All that visits have in common; the clocks are arguments, so that tests can set them."""

    agent: str
    egress: Egress = field(default_factory=Egress)
    limits: Limits = field(default_factory=Limits)
    now: Callable[[], float] = time.time
    stopped: Callable[[], bool] = lambda: False

    @property
    def name(self) -> str:
        """What robots.txt calls us."""
        return self.agent.partition("/")[0]

    def meter(self, limits: Limits) -> Meter:
        """Time and bytes for one document."""
        return Meter(limits, self.stopped)


@dataclass(frozen=True, slots=True)
class Validators:
    """What lets a server say that nothing has changed; for exactly the address that it was given with."""

    url: str = ""
    etag: str = ""
    modified: str = ""

    def heads(self, url: str) -> dict[str, str]:
        """The conditions of a request, where it goes to that address."""
        if url != self.url:
            return {}
        found = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in found.items() if value}


@dataclass(frozen=True, slots=True)
class Errand:
    """What to fetch: an address, what is known of it and of its origin, and how often it was passed on already."""

    url: str
    known: Validators = Validators()
    rules: Mapping[str, Rules] = field(default_factory=dict)
    hops: int = 0
    long: bool = False  # a feed or a sitemap


@dataclass(frozen=True, slots=True)
class Fetched:
    """How a visit ended: a document, ``unchanged``, ``moved_to`` another host, or ``trouble``."""

    url: str  # where it ended
    body: bytes = b""
    kind: str = ""  # the type that the server names, without its parameters
    charset: str = ""
    validators: Validators = Validators()
    unchanged: bool = False
    moved_to: str = ""
    hops: int = 0
    for_good: bool = False  # the address was passed on for good: it should be changed
    trouble: Trouble | None = None
    learned: tuple[Rules, ...] = ()  # what was fetched of robots.txt on the way
    pause: float = 0.0  # seconds that the host asks us to leave between visits


def visit(errand: Errand, web: Web) -> Fetched:
    """Go there; whatever goes wrong is told in the outcome."""
    return _Visit(errand, web).go()


class _Visit:
    """One visit under way."""

    def __init__(self, errand: Errand, web: Web) -> None:
        self._errand, self._web = errand, web
        self._rules = dict(errand.rules)
        self._learned: list[Rules] = []
        self._url, self._hops, self._for_good, self._pause = errand.url, errand.hops, True, 0.0

    def go(self) -> Fetched:
        """The visit, with what was learned of the host in any case."""
        try:
            return self._through()
        except Trouble as trouble:
            return replace(self._so_far(), trouble=trouble)

    def _through(self) -> Fetched:
        """Through the redirects of the host to a document, an unchanged one, or another host."""
        address = self._web.egress.address(self._url)
        host = address.host
        limits = self._web.limits.of_feed() if self._errand.long else self._web.limits
        while True:
            self._url = address.url
            if address.host != host:
                return replace(self._so_far(), moved_to=address.url)
            self._check_rules(address)
            heads = {"User-Agent": self._web.agent} | self._errand.known.heads(address.url)
            answer = get(address, self._web.egress, self._web.meter(limits), heads, check_type)
            if answer.status not in PASSED_ON:
                return self._judged(answer)
            address = self._next(answer)

    def _next(self, answer: Answer) -> Address:
        """Where a redirect leads; Trouble where it is one too many, or to something less safe."""
        self._hops += 1
        self._for_good &= answer.status in FOR_GOOD
        return redirected(answer, self._hops, self._web)

    def _check_rules(self, address: Address) -> None:
        """Trouble where the origin does not want us there."""
        rules = self._rules.get(address.origin)
        if rules is None or rules.left(self._web.now()) <= 0:
            rules = fetch_rules(address, self._web)
            self._rules[address.origin] = rules
            self._learned.append(rules)
        self._pause = max(self._pause, rules.pause(self._web.name))
        if rules.state == UNKNOWN:
            raise Trouble("fetch-robots-unknown", rules.text, rules.left(self._web.now()))
        if not rules.allows(address.url, self._web.name):
            raise Trouble("fetch-robots")

    def _judged(self, answer: Answer) -> Fetched:
        """The document, or what its status means."""
        if answer.status == 304 and self._errand.known.heads(answer.address.url):
            return replace(self._so_far(), unchanged=True)
        check_status(answer, self._web.now())
        kind, charset = type_of(answer.heads.get("content-type", ""))
        if not answer.body.strip():
            raise Trouble("fetch-empty")
        known = Validators(
            answer.address.url,
            answer.heads.get("etag", "")[:1000],
            answer.heads.get("last-modified", "")[:100],
        )
        return replace(self._so_far(), body=answer.body, kind=kind, charset=charset, validators=known)

    def _so_far(self) -> Fetched:
        """Where we are, and what was learned on the way."""
        return Fetched(
            self._url,
            hops=self._hops,
            for_good=self._for_good and self._hops > 0,
            learned=tuple(self._learned),
            pause=self._pause,
        )


def redirected(answer: Answer, hops: int, web: Web) -> Address:
    """Where an answer sends us, judged by its spelling; Trouble where it may not."""
    place = answer.heads.get("location", "")
    if not place:
        raise Trouble("fetch-redirects", f"status {answer.status} to nowhere")
    if hops > web.limits.hops:
        raise Trouble("fetch-redirects", f"more than {web.limits.hops} times")
    address = web.egress.address(joined(answer.address, place))
    if answer.address.scheme == "https" and address.scheme == "http":
        raise Trouble("fetch-redirects", "from https to http")
    return address


def check_status(answer: Answer, now: float) -> None:
    """Trouble unless there is a document."""
    status = answer.status
    said = f"status {status}"
    if status in (200, 203):
        return
    if status in GONE:
        raise Trouble("fetch-gone", said)
    if status in BUSY:
        raise Trouble("fetch-busy", said, asked_to_wait(answer.heads.get("retry-after", ""), now))
    if status in REFUSED or 400 <= status < 500:
        raise Trouble("fetch-refused", said)
    raise Trouble("fetch-server", said)


def check_type(words: str) -> None:
    """Trouble where a document is of a type that nobody here can read; asked before its body is taken."""
    kind, _ = type_of(words)
    if not kind.startswith(TYPES) and kind not in (*PAPERS, *UNSAID):
        raise Trouble("fetch-type", kind[:60])


def type_of(words: str) -> tuple[str, str]:
    """The type and the encoding that a server names: ``text/html; charset=utf-8``."""
    kind, *more = (part.strip() for part in words.lower().split(";"))
    charset = next((part[8:].strip("\"' ") for part in more if part.startswith("charset=")), "")
    return kind, charset[:40] if charset.isascii() else ""


def fetch_rules(address: Address, web: Web) -> Rules:
    """The robots.txt of an origin: none where there is none, unknown where it cannot be had.

    Trouble where the host itself cannot be had: that is no fault of its robots.txt, and may soon pass.
    """
    limits = web.limits.of_robots()
    there, hops = web.egress.address(address.origin + ROBOTS), 0
    while True:
        try:
            answer = get(there, web.egress, web.meter(limits), {"User-Agent": web.agent})
            if answer.status not in PASSED_ON:
                return _rules(address.origin, answer, web.now())
            hops += 1
            there = redirected(answer, hops, web)
        except Trouble as trouble:
            if trouble.code == "fetch-stopped" or (hops == 0 and trouble.code in OF_HOST):
                raise
            state = NONE if trouble.code == "fetch-redirects" else UNKNOWN
            return Rules(address.origin, state, str(trouble) if state == UNKNOWN else "", web.now())


def _rules(origin: str, answer: Answer, now: float) -> Rules:
    if answer.status in (200, 203):
        return Rules(origin, GIVEN, answer.body.decode("utf-8", "replace").removeprefix("\ufeff"), now)
    if answer.status in BUSY or answer.status >= 500:
        return Rules(origin, UNKNOWN, f"status {answer.status}", now)
    return Rules(origin, NONE, fetched=now)
