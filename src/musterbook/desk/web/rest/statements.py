"""Who said what: statements with their words, one with all that it stands on, and the proof that it is in the book."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from musterbook.desk.deeds import step_view
from musterbook.desk.evidence import evidence_view
from musterbook.desk.finding import has_words, wanted_words
from musterbook.desk.reviewing import state_in_words
from musterbook.desk.views import View, statement_view
from musterbook.desk.web.errors import missing
from musterbook.desk.web.pages.evidence import IDENTITY, find, pieces
from musterbook.desk.web.rest import parameters, shapes
from musterbook.desk.web.rest.call import Call, Source
from musterbook.desk.web.rest.operations import ROOT, Part
from musterbook.desk.web.rest.paging import Key, Listing, known_or_not
from musterbook.desk.wiring import label
from musterbook.errors import UsageError
from musterbook.ledger.asof import folded
from musterbook.ledger.telling import steps
from musterbook.model import Contingent, Entry, Report, Statement

part = Part("Statements")
ORDERS = ("-published", "published", "-recorded", "recorded")
SORT = parameters.choice(
    "sort",
    "The order: by day of publication or by the moment of the book; with “-”, the latest first.",
    ORDERS,
    ORDERS[0],
)
FILTERS = (
    *parameters.WHERE,
    parameters.STATUS,
    *parameters.PUBLISHED,
    parameters.PUBLISHER,
    parameters.SPEAKER,
    parameters.WANTED,
)


@dataclass(frozen=True, slots=True)
class Told:
    """A statement that stands, with its line and its report."""

    entry: Entry
    statement: Statement
    report: Report


def told_in(source: Source) -> list[Told]:
    """The statements that stand, of the force and place that are asked for."""
    entries = [e for e in source.view.entries() if e.statement and source.fits(e.contingent)]
    reports = source.view.reports_of(entries)
    return [Told(e, e.statement, reports[e.statement.report]) for e in entries if e.statement]


@part.lists("/statements", shapes.Statement, *parameters.CLOCKS, *FILTERS, SORT)
def statements(call: Call, source: Source) -> Listing[Told]:
    """Statements that stand.

    Retracted and replaced ones are left out; `/changes` tells of them. `evidence` are the words of the report that
    state it. Figures are persons: `level` is a strength, `before`, `after` and `delta` tell a change. With `on`, only
    what was published by that day.
    """
    tests = filters_of(call)
    found = [one for one in told_in(source) if all(test(one) for test in tests)]
    by, falling = call["sort"].lstrip("-"), call["sort"].startswith("-")

    def key(one: Told) -> Key:
        if by == "recorded":
            return [one.entry.recorded.isoformat(), one.statement.id]
        return [known_or_not(_day(one.report)), one.statement.id]

    return Listing(found, key, statement_row, falling, by)


def _day(report: Report) -> str | None:
    return report.published.isoformat() if report.published else None


def statement_row(one: Told) -> View:
    """A statement as the API tells it."""
    view = statement_view(one.statement, one.report, label)
    view.pop("source")  # a name on the machine that read it
    return view | {
        "contingent": one.entry.contingent.id if one.entry.contingent else None,
        "recorded": one.entry.recorded.isoformat(),
    }


def filters_of(call: Call) -> list[Callable[[Told], bool]]:
    """The tests that a statement must pass."""
    tests: list[Callable[[Told], bool]] = [
        lambda one: is_between(one.report, call["published_from"], call["published_to"])
    ]
    if call["on"]:
        tests.append(lambda one: one.report.published is None or one.report.published <= call["on"])
    if call["status"]:
        tests.append(lambda one: one.statement.status == call["status"])
    if call["publisher"]:
        tests.append(lambda one: one.report.publisher.casefold() == call["publisher"].casefold())
    if speaker := wanted_words(call["speaker"]):
        tests.append(
            lambda one: has_words(speaker, one.statement.speaker.words if one.statement.speaker else "")
        )
    if words := wanted_words(call["q"]):
        tests.append(lambda one: has_words(words, *texts_of(one)))
    return tests


def texts_of(one: Told) -> tuple[str, ...]:
    """The words in which a statement is looked for."""
    said, report = one.statement, one.report
    spoken = said.speaker.words if said.speaker else ""
    return (*(span.cut(report.text) for span in said.evidence), report.title, report.publisher, spoken)


def is_between(report: Report, first: date | None, last: date | None) -> bool:
    """Whether a report was published between two days; one without a day is so only where none is asked for."""
    if report.published is None:
        return first is None and last is None
    return (first or report.published) <= report.published <= (last or report.published)


@part.tells("/statements/{id}", shapes.Evidence, parameters.KNOWN, statuses=(404,))
def statement(call: Call) -> View:
    """One statement with all that it stands on.

    The sentence in pieces, those that carry it marked; the text before and after it; how it was dated; its history;
    and where its proof is. The first six signs of the id are enough. Also statements that were taken back are told:
    their `state` says so.
    """

    def look(source: Source) -> tuple[Statement, Report, tuple[Entry, ...]]:
        said, report = find(source.view, call.path["id"])
        return said, report, source.view.history(said.id)

    said, report, past = call.shelf.ask(call.asked, lambda view: look(Source(view, call.asked)))
    entry = _entry_of(past, said)
    where = entry.contingent if entry else None
    state = _state(call, said, past, where)
    view = evidence_view(said, report)
    view.pop("source")
    before, sentence, after = pieces(report, said)
    return view | {
        "contingent": where.id if where else None,
        "recorded": entry.recorded.isoformat() if entry else past[0].recorded.isoformat(),
        "leading": "".join(words for words, _ in before),
        "pieces": [{"words": words, "marked": marked} for words, marked in sentence],
        "following": "".join(words for words, _ in after),
        "state": state,
        "history": [step_view(step) for step in steps(past)],
        "seen": past[-1].id,
        "proof": f"{ROOT}/statements/{said.id}/proof",
    }


def _entry_of(past: tuple[Entry, ...], said: Statement) -> Entry | None:
    """The line that brought the statement, as it stands or as it last stood."""
    standing = [e for e in folded(past).entries if e.statement and e.statement.id == said.id]
    brought = [e for e in past if e.statement and e.statement.id == said.id]
    return next(iter(standing or brought[::-1]), None)


def _state(call: Call, said: Statement, past: tuple[Entry, ...], where: Contingent | None) -> str:
    found = folded(past)
    if all(e.statement is None or e.statement.id != said.id for e in found.entries):
        return "taken back"
    if where is None:
        return state_in_words(said.id, found, {})
    codes = where.force, where.place
    guarded = call.through(lambda source: {hold.statement: hold.message for hold in source.holds()}, codes)
    return state_in_words(said.id, found, guarded)


@part.tells("/statements/{id}/proof", shapes.Proof, statuses=(404,))
def proof(call: Call) -> View:
    """Proof that a statement stands in the book.

    Its line exactly as it is hashed, and the way from there to the root of the tree over all lines (RFC 9162).
    `tools/check_proof.py` checks it with nothing but Python. `/changes` tells the same root.
    """
    identity = call.path["id"]
    if not IDENTITY.fullmatch(identity):
        raise missing("A statement has an id of six to 64 signs, 0 to 9 and a to f.")
    try:
        found: dict[str, Any] = msgspec.to_builtins(call.shelf.book.prove(identity))
    except UsageError as wrong:
        raise missing(f"{wrong}") from None
    return found
