"""The files that every chart of a page shares: the rules of the drawings and the land of the map."""

from __future__ import annotations

import hashlib

from fastapi import APIRouter, Request
from starlette.responses import Response

from musterbook.charts import land_file, stylesheet

router = APIRouter()
LAND = "/static/world.svg"
A_DAY = "public, max-age=86400"


@router.get("/static/charts.css")
def rules(request: Request) -> Response:
    """How charts look in light, in dark and on a phone."""
    return _file(request, stylesheet(), "text/css; charset=utf-8")


@router.get(LAND)
def land(request: Request) -> Response:
    """The outlines of the map."""
    return _file(request, land_file(), "image/svg+xml")


def _file(request: Request, held: str, kind: str) -> Response:
    tag = f'"{hashlib.sha256(held.encode()).hexdigest()[:24]}"'
    headers = {"ETag": tag, "Cache-Control": A_DAY}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(held, media_type=kind, headers=headers)
