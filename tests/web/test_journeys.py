"""Journeys through a real browser: find Iraq, move the known-on date, open the evidence; by keyboard alone as well.

Screenshots go to the folder that MUSTERBOOK_SHOTS names.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from books import Ticks
from lacking import go_without
from musterbook.api import open_book
from musterbook.desk.web.app import create_app
from musterbook.desk.web.site import Site
from web_desk import TODAY, TOLD, told

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LIGHT, DARK, PHONE = ("light", 1280), ("dark", 1280), ("light", 360)
ADDRESSES = (
    "/",
    "/us/iraq",
    "/us/iraq?known=2020-06-01",
    "/us/iraq?from=2020-06-01&to=2021-02-01",
    "/us/iraq/why?on=2021-01-20",
)


@pytest.fixture(scope="module")
def browser(pytestconfig: pytest.Config) -> Iterator[Browser]:
    """Chromium without a window."""
    place = shutil.which("chromium") or shutil.which("chromium-browser")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        go_without(pytestconfig, "journeys need the package playwright: pip install playwright")
    if place is None:
        go_without(pytestconfig, "journeys need a browser: apt-get install chromium")
    with sync_playwright() as started:
        found = started.chromium.launch(executable_path=place, args=FLAGS)
        yield found
        found.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A desk that listens on a free port of this machine."""
    import uvicorn

    file = tmp_path_factory.mktemp("journeys") / "book.sqlite"
    with open_book(file, clock=Ticks(), person="ed") as book, closing(socket.socket()) as ear:
        book.add(told(*TOLD))
        ear.bind(("127.0.0.1", 0))
        app = create_app(Site(file), book, lambda: TODAY)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [ear]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{ear.getsockname()[1]}"
        server.should_exit = True
        thread.join()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in a context of its own; whatever the browser complains of fails the test."""
    with closing(browser.new_context(viewport={"width": 1280, "height": 900})) as context:
        found = context.new_page()
        wrong: list[str] = []
        found.on("console", lambda said: wrong.append(said.text))
        found.on("pageerror", lambda error: wrong.append(str(error)))
        yield found
        assert wrong == []


def shot(page: Page, name: str) -> None:
    """A picture of the page for people to look at."""
    if folder := os.environ.get("MUSTERBOOK_SHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def test_find_iraq_move_the_date_open_the_evidence(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("#largest").get_by_role("link", name="United States in Iraq").click()
    assert page.get_by_role("heading", level=1).inner_text() == "United States in Iraq"
    page.get_by_label("As known on", exact=True).fill("2020-06-01")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**known=2020-06-01**")
    page.locator("#told", has_text="5,200").wait_for()
    assert page.locator("#figure .mb-then").count() > 0
    page.locator("#statements").get_by_role("link", name="about 5,200").click()
    assert page.locator("mark", has_text="5,200").count() == 1
    assert "Proof that it stands in the book" in page.inner_text("main")


def test_the_date_moves_in_place_and_back_again(page: Page, address: str) -> None:
    page.goto(f"{address}/us/iraq")
    page.evaluate("window.stays = 1")
    slider = page.get_by_label("As it could be known on any day")
    slider.press("Home")
    page.wait_for_url("**known=2020-03-01**")
    page.locator("#told", has_text="1 March 2020").wait_for()
    assert page.evaluate("window.stays") == 1
    page.go_back()
    page.locator("#told", has_not_text="as could be known").wait_for()
    assert "known" not in page.url
    assert page.get_by_label("As known on", exact=True).input_value() == ""


def test_the_map_moves_by_months(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("Move through time").press("Home")
    page.wait_for_url("**on=2020-03-01**")
    page.locator("#largest", has_text="5,200").wait_for()
    page.locator("select[name=force]").select_option("DEU")
    page.wait_for_url("**force=DEU**")
    page.locator("#told", has_text="Germany").wait_for()


def test_by_keyboard_alone(page: Page, address: str) -> None:
    page.goto(address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the page"
    reach(page, "a", "United States in Iraq")
    page.keyboard.press("Enter")
    page.wait_for_url("**/usa/irq")
    reach(page, "a.mb-dot", "")
    first = page.inner_text("#dot")
    page.keyboard.press("End")
    last = page.inner_text("#dot")
    assert first != last
    assert "2,500" in last
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")
    assert page.inner_text("#dot") == last
    page.keyboard.press("Enter")
    page.wait_for_url("**/statement/**")
    assert page.locator("mark", has_text="2,500").count() == 1


def reach(page: Page, what: str, words: str) -> None:
    """Press Tab until something of the main part with these words has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(
            "([what, words]) => { const at = document.activeElement;"
            " return at.matches('main ' + what) && at.textContent.includes(words); }",
            [what, words],
        ):
            return
    pytest.fail(f"{what} {words} cannot be reached by the Tab key")


def test_everything_is_there_without_a_script(browser: Browser, address: str) -> None:
    with closing(browser.new_context(java_script_enabled=False)) as context:
        page = context.new_page()
        page.goto(f"{address}/us/iraq")
        page.get_by_label("As known on", exact=True).fill("2020-06-01")
        page.get_by_role("button", name="Show").click()
        assert "known=2020-06-01" in page.url
        assert "5,200" in page.inner_text("#told")
        page.locator("#figure a.mb-dot").first.dispatch_event("click")
        page.wait_for_url("**/statement/**")
        assert page.locator("textarea").first.is_visible()


def test_a_citation_is_copied(browser: Browser, address: str) -> None:
    with closing(browser.new_context(permissions=["clipboard-read", "clipboard-write"])) as context:
        page = context.new_page()
        page.goto(f"{address}/us/iraq")
        page.locator("#statements a.figure").first.click()
        page.get_by_role("button", name="Copy Text").click()
        page.locator("#copied", has_text="Text copied").wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == page.locator("textarea").first.input_value()


@pytest.mark.parametrize("look", [LIGHT, DARK, PHONE], ids=["light", "dark", "phone"])
def test_nothing_is_amiss_for_those_who_see_or_move_otherwise(
    browser: Browser, address: str, look: tuple[str, int]
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    scheme, width = look
    options = {"color_scheme": scheme, "viewport": {"width": width, "height": 900}, "bypass_csp": True}
    with closing(
        browser.new_context(**options)
    ) as context:  # the check itself is a script put in from outside
        page = context.new_page()
        page.goto(f"{address}/us/iraq")
        card = page.locator("#statements a.figure").first.get_attribute("href") or ""
        page.goto(address + card)
        report = page.get_by_role("link", name="The whole report").get_attribute("href") or ""
        for path in (*ADDRESSES, card, f"{card}/proof", report):
            page.goto(address + path)
            found = axe.run(page)
            assert found.violations_count == 0, f"{path}: {found.generate_report()}"
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} is too wide"
            name = re.sub(r"\W+", "-", re.sub(r"[0-9a-f]{64}", "one", path)).strip("-")
            shot(page, f"{name or 'overview'}-{scheme}-{width}")
