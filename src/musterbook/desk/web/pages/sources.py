"""``/sources`` and ``/source/NAME``: who published what the book stands on, and whose figures held."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from musterbook.desk.recording import record_view
from musterbook.desk.views import View
from musterbook.desk.web.answering import Told, page
from musterbook.desk.web.asked import Asked
from musterbook.desk.web.errors import missing
from musterbook.desk.web.filters import Query, choice_in, kept, sheet, words_in
from musterbook.desk.web.later import listed
from musterbook.desk.web.lists import Lists, Source
from musterbook.desk.web.rows import comparison_rows, statement_row
from musterbook.desk.web.shelf import Shelf

router = APIRouter()
PARTS = ("sources", "records", "where")
ORDERS = ("statements", "reports", "compared", "last", "name")
FILTERS = ("q", "order")
ROWS = 25  # reports, with their statements


@router.get("/sources")
def sources(request: Request) -> Response:
    """All publishers."""
    query = dict(request.query_params)

    def tell(_: Shelf, asked: Asked) -> Told:
        return listed(request, asked, PARTS, lambda lists: _told(lists, query))

    return page(request, "sources.html", tell)


@router.get("/source")
@router.get("/source/{name:path}")
def source(request: Request, name: str = "") -> Response:
    """One publisher."""
    query = dict(request.query_params)

    def tell(_: Shelf, asked: Asked) -> Told:
        return listed(request, asked, PARTS, lambda lists: _one(lists, name, query))

    return page(request, "source.html", tell)


def _told(lists: Lists, query: Query) -> Told:
    words, order = words_in(query, "q").casefold(), choice_in(query, "order", ORDERS, ORDERS[0])
    found = [one for one in lists.sources.values() if words in one.name.casefold()]
    found.sort(key=lambda one: _key(lists, one, order))
    shown = sheet(found, query)
    return {
        "filters": kept(query, *FILTERS),
        "order": order,
        "orders": ORDERS,
        "sheet": shown,
        "rows": [_row(lists, one) for one in shown.rows],
        "all": len(lists.sources),
        "day": lists.of.day,
    }


def _key(lists: Lists, one: Source, order: str) -> tuple[int, str]:
    """Where a publisher stands in an order."""
    record = lists.records.get(one.name)
    keys = {
        "statements": -one.statements,
        "reports": -len(one.reports),
        "compared": -len(record.compared) if record else 0,
        "last": -int(one.last.replace("-", "") or 0),
        "name": 0,
    }
    return keys[order], one.name.casefold()


def _row(lists: Lists, one: Source) -> View:
    record = lists.records.get(one.name)
    return {
        "name": one.name,
        "reports": len(one.reports),
        "statements": one.statements,
        "first": one.first,
        "last": one.last,
        "record": record_view(record) if record else None,
    }


def _one(lists: Lists, name: str, query: Query) -> Told:
    found = lists.sources.get(name)
    if found is None:
        raise missing(f"No publisher is called {name[:80] or '(nothing)'}; all of them stand at /sources.")
    shown = sheet(found.reports, query, ROWS)
    record = lists.records.get(name)
    return {
        "filters": kept(query),
        "source": _row(lists, found),
        "sheet": shown,
        "rows": reports_told(lists, [id_ for _, id_ in shown.rows]),
        "comparisons": comparison_rows(lists, record),
        "day": lists.of.day,
    }


def reports_told(lists: Lists, ids: list[str]) -> list[View]:
    """Reports with the statements that they give, in the order given."""
    found = [report for id_ in ids if (report := lists.view.report(id_))]
    told: dict[str, list[View]] = {report.id: [] for report in found}
    for report in found:
        for id_ in lists.of_report.get(report.id, ()):
            told[report.id].append(statement_row(lists.of.said[id_], report, lists.where.get(id_)))
    return [
        {
            "id": report.id,
            "title": report.title,
            "published": report.published.isoformat() if report.published else None,
            "url": report.url,
            "name": report.name,
            "statements": told[report.id],
        }
        for report in found
    ]
