"""``/statement/ID``: the card of one statement: its sentence, speaker, source, and how it was read."""

from __future__ import annotations

import re

from fastapi import APIRouter, Request
from starlette.responses import Response

from musterbook.api import BookView
from musterbook.desk.evidence import evidence_view, sentence_around
from musterbook.desk.web.answering import Told, page
from musterbook.desk.web.asked import Asked
from musterbook.desk.web.errors import missing
from musterbook.desk.web.shelf import Shelf
from musterbook.model import Report, Statement
from musterbook.values import Span

router = APIRouter()
IDENTITY = re.compile(r"[0-9a-f]{6,64}")
AROUND = 300  # characters of the report on each side of the sentence
Piece = tuple[str, bool]
"""Words, and whether they carry the statement."""


@router.get("/statement/{identity}")
def statement(request: Request, identity: str) -> Response:
    """The evidence of one statement; its first six signs are enough."""

    def tell(shelf: Shelf, asked: Asked) -> Told:
        return shelf.ask(asked, lambda view: _told(view, identity))

    return page(request, "statement.html", tell)


def _told(view: BookView, identity: str) -> Told:
    found, report = find(view, identity)
    return {
        "statement": evidence_view(found, report),
        "pieces": pieces(report, found),
        "history": view.history(found.id),
    }


def find(view: BookView, identity: str) -> tuple[Statement, Report]:
    """The statement whose id begins so, with its report; 404 where there is none or more than one."""
    if not IDENTITY.fullmatch(identity):
        raise missing("A statement has an id of six to 64 signs, 0 to 9 and a to f.")
    stated = {
        e.statement.id: e.statement
        for name in view.named(identity)
        for e in view.history(name)
        if e.statement
    }
    fits = [one for name, one in stated.items() if name.startswith(identity)]
    report = view.report(fits[0].report) if len(fits) == 1 else None
    if report is None:
        raise missing(f"{len(fits) or 'No'} statements have an id that begins with {identity}.")
    return fits[0], report


def pieces(report: Report, found: Statement, around: int = AROUND) -> tuple[tuple[Piece, ...], ...]:
    """Before, sentence, after; the sentence in pieces that carry the statement and pieces that do not."""
    first = sentence_around(report, found.evidence[0])
    last = sentence_around(report, found.evidence[-1])
    whole = Span(min(first.start, last.start), max(first.end, last.end))
    before = report.text[max(0, whole.start - around) : whole.start]
    after = report.text[whole.end : whole.end + around]
    return ((before, False),), tuple(_marked(report.text, whole, found.marks)), ((after, False),)


def _marked(text: str, whole: Span, marks: tuple[Span, ...]) -> list[Piece]:
    found, at = list[Piece](), whole.start
    for mark in sorted(one for one in marks if whole.covers(one)):
        if mark.start >= at:
            found += [(text[at : mark.start], False), (mark.cut(text), True)]
            at = mark.end
    return [one for one in (*found, (text[at : whole.end], False)) if one[0]]
