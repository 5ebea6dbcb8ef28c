"""``/account``: one's own password, sessions and keys."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from musterbook.desk.web.accounts import identities, keys, passwords, people, sessions
from musterbook.desk.web.accounts.cookies import SESSION, set_cookie
from musterbook.desk.web.accounts.rights import needs
from musterbook.desk.web.accounts.visitor import visitor_of
from musterbook.desk.web.answering import own_page
from musterbook.desk.web.errors import WrongError
from musterbook.desk.web.pages.signing import accounts_of, begin_session, check_passwords
from musterbook.errors import UsageError
from musterbook.model import Role

router = APIRouter(dependencies=[Depends(needs(Role.READER))])


@router.get("/account")
def account(request: Request) -> Response:
    """The page."""
    return _page(request)


@router.post("/account/password")
def change_password(request: Request) -> Response:
    """A new password, by whoever knows the old one; all other sessions are over."""
    accounts, form, name = accounts_of(request), request.state.form, visitor_of(request).person
    check_passwords(request)
    try:
        if form.raw("password") != form.raw("again"):
            raise UsageError("the two new passwords differ")
        passwords.checked_password(form.raw("password"), name)
        people.check_password(accounts, name, form.raw("old"), request.state.address)
    except (UsageError, WrongError) as wrong:
        return _page(request, wrong=str(wrong), status=getattr(wrong, "status", 400))
    people.set_password(accounts, name, form.raw("password"))
    sessions.end_all(accounts, name)
    return begin_session(request, name, "/account?done=password")


@router.post("/account/signout")
def go_everywhere(request: Request) -> Response:
    """Signed out in every browser, this one as well."""
    sessions.end_all(accounts_of(request), visitor_of(request).person)
    set_cookie(request, SESSION, "")
    return RedirectResponse("/signin", 303)


@router.post("/account/keys")
def make_key(request: Request) -> Response:
    """A new key, whose letters this answer alone shows."""
    form, visitor = request.state.form, visitor_of(request)
    scopes = frozenset(form.all("scope"))
    try:
        if beyond := sorted(scopes - keys.ALLOWED[visitor.role]):
            raise UsageError(f"a key of a person with the role {visitor.role} cannot {', '.join(beyond)}")
        letters = keys.make_key(accounts_of(request), visitor.person, form.one("label"), scopes)
    except UsageError as wrong:
        return _page(request, wrong=str(wrong), status=400)
    return _page(request, letters=letters)


@router.post("/account/keys/{number}/revoke")
def revoke_key(request: Request, number: int) -> Response:
    """The key opens nothing from now on."""
    if not keys.revoke(accounts_of(request), visitor_of(request).person, number):
        raise WrongError(404, "You have no key of that number that still opens anything.")
    return RedirectResponse("/account?done=revoked#keys", 303)


DONE = {"password": "The password was changed; other sessions were ended.", "revoked": "The key was revoked."}


def _page(request: Request, letters: str = "", wrong: str = "", status: int = 200) -> Response:
    visitor, accounts = visitor_of(request), accounts_of(request)
    return own_page(
        request,
        "account.html",
        status,
        sessions=sessions.sessions_of(accounts, visitor.person, request.app.state.site.lasting),
        keys=keys.keys_of(accounts, visitor.person),
        scopes=[(name, words) for name, words in keys.SCOPES.items() if name in visitor.scopes],
        least=passwords.LEAST,
        has_password=request.app.state.site.has_passwords and people.has_password(accounts, visitor.person),
        known_as=identities.addresses(accounts).get(visitor.person, ""),
        letters=letters,
        wrong=wrong,
        done=DONE.get(request.query_params.get("done", ""), ""),
    )
