"""``/review/ID/DEED``: an editor decides. Every decision has a reason, names what was seen last, and can be undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from musterbook.api import OpenBook
from musterbook.api.correcting import EMPTIABLE, FIELDS, NONE, current
from musterbook.desk.deeds import change_view, step_view
from musterbook.desk.ids import full_id
from musterbook.desk.reviewing import fields_of_part
from musterbook.desk.web.accounts.forms import Form
from musterbook.desk.web.accounts.rights import needs
from musterbook.desk.web.accounts.visitor import visitor_of
from musterbook.desk.web.answering import own_page, shelf_of
from musterbook.desk.web.errors import missing
from musterbook.desk.web.pages.evidence import IDENTITY, find
from musterbook.desk.web.pages.review import check_identity, item_page
from musterbook.desk.web.waiting import filter_in
from musterbook.desk.wiring import force_code, place_code
from musterbook.errors import ForbiddenError, OvertakenError, UsageError
from musterbook.ledger.telling import overtaken, steps
from musterbook.model import STATING, Act, Contingent, Role

router = APIRouter(dependencies=[Depends(needs(Role.EDITOR))])
LONGEST = 500  # signs of a reason
PARTS = 12  # of a split
Deed = Callable[[OpenBook, str, Form, str, str, str], bool]
"""Book, statement, form, reason, who, the entry seen last -> whether anything was written."""


@router.post("/review/{identity}/{deed}")
def decide(request: Request, identity: str, deed: str) -> Response:
    """Do it, and show what came of it; 409 with what came in between where somebody was quicker."""
    if deed not in DEEDS:
        raise missing(f"Nobody can {deed[:40]} a statement. One can {', '.join(DEEDS)} it.")
    shelf, form = shelf_of(request), request.state.form
    statement = check_identity(shelf, identity)
    try:
        reason, seen = reason_in(form), seen_in(form)
        DEEDS[deed](shelf.book, statement, form, reason, visitor_of(request).person, seen)
    except OvertakenError:
        return overtaken_page(request, statement, deed)
    except ForbiddenError:
        raise
    except UsageError as wrong:
        return item_page(request, statement, str(wrong), 400)
    shelf.wrote()
    return RedirectResponse(_onwards(request, statement), 303)


def reason_in(form: Form) -> str:
    """Why, on one line; UsageError without one."""
    reason = " ".join(form.one("reason").split())
    if not reason or len(reason) > LONGEST:
        raise UsageError(f"give a reason, of up to {LONGEST} signs, for whoever reads the history")
    return reason


def seen_in(form: Form) -> str:
    """The last entry that the editor saw; UsageError without one, so that nobody decides blindly."""
    seen = form.one("seen")
    if not IDENTITY.fullmatch(seen):
        raise UsageError("the form does not say what you saw last; load the page again")
    return seen


def changed(held: Mapping[str, str], form: Form) -> dict[str, str]:
    """The fields that an editor changed; an emptied one is ``none``."""
    typed = {name: form.one(name) for name in FIELDS if name in form.held}
    return {
        name: words or (NONE if name in EMPTIABLE else "")
        for name, words in typed.items()
        if words != held.get(name, "")
    }


def overtaken_page(request: Request, statement: str, deed: str) -> Response:
    """What somebody else did meanwhile, and how what stands differs from what was seen."""
    past = shelf_of(request).book.history(statement)
    found = overtaken(past, request.state.form.one("seen"))
    return own_page(
        request,
        "overtaken.html",
        409,
        statement=statement,
        deed=deed,
        reason=request.state.form.one("reason"),
        since=[step_view(step) for step in steps(past) if step.entry in found.since],
        changes=[change_view(change) for change in found.changes],
        asked=filter_in(request.query_params),
    )


def _onwards(request: Request, statement: str) -> str:
    """The statement that stands now, or the next one of the queue where the editor goes through it."""
    past = shelf_of(request).book.history(statement)
    query = filter_in(request.query_params).query(done=past[-1].id)
    onwards = request.state.form.one("next")
    if IDENTITY.fullmatch(onwards):
        return f"/review/{onwards}{query}"
    last = past[-1]
    new = last.statement.id if last.act in STATING and last.statement else ""
    if last.act is Act.UNDO:
        new = next((e.target for e in past if e.id == last.target and IDENTITY.fullmatch(e.target)), "")
    return f"/review/{new or statement}{query}"


def _confirm(book: OpenBook, it: str, form: Form, reason: str, who: str, seen: str) -> bool:
    return book.confirm(it, reason, who, seen)


def _retract(book: OpenBook, it: str, form: Form, reason: str, who: str, seen: str) -> bool:
    return book.retract(it, reason, who, seen)


def _hold(book: OpenBook, it: str, form: Form, reason: str, who: str, seen: str) -> bool:
    return book.hold(it, reason, who, seen)


def _apart(book: OpenBook, it: str, form: Form, reason: str, who: str, seen: str) -> bool:
    return book.apart(it, reason, who, seen)


def _correct(book: OpenBook, it: str, form: Form, reason: str, who: str, seen: str) -> bool:
    fields = changed(current(find(book, it)[0]), form)
    if not fields:
        raise UsageError("nothing was changed; change a field, or confirm the statement")
    return book.correct(it, fields, reason, who, seen)


def _split(book: OpenBook, it: str, form: Form, reason: str, who: str, seen: str) -> bool:
    lines = [line.strip() for line in form.one("parts").splitlines() if line.strip()][:PARTS]
    try:
        parts = [book.part(it, fields_of_part(line), seen) for line in lines]
    except ValueError as wrong:  # a quotation mark that is not closed
        raise UsageError(f"the parts cannot be read: {wrong}") from wrong
    return book.split(it, parts, reason, who, seen)


def _merge(book: OpenBook, it: str, form: Form, reason: str, who: str, seen: str) -> bool:
    return book.merge(it, full_id(book, form.one("into")), reason, who, seen)


def _echo(book: OpenBook, it: str, form: Form, reason: str, who: str, seen: str) -> bool:
    return book.echo(it, full_id(book, form.one("into")), reason, who, seen)


def _reassign(book: OpenBook, it: str, form: Form, reason: str, who: str, seen: str) -> bool:
    where = Contingent(force_code(form.one("force")), place_code(form.one("place")), form.one("mission"))
    return book.reassign(it, where, reason, who, seen)


def _undo(book: OpenBook, it: str, form: Form, reason: str, who: str, seen: str) -> bool:
    entry = form.one("entry")
    if entry not in {held.id for held in book.history(it)}:
        raise UsageError("the decision to undo is not one on this statement")
    return book.undo(entry, reason, who, seen)


DEEDS: Mapping[str, Deed] = {
    "confirm": _confirm,
    "correct": _correct,
    "retract": _retract,
    "hold": _hold,
    "merge": _merge,
    "echo": _echo,
    "apart": _apart,
    "split": _split,
    "reassign": _reassign,
    "undo": _undo,
}
