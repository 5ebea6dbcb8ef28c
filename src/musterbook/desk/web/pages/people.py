"""``/people``: admins invite people, grant roles, and make links for those who lost a password."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from musterbook.desk.web.accounts import identities, keys, links, people, sessions
from musterbook.desk.web.accounts.rights import needs
from musterbook.desk.web.accounts.visitor import visitor_of
from musterbook.desk.web.answering import own_page, shelf_of
from musterbook.desk.web.errors import WrongError
from musterbook.desk.web.pages.signing import accounts_of
from musterbook.errors import UsageError
from musterbook.model import Role

router = APIRouter(dependencies=[Depends(needs(Role.ADMIN))])
GIVEN = (Role.READER, Role.EDITOR, Role.ADMIN)


@router.get("/people")
def everyone(request: Request) -> Response:
    """The people of the book, with their roles, and who has a password here."""
    return _page(request)


@router.post("/people/invite")
def invite(request: Request) -> Response:
    """A role in the book, and a link that this answer alone shows."""
    form, shelf, accounts = request.state.form, shelf_of(request), accounts_of(request)
    site, name, address = request.app.state.site, form.one("name"), form.one("address")
    try:
        role = role_named(form.one("role")) if form.one("role") else None
        if site.provider and (address or not site.has_passwords):
            identities.checked(accounts, name, address)
        token = people.invite(accounts, shelf.book, name, role, visitor_of(request).person)
        if site.provider and address:
            identities.expect(accounts, links.name_of(accounts, token), address)
    except UsageError as wrong:
        return _page(request, wrong=str(wrong), status=400)
    shelf.wrote()
    return _page(request, link=link_to(request, token) if site.has_passwords else "", invited=name)


@router.post("/people/address")
def set_address(request: Request) -> Response:
    """By which address the provider knows somebody; without one, no account of it opens the desk for them."""
    form, accounts = request.state.form, accounts_of(request)
    name, address = form.one("name"), form.one("address")
    if request.app.state.site.provider is None or name not in shelf_of(request).book.roles():
        raise WrongError(404, "Nobody has that name here, or this desk knows no provider to sign in with.")
    try:
        if address:
            identities.expect(accounts, name, address)
        else:
            identities.forget(accounts, name)
    except UsageError as wrong:
        return _page(request, wrong=str(wrong), status=400)
    return RedirectResponse("/people?done=address", 303)


@router.post("/people/role")
def grant(request: Request) -> Response:
    """Another role; with none, sessions and keys are over as well."""
    form, shelf, accounts = request.state.form, shelf_of(request), accounts_of(request)
    name = form.one("name")
    if name not in shelf.book.roles():
        raise WrongError(404, "Nobody in this book has that name.")
    try:
        role = Role.NONE if form.one("role") == Role.NONE else role_named(form.one("role"))
        if not form.one("reason"):
            raise UsageError("give a reason, for whoever reads the history")
        shelf.book.grant(name, role, form.one("reason"), by=visitor_of(request).person)
    except UsageError as wrong:
        return _page(request, wrong=str(wrong), status=400)
    shelf.wrote()
    if role is Role.NONE:
        sessions.end_all(accounts, name)
        keys.revoke(accounts, name)
        identities.forget(accounts, name)
    return RedirectResponse("/people?done=role", 303)


@router.post("/people/signout")
def sign_out(request: Request) -> Response:
    """Somebody is signed out everywhere, and all their keys are revoked."""
    accounts, name = accounts_of(request), request.state.form.one("name")
    sessions.end_all(accounts, name)
    keys.revoke(accounts, name)
    return RedirectResponse("/people?done=signout", 303)


def role_named(words: str) -> Role:
    """A role that can be given; UsageError."""
    if words not in GIVEN:
        raise UsageError(f"no role is called {words[:40]!r}; the roles are {', '.join(GIVEN)}")
    return Role(words)


def link_to(request: Request, token: str) -> str:
    """The whole address of a one-time link, under the name that this request called us by."""
    scheme = "https" if request.app.state.site.secure else request.url.scheme
    return f"{scheme}://{request.headers['host']}/welcome/{token}"


DONE = {
    "role": "The role was granted.",
    "signout": "Signed out everywhere; the keys were revoked.",
    "address": "The address was set; the next account that signs in with it is bound to it.",
}


def _page(
    request: Request, link: str = "", invited: str = "", wrong: str = "", status: int = 200
) -> Response:
    accounts, roles = accounts_of(request), shelf_of(request).book.roles()
    known, addresses = people.names(accounts), identities.addresses(accounts)
    rows = [
        {
            "name": name,
            "role": str(role),
            "has_password": name in known,
            "known_as": addresses.get(name, ""),
            "open_keys": sum(not key.is_revoked for key in keys.keys_of(accounts, name)),
        }
        for name, role in sorted(roles.items())
    ]
    return own_page(
        request,
        "people.html",
        status,
        rows=rows,
        roles=GIVEN,
        link=link,
        invited=invited,
        wrong=wrong,
        done=DONE.get(request.query_params.get("done", ""), ""),
    )
