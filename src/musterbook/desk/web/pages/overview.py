"""``/``: who has how many troops where on a day, and what there is to know about it."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request
from starlette.responses import Response

from musterbook.api import BookView
from musterbook.desk.views import View, estimate_view, pledge_view
from musterbook.desk.web.answering import Told, page
from musterbook.desk.web.asked import Asked
from musterbook.desk.web.shelf import Shelf, Snapshot
from musterbook.desk.wiring import label
from musterbook.findings import Estimate, Pledge, Verdict

router = APIRouter()
DUE = (Verdict.DUE, Verdict.OPEN)
MANY = 12  # rows of each list; the rest has a page of its own


@router.get("/")
def overview(request: Request) -> Response:
    """The first page."""
    return page(request, "overview.html", tell)


def tell(shelf: Shelf, asked: Asked) -> Told:
    """What the first page shows."""
    if asked.known or asked.public or asked.held:
        return shelf.ask(asked, lambda view: _of_view(view, asked.on))
    return shelf.reckon(lambda snapshot: _of_snapshot(snapshot, asked.on)) | {"behind": shelf.behind()}


def _of_snapshot(found: Snapshot, on: date | None) -> Told:
    return _told(found.strengths(on), found.pledges, on or found.day) | {
        "held": len(found.holds),
        "lines": found.size,
    }


def _of_view(view: BookView, on: date | None) -> Told:
    day = view.asked_for(on)
    return _told(view.contingents(on), view.pledges(on), day) | {"held": 0, "lines": 0, "behind": 0}


def _told(strengths: tuple[Estimate, ...], pledges: tuple[Pledge, ...], day: date) -> Told:
    rows = [estimate_view(estimate, label) for estimate in strengths]
    known = [row for row in rows if row["best"] is not None]
    known.sort(key=lambda row: (-row["best"], row["contingent"]))
    waiting = [pledge_view(one, label) for one in pledges if one.verdict in DUE]
    waiting.sort(key=lambda row: (row["verdict"] != Verdict.DUE, row["deadline"] or "9999"))
    return {
        "day": day,
        "largest": known[:MANY],
        "known": len(known),
        "unknown": len(rows) - len(known),
        "forces": len({row["force"] for row in known}),
        "waiting": waiting[:MANY],
        "waiting_all": len(waiting),
        "latest": _latest(pledges)[:MANY],
    }


def _latest(pledges: tuple[Pledge, ...]) -> list[View]:
    """The announcements that were made or decided last."""
    dated = [(one.decided_on or one.announced, one) for one in pledges if one.decided_on or one.announced]
    dated.sort(key=lambda pair: (str(pair[0]), pair[1].id), reverse=True)
    return [pledge_view(one, label) for _, one in dated[:MANY]]
