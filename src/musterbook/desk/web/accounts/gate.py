"""The one door: every request is given a visitor before a page sees it, and what it may not do ends here.

Three rules hold for every route, also for those that are still to be written: who is not signed in changes nothing;
nothing is changed by a form that our own page did not send; a desk that is not public shows nothing to strangers.
"""

from __future__ import annotations

from http.cookies import SimpleCookie
from urllib.parse import quote

from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from musterbook.desk.web.accounts import sessions
from musterbook.desk.web.accounts.cookies import BROWSER, SESSION, cookie_name
from musterbook.desk.web.accounts.forms import FIELD, Form, again, check_mark, check_origin, read_form
from musterbook.desk.web.accounts.keys import ALLOWED, READ, key_with
from musterbook.desk.web.accounts.people import Roles
from musterbook.desk.web.accounts.store import Accounts
from musterbook.desk.web.accounts.visitor import Visitor, visitor_of
from musterbook.desk.web.errors import API, WrongError, told
from musterbook.desk.web.provider.setup import BACK
from musterbook.desk.web.site import Site
from musterbook.errors import MusterbookError
from musterbook.model import Role

SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
SIGNING = ("/signin", "/signin/oidc", BACK)
OPEN = ("/static/", *SIGNING, "/welcome/", "/healthz")  # what strangers may always ask for
OWN = ("/signin", "/signout", "/welcome/", "/account", "/account/")  # what changes accounts and not the book


class Gate:
    """Tells who asks, and turns away what nobody may ask."""

    def __init__(self, app: ASGIApp, site: Site, accounts: Accounts, roles: Roles) -> None:
        self._app, self._site, self._accounts, self._roles = app, site, accounts, roles

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        request.state.visitor, request.state.person, request.state.role = Visitor(), "", Role.NONE
        request.state.form, request.state.cookies = Form(), SimpleCookie()
        request.state.address = client_address(request, self._site.proxies)
        try:
            self._admit(request)
            receive = await self._checked(request, receive)
        except WrongError as wrong:
            await told(request, wrong.status, wrong.message, wrong.headers)(scope, receive, send)
            return
        except MusterbookError as broken:  # the accounts cannot be read
            await told(request, 503, str(broken))(scope, receive, send)
            return
        await self._app(scope, receive, _with_cookies(request, send))

    def _admit(self, request: Request) -> None:
        """Find out who asks; WrongError for a key that opens nothing, and for a stranger where none may look."""
        visitor = self._visitor(request)
        request.state.visitor, request.state.role = visitor, visitor.role
        request.state.person = "" if visitor.has_key else visitor.person
        is_for_programs = visitor.has_key and scope_path(request).startswith(API)  # which look at the scopes
        if not visitor.may(Role.READER) and not is_for_programs and not is_among(request, OPEN):
            raise ask_to_sign_in(request)

    def _visitor(self, request: Request) -> Visitor:
        given = request.headers.get("authorization", "")
        if given:
            return self._with_key(given)
        token = request.cookies.get(cookie_name(self._site, SESSION), "")
        is_form = request.method not in SAFE and scope_path(request).startswith(API)  # forms never lead there
        person = (
            "" if not token or is_form else sessions.person_with(self._accounts, token, self._site.lasting)
        )
        role = self._roles.of(person) if person else Role.NONE
        if role is Role.NONE:
            return STRANGER if self._site.is_public else Visitor()
        return Visitor(person, role, ALLOWED[role], token=token)

    def _with_key(self, given: str) -> Visitor:
        kind, _, letters = given.partition(" ")
        key = key_with(self._accounts, letters.strip()) if kind.lower() == "bearer" else None
        role = self._roles.of(key.person) if key else Role.NONE
        if key is None or role is Role.NONE:
            raise WrongError(401, "That key opens nothing here.", WWW_Authenticate="Bearer")
        scopes = key.scopes & ALLOWED[role]
        return Visitor(key.person, role if READ in scopes else Role.NONE, scopes, has_key=True)

    async def _checked(self, request: Request, receive: Receive) -> Receive:
        """WrongError for a change that may not be made; else the request, to be read again."""
        visitor = visitor_of(request)
        if request.method in SAFE:
            return receive
        if not self._site.writes and not is_among(request, OWN):
            raise WrongError(403, "This desk is only to look at; nothing can be changed here.")
        if scope_path(request).startswith(API):
            return receive
        if visitor.has_key:
            raise WrongError(403, f"Keys are for programs, and open {API} only.")
        check_origin(request)
        form, body = await read_form(request, receive)
        seed = visitor.token or request.cookies.get(cookie_name(self._site, BROWSER), "")
        if not visitor.person and not is_among(request, OPEN):
            raise WrongError(401, "You are not signed in, or were away too long, so nothing was done.")
        check_mark(form.one(FIELD), seed, self._accounts.secret)
        request.state.form = form
        return again(body, receive)


STRANGER = Visitor(role=Role.READER, scopes=ALLOWED[Role.READER])


def ask_to_sign_in(request: Request) -> WrongError:
    """The way to the page where one signs in, and back; 401 for programs and for what a form sent."""
    wants_page = "html" in request.headers.get("accept", "") and not request.url.path.startswith(API)
    if request.method not in SAFE or not wants_page:
        return WrongError(401, "Please sign in, or bring a key.", WWW_Authenticate="Bearer")
    query = f"?{request.url.query}" if request.url.query else ""
    return WrongError(
        303, "Please sign in.", Location=f"/signin?next={quote(request.url.path + query, safe='')}"
    )


def scope_path(request: Request) -> str:
    """The path that routes are found by; never put together from what the request calls us."""
    return str(request.scope["path"])


def is_among(request: Request, places: tuple[str, ...]) -> bool:
    """Whether the request is for one of these, or below one that ends with a stroke."""
    path = scope_path(request)
    return any(path == one or (one.endswith("/") and path.startswith(one)) for one in places)


def client_address(request: Request, proxies: tuple[str, ...]) -> str:
    """Where a request comes from; what a proxy says of it counts only from proxies that are listed."""
    address = request.client.host if request.client else ""
    told_of = [one.strip() for one in request.headers.get("x-forwarded-for", "").split(",") if one.strip()]
    while address in proxies and told_of:
        address = told_of.pop()
    return address


def _with_cookies(request: Request, send: Send) -> Send:
    async def give(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for held in request.state.cookies.values():
                headers.append("set-cookie", held.OutputString())
            if request.state.cookies:
                headers["cache-control"] = "no-store"
        await send(message)

    return give
