"""``/report/ID``: a whole report with all its statements marked in the text."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import APIRouter, Request
from starlette.responses import Response

from musterbook.api import BookView
from musterbook.desk.evidence import evidence_view
from musterbook.desk.web.answering import Told, page
from musterbook.desk.web.asked import Asked
from musterbook.desk.web.errors import missing
from musterbook.desk.web.pages.evidence import IDENTITY, of_report
from musterbook.desk.web.passages import passages
from musterbook.desk.web.shelf import Shelf
from musterbook.model import Report, Statement
from musterbook.values import Span

router = APIRouter()


@router.get("/report/{identity}")
def report(request: Request, identity: str) -> Response:
    """The report with this id."""

    def tell(shelf: Shelf, asked: Asked) -> Told:
        return shelf.ask(asked, lambda view: _told(shelf, view, find(view, identity)))

    return page(request, "report.html", tell)


def find(view: BookView, identity: str) -> Report:
    """The report; 404 where the book has none with that id, or it was not out by then."""
    found = view.report(identity) if IDENTITY.fullmatch(identity) else None
    limit = view.lens.public
    if found is None or (limit and (found.published is None or found.published > limit)):
        raise missing("The book has no report with that id. Statements lead to theirs.")
    return found


def _told(shelf: Shelf, view: BookView, found: Report) -> Told:
    said = of_report(view, shelf, found)
    reading = shelf.book.reading(found.id)
    return {
        "report": found,
        "statements": [evidence_view(one, found) for one in said],
        "passages": tuple(passages(found.text, marks_of(said))),
        "numbers": {one.id: number for number, one in enumerate(said, 1)},
        "people": reading.people if reading else (),
        "events": reading.events if reading else (),
        "doubts": reading.doubts if reading else (),
    }


def marks_of(said: Iterable[Statement]) -> list[tuple[Span, str]]:
    """The clauses that state something, each under the id of its statement."""
    return [(span, one.id) for one in said for span in one.evidence]
