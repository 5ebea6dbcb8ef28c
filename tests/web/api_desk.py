"""A desk with keys for the tests of the API, and what every operation is asked there.

usage: python tests/web/api_examples.py   writes the examples that the description of the API shows
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from books import Ticks
from musterbook.api import OpenBook, open_book
from musterbook.desk.web.accounts.keys import make_key
from musterbook.desk.web.app import create_app
from musterbook.desk.web.rest.operations import GET, ROOT, Operation
from musterbook.desk.web.rest.parts import operations
from musterbook.desk.web.site import Site
from web_desk import TODAY, TOLD, told

ON = "on=2021-06-01"
NEW = {
    "text": "Some 3,400 U.S. troops are in Kuwait, the general said on Friday.",
    "publisher": "Wire One",
    "published": "2021-05-28",
    "title": "Troops in Kuwait",
    "url": "https://wire.example/kuwait",
}
QUESTIONS: Mapping[str, str] = {  # what the example of an operation asks, where that is more than its address
    "contingents": f"?{ON}&force=us",
    "contingent": f"/us/iraq?{ON}",
    "curve": "/us/iraq/curve?from=2020-03-01&to=2021-06-01&step=90",
    "mission_contingent": f"/deu/mli/UN:MINUSMA?{ON}",
    "mission_curve": "/deu/mli/UN:MINUSMA/curve?from=2020-03-01&to=2021-06-01&step=90",
    "statements": "?force=us&place=iraq&published_from=2020-09-01&sort=published",
    "pledges": f"?{ON}&force=us",
    "scoreboard": f"?by=force&{ON}",
    "reports": "?publisher=Wire%20One",
    "search": "?q=troops%20iraq",
    "changes": "?since=2&limit=2",
    "records": "?by=publisher",
    "utterances": f"?{ON}&force=us&place=iraq",
}
BODIES: Mapping[str, dict[str, Any]] = {
    "add_report": NEW,
    "correct": {"fields": {"level": "950"}},
    "split": {"parts": [{"level": "500"}, {"level": "400", "place": "JOR"}]},
    "reassign": {"contingent": "USA/JOR"},
}


KEYS = {  # in the tests a key is called by what it is good for: owner, role, scopes
    "mb_reader": ("rita", "reader", frozenset({"read"})),
    "mb_adder": ("adam", "editor", frozenset({"read", "add"})),
    "mb_decider": ("dora", "editor", frozenset({"read", "decide"})),
    "mb_admin": ("ada", "admin", frozenset({"admin"})),
    "mb_all": ("ed", "admin", frozenset({"read", "add", "decide"})),
}


class KeyRing:
    """Puts the letters of a key in the place of its name."""

    def __init__(self, app: ASGIApp, letters: Mapping[str, str]) -> None:
        self._app, self._letters = app, letters

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            headers = MutableHeaders(scope=scope)
            kind, _, name = headers.get("authorization", "").partition(" ")
            if name in self._letters:
                headers["authorization"] = f"{kind} {self._letters[name]}"
        await self._app(scope, receive, send)


@dataclass(frozen=True)
class ApiDesk:
    """A web desk with keys, and the book behind it."""

    client: TestClient
    book: OpenBook

    def get(self, address: str, status: int = 200, **headers: str) -> Any:  # noqa: ANN401 -- JSON
        answer = self.client.get(_whole(address), headers=_named(headers))
        assert answer.status_code == status, answer.text[:500]
        return answer.json()

    def post(self, address: str, body: object, status: int = 200, key: str = "mb_all", **headers: str) -> Any:  # noqa: ANN401 -- JSON
        given = _named(headers) | ({"authorization": f"Bearer {key}"} if key else {})
        answer = self.client.post(_whole(address), json=body, headers=given)
        assert answer.status_code == status, answer.text[:500]
        return answer.json()

    def settle(self) -> None:
        """Wait until the book is reckoned as it is now."""
        shelf = self.client.app.state.shelf  # type: ignore[attr-defined] -- the application itself
        shelf.wrote()
        shelf.patience = 60.0
        shelf.snapshot()

    def statement(self, level: int) -> str:
        """The id of the statement of that strength."""
        return next(s.id for s in self.book.statements() if s.figures.level == level)


@contextmanager
def api_desk(place: Path, **site: Any) -> Iterator[ApiDesk]:  # noqa: ANN401 -- fields of Site
    """A desk over five reports, on a first of June."""
    with open_book(place / "book.sqlite", clock=Ticks(), person="ed") as book:
        book.add(told(*TOLD))
        for who, role, _ in reversed(KEYS.values()):
            book.grant(who, role, by="ed")
        settings = replace(Site(place / "book.sqlite", hosts=("testserver",)), **site)
        app = create_app(settings, book, lambda: TODAY)
        letters = {key: make_key(app.state.accounts, who, key, held) for key, (who, _, held) in KEYS.items()}
        app.add_middleware(KeyRing, letters=letters)
        with TestClient(app, raise_server_exceptions=False) as client:
            desk = ApiDesk(client, book)
            desk.settle()
            yield desk


def _whole(address: str) -> str:
    return address if address.startswith(("/feeds", "/api", "/health", "/metrics")) else ROOT + address


def _named(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def asked(desk: ApiDesk, one: Operation) -> tuple[str, dict[str, Any] | None]:
    """The address and body that an operation's example has on that desk."""
    held, other = desk.statement(900), desk.statement(1100)
    if one.method == GET:
        identities = {
            "statement": f"/{held}",
            "proof": f"/{held}/proof",
            "pledge": f"/{desk.get('/pledges')['items'][0]['id']}?{ON}",
            "report": f"/{desk.get('/reports')['items'][0]['id']}",
        }
        base = f"{ROOT}/{one.path.split('/')[1]}"
        return base + QUESTIONS.get(one.name, identities.get(one.name, "")), None
    reason = {} if one.name == "add_report" else {"reason": "checked against the transcript"}
    pointing = {"into": other} if one.name in ("merge", "echo") else {}
    address = ROOT + one.path.replace("{id}", held)
    return address, reason | pointing | dict(BODIES.get(one.name, {}))


def all_operations() -> list[Operation]:
    return list(operations())
