"""``/usa/irq``: one force in one place over time, every figure with its evidence."""

from __future__ import annotations

import re
from importlib.util import find_spec

from fastapi import APIRouter, Request
from starlette.responses import Response

from musterbook.desk.web import about
from musterbook.desk.web.answering import Told, kept, page, shelf_of
from musterbook.desk.web.asked import Asked, asked_in, flag_in
from musterbook.desk.web.errors import missing
from musterbook.desk.web.picturing import Scene, chart
from musterbook.desk.web.scenes import codes_of, on_stage, pledges_of
from musterbook.desk.web.shelf import Shelf
from musterbook.desk.web.telling import wish_in

router = APIRouter()
FORMS = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


@router.get("/{force}/{place}")
def contingent(request: Request, force: str, place: str) -> Response:
    """A force in a place, both by code or name."""
    query = request.query_params

    def tell(shelf: Shelf, asked: Asked) -> Told:
        codes, wish = codes_of(force, place), wish_in(query)

        def told(scene: Scene) -> Told:
            found = about.about(shelf, scene, codes, asked, wish, query)
            return found | about.learned(shelf, scene, codes, asked, query)

        return on_stage(shelf, asked, query, codes, told) | {"forms": forms()}

    return page(request, "contingent.html", tell)


@router.get("/{force}/{place}/why")
def why(request: Request, force: str, place: str) -> Response:
    """Which statements carry the estimate of a day, and by how much each."""

    def tell(shelf: Shelf, asked: Asked) -> Told:
        codes, query = codes_of(force, place), request.query_params
        return on_stage(shelf, asked, query, codes, lambda scene: about.why(scene, asked))

    return page(request, "why.html", tell)


@router.get("/{force}/{place}/curve.{form}")
def download(request: Request, force: str, place: str, form: str) -> Response:
    """The curve as a file: svg, png, csv or json."""
    if form not in forms():
        raise missing(f"There is no such file; there are: {', '.join(forms())}.")
    query, asked = request.query_params, asked_in(request.query_params)

    def drawn(scene: Scene) -> Response:
        course = scene.course(pledges_of(shelf_of(request), scene, asked))
        held = chart(course, scene.view, flag_in(query, "log")).as_bytes(f".{form}")
        name = re.sub(r"[^a-z0-9]+", "-", scene.contingent.id.lower()).strip("-")
        headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
        return Response(held, media_type=FORMS[form], headers=headers)

    def make() -> Response:
        return on_stage(shelf_of(request), asked, query, codes_of(force, place), drawn)

    return kept(request, make)


def forms() -> tuple[str, ...]:
    """The files that a curve can be had as: PNG only with the extra that draws dots."""
    return tuple(form for form in FORMS if form != "png" or find_spec("vl_convert") is not None)
