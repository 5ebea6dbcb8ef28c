"""``/report/ID/mark``: an editor chooses the words that carry a statement, or takes a new one from them.

Without a script one chooses a sentence, then its first and last word; with one, words are marked with the mouse.
"""

from __future__ import annotations

import re
from itertools import pairwise

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from musterbook.api.correcting import FIELDS, current
from musterbook.desk.views import View, source_view
from musterbook.desk.web.accounts.forms import Form
from musterbook.desk.web.accounts.rights import needs
from musterbook.desk.web.accounts.visitor import visitor_of
from musterbook.desk.web.answering import own_page, shelf_of
from musterbook.desk.web.asked import WrongParameterError, number_in
from musterbook.desk.web.errors import missing
from musterbook.desk.web.pages.deciding import changed, overtaken_page, reason_in, seen_in
from musterbook.desk.web.pages.evidence import find
from musterbook.desk.web.pages.review import field_rows
from musterbook.errors import ForbiddenError, OvertakenError, UsageError
from musterbook.ledger.asof import folded
from musterbook.lexicon.pack import load_pack
from musterbook.lexicon.series import is_table
from musterbook.model import Report, Role, Statement
from musterbook.reading.sheet import cut_up
from musterbook.values import Span

router = APIRouter(dependencies=[Depends(needs(Role.EDITOR))])
WORD = re.compile(r"\S+")
LINE = re.compile(r"[^\n]+")
WHOLE = 30_000  # characters of a report whose words may all be marked; of a longer one those near a sentence
NEAR = 10  # sentences on each side of it
MOST = 100_000_000
BLANK = dict.fromkeys(FIELDS, "") | {"status": "current", "rule": "unspecified", "approx": "no"}


@router.get("/report/{identity}/mark")
def mark(request: Request, identity: str) -> Response:
    """The text, its sentences numbered, and the form."""
    return _page(request, _report(request, identity), request.query_params.get("statement", ""))


@router.post("/report/{identity}/mark")
def take(request: Request, identity: str) -> Response:
    """The words are chosen: a statement rests on them from now on."""
    report, form, shelf = _report(request, identity), request.state.form, shelf_of(request)
    statement, who = form.one("statement"), visitor_of(request).person
    try:
        words, reason = _words_in(form, report), reason_in(form)
        if statement:
            new = _replace(request, report, statement, words, reason)
        else:
            fields = {name: said for name in FIELDS if (said := form.one(name))}
            new = shelf.book.state(report.id, words, fields, reason, who)
    except OvertakenError:
        return overtaken_page(request, statement, "correct")
    except ForbiddenError:
        raise
    except UsageError as wrong:
        return _page(request, report, statement, str(wrong))
    shelf.wrote()
    return RedirectResponse(f"/review/{new}?done={shelf.book.history(new)[-1].id}", 303)


def stretches(report: Report) -> list[Span]:
    """The sentences of a report (of a table its lines), and what lies between them, so that nothing is left out."""
    if is_table(report.language):
        return [Span(*found.span()) for found in LINE.finditer(report.text)]
    sentences = [one.span for one in cut_up(report.text, load_pack(report.language)).sentences]
    ends = [Span(0, 0), *sentences, Span(len(report.text), len(report.text))]
    gaps = [Span(a.end, b.start) for a, b in pairwise(ends) if a.end < b.start]
    return sorted(one for one in (*sentences, *gaps) if one.cut(report.text).strip())


def words_of(text: str, span: Span) -> list[View]:
    """Its words with their places in the text."""
    return [
        {"start": found.start(), "end": found.end(), "words": found[0]}
        for found in WORD.finditer(text, span.start, span.end)
    ]


def _page(request: Request, report: Report, statement: str, wrong: str = "") -> Response:
    form, book = request.state.form, shelf_of(request).book
    said = _statement(request, report, statement)
    found = stretches(report)
    chosen = _chosen(request, found, said)
    held = said.evidence[0] if said else None
    return own_page(
        request,
        "mark.html",
        400 if wrong else 200,
        report=source_view(report) | {"id": report.id},
        sentences=_sentences(report, found, chosen),
        chosen=chosen,
        words=words_of(report.text, found[chosen]) if chosen is not None else [],
        start=_typed(form, "start", held.start if held else None),
        end=_typed(form, "end", held.end if held else None),
        statement=said.id if said else "",
        seen=book.history(said.id)[-1].id if said else "",
        fields=field_rows(current(said) if said else BLANK, form),
        reason=form.one("reason"),
        wrong=wrong,
    )


def _report(request: Request, identity: str) -> Report:
    found = shelf_of(request).book.report(identity)
    if found is None:
        raise missing("The book has no report with that id.")
    return found


def _statement(request: Request, report: Report, identity: str) -> Statement | None:
    """The statement whose words are chosen anew; 404 where it is not of this report or does not stand."""
    if not identity:
        return None
    book = shelf_of(request).book
    said, of = find(book, identity)
    standing = {e.statement.id for e in folded(book.history(said.id)).entries if e.statement}
    if of.id != report.id or said.id not in standing:
        raise missing("No such statement of this report stands in the book.")
    return said


def _chosen(request: Request, found: list[Span], said: Statement | None) -> int | None:
    """The sentence whose words are offered: the one asked for, else that of the statement."""
    if request.query_params.get("sentence"):
        number = number_in(request.query_params, "sentence", 1, 1, MOST)
        if number > len(found):
            raise WrongParameterError(f"sentence={number}: the report has {len(found)}")
        return number - 1
    if said is None:
        return None
    return next((n for n, one in enumerate(found) if one.meets(said.evidence[0])), None)


def _sentences(report: Report, found: list[Span], chosen: int | None) -> list[View]:
    """The sentences; their words singly where they may be marked."""
    is_short, middle = len(report.text) <= WHOLE, chosen or 0
    return [
        {
            "number": n + 1,
            "text": one.cut(report.text),
            "words": words_of(report.text, one) if is_short or abs(n - middle) <= NEAR else [],
        }
        for n, one in enumerate(found)
    ]


def _typed(form: Form, name: str, held: int | None) -> int | None:
    words = form.one(name)
    return int(words) if words.isascii() and words.isdigit() and len(words) < 10 else held


def _words_in(form: Form, report: Report) -> Span:
    """The words that were chosen; UsageError where there are none, or they are not of the text."""
    start, end = _typed(form, "start", None), _typed(form, "end", None)
    if start is None or end is None:
        raise UsageError("choose the words: a first and a last one")
    if not start < end <= len(report.text) or not report.text[start:end].strip():
        raise UsageError("the last word comes before the first, or both lie outside of the text")
    return Span(start, end)


def _replace(request: Request, report: Report, statement: str, words: Span, reason: str) -> str:
    """The statement rests on these words, with the fields that were changed; the id under which it stands."""
    book, form = shelf_of(request).book, request.state.form
    said = _statement(request, report, statement)
    seen = seen_in(form)
    if said is None:
        raise UsageError("name the statement")
    book.correct(said.id, changed(current(said), form), reason, visitor_of(request).person, seen, words)
    last = book.history(said.id)[-1]
    return last.statement.id if last.statement else said.id
