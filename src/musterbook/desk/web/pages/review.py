"""``/review``: what waits for an editor, and one of it with its words, its effect and all that may be done."""

from __future__ import annotations

from datetime import date
from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from musterbook.api import BookView
from musterbook.api.correcting import FIELDS, current
from musterbook.desk.ask import pairs
from musterbook.desk.commands.review import FIELDS as MEANINGS
from musterbook.desk.deeds import step_view
from musterbook.desk.evidence import evidence_view
from musterbook.desk.phrases import figures_in_words
from musterbook.desk.reviewing import state_in_words
from musterbook.desk.views import View, estimate_view
from musterbook.desk.web.accounts.rights import needs
from musterbook.desk.web.answering import Told, own_page, shelf_of
from musterbook.desk.web.asked import Asked
from musterbook.desk.web.errors import missing
from musterbook.desk.web.pages.evidence import IDENTITY, find, pieces
from musterbook.desk.web.shelf import Shelf
from musterbook.desk.web.waiting import REASONS, ROWS, chosen, filter_in, neighbours, rows_of
from musterbook.desk.wiring import label
from musterbook.ledger.asof import folded, in_force, undone
from musterbook.ledger.telling import Step, steps
from musterbook.model import Act, Contingent, CountingRule, Entry, Report, Role, Statement, Status

router = APIRouter(dependencies=[Depends(needs(Role.EDITOR))])
FULL = 64  # signs of a whole id
OTHERS = 12  # statements that are offered to be merged with
CHOICES = {
    "status": tuple(str(one) for one in Status),
    "rule": tuple(str(one) for one in CountingRule),
    "approx": ("no", "yes"),
}


@router.get("/review")
def queue(request: Request) -> Response:
    """The queue, or the part of it that the address asks for."""
    asked, shelf = filter_in(request.query_params), shelf_of(request)
    first = (asked.page - 1) * ROWS

    def tell(snapshot: Any) -> Told:  # noqa: ANN401 -- a Snapshot
        items = chosen(snapshot, asked)
        return {"rows": rows_of(snapshot, items[first : first + ROWS]), "all": len(items)}

    found = shelf.last(tell)
    found["rows"] = [row for row in found["rows"] if _still_waits(shelf.book, row["id"])]
    return own_page(
        request,
        "queue.html",
        asked=asked,
        reasons={name: words for name, (words, _) in REASONS.items()},
        first=first,
        more=first + ROWS < found["all"],
        behind=shelf.behind(),
        flash=flash(request),
        **found,
    )


@router.get("/review/{identity}")
def item(request: Request, identity: str) -> Response:
    """One statement, with its words, and the forms for every decision."""
    return item_page(request, identity)


def item_page(request: Request, identity: str, wrong: str = "", status: int = 200) -> Response:
    """The same; with what was wrong with a form, whose fields are kept."""
    shelf, asked = shelf_of(request), filter_in(request.query_params)
    said, report = find(shelf.book, identity)
    before, after = shelf.last(lambda snapshot: neighbours(chosen(snapshot, asked), said.id))
    where = _contingent(shelf.book, said.id)
    codes = (where.force, where.place.partition("+")[0]) if where else (None, None)
    told = shelf.ask(Asked(), lambda view: _told(view, said, report, where), *codes)
    return own_page(
        request,
        "review.html",
        status,
        asked=asked,
        before=before,
        next=after,
        flash=flash(request),
        wrong=wrong,
        typed=request.state.form,
        fields=field_rows(current(said), request.state.form),
        **told,
    )


def flash(request: Request) -> View | None:
    """What was just done, as the address names it: the decision, and what to name to take it back."""
    entry = request.query_params.get("done", "")
    if len(entry) != FULL or not IDENTITY.fullmatch(entry):
        return None
    past = shelf_of(request).book.history(entry)
    step = next((step for step in steps(past) if step.entry.id == entry), None)
    return None if step is None else _step(step, past)


def field_rows(held: dict[str, str], typed: Any) -> list[View]:  # noqa: ANN401 -- a Form
    """The fields that may be corrected: what they hold, or what was typed; how each is written."""
    return [
        {
            "name": name,
            "value": typed.one(name) if name in typed.held else held[name],
            "meaning": MEANINGS[name][1],
            "example": FIELDS[name][1],
            "choices": CHOICES.get(name, ()),
        }
        for name in FIELDS
    ]


def _told(view: BookView, said: Statement, report: Report, where: Contingent | None) -> Told:
    past = view.history(said.id)
    stands = folded(past)
    guarded = {hold.statement: hold.message for hold in view.holds()}
    standing = [e.statement for e in stands.entries if e.statement]
    day = said.period.last if said.period else report.published
    return {
        "statement": evidence_view(said, report),
        "pieces": pieces(report, said),
        "where": where,
        "day": day,
        "stands": said.id in {one.id for one in standing},
        "instead": [
            {"id": one.id, "words": figures_in_words(one.figures, one.wording)}
            for one in standing
            if one != said
        ],
        "state": state_in_words(said.id, stands, guarded),
        "effect": next((one.reason for one in view.queue() if one.statement == said.id), ""),
        "figure": _figure(view, where, day),
        "history": [_step(step, past) for step in steps(past)][::-1],
        "seen": past[-1].id,
        "others": _others(view, said, report, where),
    }


def _figure(view: BookView, where: Contingent | None, day: date | None) -> View | None:
    """The strength on the day of the statement as it is now."""
    found = view.strength(where, day) if where and day else None
    return estimate_view(found, label) if found else None


def _step(step: Step, past: tuple[Entry, ...]) -> View:
    """One line of a history, and whether it is the decision that may be taken back now."""
    deciding = [e.id for e in in_force(past) if e.act is not Act.RECORD]
    last_undoing = past[-1].id if past[-1].act is Act.UNDO and past[-1].id not in undone(past) else ""
    entry = step.entry
    return step_view(step) | {
        "about": entry.statement.id if entry.statement else _statement_of(past, entry),
        "seen": past[-1].id,
        "may_be_undone": entry.id in (*deciding[-1:], last_undoing),
    }


def _statement_of(past: tuple[Entry, ...], entry: Entry) -> str:
    """A statement of the matter that an entry is on."""
    said = [e.statement.id for e in past if e.statement]
    return entry.target if entry.target in said else next(iter(said), "")


def _contingent(book: BookView, statement: str) -> Contingent | None:
    """The contingent that a statement counts for, or counted for last."""
    brought = [e for e in book.history(statement) if e.statement and e.statement.id == statement]
    return brought[-1].contingent if brought else None


def _others(view: BookView, said: Statement, report: Report, where: Contingent | None) -> list[View]:
    """Statements of the same contingent that were published nearest, to be merged with."""
    if where is None:
        return []
    day = report.published or date.min
    alike = [e for e in view.standing(where).entries if e.statement and e.statement.id != said.id]
    found = pairs(view, alike)
    found.sort(key=lambda pair: abs(((pair[1].published or date.min) - day).days))
    return [
        {
            "id": one.id,
            "words": figures_in_words(one.figures, one.wording),
            "published": of.published,
            "publisher": of.publisher,
        }
        for one, of in found[:OTHERS]
    ]


def _still_waits(book: BookView, statement: str) -> bool:
    """Whether nobody decided since the queue was reckoned."""
    stands = folded(book.history(statement))
    return statement not in stands.confirmed and any(
        e.statement and e.statement.id == statement for e in stands.entries
    )


def check_identity(shelf: Shelf, identity: str) -> str:
    """The whole id of a statement; 404."""
    if not IDENTITY.fullmatch(identity):
        raise missing("A statement has an id of six to 64 signs, 0 to 9 and a to f.")
    return find(shelf.book, identity)[0].id
