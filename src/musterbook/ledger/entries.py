"""Everything one can do to the book, as entries ready to be written.

``at`` is replaced by the book's own moment when the entry is written. ``after`` is the id of the last entry on the
matter that the person had seen: with it the book refuses the decision where somebody was quicker.
"""

from __future__ import annotations

from datetime import datetime

from musterbook.model import Act, Contingent, Entry, Role, Statement


def record(
    statement: Statement, contingent: Contingent | None, at: datetime, by: str, reader: str, reason: str = ""
) -> Entry:
    """A statement enters the book; a retracted one can enter again only under a new reason."""
    return Entry(Act.RECORD, statement, contingent, at, by, reader, reason=reason)


def retract(target: str, at: datetime, by: str, reason: str, after: str = "") -> Entry:
    """The statement with this id supports nothing from ``at`` on; before, it still does."""
    return Entry(Act.RETRACT, None, None, at, by, "", target, reason, after=after)


def replace(
    target: str,
    statement: Statement,
    contingent: Contingent | None,
    at: datetime,
    by: str,
    reader: str,
    reason: str,
    after: str = "",
) -> Entry:
    """From ``at`` on another statement (or the same in another contingent) stands where the target stood."""
    return Entry(Act.REPLACE, statement, contingent, at, by, reader, target, reason, after=after)


def split(
    target: str, statement: Statement, contingent: Contingent | None, at: datetime, by: str, reason: str
) -> Entry:
    """From ``at`` on another statement stands beside the target: what was read as one claim is two."""
    return Entry(Act.SPLIT, statement, contingent, at, by, "", target, reason)


def confirm(target: str, at: datetime, by: str, reason: str = "", after: str = "") -> Entry:
    """A person has compared the statement with its report and vouches for it; what was held is let go."""
    return Entry(Act.CONFIRM, None, None, at, by, "", target, reason, after=after)


def hold(target: str, at: datetime, by: str, reason: str, after: str = "") -> Entry:
    """The statement moves no published figure until somebody confirms it."""
    return Entry(Act.HOLD, None, None, at, by, "", target, reason, after=after)


def merge(target: str, into: str, at: datetime, by: str, reason: str, after: str = "") -> Entry:
    """The target is the same as ``into``: two statements of one claim, or two codes of one force or place."""
    return Entry(Act.MERGE, None, None, at, by, "", target, reason, into, after)


def echo(target: str, into: str, at: datetime, by: str, reason: str, after: str = "") -> Entry:
    """The target only tells again what ``into`` told: the two are one utterance, and both go on to stand."""
    return Entry(Act.ECHO, None, None, at, by, "", target, reason, into, after)


def apart(target: str, at: datetime, by: str, reason: str, after: str = "") -> Entry:
    """The target stands by itself: it goes back to no other statement, whatever it resembles."""
    return Entry(Act.APART, None, None, at, by, "", target, reason, after=after)


def undo(target: str, at: datetime, by: str, reason: str, after: str = "") -> Entry:
    """The entry with this id counts, from ``at`` on, as if it had not been made."""
    return Entry(Act.UNDO, None, None, at, by, "", target, reason, after=after)


def grant(person: str, role: Role | str, at: datetime, by: str, reason: str = "") -> Entry:
    """The person may do what the role may; the first grant gives a book people of its own."""
    return Entry(Act.GRANT, None, None, at, by, "", person, reason, str(role))
