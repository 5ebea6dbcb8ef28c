"""How the desk is: ``/health`` for people, ``/healthz`` for watchdogs, ``/metrics`` for whoever draws graphs of it."""

from __future__ import annotations

import ipaddress
from datetime import UTC, datetime
from typing import cast

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from musterbook.desk.web.answering import shelf_of
from musterbook.desk.web.errors import WrongError
from musterbook.desk.web.health import Health, health, is_silent
from musterbook.desk.web.metrics import KIND, exposition
from musterbook.desk.web.render import render
from musterbook.desk.web.rest.keys import READ, Keys, admit
from musterbook.desk.web.site import Site
from musterbook.desk.web.traffic import Traffic

router = APIRouter()
FRESH = {"Cache-Control": "no-store"}
FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")


@router.api_route("/healthz", methods=["GET", "HEAD"])
def healthz(request: Request) -> Response:
    """200 where all is well, else 503, and in words what is wrong."""
    found = _found(request)
    told = {"status": "wrong" if found.wrong else "ok", "wrong": list(found.wrong), "lines": found.lines}
    return JSONResponse(
        told, 503 if found.wrong else 200, FRESH | ({"Retry-After": "30"} if found.wrong else {})
    )


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """For this machine, and for whoever has a key."""
    if not _is_near(request):
        keys = cast(Keys, request.app.state.keys)
        if not keys.person_of_key(request) or READ not in keys.scopes_of(request):
            raise WrongError(401, "Metrics are for this machine, or for a key with the scope “read”.")
    traffic = cast(Traffic, request.app.state.traffic)
    return Response(exposition(_found(request), traffic), 200, FRESH, KIND)


@router.get("/health")
def progress(request: Request) -> Response:
    """The same for people."""
    admit(request, READ)
    found, now = _found(request), datetime.now(UTC)
    page = render(request, "health.html", found=found, silent=is_silent(found, now))
    page.headers.update(FRESH)
    return page


def _found(request: Request) -> Health:
    return health(_site(request), shelf_of(request))


def _site(request: Request) -> Site:
    return cast(Site, request.app.state.site)


def _is_near(request: Request) -> bool:
    """Whether a program on this machine asks by itself, and not for somebody else."""
    if any(name in request.headers for name in FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.client.host if request.client else "").is_loopback
    except ValueError:
        return False
