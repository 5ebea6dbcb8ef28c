"""Finds the pages of a desk as a reader would, by its links, so that no page is forgotten: new ones are found, too."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote, urldefrag, urljoin, urlsplit

from fastapi import FastAPI
from httpx import Response
from starlette.routing import Match

from newsroom_desk import Newsroom

HOST = "http://testserver"
NO_PAGES = {"/healthz", "/metrics", "/welcome/{token}"}  # for programs; a link that works once
NO_PAGES |= {
    "/signin/oidc",
    "/signin/oidc/back",
}  # they lead on, and only where there is a provider: test_oidc
ENDINGS = (".atom", ".json", ".svg", ".css", ".js", ".csv", ".png", ".{form}")
Get = Callable[[str], Response]


class Shape(HTMLParser):
    """What a page is made of: its tags, its attributes, where it leads, and the words within its scripts."""

    LINKS = ("href", "src", "action", "formaction", "xlink:href", "data", "poster", "srcset", "content")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.attributes: set[tuple[str, str]] = set()
        self.links: list[tuple[str, str, str]] = []  # tag, attribute, value
        self.scripted = ""
        self._inside = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self._inside = tag
        self.attributes |= {(tag, name) for name, _ in attrs}
        self.links += [(tag, name, value or "") for name, value in attrs if name in self.LINKS]

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside in ("script", "style"):
            self.scripted += data.strip()

    def handle_comment(self, data: str) -> None:
        self.tags["a comment"] += 1


def route_of(app: FastAPI, address: str) -> str:
    """The route that answers an address; empty for none."""
    scope = {"type": "http", "method": "GET", "path": urlsplit(address).path, "root_path": ""}
    for route in _routes(app.routes):
        if route.matches(scope)[0] is Match.FULL:
            return str(route.path)
    return ""


def page_routes(app: FastAPI) -> set[str]:
    """The routes that may give a page; what is only for programs has an ending or stands under /api/v1."""
    return {
        route.path
        for route in _routes(app.routes)
        if "GET" in (getattr(route, "methods", None) or ())
        and not route.path.startswith("/api/v1")
        and not route.path.endswith(ENDINGS)
    } - NO_PAGES


def starts(newsroom: Newsroom) -> list[str]:
    """Where a walk begins: the first page, and what only a large book or a strange name is linked to by."""
    first = newsroom.book.statements()[0]
    report = newsroom.book.report(first.report)
    name = quote(report.publisher if report else "", safe="")
    return ["/", f"/statement/{first.id}/proof", "/pledges/scoreboard", f"/source?name={name}"]


def _routes(held: Iterable[Any]) -> Iterator[Any]:
    """The routes, also those of routers that are kept whole."""
    for route in held:
        inner = getattr(route, "routes", None) or getattr(
            getattr(route, "original_router", None), "routes", None
        )
        if inner and not hasattr(route, "path"):
            yield from _routes(inner)
        else:
            yield route


def roam(app: FastAPI, get: Get, beginning: Iterable[str] = ("/",), each: int = 3) -> dict[str, str]:
    """The pages (HTML) that links lead to, at most ``each`` of one route, by their addresses."""
    waiting, seen = deque(beginning), set(beginning)
    counts: Counter[str] = Counter()
    found: dict[str, str] = {}
    while waiting:
        address = waiting.popleft()
        route = route_of(app, address)
        if counts[route] >= each:
            continue
        answer = get(address)
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        assert answer.status_code < 500, f"{address}: {answer.text[:300]}"
        if answer.status_code == 200:
            counts[route] += 1
            found[address] = answer.text
        for link in own_links(answer.text, address):
            if link not in seen:
                seen.add(link)
                waiting.append(link)
    return found


def own_links(page: str, here: str) -> Iterator[str]:
    """Where a page leads within the desk."""
    for tag, name, value in Shape(page).links:
        if tag in ("a", "area") and name in ("href", "xlink:href"):
            try:
                target = urldefrag(urljoin(HOST + here, value)).url
            except ValueError:
                continue
            if target.startswith(f"{HOST}/") and "signout" not in target:
                yield target.removeprefix(HOST)
