"""``/doubts``: what could not be settled, each with its place and its cure, and what became of every input."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from fastapi import APIRouter, Request
from starlette.responses import Response

from musterbook.desk.views import AROUND, View, doubt_view
from musterbook.desk.web.answering import Told, page
from musterbook.desk.web.asked import Asked
from musterbook.desk.web.errors import missing
from musterbook.desk.web.filters import Query, choice_in, kept, sheet, words_in
from musterbook.desk.web.later import listed
from musterbook.desk.web.lists import Lists
from musterbook.desk.web.shelf import Shelf
from musterbook.intake.trouble import CURES
from musterbook.ledger.outcomes import AGAIN, KNOWN, READ, Outcome
from musterbook.model import Doubt

router = APIRouter()
STAGES = ("intake", "reading", "identity", "ledger")
FINE = (READ, KNOWN, AGAIN)  # outcomes that need no cure


@router.get("/doubts")
def doubts(request: Request) -> Response:
    """All doubts that fit, counted by stage and kind."""
    query = dict(request.query_params)

    def tell(_: Shelf, asked: Asked) -> Told:
        return listed(request, asked, ("doubts",), lambda lists: _told(lists, query))

    return page(request, "doubts.html", tell)


@router.get("/inputs")
def inputs(request: Request) -> Response:
    """What became of everything that was handed to the book."""
    query = dict(request.query_params)

    def tell(_: Shelf, asked: Asked) -> Told:
        return listed(request, asked, ("outcomes",), lambda lists: _inputs(lists.outcomes, query))

    return page(request, "inputs.html", tell)


def _told(lists: Lists, query: Query) -> Told:
    stage, source = choice_in(query, "stage", STAGES), words_in(query, "source").casefold()
    code = _code_in(query, "code", {one.code for one in lists.doubts}, "doubt")
    found = [
        one
        for one in lists.doubts
        if stage in ("", one.stage) and code in ("", one.code) and source in one.source.casefold()
    ]
    shown = sheet(found, query)
    return {
        "filters": kept(query, "stage", "code", "source"),
        "stage": stage,
        "stages": STAGES,
        "code": code,
        "counts": _counts(lists.doubts),
        "all": len(lists.doubts),
        "sheet": shown,
        "rows": [_row(lists, one) for one in shown.rows],
        "day": lists.of.day,
    }


def _counts(found: Iterable[Doubt]) -> list[tuple[str, str, int]]:
    """How many doubts there are of each stage and kind."""
    counts = Counter((one.stage, one.code) for one in found)
    return sorted(
        ((stage, code, many) for (stage, code), many in counts.items()), key=lambda c: (c[0], -c[2])
    )


def _row(lists: Lists, one: Doubt) -> View:
    """A doubt with the words around its place."""
    report = lists.view.report(one.report) if one.report else None
    around = {"before": "", "marked": one.words, "after": ""}
    if report and one.span:
        start, end = one.span.start, one.span.end
        around = {
            "before": report.text[max(0, start - 2 * AROUND) : start],
            "marked": report.text[start:end],
            "after": report.text[end : end + 2 * AROUND],
        }
    title = {"title": report.title or report.name} if report else {"title": ""}
    return doubt_view(one) | around | title


def _inputs(outcomes: tuple[Outcome, ...], query: Query) -> Told:
    counts = Counter(one.code for one in outcomes)
    code, source = _code_in(query, "outcome", set(counts), "input"), words_in(query, "source").casefold()
    found = [one for one in outcomes if code in ("", one.code) and source in one.source.casefold()]
    return {
        "filters": kept(query, "outcome", "source"),
        "outcome": code,
        "counts": [(name, many, _cure(name)) for name, many in counts.most_common()],
        "fine": FINE,
        "all": len(outcomes),
        "sheet": sheet(found, query),
    }


def _cure(code: str) -> str:
    """What helps against an outcome, in words."""
    return "" if code in FINE else CURES.get(code, "").replace(" ({detail})", "").replace("{detail}", "…")


def _code_in(query: Query, name: str, known: set[str], what: str) -> str:
    """The kind asked for; 404 where nothing is of it."""
    code = words_in(query, name)
    if code and code not in known:
        there = f"those that there are: {', '.join(sorted(known))}" if known else "there is none at all"
        raise missing(f"No {what} is of the kind {code[:40]}; {there}.")
    return code
