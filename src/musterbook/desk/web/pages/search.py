"""``/search?q=``: words in reports and statements, marked where they stand."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from musterbook.api.searching import BEST, KINDS, ORDERS, REPORT, STATEMENT, Found, Hit, Wanted
from musterbook.desk.views import View
from musterbook.desk.web.answering import Told, page
from musterbook.desk.web.asked import Asked, WrongParameterError, day_in
from musterbook.desk.web.filters import (
    Query,
    Sheet,
    checked,
    choice_in,
    force_in,
    kept,
    page_in,
    place_in,
    words_in,
)
from musterbook.desk.web.lists import named
from musterbook.desk.web.rows import statement_row
from musterbook.desk.web.seeking import seeker_of
from musterbook.desk.web.shelf import Shelf

router = APIRouter()
FILTERS = ("q", "kind", "force", "place", "publisher", "from", "to", "order")
ROWS = 20
NOTHING: Sheet[Hit] = Sheet((), 0, 1, ROWS)


@router.get("/search")
def search(request: Request) -> Response:
    """The reports, or the statements, in which all the words stand."""
    query = dict(request.query_params)

    def tell(shelf: Shelf, asked: Asked) -> Told:
        wanted = wanted_in(shelf, query, asked)
        number, size = page_in(query, ROWS)
        found, behind = Found(0, ()), 0
        if wanted.words:
            found, behind = seeker_of(request).find(wanted, (number - 1) * size, size)
        shown = checked(Sheet(found.hits, found.total, number, size))
        return _told(query, wanted, shown) | {"behind": behind, "day": shelf.book.asked_for()}

    return page(request, "search.html", tell)


def wanted_in(shelf: Shelf, query: Query, asked: Asked) -> Wanted:
    """What an address looks for."""
    if asked.known:
        raise WrongParameterError("a search looks through the book as it is now; leave known out, or use to=")
    first, last = day_in(query, "from"), day_in(query, "to")
    if first and last and first > last:
        raise WrongParameterError(f"from={first} is later than to={last}")
    force, place = (shelf.book.current_name(c) if c else "" for c in (force_in(query), place_in(query)))
    return Wanted(
        query.get("q", "").strip(),
        choice_in(query, "kind", KINDS, REPORT),
        force,
        place,
        words_in(query, "publisher"),
        first,
        min((day for day in (last, asked.public) if day), default=None),
        choice_in(query, "order", tuple(ORDERS), BEST),
    )


def _told(query: Query, wanted: Wanted, shown: Sheet[Hit]) -> Told:
    return {
        "filters": kept(query, *FILTERS),
        "wanted": wanted,
        "kinds": KINDS,
        "is_statements": wanted.kind == STATEMENT,
        "orders": tuple(ORDERS),
        "sheet": shown,
        "rows": [_row(hit) for hit in shown.rows],
    }


def _row(hit: Hit) -> View:
    said = statement_row(hit.statement, hit.report, hit.contingent) if hit.statement else None
    return {
        "title": hit.title,
        "words": hit.words,
        "statement": said,
        "report": hit.report.id,
        "publisher": named(hit.report),
        "published": hit.report.published.isoformat() if hit.report.published else None,
    }
