"""An editor in a real browser: through the queue by keyboard alone, and words marked with the mouse."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect, sync_playwright

from musterbook.desk.web.accounts.sessions import begin
from newsroom_desk import Newsroom

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
)
ITEM = re.compile(r"/review/[0-9a-f]{64}")

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="there is no chromium on this machine")


@pytest.fixture
def address(newsroom: Newsroom) -> Iterator[str]:
    """The desk on a free port of this machine, for as long as a test lasts."""
    site = replace(newsroom.site, hosts=("127.0.0.1",))
    guard = newsroom.client.app
    for middleware in guard.user_middleware:  # type: ignore[attr-defined] -- the application itself
        if "site" in middleware.kwargs:
            middleware.kwargs["site"] = site
    guard.middleware_stack = None  # type: ignore[attr-defined] -- built anew with the names of this desk
    server = uvicorn.Server(uvicorn.Config(guard, "127.0.0.1", 0, log_level="error", proxy_headers=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        threading.Event().wait(0.05)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture
def page(newsroom: Newsroom, address: str) -> Iterator[Page]:
    """A page of an editor who has signed in; whatever the browser complains of fails the test."""
    complaints: list[str] = []
    with sync_playwright() as played:
        browser = played.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        found = browser.new_page()
        found.set_default_timeout(60_000)
        found.on("pageerror", lambda error: complaints.append(str(error)))
        found.on("console", lambda told: complaints.append(told.text) if told.type == "error" else None)
        token = begin(newsroom.accounts, "ed", newsroom.site.lasting)
        found.context.add_cookies([{"name": "desk", "value": token, "url": address}])
        yield found
        browser.close()
    assert complaints == []


def active(page: Page) -> str:
    """The id of what has the focus."""
    return str(page.evaluate("document.activeElement.id"))


def test_an_editor_confirms_undoes_and_corrects_by_keyboard_alone(
    newsroom: Newsroom, page: Page, address: str
) -> None:
    page.goto(f"{address}/review")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(ITEM)
    first = page.url
    page.keyboard.press("j")
    page.wait_for_url(lambda url: url != first)
    page.keyboard.press("k")
    page.wait_for_url(first)
    page.keyboard.press("c")
    assert active(page) == "confirm-reason"
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("done="))
    page.keyboard.press("u")
    assert active(page) == "undo-reason"
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(re.escape(first)))
    page.keyboard.press("e")
    assert active(page) == "correct-level"
    page.keyboard.type("4321")
    page.locator("#correct-reason").focus()
    page.keyboard.type("cjk? a reason of letters that are keys")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: first.partition("?")[0] not in url)
    assert newsroom.statement(4321)
    assert [entry.act for entry in newsroom.book.history(newsroom.statement(4321))] == [
        "record",
        "confirm",
        "undo",
        "replace",
    ]


def test_the_keys_are_told_and_rest_while_one_types(page: Page, address: str) -> None:
    page.goto(f"{address}/review")
    page.keyboard.press("?")
    page.wait_for_selector("dialog[open]")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog:not([open])", state="attached")
    page.locator("input[name=publisher]").focus()
    page.keyboard.type("j?k")
    assert page.input_value("input[name=publisher]") == "j?k"
    assert page.locator("dialog[open]").count() == 0


def test_words_are_chosen_by_marking_them_in_the_text(newsroom: Newsroom, page: Page, address: str) -> None:
    page.goto(f"{address}/review/{newsroom.statement(900)}")
    page.keyboard.press("w")
    page.wait_for_url(re.compile("/mark"))
    words = page.locator("#text .chosen [data-start]")
    words.nth(3).scroll_into_view_if_needed()
    first, last = words.nth(1).bounding_box(), words.nth(3).bounding_box()
    assert first
    assert last
    page.mouse.move(first["x"] + 2, first["y"] + first["height"] / 2)
    page.mouse.down()
    page.mouse.move(last["x"] + last["width"] - 2, last["y"] + last["height"] / 2, steps=8)
    page.mouse.up()
    expect(page.locator("#picked")).to_have_text("Chosen: 900 U.S. soldiers")
    page.fill("#mark-reason", "these carry it")
    page.locator("#marking button").click()
    page.wait_for_url(re.compile("done="))
    assert page.locator("mark").all_inner_texts() == ["900 U.S. soldiers"]


@pytest.mark.parametrize("width", [320, 1200])
def test_the_pages_of_editors_keep_the_rules_of_accessibility_and_fit_a_phone(
    newsroom: Newsroom, page: Page, address: str, width: int
) -> None:
    it = newsroom.statement(900)
    report = next(s.report for s in newsroom.book.statements() if s.id == it)
    page.set_viewport_size({"width": width, "height": 800})
    for at in ("/signin", "/account", "/review", f"/review/{it}", f"/report/{report}/mark?statement={it}"):
        page.goto(address + at)
        for one in page.locator("summary").all():
            one.click()
        found = Axe().run(page).response["violations"]
        assert [(at, one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width, at
