"""What is found in comparing what was said: conflicts, doubts, records, origins, the queue."""

from __future__ import annotations

from typing import TypedDict

from musterbook.desk.web.rest.shapes.statements import Published
from musterbook.desk.web.rest.shapes.strengths import Contingent


class Misprint(TypedDict):
    """The number that is likely misprinted, and what was likely meant."""

    statement: str
    printed: int
    likely: int
    reason: str


class Conflict(Contingent):
    """What does not add up, or cannot all be true."""

    code: str
    message: str
    explained: bool
    misprint: Misprint | None
    basis: list[str]


class Doubt(TypedDict):
    """What could not be settled, with its place in the report."""

    id: str
    stage: str
    code: str
    message: str
    source: str
    report: str | None
    start: int | None
    end: int | None
    words: str
    context: str | None


class Publisher(TypedDict):
    """A publisher, and how much of the book stands on it."""

    publisher: str
    reports: int
    statements: int
    first: str | None
    last: str | None


class Share(TypedDict):
    """So many of so many, with the 90 % interval of the share."""

    count: int
    of: int
    low: float | None
    high: float | None


class Ratio(TypedDict):
    """The middle of what was told to what came out, between its bounds."""

    low: float | None
    median: float | None
    high: float | None


class Compared(TypedDict):
    """One figure, and what came out about it."""

    contingent: str
    told: int
    statement: str
    found: int
    kind: str
    shown_by: str
    same_rule: bool


class Record(TypedDict):
    """How the figures of a speaker, office or publisher compared with what came out later; never a score."""

    name: str
    by: str
    figures: int
    compared: int
    within_tenth: Share
    within_quarter: Share
    too_low: int
    too_high: int
    ratio: Ratio
    pledges: dict[str, int]
    comparisons: list[Compared]


class Utterance(Contingent):
    """What was said once, with all statements that go back to it."""

    utterance: str
    statement: str
    figures: str
    status: str
    speaker: str | None
    published: str | None
    last: str | None
    outlets: list[str]
    repeats: int
    statements: list[str]


class OriginReport(Published):
    """A report that goes back to an announcement."""

    report: str


class Origin(TypedDict):
    """The reports that go back to one announcement."""

    origin: str
    published: str | None
    title: str
    outlets: list[str]
    reports: list[OriginReport]
    utterances: list[Utterance]


class Waiting(Contingent):
    """A statement that nobody has reviewed; ``moves`` is by how many persons a figure changes with it."""

    statement: str
    moves: int
    figures: str
    published: str | None
    reason: str
    confidence: float


class Found(TypedDict):
    """A report or statement in which the words stand."""

    kind: str
    id: str
    title: str
    words: str
    contingent: str | None
    published: str | None
    publisher: str
    address: str
