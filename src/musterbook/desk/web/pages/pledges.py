"""``/pledges``: what was announced and what became of it, and how often that happens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from fastapi import APIRouter, Request
from starlette.responses import Response

from musterbook.desk.pledging import sentence
from musterbook.desk.views import View, pledge_view, score_view
from musterbook.desk.web.answering import Told, page
from musterbook.desk.web.asked import Asked
from musterbook.desk.web.errors import missing
from musterbook.desk.web.filters import (
    Query,
    choice_in,
    force_in,
    kept,
    page_in,
    place_in,
    sheet,
    words_in,
    year_in,
)
from musterbook.desk.web.later import listed
from musterbook.desk.web.lists import ORDERS, Lists
from musterbook.desk.web.pages.evidence import IDENTITY
from musterbook.desk.web.rows import chain_link, chain_of, pledge_row, statement_rows, timeline_of
from musterbook.desk.web.shelf import Shelf
from musterbook.desk.wiring import label, matches
from musterbook.findings import Pledge, Score, Verdict
from musterbook.reckoning.pledges.scoreboard import JUDGED, KEYS, NOBODY, interval, scoreboard

router = APIRouter()
PARTS = ("pledges", "pledges_by", "scores", "where")
ROWS, LEADERS = 20, 8
Fits = Callable[[Pledge], bool]
FILTERS = ("force", "place", "verdict", "speaker", "year", "by", "order")


@router.get("/pledges")
def pledges(request: Request) -> Response:
    """All announcements that fit, with the scoreboard over them."""
    query = dict(request.query_params)

    def tell(_: Shelf, asked: Asked) -> Told:
        return listed(request, asked, PARTS, lambda lists: _told(lists, query))

    return page(request, "pledges.html", tell)


@router.get("/pledges/scoreboard")
def board(request: Request) -> Response:
    """The whole scoreboard."""
    query = dict(request.query_params)

    def tell(_: Shelf, asked: Asked) -> Told:
        return listed(request, asked, PARTS, lambda lists: _board(lists, query))

    return page(request, "scoreboard.html", tell)


@router.get("/pledge/{identity}")
def pledge(request: Request, identity: str) -> Response:
    """One announcement; the first six signs of its id are enough."""

    def tell(_: Shelf, asked: Asked) -> Told:
        return listed(request, asked, PARTS, lambda lists: _one(lists, identity))

    return page(request, "pledge.html", tell)


def _told(lists: Lists, query: Query) -> Told:
    found = _fitting(lists, query)
    by = choice_in(query, "by", tuple(KEYS), "force")
    order = choice_in(query, "order", tuple(ORDERS), "announced")
    shown, counts = sheet(found, query, ROWS), Counter(one.verdict for one in found)
    scores = _scores(lists, found, by)
    return {
        "filters": kept(query, *FILTERS),
        "sheet": shown,
        "rows": [pledge_row(lists, one) for one in shown.rows],
        "by": by,
        "order": order,
        "orders": tuple(ORDERS),
        "whole": _whole(counts),
        "scores": [_score(score_view(score, label), by) for score in scores[:LEADERS]],
        "scores_all": len(scores),
        "counts": [(str(verdict), counts[verdict]) for verdict in Verdict if counts[verdict]],
        "verdicts": tuple(Verdict),
        "all": len(lists.of.pledges),
        "timeline": timeline_of(lists, shown.rows, "The announcements of this page in time"),
        "day": lists.of.day,
    }


def _board(lists: Lists, query: Query) -> Told:
    found = _fitting(lists, query)
    by = choice_in(query, "by", tuple(KEYS), "force")
    counts = Counter(one.verdict for one in found)
    shown = sheet(_scores(lists, found, by), query)
    return {
        "filters": kept(query, *FILTERS),
        "sheet": shown,
        "by": by,
        "scores": [_score(score_view(score, label), by) for score in shown.rows],
        "whole": _whole(counts),
        "day": lists.of.day,
    }


def _fitting(lists: Lists, query: Query) -> Sequence[Pledge]:
    """The announcements that an address asks for, in its order."""
    page_in(query)  # what is wrong there is told before anything is looked up
    order = choice_in(query, "order", tuple(ORDERS), "announced")
    rules = tuple(_rules(lists, query))
    found = lists.pledges_by[order]
    return [one for one in found if all(fits(one) for fits in rules)] if rules else found


def _rules(lists: Lists, query: Query) -> Iterator[Fits]:
    """What has to hold of an announcement, of all that is asked for."""
    force, place = (lists.view.current_name(c) if c else None for c in (force_in(query), place_in(query)))
    verdict, year = choice_in(query, "verdict", tuple(Verdict)), year_in(query)
    if force or place:
        every = {pledge.contingent for pledge in lists.of.pledges}
        here = {one for one in every if matches(one, force, place)}
        yield lambda p: p.contingent in here
    if verdict:
        yield lambda p: p.verdict == verdict
    if speaker := words_in(query, "speaker").casefold():
        yield lambda p: speaker in f"{p.voice or NOBODY}\n{p.speaker or ''}".casefold()
    if year:
        yield lambda p: p.announced is not None and p.announced.year == year


def _scores(lists: Lists, found: Sequence[Pledge], by: str) -> tuple[Score, ...]:
    """The scoreboard over these; over all of them it is at hand."""
    return lists.scores[by] if len(found) == len(lists.of.pledges) else scoreboard(found, by)


def _whole(counts: Mapping[Verdict, int]) -> View:
    """How many of all of them were kept in time."""
    done, judged = counts[Verdict.KEPT], sum(counts[verdict] for verdict in JUDGED)
    low, high = interval(done, judged) if judged else (None, None)
    return {"kept": done, "judged": judged, "low": low, "high": high}


def _score(row: View, by: str) -> View:
    return row | ({"name": row["of"]} if by == "speaker" else {})


def _one(lists: Lists, identity: str) -> Told:
    found = find(lists, identity)
    view = pledge_view(found, label)
    chain = chain_of(lists, found)
    first = [id_ for id_ in found.basis if id_ not in found.deciding]
    after = [id_ for id_ in found.evidence if id_ not in found.deciding]
    return {
        "pledge": view | {"voice": found.voice},
        "sentence": sentence(view),
        "announced": statement_rows(lists, first),
        "deciding": statement_rows(lists, found.deciding),
        "evidence": statement_rows(lists, after),
        "chain": [chain_link(one, found) for one in chain],
        "timeline": timeline_of(lists, chain or [found], "The announcement in time"),
        "day": lists.of.day,
    }


def find(lists: Lists, identity: str) -> Pledge:
    """The announcement whose id begins so; 404 where there is none or more than one."""
    if not IDENTITY.fullmatch(identity):
        raise missing("An announcement has an id of six to 64 signs, 0 to 9 and a to f.")
    if identity in lists.pledges:
        return lists.pledges[identity]
    fits = [one for name, one in lists.pledges.items() if name.startswith(identity)]
    if len(fits) != 1:
        raise missing(
            f"{len(fits) or 'No'} announcements have an id that begins with {identity}. "
            "An id changes where the announcement is read anew; see all of them at /pledges."
        )
    return fits[0]
