"""Editors decide by their keys: each decision is one more line of the book, with its reason, and can be undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated

import msgspec

from musterbook.api import OpenBook
from musterbook.desk.deeds import step_view
from musterbook.desk.ids import full_id
from musterbook.desk.reviewing import last_decision
from musterbook.desk.views import View
from musterbook.desk.web.asked import WrongParameterError
from musterbook.desk.web.errors import missing
from musterbook.desk.web.pages.evidence import IDENTITY
from musterbook.desk.web.rest import shapes
from musterbook.desk.web.rest.call import Call
from musterbook.desk.web.rest.keys import DECIDE
from musterbook.desk.web.rest.operations import Part
from musterbook.desk.wiring import force_code, place_code
from musterbook.ledger.telling import steps
from musterbook.model import Contingent

part = Part("Deciding")
Why = Annotated[str, msgspec.Meta(min_length=1, max_length=2_000)]
Seen = Annotated[str, msgspec.Meta(pattern="^([0-9a-f]{6,64})?$")]
Identity = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{6,64}$")]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Words = Annotated[str, msgspec.Meta(max_length=200)]
Fields = Annotated[dict[str, Words], msgspec.Meta(min_length=1, max_length=20)]
Deed = Callable[[OpenBook, str, str], bool]  # book, id, entry seen -> whether anything was written


class Reason(msgspec.Struct, forbid_unknown_fields=True):
    """Why, and the last entry on the matter that was seen: where somebody decided since, the answer is 409."""

    reason: Why
    after: Seen = ""


class Correction(Reason, forbid_unknown_fields=True, kw_only=True):
    """The fields that are otherwise: ``{"level": "2500", "place": "IRQ"}``; "none" empties one."""

    fields: Fields


class Reassignment(Reason, forbid_unknown_fields=True, kw_only=True):
    """The contingent that it counts for: ``USA/IRQ``, ``DEU/MLI/UN:MINUSMA``."""

    contingent: Name


class Pointing(Reason, forbid_unknown_fields=True, kw_only=True):
    """The id of the other statement."""

    into: Identity


class Parts(Reason, forbid_unknown_fields=True, kw_only=True):
    """The fields of each statement that stands in its place."""

    parts: Annotated[list[Fields], msgspec.Meta(min_length=2, max_length=20)]


def _path(what: str) -> str:
    return f"/statements/{{id}}/{what}"


@part.writes(_path("confirm"), Reason, shapes.Decided, DECIDE, 404, 409)
def confirm(call: Call, told: Reason) -> tuple[int, View]:
    """Vouch for a statement.

    What was held is let go.
    """
    return _decided(call, told, lambda book, it, seen: book.confirm(it, told.reason, after=seen))


@part.writes(_path("retract"), Reason, shapes.Decided, DECIDE, 404, 409)
def retract(call: Call, told: Reason) -> tuple[int, View]:
    """Take a statement back.

    From now on it supports nothing; what was known before stays as it was.
    """
    return _decided(call, told, lambda book, it, seen: book.retract(it, told.reason, after=seen))


@part.writes(_path("hold"), Reason, shapes.Decided, DECIDE, 404, 409)
def hold(call: Call, told: Reason) -> tuple[int, View]:
    """Hold a statement for review.

    Until somebody confirms it, it moves no figure.
    """
    return _decided(call, told, lambda book, it, seen: book.hold(it, told.reason, after=seen))


@part.writes(_path("apart"), Reason, shapes.Decided, DECIDE, 404, 409)
def apart(call: Call, told: Reason) -> tuple[int, View]:
    """Say that a statement stands by itself.

    It goes back to no other, whatever it resembles.
    """
    return _decided(call, told, lambda book, it, seen: book.apart(it, told.reason, after=seen))


@part.writes(_path("correct"), Correction, shapes.Decided, DECIDE, 404, 409)
def correct(call: Call, told: Correction) -> tuple[int, View]:
    """Put a statement right.

    Its evidence stays: a correction says what the words mean. The fields are level, before, after, delta, ratio, low,
    high, approx, status, force, place, period, rule, speaker, unit.
    """
    return _decided(call, told, lambda book, it, seen: book.correct(it, told.fields, told.reason, after=seen))


@part.writes(_path("split"), Parts, shapes.Decided, DECIDE, 404, 409)
def split(call: Call, told: Parts) -> tuple[int, View]:
    """Make several statements of one.

    Each part has the evidence of the statement, with the fields that are otherwise.
    """

    def deed(book: OpenBook, statement: str, seen: str) -> bool:
        last = seen or book.history(statement)[-1].id
        said = [book.part(statement, fields, last) for fields in told.parts]
        return book.split(statement, said, told.reason, after=last)

    return _decided(call, told, deed)


@part.writes(_path("reassign"), Reassignment, shapes.Decided, DECIDE, 404, 409)
def reassign(call: Call, told: Reassignment) -> tuple[int, View]:
    """Let a statement count for another contingent."""
    force, _, rest = told.contingent.partition("/")
    place, _, mission = rest.partition("/")
    if not force or not place:
        raise WrongParameterError(f"contingent={told.contingent[:40]} is none; write it as in USA/IRQ")
    where = Contingent(force_code(force), place_code(place), mission)
    return _decided(call, told, lambda book, it, seen: book.reassign(it, where, told.reason, after=seen))


@part.writes(_path("merge"), Pointing, shapes.Decided, DECIDE, 404, 409)
def merge(call: Call, told: Pointing) -> tuple[int, View]:
    """Make two statements one claim.

    The first goes, the one named by `into` stays.
    """
    return _decided(
        call, told, lambda book, it, seen: book.merge(it, named(book, told.into), told.reason, after=seen)
    )


@part.writes(_path("echo"), Pointing, shapes.Decided, DECIDE, 404, 409)
def echo(call: Call, told: Pointing) -> tuple[int, View]:
    """Say that a statement only tells another again.

    Both stand, and count as one utterance.
    """
    return _decided(
        call, told, lambda book, it, seen: book.echo(it, named(book, told.into), told.reason, after=seen)
    )


@part.writes(_path("undo"), Reason, shapes.Decided, DECIDE, 404, 409)
def undo(call: Call, told: Reason) -> tuple[int, View]:
    """Take back the last decision on a statement.

    The id may also be that of the decision. An undoing may itself be undone.
    """
    return _decided(
        call, told, lambda book, it, seen: book.undo(last_decision(book, it), told.reason, after=seen)
    )


def named(book: OpenBook, beginning: str) -> str:
    """The whole id of what begins so; 404 where there is none or more than one."""
    found = book.named(beginning) if IDENTITY.fullmatch(beginning) else frozenset[str]()
    if len(found) != 1:
        raise missing(f"{len(found) or 'No'} statements have an id that begins with {beginning[:64]}.")
    return next(iter(found))


def _decided(call: Call, told: Reason, deed: Deed) -> tuple[int, View]:
    """Do it in the name of whoever has the key, and tell what was done."""
    if not told.reason.strip():
        raise WrongParameterError("reason is empty; say why, for whoever reads the history")
    book = call.shelf.book.signed_by(call.person)
    matter = named(book, call.path["id"])
    seen = full_id(book, told.after) if told.after else ""
    new = deed(book, matter, seen)
    call.shelf.wrote()
    last = steps(book.history(matter))[-1]
    view: Mapping[str, object] = step_view(last)
    return 200, {**view, "written": new, "seen": last.entry.id}
