"""The three things one can do to the book: record a statement, retract one, put another in its place."""

from __future__ import annotations

from datetime import datetime

from musterbook.model import Act, Contingent, Entry, Statement


def record(
    statement: Statement, contingent: Contingent | None, at: datetime, by: str, reader: str, reason: str = ""
) -> Entry:
    """A statement enters the book; a retracted one can enter again only under a new reason."""
    return Entry(Act.RECORD, statement, contingent, at, by, reader, reason=reason)


def retract(target: str, at: datetime, by: str, reason: str) -> Entry:
    """The statement with this id supports nothing from ``at`` on; before, it still does."""
    return Entry(Act.RETRACT, None, None, at, by, "", target=target, reason=reason)


def replace(
    target: str,
    statement: Statement,
    contingent: Contingent | None,
    at: datetime,
    by: str,
    reader: str,
    reason: str,
) -> Entry:
    """From ``at`` on another statement stands where the target stood."""
    return Entry(Act.REPLACE, statement, contingent, at, by, reader, target=target, reason=reason)
