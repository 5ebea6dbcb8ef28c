"""``/conflicts``: what does not add up or cannot all be true; what only seems so stands apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from fastapi import APIRouter, Request
from starlette.responses import Response

from musterbook.desk.views import View, conflict_view
from musterbook.desk.web.answering import Told, page
from musterbook.desk.web.asked import Asked, flag_in
from musterbook.desk.web.errors import missing
from musterbook.desk.web.filters import Query, force_in, kept, place_in, sheet, words_in
from musterbook.desk.web.later import listed
from musterbook.desk.web.lists import Lists
from musterbook.desk.web.rows import statement_rows
from musterbook.desk.web.shelf import Shelf
from musterbook.desk.wiring import label, matches
from musterbook.findings import Conflict

router = APIRouter()
PARTS = ("conflicts", "where")
FILTERS = ("force", "place", "code", "misprint", "explained")
ROWS, MANY = 25, 8


@router.get("/conflicts")
def conflicts(request: Request) -> Response:
    """All conflicts that fit."""
    query = dict(request.query_params)

    def tell(_: Shelf, asked: Asked) -> Told:
        return listed(request, asked, PARTS, lambda lists: _told(lists, query))

    return page(request, "conflicts.html", tell)


def _told(lists: Lists, query: Query) -> Told:
    explained, misprint = flag_in(query, "explained"), flag_in(query, "misprint")
    force, place = (lists.view.current_name(c) if c else None for c in (force_in(query), place_in(query)))
    here = [one for one in lists.conflicts if matches(one.contingent, force, place)]
    side = [one for one in here if one.explained is explained and (one.misprint or not misprint)]
    code = _code_in(query, lists.conflicts)
    found = [one for one in side if code in ("", one.code)]
    shown = sheet(found, query, ROWS)
    return {
        "filters": kept(query, *FILTERS),
        "explained": explained,
        "misprint": misprint,
        "code": code,
        "codes": sorted(Counter(one.code for one in side).items()),
        "known_codes": sorted({one.code for one in lists.conflicts}),
        "open": sum(not one.explained for one in here),
        "explained_all": len(here) - sum(not one.explained for one in here),
        "sheet": shown,
        "rows": [_row(lists, one) for one in shown.rows],
        "day": lists.of.day,
    }


def _code_in(query: Query, found: Iterable[Conflict]) -> str:
    """The kind asked for; 404 where nothing is of it."""
    code = words_in(query, "code")
    if code and code not in {one.code for one in found}:
        raise missing(f"No conflict is of the kind {code[:40]}; those that there are stand at /conflicts.")
    return code


def _row(lists: Lists, one: Conflict) -> View:
    """A conflict with its statements."""
    return conflict_view(one, label) | {
        "statements": statement_rows(lists, one.basis[:MANY]),
        "more": max(0, len(one.basis) - MANY),
    }
