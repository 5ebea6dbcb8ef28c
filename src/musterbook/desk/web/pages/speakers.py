"""``/speakers`` and ``/speaker?name=``: who says so, how their figures held, and what they said."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from musterbook.desk.recording import record_view
from musterbook.desk.views import View
from musterbook.desk.web.answering import Told, page
from musterbook.desk.web.asked import Asked, WrongParameterError
from musterbook.desk.web.errors import missing
from musterbook.desk.web.filters import Query, choice_in, kept, sheet, words_in
from musterbook.desk.web.later import listed
from musterbook.desk.web.lists import Lists
from musterbook.desk.web.rows import comparison_rows, statement_rows
from musterbook.desk.web.shelf import Shelf

router = APIRouter()
PARTS = ("speakers", "said_by", "where")
ORDERS = ("compared", "statements", "last", "name")


@router.get("/speakers")
def speakers(request: Request) -> Response:
    """All who say anything."""
    query = dict(request.query_params)

    def tell(_: Shelf, asked: Asked) -> Told:
        return listed(request, asked, PARTS, lambda lists: _told(lists, query))

    return page(request, "speakers.html", tell)


@router.get("/speaker")
def speaker(request: Request) -> Response:
    """One of them."""
    query = dict(request.query_params)

    def tell(_: Shelf, asked: Asked) -> Told:
        return listed(request, asked, PARTS, lambda lists: _one(lists, query))

    return page(request, "speaker.html", tell)


def _told(lists: Lists, query: Query) -> Told:
    words, order = words_in(query, "q").casefold(), choice_in(query, "order", ORDERS, ORDERS[0])
    found = [name for name in lists.said_by if words in name.casefold()]
    found.sort(key=lambda name: _key(lists, name, order))
    shown = sheet(found, query)
    return {
        "filters": kept(query, "q", "order"),
        "order": order,
        "orders": ORDERS,
        "sheet": shown,
        "rows": [_row(lists, name) for name in shown.rows],
        "all": len(lists.said_by),
        "day": lists.of.day,
    }


def _key(lists: Lists, name: str, order: str) -> tuple[int, int, str]:
    """Where a speaker stands in an order."""
    record, said = lists.speakers.get(name), lists.said_by[name]
    keys = {
        "compared": -len(record.compared) if record else 0,
        "statements": 0,
        "last": -int(said[0][0].replace("-", "") or 0),
        "name": 0,
    }
    return keys[order], 0 if order == "name" else -len(said), name.casefold()


def _row(lists: Lists, name: str) -> View:
    record, days = lists.speakers.get(name), [day for day, _ in lists.said_by[name] if day]
    return {
        "name": name,
        "statements": len(lists.said_by[name]),
        "first": min(days, default=""),
        "last": max(days, default=""),
        "record": record_view(record) if record else None,
    }


def _one(lists: Lists, query: Query) -> Told:
    name = words_in(query, "name")
    if not name:
        raise WrongParameterError(
            "name the speaker, as in /speaker?name=Pentagon; all of them stand at /speakers"
        )
    if name not in lists.said_by:
        raise missing(f"Nobody called {name[:80]} says anything in the book; all who do stand at /speakers.")
    shown = sheet(lists.said_by[name], query)
    return {
        "filters": kept(query, "name"),
        "speaker": _row(lists, name),
        "sheet": shown,
        "rows": statement_rows(lists, [id_ for _, id_ in shown.rows]),
        "comparisons": comparison_rows(lists, lists.speakers.get(name)),
        "day": lists.of.day,
    }
