"""What the API tells, field by field: the views of the desk as programs may rely on them.

The description of the API is made of it.

All numbers are persons. ``None`` is unknown, and never zero.
"""

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


class Published(TypedDict):
    """Where a report comes from."""

    published: str | None
    published_reason: str
    publisher: str
    url: str
    title: str
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


class Line(TypedDict):
    """One line of the book: its place, its hash, and its text exactly as it is hashed."""

    n: int
    hash: str
    kind: str
    id: str
    at: str
    line: str


class Changes(TypedDict):
    """The lines after a place; ``since`` is what to ask with next time, ``size`` how many lines there are."""

    items: list[Line]
    since: int
    size: int
    root: str


class Added(TypedDict):
    """What became of a report."""

    id: str
    statements: list[str]
    doubts: list[Doubt]
    address: str


class Decided(Deed):
    """What was decided; ``written`` is False where just that stood already. ``seen`` is to be sent as ``after``."""

    written: bool
    seen: str


class Error(TypedDict):
    """What went wrong: a title, one sentence with the cure, and the status."""

    error: str
    message: str
    status: int
