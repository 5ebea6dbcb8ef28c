"""How many are where, and what was announced of it."""

from __future__ import annotations

from typing import TypedDict


class Contingent(TypedDict):
    """Whose troops, where, under which mission or none."""

    contingent: str
    force: str
    place: str
    mission: str | None
    force_name: str
    place_name: str


class Support(TypedDict):
    """What one statement adds to a figure."""

    statement: str
    day: str
    moved: int
    weight: float


class Strength(Contingent):
    """What the book supports for a contingent on a day."""

    day: str
    low: int | None
    best: int | None
    high: int | None
    words: str
    known_at: str | None
    last_confirmed: str | None
    confirmed: int | None
    counting_rule: str
    basis: list[str]
    supports: list[Support]
    held: list[str]
    statements: int
    reported: str | None
    says: str


class Point(TypedDict):
    """The strength on one day under one counting rule."""

    counting_rule: str
    day: str
    low: int | None
    best: int | None
    high: int | None


class RuleCount(TypedDict):
    """A counting rule, how many figures were heard under it, and between which days."""

    counting_rule: str
    heard: int
    first: str
    last: str


class Curve(TypedDict):
    """A contingent's strength over time, a curve for each counting rule; the main one comes first."""

    contingent: str
    step: int
    rules: list[RuleCount]
    points: list[Point]


class Pace(TypedDict):
    """So many persons to move in so many days."""

    persons: int
    days: int


class Pledge(Contingent):
    """An announced change and what became of it."""

    id: str
    words: str
    status: str
    announced: str | None
    by: str | None
    target: int | None
    delta: int | None
    deadline: str | None
    verdict: str
    decided_on: str | None
    because: str
    reached: int | None
    pace: Pace | None
    replaces: str | None
    replaced_by: str | None
    basis: list[str]
    deciding: list[str]
    evidence: list[str]


class Happening(TypedDict):
    """One step in the story of an announcement."""

    day: str | None
    what: str
    id: str
    says: str
    when: str
    by: str | None
    publisher: str


class Story(Pledge):
    """An announced change with its story: said, said again, seen, decided."""

    timeline: list[Happening]


class Score(TypedDict):
    """The announced changes of one force, place or speaker by verdict; the share kept with its 90 % interval."""

    of: str
    name: str
    pledges: int
    counts: dict[str, int]
    kept: int
    judged: int
    low: float | None
    high: float | None
