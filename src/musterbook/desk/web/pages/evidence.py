"""``/statement/ID``: the card of one statement: its sentence, speaker, source, kin, and the proof that it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass

import msgspec
from fastapi import APIRouter, Request
from starlette.responses import Response

from musterbook.api import BookView
from musterbook.api.tracing import kin_of
from musterbook.charts import Picture, family
from musterbook.desk.citing import Cited, as_bibtex, as_text, as_wikipedia
from musterbook.desk.evidence import evidence_view, sentence_around
from musterbook.desk.views import View
from musterbook.desk.web.answering import Told, kept, page, shelf_of
from musterbook.desk.web.asked import Asked, asked_in
from musterbook.desk.web.errors import missing
from musterbook.desk.web.passages import passages
from musterbook.desk.web.picturing import evidence_at
from musterbook.desk.web.render import link
from musterbook.desk.web.shelf import Shelf
from musterbook.ledger.asof import folded
from musterbook.ledger.proof import Proof
from musterbook.model import STATING, Contingent, Entry, Report, Statement
from musterbook.values import Span

router = APIRouter()
IDENTITY = re.compile(r"[0-9a-f]{6,64}")
AROUND = 300  # characters of the report on each side of the sentence
KIN = 40  # reports of a family tree; more are told in a number
QUICK = 20_000  # lines of a book of which a proof takes no time
Piece = tuple[str, bool]
"""Words, and whether they carry the statement."""


@router.get("/statement/{identity}")
def statement(request: Request, identity: str) -> Response:
    """The evidence of one statement; its first six signs are enough."""

    def tell(shelf: Shelf, asked: Asked) -> Told:
        card = shelf.ask(asked, lambda view: card_of(view, identity))
        where = card.contingent
        codes = (where.force, where.place) if where else ()
        return shelf.ask(asked, lambda view: _told(shelf, view, card), *codes)

    return page(request, "statement.html", tell)


@router.get("/statement/{identity}/proof.json")
def proof_file(request: Request, identity: str) -> Response:
    """The proof as ``tools/check_proof.py`` takes it."""

    def make() -> Response:
        found = _proof(request, identity)
        name = f'attachment; filename="proof-{identity[:12]}.json"'
        headers = {"Content-Disposition": name}
        return Response(msgspec.json.encode(found), media_type="application/json", headers=headers)

    return kept(request, make)


@router.get("/statement/{identity}/proof")
def proof_page(request: Request, identity: str) -> Response:
    """The proof to look at."""

    def tell(shelf: Shelf, asked: Asked) -> Told:
        card = shelf.ask(asked, lambda view: card_of(view, identity))
        return {"identity": card.said.id, "proof": shelf.book.prove(card.said.id)}

    return page(request, "proof.html", tell)


def _proof(request: Request, identity: str) -> Proof:
    shelf, asked = shelf_of(request), asked_in(request.query_params)
    card = shelf.ask(asked, lambda view: card_of(view, identity))
    return shelf.book.prove(card.said.id)


@dataclass(frozen=True, slots=True)
class Card:
    """A statement with its report, and all that was ever decided about it."""

    said: Statement
    report: Report
    history: tuple[Entry, ...]

    @property
    def contingent(self) -> Contingent | None:
        """What it counts for, or counted for last."""
        found = [
            e.contingent
            for e in self.history
            if e.act in STATING and e.statement and e.statement.id == self.said.id
        ]
        return found[-1] if found else None

    @property
    def reader(self) -> Entry | None:
        """The line that first brought it."""
        return next((e for e in self.history if e.statement and e.statement.id == self.said.id), None)


def card_of(view: BookView, identity: str) -> Card:
    """The card of the statement whose id begins so; 404 where there is none or more than one."""
    said, report = find(view, identity)
    return Card(said, report, view.history(said.id))


def _told(shelf: Shelf, view: BookView, card: Card) -> Told:
    said, report, where = card.said, card.report, card.contingent
    standing = folded(card.history)
    sentence = evidence_view(said, report)
    lines = shelf.edge()[0]
    return {
        "statement": sentence,
        "said": said,
        "contingent": where,
        "pieces": pieces(report, said),
        "history": card.history,
        "reader": card.reader,
        "stands": any(e.statement and e.statement.id == said.id for e in standing.entries),
        "confirmed": standing.confirmed.get(said.id),
        "held": _held(view, said, where),
        "beside": [evidence_view(one, report) for one in of_report(view, shelf, report) if one.id != said.id],
        "lines": lines,
        "proof": shelf.book.prove(said.id) if lines <= QUICK else None,
        "cited": cited(sentence, report),
    } | _family(view, said, where)


def _held(view: BookView, said: Statement, where: Contingent | None) -> str:
    holds = view.holds(where) if where else ()
    return next((hold.message for hold in holds if hold.statement == said.id), "")


def _family(view: BookView, said: Statement, where: Contingent | None) -> Told:
    """The tree of the reports that tell the same, where there is more than one."""
    told = view.utterances(where) if where else ()
    one = next((utterance for utterance in told if said.id in utterance.statements), None)
    if one is None or len(one.statements) < 2:
        return {"tree": None, "kin": 1 if one else 0, "outlets": ()}
    kin = kin_of(view, one, evidence_at)
    shown = kin[:KIN] + tuple(k for k in kin[KIN:] if k.statement == said.id)
    tree: Picture = family(shown, "What goes back to one announcement")
    return {"tree": tree, "kin": len(kin), "outlets": one.outlets}


def of_report(view: BookView, shelf: Shelf, report: Report) -> tuple[Statement, ...]:
    """The statements of a report that stand, in the order of the text."""
    reading = shelf.book.reading(report.id)
    found: dict[str, Statement] = {}
    for read in reading.statements if reading else ():
        for entry in folded(view.history(read.id)).entries:
            if entry.statement and entry.statement.report == report.id:
                found[entry.statement.id] = entry.statement
    return tuple(sorted(found.values(), key=lambda one: (one.evidence[0], one.id)))


def cited(sentence: View, report: Report) -> dict[str, str]:
    """How the statement is cited."""
    retrieved = report.retrieved.date() if report.retrieved else None
    words = " ".join(sentence["sentences"])
    head = report.title, report.publisher, link(report.url), report.published, retrieved, report.credits
    one = Cited(sentence["id"], words, *head)
    return {"Text": as_text(one), "BibTeX": as_bibtex(one), "Wikipedia": as_wikipedia(one)}


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
    marks = ((mark, found.id) for mark in found.marks)
    sentence = tuple((one.words, one.is_marked) for one in passages(report.text, marks, whole))
    return ((before, False),), sentence, ((after, False),)
