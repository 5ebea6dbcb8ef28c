"""``/origins``: the families of reports, each going back to one announcement, and what only repeats it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from musterbook.api.tracing import kin_of
from musterbook.charts import family
from musterbook.desk.phrases import figures_in_words
from musterbook.desk.views import View, contingent_view
from musterbook.desk.web.answering import Told, page
from musterbook.desk.web.asked import Asked, flag_in, number_in
from musterbook.desk.web.errors import missing
from musterbook.desk.web.filters import Query, force_in, kept, place_in, sheet
from musterbook.desk.web.later import listed
from musterbook.desk.web.lists import Lists, named
from musterbook.desk.web.pages.evidence import IDENTITY
from musterbook.desk.web.pages.sources import reports_told
from musterbook.desk.web.shelf import Shelf
from musterbook.desk.wiring import label, matches
from musterbook.findings import Origin, Utterance

router = APIRouter()
PARTS = ("origins", "utterances", "where", "of_report")
FILTERS = ("force", "place", "outlets", "repeats")
ROWS, TREES, DEEP, NAMED = 25, 10, 60, 8  # rows, trees of a page, statements of a tree, publishers of a row
MOST_OUTLETS = 10_000


@router.get("/origins")
def origins(request: Request) -> Response:
    """All families that fit."""
    query = dict(request.query_params)

    def tell(_: Shelf, asked: Asked) -> Told:
        return listed(request, asked, PARTS, lambda lists: _told(lists, query))

    return page(request, "origins.html", tell)


@router.get("/origin/{identity}")
def origin(request: Request, identity: str) -> Response:
    """The family that a report belongs to; the first six signs of its id are enough."""
    query = dict(request.query_params)

    def tell(_: Shelf, asked: Asked) -> Told:
        return listed(request, asked, PARTS, lambda lists: _one(lists, identity, query))

    return page(request, "origin.html", tell)


def _told(lists: Lists, query: Query) -> Told:
    force, place = (lists.view.current_name(c) if c else None for c in (force_in(query), place_in(query)))
    least, repeats = number_in(query, "outlets", 2, 1, MOST_OUTLETS), flag_in(query, "repeats")
    here = {one for one in lists.of.counts if matches(one, force, place)}
    found = [
        one
        for one in lists.origins.values()
        if len(one.outlets) >= least
        and (not repeats or any(lists.utterances[id_].repeats for id_ in one.utterances))
        and (not (force or place) or any(lists.utterances[id_].contingent in here for id_ in one.utterances))
    ]
    shown = sheet(found, query, ROWS)
    return {
        "filters": kept(query, *FILTERS),
        "least": least,
        "repeats": repeats,
        "all": len(lists.origins),
        "utterances_all": len(lists.utterances),
        "reports_all": sum(len(one.reports) for one in lists.origins.values()),
        "sheet": shown,
        "rows": [_row(lists, one) for one in shown.rows],
        "day": lists.of.day,
    }


def _row(lists: Lists, one: Origin) -> View:
    """A family in a list."""
    first = lists.view.report(one.reports[0])
    said = [lists.utterances[id_] for id_ in one.utterances]
    return {
        "id": one.reports[0],
        "title": (first.title or first.name) if first else "",
        "first": named(first) if first else "",
        "published": one.first_published.isoformat() if one.first_published else None,
        "outlets": one.outlets[:NAMED],
        "outlets_all": len(one.outlets),
        "reports": len(one.reports),
        "repeats": sum(len(u.repeats) for u in said),
        "utterances": [_said(lists, u) for u in said[:NAMED]],
        "more": max(0, len(said) - NAMED),
    }


def _said(lists: Lists, one: Utterance) -> View:
    """What was said, as its first statement has it."""
    first = lists.of.said[one.statements[0]]
    return contingent_view(one.contingent, label) | {
        "statement": first.id,
        "words": figures_in_words(first.figures, first.wording),
        "speaker": first.speaker.words if first.speaker else None,
        "statements": len(one.statements),
        "outlets": len(one.outlets),
        "repeats": len(one.repeats),
    }


def _one(lists: Lists, identity: str, query: Query) -> Told:
    found = find(lists, identity)
    said = [lists.utterances[id_] for id_ in found.utterances]
    shown = sheet(found.reports, query, ROWS)
    return {
        "filters": kept(query),
        "origin": _row(lists, found),
        "trees": [_tree(lists, one) for one in said[:TREES]],
        "more": max(0, len(said) - TREES),
        "sheet": shown,
        "rows": reports_told(lists, list(shown.rows)),
        "day": lists.of.day,
    }


def _tree(lists: Lists, one: Utterance) -> View:
    """The family tree of one utterance, its first ``DEEP`` statements."""
    held = _said(lists, one)
    kin = kin_of(lists.view, one, lambda id_: f"/statement/{id_}", lists.of.said)[:DEEP]
    title = f"{held['force_name']} in {held['place_name']}: {held['words']}"
    return held | {
        "kin": kin,
        "cut": max(0, len(one.statements) - DEEP),
        "picture": family(kin, title) if len(kin) > 1 else None,
        "title": title,
    }


def find(lists: Lists, identity: str) -> Origin:
    """The family of the report whose id begins so; 404 where there is none."""
    if not IDENTITY.fullmatch(identity):
        raise missing("A report has an id of six to 64 signs, 0 to 9 and a to f.")
    if identity in lists.origins:
        return lists.origins[identity]
    fits = [
        one for one in lists.origins.values() if any(report.startswith(identity) for report in one.reports)
    ]
    if len(fits) != 1:
        raise missing(f"{len(fits) or 'No'} families hold a report whose id begins with {identity}.")
    return fits[0]
