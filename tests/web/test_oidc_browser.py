"""The way to a provider and back in a real browser: cookies go along, and the policy of our pages lets it happen."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from shutil import copyfile

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe

from invented_provider import Invented, invented
from musterbook.api import open_book
from musterbook.desk.web.accounts import identities
from musterbook.desk.web.app import create_app
from musterbook.desk.web.site import Site
from seen import browsing, needs_chromium, watched
from test_accessible import RULES
from web_desk import TODAY

pytestmark = needs_chromium


@pytest.fixture
def there() -> Iterator[Invented]:
    with invented() as found:
        found.now = time.time
        yield found


@pytest.fixture
def address(there: Invented, read_book: Path, tmp_path: Path) -> Iterator[str]:
    """A desk on a free port, to which ed comes back from the provider on another."""
    file = tmp_path / "book.sqlite"
    copyfile(read_book, file)
    with open_book(file, person="ada") as book, closing(socket.socket()) as ear:
        book.grant("ada", "admin", by="ada")
        book.grant("ed", "editor", by="ada")
        ear.bind(("127.0.0.1", 0))
        home = f"http://127.0.0.1:{ear.getsockname()[1]}"
        app = create_app(Site(file, provider=replace(there.provider(), home=home)), book, lambda: TODAY)
        for name, known_as in (("ed", "bob@example.org"), ("ada", "ada@example.org")):
            identities.expect(app.state.accounts, name, known_as)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [ear]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield home
        server.should_exit = True
        thread.join()


@pytest.mark.parametrize("path", ["/signin", "/people", "/account"])
def test_what_a_provider_adds_to_a_page_can_be_used_by_all(there: Invented, address: str, path: str) -> None:
    there.person["email"] = "ada@example.org"
    with browsing() as browser:
        page = watched(browser).page((address, there.issuer))
        if path != "/signin":
            page.goto(f"{address}/signin/oidc?next={path}")
            page.get_by_role("link", name="Agree").click()
        page.goto(address + path)
        assert page.get_by_role("heading", level=1).count() == 1
        found = Axe().run(page, options=RULES).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


def test_a_click_leads_to_the_provider_and_back_to_the_page(there: Invented, address: str) -> None:
    login = there.issuer.replace("127.0.0.1", "localhost")  # another site, as real ones are
    there.card = {"authorization_endpoint": f"{login}/authorize"}
    with browsing() as browser:
        seen = watched(browser)
        page = seen.page((address, there.issuer, login))
        page.goto(f"{address}/signin?next=/review")
        page.get_by_role("link", name="Sign in with Example Login").click()
        page.get_by_role("link", name="Agree").click()
        page.wait_for_url(f"{address}/review")
        assert page.get_by_role("link", name="ed", exact=True).count() == 1
        page.get_by_role("button", name="Sign out").click()
        page.goto(f"{address}/signin/oidc")
        page.get_by_role("link", name="Refuse").click()
        assert "did not agree" in page.get_by_role("alert").inner_text()
        held = {cookie["name"]: cookie for cookie in seen.context.cookies(address)}
    assert "desk-journey" not in held
    assert seen.outside == []
    assert [one for one in seen.complaints if "403" not in one] == []
