"""Days of the world and moments of the book, as programs may give them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

Day = date | str
Moment = datetime | date | str


def moment_of(value: Moment) -> datetime:
    """A moment in UTC; a bare day stands for its end, a time without a zone is UTC; else ValueError."""
    if isinstance(value, str):
        value = date.fromisoformat(value) if len(value) <= 10 else datetime.fromisoformat(value)
    if not isinstance(value, datetime):
        value = datetime.combine(value, time.max)
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def day_of(value: Day | None) -> date | None:
    """A day from an ISO text; ValueError when it is none."""
    return date.fromisoformat(value) if isinstance(value, str) else value
