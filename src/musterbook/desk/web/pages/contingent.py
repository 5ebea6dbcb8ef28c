"""``/usa/irq``: one force in one place over time, every figure with its evidence."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from musterbook.api import BookView
from musterbook.desk.ask import contingent_rows, pairs, statement_rows
from musterbook.desk.asking import chosen
from musterbook.desk.views import pledge_view
from musterbook.desk.web.answering import Told, page
from musterbook.desk.web.asked import Asked
from musterbook.desk.web.errors import missing
from musterbook.desk.web.shelf import Shelf
from musterbook.desk.wiring import label, matches
from musterbook.lexicon.register import load_register

router = APIRouter()
LONGEST = 80  # signs of a name


@router.get("/{force}/{place}")
def contingent(request: Request, force: str, place: str) -> Response:
    """A force in a place, both by code or name."""

    def tell(shelf: Shelf, asked: Asked) -> Told:
        codes = codes_of(force, place)
        return shelf.ask(asked, lambda view: _told(view, asked, *codes), *codes)

    return page(request, "contingent.html", tell)


def codes_of(force: str, place: str) -> tuple[str, str]:
    """The codes of a force and a place as they stand in an address; 404 where no register knows one."""
    found = load_register()
    codes = found.resolve_force(_words(force)), found.resolve_place(_words(place))
    if codes[0] is None:
        raise missing(f"No force is known as {force[:LONGEST]}. Write it as in /us/iraq or /un:minusma/mli.")
    if codes[1] is None:
        raise missing(f"No place is known as {place[:LONGEST]}. Write it as in /us/iraq or /deu/mli.")
    return codes[0], codes[1]


def _words(name: str) -> str:
    return name[: LONGEST + 1].replace("_", " ")


def _told(view: BookView, asked: Asked, force: str, place: str) -> Told:
    force, place = view.current_name(force), view.current_name(place)
    entries = [e for e in view.entries() if e.contingent and matches(e.contingent, force, place)]
    if not entries:
        raise missing(f"The book has nothing on {label(force)} in {label(place)}.")
    rows = statement_rows(pairs(view, entries), label)
    pledges = [pledge_view(pledge, label) for pledge in view.pledges(asked.on)]
    return {
        "force": force,
        "place": place,
        "day": view.asked_for(asked.on),
        "strengths": chosen(view, contingent_rows(view, asked.on, label), force, place),
        "statements": rows[::-1],
        "pledges": chosen(view, pledges, force, place),
    }
