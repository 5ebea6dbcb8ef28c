"""Every page by the rules of WCAG 2.2 AA, as axe checks them, in light and dark; and none wider than a small phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from books import Ticks
from fulfilled import DESK, page_of
from musterbook.api import open_book
from newsroom_desk import Newsroom, hire, open_newsroom
from roaming import page_routes, roam, route_of, starts
from seen import Seen, browsing, needs_chromium, watched
from shots import shoot
from web_desk import TOLD, told

pytestmark = needs_chromium

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}
WRONG = ("/us/atlantis", "/?on=yesterday", "/no/such/page")
PHONE = {"width": 320, "height": 640}
SETTINGS = (
    {"color_scheme": "light", "viewport": {"width": 1200, "height": 900}},
    {"color_scheme": "dark", "viewport": PHONE},
)


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    """A newsroom that many tests look at and none changes."""
    place = tmp_path_factory.mktemp("newsroom") / "book.sqlite"
    with open_book(place, clock=Ticks(), person="ada") as book:
        book.add(told(*TOLD))
        found = open_newsroom(book, place)
        hire(found)
        book.hold(found.statement(900), "far too few", "ed")
        shelf = found.client.app.state.shelf  # type: ignore[attr-defined] -- the application itself
        shelf.wrote()
        shelf.patience = 60.0
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing() as found:
        yield found


def addresses(newsroom: Newsroom, who: str) -> list[str]:
    """The pages that somebody sees, two of each kind, and some that tell of an error."""
    get = newsroom.browser(who).get if who else newsroom.stranger().get
    return [*roam(newsroom.client.app, get, starts(newsroom), each=2), *WRONG]  # type: ignore[arg-type] -- the application itself


def test_no_page_is_forgotten(newsroom: Newsroom) -> None:
    app = newsroom.client.app
    seen = {route_of(app, one) for who in ("", "ada") for one in addresses(newsroom, who)}  # type: ignore[arg-type] -- the application itself
    assert page_routes(app) - seen == set()  # type: ignore[arg-type] -- the application itself


@pytest.mark.parametrize("settings", SETTINGS, ids=("light", "dark phone"))
@pytest.mark.parametrize("who", ["", "ada"], ids=("a reader", "an admin"))
def test_every_page_can_be_used_by_everybody(
    newsroom: Newsroom, browser: Browser, who: str, settings: dict[str, object]
) -> None:
    seen = watched(browser, **settings)
    get = newsroom.browser(who).get if who else newsroom.stranger().get
    page, found = page_of(seen, get), list[str]()
    for address in addresses(newsroom, who):
        page.goto(DESK + address)
        told_by_axe = Axe().run(page, options=RULES)
        found += [
            f"{address}: {one['id']}: {one['nodes'][0]['html'][:200]} {one['nodes'][0]['failureSummary'][:300]}"
            for one in told_by_axe.response["violations"]
        ]
        width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if width > 0:
            found.append(f"{address}: {width} pixels wider than the window")
    assert found == []
    assert unwanted(seen) == []


def unwanted(seen: Seen) -> list[str]:
    """What the browser complained of, but for answers that are errors."""
    return [*seen.outside, *(one for one in seen.complaints if "Failed to load resource" not in one)]


def test_pictures_of_pages_are_written_for_people(
    newsroom: Newsroom, browser: Browser, tmp_path: Path
) -> None:
    shoot(browser, newsroom.stranger().get, ["/", "/usa/irq"], tmp_path)
    names = sorted(one.name for one in tmp_path.iterdir())
    assert names == [
        f"{name}-{mode}.png" for name in ("overview", "usa-irq") for mode in ("dark", "light", "phone")
    ]
    assert all(one.stat().st_size > 5_000 for one in tmp_path.iterdir())
