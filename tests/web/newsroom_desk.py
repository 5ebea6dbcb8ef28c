"""A newsroom around a web desk: people with roles and passwords, each with a browser of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path

from httpx import Response
from sqlalchemy import insert
from starlette.testclient import TestClient

from books import Ticks
from musterbook.api import OpenBook
from musterbook.desk.web.accounts.passwords import make_hash
from musterbook.desk.web.accounts.store import PEOPLE, Accounts
from musterbook.desk.web.app import create_app
from musterbook.desk.web.site import Site
from web_desk import TODAY

OURS = "http://testserver"
PASSWORD = "four words in a row"  # noqa: S105 -- of nobody real
STAFF = (("ada", "admin"), ("ed", "editor"), ("rea", "reader"))
MARK = re.compile(r'name="form" value="([^"]+)"')
ENTRY = re.compile(r'name="seen" value="([0-9a-f]{64})"')


@dataclass
class Newsroom:
    """A desk with an admin (ada), an editor (ed) and a reader (rea)."""

    book: OpenBook
    site: Site
    clock: Ticks
    client: TestClient
    browsers: dict[str, Browser] = field(default_factory=dict)

    @property
    def accounts(self) -> Accounts:
        return self.client.app.state.accounts  # type: ignore[attr-defined,no-any-return] -- the application itself

    def stranger(self) -> Browser:
        return Browser(TestClient(self.client.app, raise_server_exceptions=False, follow_redirects=False))

    def browser(self, name: str) -> Browser:
        """The browser of somebody who has signed in."""
        if name not in self.browsers:
            browser = self.stranger()
            assert browser.sign_in(name).status_code == 303
            self.browsers[name] = browser
        return self.browsers[name]

    def passes(self, **time: float) -> None:
        self.clock.moment += timedelta(**time)

    def statement(self, level: int) -> str:
        return next(s.id for s in self.book.statements() if s.figures.level == level)


@dataclass
class Browser:
    """One browser, which keeps its cookies and sends forms as browsers do."""

    client: TestClient

    def get(self, address: str, **headers: str) -> Response:
        return self.client.get(address, headers={"accept": "text/html"} | headers)

    def page(self, address: str, status: int = 200) -> str:
        answer = self.get(address)
        assert answer.status_code == status, answer.text[:800]
        return answer.text

    def mark(self, page: str = "/signin") -> str:
        """The mark of a form on a page."""
        found = MARK.search(self.get(page).text)
        return found.group(1) if found else ""

    def send(self, address: str, fields: dict[str, object] | None = None, **headers: str) -> Response:
        """A form with its mark, as from a page of ours."""
        given = {"form": self.mark()} | (fields or {})
        return self.client.post(
            address, data=given, headers={"origin": OURS, "accept": "text/html"} | headers
        )

    def sign_in(self, name: str, password: str = PASSWORD, **headers: str) -> Response:
        return self.send("/signin", {"name": name, "password": password}, **headers)

    def seen(self, statement: str) -> str:
        """The last entry that the review page of a statement names."""
        found = ENTRY.search(self.page(f"/review/{statement}"))
        assert found
        return found.group(1)

    def decide(self, statement: str, deed: str, **fields: object) -> Response:
        """A decision after a look at the page."""
        given: dict[str, object] = {"seen": self.seen(statement), "reason": "looked at it"} | fields
        return self.send(f"/review/{statement}/{deed}", given)


def open_newsroom(book: OpenBook, place: Path, **settings: object) -> Newsroom:
    """The desk, with its people."""
    site = Site(place, hosts=("testserver",), **settings)  # type: ignore[arg-type] -- settings of a site by name
    clock = Ticks()
    clock.step = timedelta(0)
    app = create_app(site, book, lambda: TODAY, clock)
    return Newsroom(book, site, clock, TestClient(app, raise_server_exceptions=False, follow_redirects=False))


def hire(newsroom: Newsroom) -> None:
    """Roles in the book, passwords at the desk."""
    for name, role in STAFF:
        newsroom.book.grant(name, role, by="ada")
        row = {"name": name, "password": _kept(), "made": newsroom.accounts.now()}
        newsroom.accounts.change(insert(PEOPLE).values(row))
    newsroom.client.app.state.shelf.wrote()  # type: ignore[attr-defined] -- the application itself


@cache
def _kept() -> str:
    """What is kept of everybody's password, which is slow to make."""
    return make_hash(PASSWORD)
