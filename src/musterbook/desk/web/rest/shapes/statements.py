"""Who said what, in which report, and what was decided about it."""

from __future__ import annotations

from typing import TypedDict


class Figures(TypedDict):
    """A statement in the form that is exchanged with other programs."""

    force: str
    place: str | None
    unit: str | None
    level: int | None
    before: int | None
    after: int | None
    delta: int | None
    ratio: float | None
    low: int | None
    high: int | None
    approx: bool
    status: str
    date: str | None
    speaker: str | None
    evidence: str


class PublishedOn(TypedDict):
    """One day that a document gives as that of its publication, and what became of it."""

    where: str
    words: str
    day: str | None
    verdict: str


class Published(TypedDict):
    """Where a report comes from."""

    published: str | None
    published_reason: str
    publisher: str
    url: str
    title: str
    byline: str
    days: list[PublishedOn]
    credits: list[str]


class Statement(Figures, Published):
    """One claim of one report; ``evidence`` are its words."""

    id: str
    contingent: str | None
    force_name: str
    place_name: str | None
    words: str
    when: str
    dating: str
    wording: str
    rule: str
    confidence: float
    reasons: list[str]
    partners: list[str]
    report: str
    recorded: str


class Mark(TypedDict):
    """Words of the report that carry the statement, and where they stand in its text."""

    start: int
    end: int
    words: str


class Piece(TypedDict):
    """A piece of the sentence, and whether it carries the statement."""

    words: str
    marked: bool


class Change(TypedDict):
    """One field that a decision changed."""

    field: str
    before: str
    after: str


class Deed(TypedDict):
    """Who did what when and why."""

    entry: str
    recorded: str
    first: str | None
    act: str
    by: str
    reason: str
    reader: str
    target: str | None
    into: str | None
    statement: str | None
    contingent: str | None
    words: str
    changes: list[Change]


class Evidence(Statement):
    """A statement with all that it stands on; ``seen`` is the last entry on it, to be sent as ``after``."""

    sentences: list[str]
    marks: list[Mark]
    leading: str
    pieces: list[Piece]
    following: str
    state: str
    history: list[Deed]
    seen: str
    proof: str


class Proof(TypedDict):
    """That a line stands in the book: its place, its text, and the way from its hash to the root."""

    line: str
    n: int
    path: list[str]
    root: str
    size: int


class ReportHead(Published):
    """A report without its text."""

    id: str
    language: str
    statements: int


class ReportWhole(Published):
    """A report with its text, and the ids of the statements of it that stand."""

    id: str
    language: str
    text: str
    retrieved: str | None
    statements: list[str]
