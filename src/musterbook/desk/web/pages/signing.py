"""``/signin``, ``/signout`` and ``/welcome/TOKEN``: how people come in, and how they get a password."""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from musterbook.desk.web.accounts import links, passwords, people, sessions, tries
from musterbook.desk.web.accounts.cookies import BROWSER, SESSION, set_cookie
from musterbook.desk.web.accounts.links import FIRST, Link
from musterbook.desk.web.accounts.store import Accounts
from musterbook.desk.web.accounts.visitor import visitor_of
from musterbook.desk.web.answering import shelf_of
from musterbook.desk.web.errors import WrongError, missing
from musterbook.desk.web.render import render
from musterbook.errors import UsageError
from musterbook.model import Role
from musterbook.safe import UNSAFE

router = APIRouter()
GONE = "This link was used already, is older than a day, or never was one. Ask an admin for a new one."
NO_PASSWORDS = "Nobody comes in with a password here. The page to sign in shows how."


@router.get("/signin")
def ask(request: Request) -> Response:
    """Name and password, or the way to a provider."""
    return sign_in_page(request, back=way_back(request.query_params.get("next", "")))


@router.post("/signin")
def come_in(request: Request) -> Response:
    """A session under a new token, and back to where one came from."""
    form = request.state.form
    back = way_back(form.one("next"))
    check_passwords(request)
    try:
        name = people.sign_in(
            accounts_of(request), form.one("name"), form.raw("password"), request.state.address
        )
    except WrongError as wrong:
        page = sign_in_page(request, wrong.status, back, wrong.message, form.one("name"))
        page.headers.update(wrong.headers)
        return page
    return begin_session(request, name, back)


@router.post("/signout")
def go(request: Request) -> Response:
    """The session is over."""
    sessions.end(accounts_of(request), visitor_of(request).token)
    set_cookie(request, SESSION, "")
    return RedirectResponse("/", 303)


@router.get("/welcome/{token}")
def greet(request: Request, token: str) -> Response:
    """What a one-time link is for; it is not used by being looked at."""
    return _welcome(request, _link(request, token))


@router.post("/welcome/{token}")
def settle(request: Request, token: str) -> Response:
    """The password is set, the link used, and the person signed in."""
    accounts, form = accounts_of(request), request.state.form
    link = _link(request, token)
    try:
        name = _name_for(request, link)
        if form.raw("password") != form.raw("again"):
            raise UsageError("the two passwords differ")
        passwords.checked_password(form.raw("password"), name)
    except UsageError as wrong:
        return _welcome(request, link, str(wrong))
    if not links.use(accounts, token):
        raise WrongError(410, GONE)
    if link.purpose == FIRST:
        _make_admin(request, name)
    people.set_password(accounts, name, form.raw("password"))
    sessions.end_all(accounts, name)
    tries.forgive(accounts, name)
    return begin_session(request, name, "/")


def begin_session(request: Request, name: str, back: str) -> Response:
    """The browser gets a token that it did not bring along."""
    site, accounts = request.app.state.site, accounts_of(request)
    token = sessions.begin(accounts, name, site.lasting, visitor_of(request).token)
    set_cookie(request, SESSION, token, int(site.lasting.longest))
    set_cookie(request, BROWSER, "")
    return RedirectResponse(back, 303)


def sign_in_page(
    request: Request, status: int = 200, back: str = "/", wrong: str = "", name: str = ""
) -> Response:
    """The page where one signs in, with what went wrong."""
    return render(request, "signin.html", status, next=back, wrong=wrong, name=name)


def accounts_of(request: Request) -> Accounts:
    """The accounts of this desk."""
    found: Accounts = request.app.state.accounts
    return found


def way_back(address: str) -> str:
    """A page of this desk to go back to; the first page for anything else."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "/"
    is_ours = address.startswith("/") and not address.startswith("//") and not parts.netloc
    return address if is_ours and "\\" not in address and not UNSAFE.search(address) else "/"


def _link(request: Request, token: str) -> Link:
    found = links.link_with(accounts_of(request), token)
    if found is None or (found.purpose == FIRST and not _is_lone(request)):
        raise missing(GONE)
    if found.purpose != FIRST:
        check_passwords(request)
    return found


def check_passwords(request: Request) -> None:
    """WrongError where nobody has one."""
    if not request.app.state.site.has_passwords:
        raise WrongError(403, NO_PASSWORDS)


def _is_lone(request: Request) -> bool:
    roles, provider = request.app.state.roles.all(), request.app.state.site.provider
    return people.is_lone(accounts_of(request), roles, provider)


def _admins(request: Request) -> list[str]:
    """Those whom the book calls admins; one of them is meant by the first link of a book that has people."""
    return sorted(name for name, role in request.app.state.roles.all().items() if role is Role.ADMIN)


def _name_for(request: Request, link: Link) -> str:
    """The name that the link is for, or the one that was chosen; UsageError."""
    if link.name:
        return link.name
    chosen, admins = str(request.state.form.one("name")), _admins(request)
    if not admins:
        return passwords.checked_name(chosen)
    if chosen not in admins:
        raise UsageError(f"the admins of this book are {', '.join(admins)}; choose one of them")
    return chosen


def _make_admin(request: Request, name: str) -> None:
    """The first grant gives a book people of its own."""
    shelf = shelf_of(request)
    if shelf.book.roles().get(name) is not Role.ADMIN:
        shelf.book.grant(name, Role.ADMIN, "the first admin of the desk", by=name)
        shelf.wrote()


def _welcome(request: Request, link: Link, wrong: str = "") -> Response:
    return render(
        request,
        "welcome.html",
        400 if wrong else 200,
        link=link,
        is_first=link.purpose == FIRST,
        admins=_admins(request) if link.purpose == FIRST else [],
        wrong=wrong,
        least=passwords.LEAST,
        name=request.state.form.one("name"),
    )
