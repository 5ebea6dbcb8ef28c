"""``/signin/oidc``: out to the provider and back; by a link, since our policy lets no form lead elsewhere."""

from __future__ import annotations

import logging
import secrets
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from musterbook.desk.web.accounts import tries
from musterbook.desk.web.accounts.cookies import JOURNEY, cookie_name, set_cookie
from musterbook.desk.web.errors import missing
from musterbook.desk.web.pages.signing import accounts_of, begin_session, sign_in_page, way_back
from musterbook.desk.web.provider.journey import LASTS
from musterbook.desk.web.provider.setup import BACK
from musterbook.desk.web.provider.troubles import OURS, Trouble

if TYPE_CHECKING:
    from musterbook.desk.web.provider.door import Door

logger = logging.getLogger("musterbook.web")
router = APIRouter()
QUIET = ("no-journey", "denied", "busy")  # what nobody needs to look into
LATER, AGAIN = 503, "30"  # the status of what passes by itself, and seconds after which to try again


@router.get("/signin/oidc")
def go(request: Request) -> Response:
    """To the provider, with a journey in a cookie."""
    door = _door(request)
    try:
        journey, address = door.begin(request.query_params.get("next", ""))
    except Trouble as trouble:
        return _not_done(request, door, trouble)
    set_cookie(request, JOURNEY, journey.written(), int(LASTS))
    return RedirectResponse(address, 303)


@router.get(BACK)
def come_back(request: Request) -> Response:
    """A session for whom the provider vouches and an admin invited; else a page that says what to do."""
    from musterbook.desk.web.provider.door import Return

    door, accounts, query = _door(request), accounts_of(request), request.query_params
    brought = Return(*(query.get(name, "") for name in ("state", "code", "error", "iss")))
    cookie = request.cookies.get(cookie_name(request.app.state.site, JOURNEY), "")
    try:
        journey = door.owner(cookie, brought)
        set_cookie(request, JOURNEY, "")
        tries.count_return(accounts, request.state.address)
        person = door.finish(journey, brought, request.app.state.roles.of)
    except Trouble as trouble:
        if trouble.status == LATER:
            tries.forgive_return(
                accounts, request.state.address
            )  # nobody waits longer than the provider is down
        return _not_done(request, door, trouble)
    tries.forgive_return(accounts, request.state.address)
    return begin_session(request, person, way_back(journey.back))


def _door(request: Request) -> Door:
    """The way in by a provider; 404 where there is none."""
    door: Door | None = request.app.state.door
    if door is None:
        raise missing("This desk knows no provider to sign in with.")
    return door


def _not_done(request: Request, door: Door, trouble: Trouble) -> Response:
    words = trouble.words(door.provider.name)
    if trouble.code not in QUIET:
        number = secrets.token_hex(4)
        logger.warning("sign-in %s by a provider: %s (%s)", number, trouble.code, trouble.detail)
        words += f" The log of this desk has it under {number}." if trouble.status >= OURS else ""
    page = sign_in_page(request, trouble.status, wrong=words)
    if trouble.status == LATER:
        page.headers["Retry-After"] = AGAIN
    return page
