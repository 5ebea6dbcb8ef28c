"""How people come in: one link, a password, a session; and how guessing, stealing and keeping all of that fail."""

from __future__ import annotations

import json
import re
import stat
from concurrent.futures import ThreadPoolExecutor
from http.cookies import SimpleCookie
from pathlib import Path
from shutil import copyfile

import pytest
from fastapi import Request
from sqlalchemy import select

from musterbook.api import open_book
from musterbook.desk.web.accounts import passwords, people
from musterbook.desk.web.accounts.gate import client_address
from musterbook.desk.web.accounts.keys import key_with, make_key, person_of_key, scopes_of
from musterbook.desk.web.accounts.links import FIRST, INVITED, make_link, use
from musterbook.desk.web.accounts.sessions import DAY, HOUR
from musterbook.desk.web.accounts.store import METADATA, Accounts
from musterbook.desk.web.pages.signing import way_back
from musterbook.errors import BookError, NewerBookError, UsageError
from newsroom_desk import PASSWORD, Browser, Newsroom, hire, open_newsroom

NEW = "another row of words"


def settle(browser: Browser, token: str, password: str = NEW, **fields: str) -> int:
    """Set a password by a one-time link."""
    given: dict[str, object] = {"password": password, "again": password} | fields
    return browser.send(f"/welcome/{token}", given).status_code


def test_the_first_link_makes_an_admin_who_is_signed_in(unopened: Newsroom) -> None:
    browser, token = unopened.stranger(), make_link(unopened.accounts, FIRST)
    assert "first admin" in browser.page(f"/welcome/{token}")
    assert settle(browser, token, name="zoe") == 303
    assert unopened.book.roles() == {"zoe": "admin"}
    assert "zoe" in browser.page("/people")


def test_a_link_works_once_and_looking_does_not_use_it(unopened: Newsroom) -> None:
    token = make_link(unopened.accounts, FIRST)
    first, second = unopened.stranger(), unopened.stranger()
    for browser in (first, second):
        browser.page(f"/welcome/{token}")
    assert settle(first, token, name="zoe") == 303
    assert settle(second, token, name="eve") == 404
    assert unopened.book.roles() == {"zoe": "admin"}


def test_an_invitation_works_once_also_for_many_at_a_time(newsroom: Newsroom) -> None:
    token = make_link(newsroom.accounts, INVITED, "ed")
    with ThreadPoolExecutor(8) as crowd:
        used = list(crowd.map(lambda _: use(newsroom.accounts, token), range(32)))
    assert used.count(True) == 1
    assert settle(newsroom.stranger(), token) == 404


def test_a_link_is_void_after_a_day_and_by_a_newer_one(newsroom: Newsroom) -> None:
    old = make_link(newsroom.accounts, INVITED, "ed")
    new = make_link(newsroom.accounts, INVITED, "ed")
    assert newsroom.stranger().get(f"/welcome/{old}").status_code == 404
    assert newsroom.stranger().get(f"/welcome/{new}").status_code == 200
    newsroom.passes(days=1, seconds=1)
    assert settle(newsroom.stranger(), new) == 404


def test_the_first_link_is_void_once_an_admin_has_a_password(newsroom: Newsroom) -> None:
    token = make_link(newsroom.accounts, FIRST)
    assert newsroom.stranger().get(f"/welcome/{token}").status_code == 404


def test_in_a_book_with_people_the_first_link_is_for_one_of_its_admins(unopened: Newsroom) -> None:
    unopened.book.grant("kim", "admin", by="kim")
    browser, token = unopened.stranger(), make_link(unopened.accounts, FIRST)
    assert settle(browser, token, name="eve") == 400
    assert settle(browser, token, name="kim") == 303
    assert unopened.book.roles() == {"kim": "admin"}


def test_a_new_password_by_link_ends_the_old_one_and_all_sessions(newsroom: Newsroom) -> None:
    ed = newsroom.browser("ed")
    assert settle(newsroom.stranger(), make_link(newsroom.accounts, INVITED, "ed")) == 303
    assert ed.get("/account").status_code == 303
    assert newsroom.stranger().sign_in("ed").status_code == 401
    assert newsroom.stranger().sign_in("ed", NEW).status_code == 303


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "aaaaaaaaaaaaaaaa",
        "abababababab",
        "123456789012",
        "qwertyuiopas",
        "wilhelmina",
        "wilhelmina12",
        "x" * 300,
    ],
)
def test_what_is_tried_first_is_no_password(unopened: Newsroom, password: str) -> None:
    token = make_link(unopened.accounts, FIRST)
    assert settle(unopened.stranger(), token, password, name="wilhelmina") == 400
    assert unopened.book.roles() == {}


@pytest.mark.parametrize(
    "password",
    ["four words in a row", "ünïcödé wörds", "            spaces   count", "长密码也可以用来登录的啊啊啊"],
)
def test_any_signs_make_a_password(password: str) -> None:
    assert passwords.fits(password, passwords.make_hash(passwords.checked_password(password, "zoe")))


def test_a_password_is_kept_as_argon2_and_slow_on_purpose() -> None:
    assert passwords.make_hash(PASSWORD).startswith(
        f"$argon2id$v=19$m={passwords.KIB},t={passwords.ROUNDS},p=1$"
    )


def test_a_cookie_is_closed_to_scripts_and_other_sites(newsroom: Newsroom) -> None:
    held = cookie(newsroom.stranger().sign_in("ed").headers.get_list("set-cookie"), "desk")
    assert (held["httponly"], held["samesite"], held["path"], held["domain"]) == (True, "Lax", "/", "")


def test_with_https_the_cookie_is_bound_to_the_host(read_book: Path, tmp_path: Path) -> None:
    copyfile(read_book, tmp_path / "book.sqlite")
    with open_book(tmp_path / "book.sqlite", person="ada") as book:
        newsroom = open_newsroom(book, tmp_path / "book.sqlite", secure=True)
        hire(newsroom)
        browser = newsroom.stranger()
        browser.client.base_url = "https://testserver"  # type: ignore[assignment] -- httpx takes a text
        answer = browser.sign_in("ed", origin="https://testserver")
        held = cookie(answer.headers.get_list("set-cookie"), "__Host-desk")
        assert (held["secure"], held["httponly"], held["path"], held["domain"]) == (True, True, "/", "")
        assert browser.get("/review").status_code == 200


def cookie(headers: list[str], name: str) -> dict[str, object]:
    held = SimpleCookie()
    for header in headers:
        held.load(header)
    return dict(held[name])


def test_a_session_that_somebody_planted_is_not_the_one_that_is_used(newsroom: Newsroom) -> None:
    browser = newsroom.stranger()
    browser.client.cookies.set("desk", "planted-by-somebody", domain="testserver.local", path="/")
    answer = browser.sign_in("ed")
    token = str(answer.cookies["desk"])
    other = newsroom.stranger()
    other.client.cookies.set("desk", "planted-by-somebody", domain="testserver.local", path="/")
    assert token not in ("", "planted-by-somebody")
    assert other.get("/account").status_code == 303


def test_each_signing_in_gives_a_new_token_and_ends_the_old_one(newsroom: Newsroom) -> None:
    browser = newsroom.browser("ed")
    old = browser.client.cookies["desk"]
    browser.send("/signin", {"form": browser.mark("/account"), "name": "ed", "password": PASSWORD})
    assert browser.client.cookies["desk"] != old
    thief = newsroom.stranger()
    thief.client.cookies.set("desk", old)
    assert thief.get("/account").status_code == 303


def test_a_session_ends_when_it_is_idle_and_in_any_case(newsroom: Newsroom) -> None:
    ed = newsroom.browser("ed")
    lasting = newsroom.site.lasting
    newsroom.passes(seconds=lasting.idle - 1)
    assert ed.get("/account").status_code == 200
    newsroom.passes(seconds=lasting.idle + 1)
    assert ed.get("/account").status_code == 303
    rea = newsroom.browser("rea")
    for _ in range(int(lasting.longest / (6 * HOUR))):
        assert rea.get("/account").status_code == 200
        newsroom.passes(hours=6)
    newsroom.passes(seconds=1)
    assert rea.get("/account").status_code == 303
    assert lasting.longest >= DAY


def test_signing_out_ends_the_session_and_not_only_the_cookie(newsroom: Newsroom) -> None:
    ed = newsroom.browser("ed")
    token = ed.client.cookies["desk"]
    ed.send("/signout", {"form": ed.mark("/account")})
    thief = newsroom.stranger()
    thief.client.cookies.set("desk", token)
    assert thief.get("/account").status_code == 303


def test_signing_out_everywhere_ends_every_session(newsroom: Newsroom) -> None:
    first, second = newsroom.browser("ed"), newsroom.stranger()
    second.sign_in("ed")
    second.send("/account/signout", {"form": second.mark("/account")})
    assert first.get("/account").status_code == 303


def test_a_password_is_changed_by_who_knows_the_old_one(newsroom: Newsroom) -> None:
    ed = newsroom.browser("ed")
    given: dict[str, object] = {"password": NEW, "again": NEW}
    assert ed.send("/account/password", given | {"old": "wrong words here"}).status_code == 401
    assert ed.send("/account/password", given | {"old": PASSWORD, "again": "x"}).status_code == 400
    assert ed.send("/account/password", given | {"old": PASSWORD}).status_code == 303
    assert ed.get("/account").status_code == 200
    assert newsroom.stranger().sign_in("ed", NEW).status_code == 303


def test_a_key_is_shown_once_and_opens_what_its_scopes_say(newsroom: Newsroom) -> None:
    ed = newsroom.browser("ed")
    answer = ed.send("/account/keys", {"label": "the wire", "scope": ["read", "add"]})
    letters = re.search(r"<code>(mb_[\w-]{40,})</code>", answer.text)
    assert letters
    assert letters.group(1) not in ed.page("/account")
    key = key_with(newsroom.accounts, letters.group(1))
    assert key
    assert (key.person, key.scopes) == ("ed", {"read", "add"})
    assert seen_by(newsroom, letters.group(1)) == ("ed", ["add", "read"])
    number = key.number
    ed.send(f"/account/keys/{number}/revoke")
    assert (
        newsroom.client.get("/", headers={"authorization": f"Bearer {letters.group(1)}"}).status_code == 401
    )


def seen_by(newsroom: Newsroom, letters: str) -> tuple[str, list[str]]:
    """What the rest of the desk is told of a key."""
    app = newsroom.client.app

    def tell(request: Request) -> dict[str, object]:
        return {"person": person_of_key(request), "scopes": sorted(scopes_of(request))}

    app.router.add_api_route("/api/whoami", tell)  # type: ignore[attr-defined] -- the application itself
    app.router.routes.insert(0, app.router.routes.pop())  # type: ignore[attr-defined] -- before the page of all addresses of two parts
    told = newsroom.client.get("/api/whoami", headers={"authorization": f"Bearer {letters}"}).json()
    return told["person"], told["scopes"]


def test_a_key_reaches_no_further_than_the_role(newsroom: Newsroom) -> None:
    letters = make_key(newsroom.accounts, "rea", "too much", frozenset(("read", "decide", "admin")))
    assert seen_by(newsroom, letters) == ("rea", ["read"])
    assert newsroom.browser("ed").send("/account/keys", {"label": "x", "scope": "admin"}).status_code == 400


def test_a_key_opens_no_page_of_people(newsroom: Newsroom) -> None:
    letters = make_key(newsroom.accounts, "ada", "all", frozenset(("read", "add", "decide", "admin")))
    bearer = {"authorization": f"Bearer {letters}"}
    for address in ("/people", "/account", "/review"):
        assert newsroom.client.get(address, headers=bearer).status_code == 401
    assert newsroom.client.post("/people/role", headers=bearer, data={"name": "ada"}).status_code == 403


@pytest.mark.parametrize(
    "given", ["Bearer mb_x", "Bearer ", "Basic YTpi", "Bearer mb_" + "x" * 43, "x" * 5000]
)
def test_a_wrong_key_opens_nothing(newsroom: Newsroom, given: str) -> None:
    assert newsroom.client.get("/", headers={"authorization": given}).status_code == 401


def test_the_api_takes_no_cookie_for_a_change(newsroom: Newsroom) -> None:
    ed = newsroom.browser("ed")
    seen: list[str] = []

    def tell(request: Request) -> dict[str, str]:
        seen.append(request.state.person)
        return {}

    newsroom.client.app.router.add_api_route("/api/try", tell, methods=["POST"])  # type: ignore[attr-defined] -- the application itself
    ed.client.post("/api/try", json={})
    assert seen == [""]


def test_nothing_in_the_file_can_be_used_by_who_reads_it(newsroom: Newsroom) -> None:
    ed = newsroom.browser("ed")
    letters = make_key(newsroom.accounts, "ed", "k", frozenset(("read",)))
    link = make_link(newsroom.accounts, INVITED, "ed")
    held = json.dumps(
        [
            list(map(str, row))
            for table in METADATA.sorted_tables
            for row in newsroom.accounts.ask(select(table))
        ]
    )
    for secret in (letters, letters[3:], link, ed.client.cookies["desk"], PASSWORD):
        assert secret not in held


def test_the_file_is_its_owners_alone_and_lies_beside_the_book(newsroom: Newsroom) -> None:
    file = Path(f"{newsroom.site.book}.desk.sqlite")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_who_only_reads_makes_no_file(unopened: Newsroom) -> None:
    unopened.stranger().page("/us/iraq")
    assert not Path(f"{unopened.site.book}.desk.sqlite").exists()


def test_a_file_that_is_none_of_ours_is_told_by_name(tmp_path: Path) -> None:
    (tmp_path / "odd").write_text("no database at all " * 100)
    with pytest.raises(BookError, match="odd cannot be read"):
        people.names(Accounts(tmp_path / "odd"))
    newer = Accounts(tmp_path / "newer")
    with newer.writing() as db:
        db.exec_driver_sql("PRAGMA user_version = 99")
    newer.close()
    with pytest.raises(NewerBookError, match="newer version"):
        people.names(Accounts(tmp_path / "newer"))


@pytest.mark.parametrize(
    ("address", "back"),
    [
        ("/review?force=us", "/review?force=us"),
        ("//evil.example/", "/"),
        ("https://evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\r\nset-cookie: x=y", "/"),
        ("", "/"),
    ],
)
def test_after_signing_in_one_comes_back_to_this_desk_only(
    newsroom: Newsroom, address: str, back: str
) -> None:
    assert way_back(address) == back
    browser = newsroom.stranger()
    answer = browser.send("/signin", {"name": "ed", "password": PASSWORD, "next": address})
    assert answer.headers["location"] == back


@pytest.mark.parametrize(
    ("proxies", "told", "address"),
    [
        ((), "203.0.113.9", "10.0.0.1"),
        (("10.0.0.1",), "203.0.113.9", "203.0.113.9"),
        (("10.0.0.1",), "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        (("10.0.0.1", "10.0.0.2"), "203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (("10.0.0.1",), "", "10.0.0.1"),
    ],
)
def test_a_proxy_is_believed_where_it_is_ours(proxies: tuple[str, ...], told: str, address: str) -> None:
    headers = [(b"x-forwarded-for", told.encode())] if told else []
    request = Request({"type": "http", "client": ("10.0.0.1", 1), "headers": headers})
    assert client_address(request, proxies) == address


def test_those_who_sign_in_get_pages_that_nobody_keeps(newsroom: Newsroom) -> None:
    ed, stranger = newsroom.browser("ed"), newsroom.stranger()
    assert ed.get("/us/iraq").headers["cache-control"] == "private, no-store"
    page = stranger.page("/us/iraq")
    assert "Sign in" in page
    assert "/signout" not in page
    assert stranger.get("/us/iraq").headers.get("etag")
    assert "set-cookie" not in stranger.get("/us/iraq").headers


def test_a_name_that_signs_is_unlike_every_other(newsroom: Newsroom) -> None:
    with pytest.raises(UsageError, match="ada is in the book already"):
        people.checked_new_name("Ada", frozenset(newsroom.book.roles()))


@pytest.mark.parametrize("body", ["form=%ff%fe", "&".join(f"a{n}=1" for n in range(2_000)), "x" * 300_000])
def test_a_form_that_is_none_gets_a_plain_sentence(newsroom: Newsroom, body: str) -> None:
    answer = newsroom.client.post(
        "/signin",
        content=body,
        headers={"origin": "http://testserver", "content-type": "application/x-www-form-urlencoded"},
    )
    assert answer.status_code in (400, 413)
