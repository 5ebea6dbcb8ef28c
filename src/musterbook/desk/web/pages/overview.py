"""``/``: who has how many troops where on a day, and what there is to know about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from fastapi import APIRouter, Request
from starlette.responses import Response

from musterbook.api.mapping import holdings
from musterbook.charts import world
from musterbook.desk.views import View, contingent_view, estimate_view, pledge_view
from musterbook.desk.web.answering import Told, page
from musterbook.desk.web.asked import EARLIEST, LATEST, Asked, WrongParameterError
from musterbook.desk.web.happenings import Happening, is_due
from musterbook.desk.web.pages.drawn import LAND
from musterbook.desk.web.render import address_of
from musterbook.desk.web.shelf import Shelf
from musterbook.desk.web.snapshot import Snapshot
from musterbook.desk.wiring import label
from musterbook.findings import Estimate
from musterbook.lexicon.register import load_register
from musterbook.model import Contingent

router = APIRouter()
MANY = 10  # rows of each list; the rest has a page of its own
ON_MAP = 200  # circles; of more the smallest are left to the lists


@router.get("/")
def overview(request: Request) -> Response:
    """The first page."""

    def tell(shelf: Shelf, asked: Asked) -> Told:
        force = force_in(request.query_params)
        told = shelf.reckon_at(asked, lambda snapshot: _told(snapshot, asked, force))
        return told | {"behind": shelf.behind() if asked.is_now else 0}

    return page(request, "overview.html", tell)


def force_in(query: Mapping[str, str]) -> str:
    """The code of the force that is asked for; empty for all."""
    words = query.get("force", "").strip()
    found = load_register().resolve_force(words[:80]) if words else ""
    if found is None:
        raise WrongParameterError(
            f"force={words[:40]} is no force that we know; write it as force=us or force=France"
        )
    return found


def _told(found: Snapshot, asked: Asked, force: str) -> Told:
    day, everybody = asked.on or found.day, found.light(asked.on)
    force = found.view.current_name(force) if force else ""

    def wanted(contingent: Contingent) -> bool:
        return force in ("", contingent.force)

    estimates = tuple(e for e in everybody if wanted(e.contingent))
    waiting = found.happenings.waiting(day, wanted)
    held = sum(wanted(hold.contingent) for hold in found.holds)
    return {
        "day": day,
        "force": force,
        "forces": _forces(everybody),
        "map": _map(estimates, day, asked),
        "largest": _largest(estimates),
        "known": sum(e.best is not None for e in estimates),
        "unknown": sum(e.best is None for e in estimates),
        "due": sum(is_due(pledge, day) for pledge in waiting),
        "waiting": [pledge_view(one, label) | {"is_due": is_due(one, day)} for one in waiting[:MANY]],
        "waiting_all": len(waiting),
        "latest": [_happening(one) for one in found.happenings.latest(day, MANY, wanted)],
        "doubts": found.doubts,
        "held": held,
        "is_now": day >= found.day,
    } | _around(day, found.first_day, found.day)


def _around(day: date, first: date, last: date) -> Told:
    """The months before and after, and the days between which the slider goes."""
    before = (day.replace(day=1) - timedelta(1)).replace(day=min(day.day, 28))
    after = (day.replace(day=28) + timedelta(7)).replace(day=min(day.day, 28))
    return {
        "before": before if before >= EARLIEST else None,
        "after": after if after <= LATEST else None,
        "first_day": first,
        "last_day": max(last, first),
    }


def _map(estimates: Iterable[Estimate], day: date, asked: Asked) -> Told:
    """The map, with the largest and as many of the unknown as have room."""
    present = [e for e in estimates if e.best != 0]
    present.sort(key=lambda e: (e.best is None, -(e.best or 0), e.contingent))
    end = asked.query()
    shown = holdings(present[:ON_MAP], lambda identity: address_of(identity) + end)
    return {"picture": world(shown, day, land_at=LAND), "left": len(present[ON_MAP:])}


def _largest(estimates: Iterable[Estimate]) -> list[View]:
    known = sorted((e for e in estimates if e.best), key=lambda e: (-(e.best or 0), e.contingent))
    rows = [estimate_view(estimate, label) for estimate in known[:MANY]]
    most = max((row["best"] for row in rows), default=1)
    return [row | {"share": round(100 * row["best"] / most, 1)} for row in rows]


def _forces(estimates: Sequence[Estimate]) -> list[View]:
    """The forces with how many contingents of each are known, the most widely spread first."""
    known = Counter(e.contingent.force for e in estimates if e.best)
    unknown = Counter(e.contingent.force for e in estimates if e.best is None)
    largest = _best_of_each(estimates)
    rows = [
        {
            "force": code,
            "name": label(code),
            "known": known[code],
            "unknown": unknown[code],
            "largest": largest.get(code),
        }
        for code in known | unknown
    ]
    return sorted(rows, key=lambda row: (-row["known"], -row["unknown"], row["name"]))


def _best_of_each(estimates: Sequence[Estimate]) -> Mapping[str, View]:
    """The largest contingent of each force."""
    found: dict[str, Estimate] = {}
    for estimate in estimates:
        best = found.get(estimate.contingent.force)
        if estimate.best and (best is None or estimate.best > (best.best or 0)):
            found[estimate.contingent.force] = estimate
    return {force: estimate_view(estimate, label) for force, estimate in found.items()}


def _happening(one: Happening) -> View:
    held = {"day": one.day, "what": one.what, "words": one.words, "who": one.who, "statement": one.statement}
    return contingent_view(one.contingent, label) | held
