"""The cookies of the desk: who signed in, who was shown a form before that, and who is on the way to a provider."""

from __future__ import annotations

from fastapi import Request

from musterbook.desk.web.accounts.marks import mark_for
from musterbook.desk.web.accounts.store import new_token
from musterbook.desk.web.accounts.visitor import visitor_of
from musterbook.desk.web.site import Site

SESSION, BROWSER, JOURNEY = "desk", "desk-form", "desk-journey"


def form_mark(request: Request) -> str:
    """The mark for a form on this page; a browser that has no seed yet is given one with it."""
    site, accounts = request.app.state.site, request.app.state.accounts
    name = cookie_name(site, BROWSER)
    seed = visitor_of(request).token or request.cookies.get(name, "")
    if not seed:
        waiting = request.state.cookies.get(name)
        seed = waiting.value if waiting else new_token()
        set_cookie(request, BROWSER, seed)
    return mark_for(seed, accounts.secret)


def set_cookie(request: Request, name: str, value: str, seconds: int | None = None) -> None:
    """A cookie that scripts and other sites never see; without a value it is taken away."""
    site: Site = request.app.state.site
    name = cookie_name(site, name)
    request.state.cookies[name] = value
    held = request.state.cookies[name]
    held["path"], held["httponly"], held["samesite"] = (
        "/",
        True,
        "Lax",
    )  # Strict would sign out who follows a link
    held["secure"] = site.secure
    if seconds is not None or not value:
        held["max-age"] = seconds or 0


def cookie_name(site: Site, name: str) -> str:
    """With https a name that no other host of the domain can set."""
    return f"__Host-{name}" if site.secure else name
