"""Who may do what: every route, by every role, on objects of every kind; and no form from elsewhere does anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from httpx import Response
from starlette.routing import BaseRoute

from musterbook.desk.web.accounts.keys import keys_of, make_key
from musterbook.desk.web.rest.parts import operations
from newsroom_desk import OURS, STAFF, Browser, Newsroom

ANYONE, READER, EDITOR, ADMIN = range(4)
RANK = {"": ANYONE, "rea": READER, "ed": EDITOR, "ada": ADMIN}
RIGHTS = {  # who may use each route; one that is not listed here fails the first test
    "GET /": ANYONE,
    "GET /statement/{identity}": ANYONE,
    "GET /statement/{identity}/proof": ANYONE,
    "GET /statement/{identity}/proof.json": ANYONE,
    "GET /report/{identity}": ANYONE,
    "GET /static/charts.css": ANYONE,
    "GET /static/world.svg": ANYONE,
    "GET /{force}/{place}/why": ANYONE,
    "GET /{force}/{place}/curve.{form}": ANYONE,
    "GET /{force}/{place}": ANYONE,
    "GET /{force}/{place}/feed.atom": ANYONE,
    "GET /feeds/announcements.atom": ANYONE,
    "GET /feeds/verdicts.atom": ANYONE,
    "GET /feeds/changes.atom": ANYONE,
    "GET /pledges": ANYONE,
    "GET /pledges/scoreboard": ANYONE,
    "GET /pledge/{identity}": ANYONE,
    "GET /sources": ANYONE,
    "GET /source": ANYONE,
    "GET /source/{name:path}": ANYONE,
    "GET /speakers": ANYONE,
    "GET /speaker": ANYONE,
    "GET /conflicts": ANYONE,
    "GET /doubts": ANYONE,
    "GET /inputs": ANYONE,
    "GET /origins": ANYONE,
    "GET /origin/{identity}": ANYONE,
    "GET /search": ANYONE,
    "GET /health": ANYONE,
    "GET /healthz": ANYONE,
    "GET /api": ANYONE,
    "GET /api/v1/openapi.json": ANYONE,
    "GET /signin": ANYONE,
    "POST /signin": ANYONE,
    "GET /signin/oidc": ANYONE,
    "GET /signin/oidc/back": ANYONE,
    "POST /signout": READER,
    "GET /welcome/{token}": ANYONE,
    "POST /welcome/{token}": ANYONE,
    "GET /account": READER,
    "POST /account/password": READER,
    "POST /account/signout": READER,
    "POST /account/keys": READER,
    "POST /account/keys/{number}/revoke": READER,
    "GET /people": ADMIN,
    "POST /people/invite": ADMIN,
    "POST /people/role": ADMIN,
    "POST /people/address": ADMIN,
    "POST /people/signout": ADMIN,
    "GET /review": EDITOR,
    "GET /review/{identity}": EDITOR,
    "POST /review/{identity}/{deed}": EDITOR,
    "GET /report/{identity}/mark": EDITOR,
    "POST /report/{identity}/mark": EDITOR,
}
BY_KEY = {f"{one.method} /api/v1{one.path}" for one in operations()} | {
    "GET /metrics"
}  # test_api_writing, test_health
TABLES = {f"GET /api/v1{one.path}.csv" for one in operations() if one.rows}
FILES = ("/static/charts.css", "/static/world.svg")  # the same on every desk: they tell nothing of a book
OPEN_TO_STRANGERS = (
    "/signin",
    "/signin/oidc",
    "/signin/oidc/back",
    "/welcome/{token}",
    "/healthz",
    *FILES,
)  # of a private desk
OF_THE_BOOK = ("/review", "/report", "/people")  # what a desk to look at only refuses
CHANGING = sorted(name for name in RIGHTS if not name.startswith("GET"))
FIELDS = {
    "reason": "matrix",
    "name": "rea",
    "role": "reader",
    "seen": "0" * 64,
    "label": "x",
    "scope": "read",
}


@dataclass(frozen=True)
class Objects:
    """What the routes are tried on."""

    statements: tuple[str, ...]  # one that stands, one that was retracted, one that never was
    reports: tuple[str, ...]
    tokens: tuple[str, ...]
    keys: tuple[str, ...]

    def of(self, path: str) -> list[str]:
        """Addresses of a route, one for each object."""
        kinds = {
            "{token}": self.tokens,
            "{number}": self.keys,
            "{identity}": self.reports if path.startswith("/report") else self.statements,
        }
        found = [path.replace("{force}", "us").replace("{place}", "iraq").replace("{deed}", "confirm")]
        for name, objects in kinds.items():
            if name in path:
                found = [one.replace(name, held) for one in found for held in objects]
        return found


def objects_of(newsroom: Newsroom) -> Objects:
    gone = newsroom.statement(1100)
    newsroom.book.retract(gone, "gone", by="ed")
    make_key(newsroom.accounts, "ada", "hers", frozenset(("read",)))
    key = keys_of(newsroom.accounts, "ada")[0].number
    report = newsroom.book.reports()[0].id
    return Objects(
        (newsroom.statement(900), gone, "0" * 64), (report, "0" * 64), ("x" * 43,), (str(key), "99")
    )


def routes_of(newsroom: Newsroom) -> set[str]:
    """Every route of the application: ``GET /review``."""
    found: set[str] = set()
    waiting: list[BaseRoute] = list(newsroom.client.app.routes)  # type: ignore[attr-defined] -- the application itself
    for route in waiting:
        waiting += getattr(route, "routes", None) or getattr(
            getattr(route, "original_router", None), "routes", []
        )
        path = getattr(route, "path", "")
        for method in set(getattr(route, "methods", None) or ()) - {"HEAD"}:
            found.add(f"{method} {path}")
    return found


def ask(browser: Browser, method: str, address: str) -> Response:
    return browser.get(address) if method == "GET" else browser.send(address, dict(FIELDS))


def is_turned_away(answer: Response) -> bool:
    to_sign_in = answer.status_code == 303 and answer.headers["location"].startswith("/signin")
    return to_sign_in or answer.status_code in (401, 403)


def test_every_route_says_whom_it_is_for(newsroom: Newsroom) -> None:
    assert routes_of(newsroom) == set(RIGHTS) | BY_KEY | TABLES


@pytest.mark.parametrize("name", sorted(RIGHTS))
def test_a_route_is_open_to_those_it_is_for_and_to_nobody_else(newsroom: Newsroom, name: str) -> None:
    method, path = name.split(" ")
    objects = objects_of(newsroom)
    for who, rank in RANK.items():
        for address in objects.of(path):
            size = newsroom.book.ledger.head().edge.size
            newsroom.browsers.clear()
            browser = newsroom.browser(who) if who else newsroom.stranger()
            answer = ask(browser, method, address)
            may = rank >= RIGHTS[name] and path not in ("/signin", "/account/signout")
            if path in ("/signin", "/account/signout"):
                assert answer.status_code < 500
            else:
                assert is_turned_away(answer) is not may, (who, name, address, answer.status_code)
            assert answer.status_code < 500
            if rank < RIGHTS[name]:
                assert newsroom.book.ledger.head().edge.size == size


def test_nobody_revokes_the_key_of_another(newsroom: Newsroom) -> None:
    objects = objects_of(newsroom)
    answer = newsroom.browser("ed").send(f"/account/keys/{objects.keys[0]}/revoke")
    assert answer.status_code == 404
    assert not keys_of(newsroom.accounts, "ada")[0].is_revoked


@pytest.mark.parametrize("name", sorted(RIGHTS))
def test_a_private_desk_shows_nothing_to_strangers(private: Newsroom, name: str) -> None:
    method, path = name.split(" ")
    objects = objects_of(private)
    for address in objects.of(path):
        answer = ask(private.stranger(), method, address)
        if path in OPEN_TO_STRANGERS:
            assert answer.status_code < 500
        else:
            assert is_turned_away(answer), (name, address, answer.status_code)


@pytest.mark.parametrize("name", [one for one in CHANGING if one.split(" ")[1].startswith(OF_THE_BOOK)])
def test_a_desk_to_look_at_only_changes_nothing(still: Newsroom, name: str) -> None:
    objects = objects_of(still)
    size = still.book.ledger.head().edge.size
    for address in objects.of(name.split(" ")[1]):
        answer = ask(still.browser("ada"), "POST", address)
        assert answer.status_code == 403
        assert "only to look at" in answer.text
    assert still.book.ledger.head().edge.size == size


FORGERIES: dict[str, Callable[[Newsroom, Browser, str], Response]] = {
    "without a mark": lambda _, me, at: me.send(at, FIELDS | {"form": ""}),
    "the mark of another": lambda n, me, at: me.send(at, FIELDS | {"form": n.browser("ed").mark()}),
    "a made-up mark": lambda _, me, at: me.send(at, FIELDS | {"form": "00.00"}),
    "from elsewhere": lambda _, me, at: me.send(at, dict(FIELDS), origin="https://evil.example"),
    "from no page": lambda _, me, at: me.client.post(at, data=FIELDS | {"form": me.mark()}),
    "from a sandbox": lambda _, me, at: me.send(at, dict(FIELDS), origin="null"),
    "across sites": lambda _, me, at: me.send(at, dict(FIELDS), **{"sec-fetch-site": "cross-site"}),
    "from a neighbour": lambda _, me, at: me.send(at, dict(FIELDS), **{"sec-fetch-site": "same-site"}),
    "as JSON": lambda _, me, at: me.client.post(at, json=FIELDS, headers={"origin": OURS}),
    "as parts": lambda _, me, at: me.client.post(at, files={"form": me.mark()}, headers={"origin": OURS}),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_no_route_does_anything_for_a_form_that_is_not_ours(newsroom: Newsroom, forgery: str) -> None:
    objects, ada = objects_of(newsroom), newsroom.browser("ada")
    newsroom.browser("ed")
    size = newsroom.book.ledger.head().edge.size
    tried = [address for name in CHANGING for address in objects.of(name.split(" ")[1])]
    for address in tried:
        answer = FORGERIES[forgery](newsroom, ada, address)
        assert answer.status_code in (403, 415), (forgery, address, answer.status_code)
    assert newsroom.book.ledger.head().edge.size == size
    assert ada.get("/account").status_code == 200


def test_a_form_from_the_time_before_signing_in_does_nothing(newsroom: Newsroom) -> None:
    browser = newsroom.stranger()
    early = browser.mark()
    browser.sign_in("ada")
    assert browser.send("/people/signout", {"form": early, "name": "ed"}).status_code == 403


def test_who_lost_the_role_is_out_at_once(newsroom: Newsroom) -> None:
    ed = newsroom.browser("ed")
    assert ed.get("/review").status_code == 200
    newsroom.browser("ada").send("/people/role", {"name": "ed", "role": "none", "reason": "has left"})
    assert is_turned_away(ed.get("/review"))
    assert is_turned_away(newsroom.stranger().sign_in("ed")) or is_turned_away(ed.get("/account"))


def test_the_last_admin_stays(newsroom: Newsroom) -> None:
    answer = newsroom.browser("ada").send("/people/role", {"name": "ada", "role": "none", "reason": "enough"})
    assert answer.status_code == 400
    assert "needs an admin" in answer.text


def test_an_admin_invites_and_the_book_says_so(newsroom: Newsroom) -> None:
    answer = newsroom.browser("ada").send("/people/invite", {"name": "new", "role": "editor"})
    assert f"<code>{OURS}/welcome/" in answer.text
    assert "editor; no password yet</p>" in answer.text
    assert (newsroom.book.history("new")[-1].by, newsroom.book.roles()["new"]) == ("ada", "editor")


def test_hostile_names_are_refused_and_shown_as_text(newsroom: Newsroom) -> None:
    for name in ("<script>alert(1)</script>", "guard", "Reader", "a\u202eb", "ADA", "x" * 61, ""):
        answer = newsroom.browser("ada").send("/people/invite", {"name": name, "role": "reader"})
        assert answer.status_code == 400, name
        assert "<script>alert" not in answer.text
    assert set(newsroom.book.roles()) == {name for name, _ in STAFF}
