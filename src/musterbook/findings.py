"""All records that are reckoned: thrown away and made again, never stored; each field explained."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from musterbook.model import Contingent, CountingRule, Status, digest
from musterbook.values import Figures


@dataclass(frozen=True, slots=True)
class Support:
    """How much one statement carries an estimate; reckoned, not stored."""

    statement: str  # id
    day: date  # that its figure speaks of
    moved: int  # persons by which the best figure is higher with it than without it
    weight: float  # the share of the chances, 0 to 1, that would lie elsewhere without it


@dataclass(frozen=True, slots=True)
class Estimate:
    """What the book supports for one contingent on one day; reckoned, not stored. Unknown is None, not 0."""

    contingent: Contingent
    day: date
    low: int | None
    best: int | None
    high: int | None
    known_at: datetime | None  # as the book knew it then
    basis: tuple[str, ...]  # ids of the statements it stands on, weightiest first
    held: tuple[str, ...] = ()  # ids of the statements that are left out until somebody confirms them
    supports: tuple[Support, ...] = ()  # what each of the basis adds, where it was weighed
    last_confirmed: date | None = None  # the last day by then that somebody counted, independently
    confirmed: int | None = None  # and how many, in persons
    rule: CountingRule = CountingRule.UNSPECIFIED  # what is counted


class Verdict(StrEnum):
    """What became of an announced change, as far as the book tells (docs/pledges.md)."""

    OPEN = "open"  # its day is still to come; without a day, it was announced less than two years ago
    DUE = "due"  # its day has just passed, and nothing tells yet
    KEPT = "kept"
    KEPT_LATE = "kept late"
    PARTLY_KEPT = "partly kept"
    BROKEN = "broken"
    REVERSED = "reversed"  # the contrary was decided
    SUPERSEDED = "superseded"  # another target took its place before its day
    FROZEN = "frozen"  # halted, and nothing since
    UNVERIFIABLE = "unverifiable"  # long past its day, and nothing tells either way


@dataclass(frozen=True, slots=True)
class Pledge:
    """An announced change and what became of it; reckoned, never stored. Strengths and changes in persons."""

    contingent: Contingent
    figures: Figures  # as first announced
    status: Status  # the firmest with which it was told: announced, underway or expected
    announced: date | None  # None where nobody says when: it was only recalled, or its report has no day
    deadline: date | None
    target: int | None  # the strength promised, said or reckoned; of a range or bound the end that counts
    delta: int | None  # the change promised, signed, said or reckoned
    verdict: Verdict
    decided_on: date | None  # the first day on which the verdict could be known; None while open or due
    because: str  # the rule that decided, in words
    speaker: str | None  # in the report's words
    voice: str | None  # the speaker's name where it is known, else the same words: for counting
    basis: tuple[str, ...]  # ids of statements: the announcement in all its reports, then what decided
    deciding: tuple[str, ...]  # ids of the statements that decided; empty where only time did
    evidence: tuple[str, ...]  # ids of all later statements that bear on it, in order of publication
    reached: int | None = None  # the last strength that was seen while it was judged
    pace: tuple[int, int] | None = None  # persons to move in so many days, as announced
    replaces: str | None = None  # id of the pledge before it in its chain
    replaced_by: str | None = None  # id of the pledge that followed

    @property
    def id(self) -> str:
        """Stable as long as the same contingent is promised the same figures on the same day for the same day."""
        when = f"{self.announced} {self.deadline}"
        return digest("pledge", self.contingent.id, self.figures.key(), when)


@dataclass(frozen=True, slots=True)
class Score:
    """The pledges of one force, place or speaker by verdict; a share is never shown without its interval."""

    of: str  # a code, or a speaker's name
    counts: tuple[tuple[Verdict, int], ...]  # verdicts that occur, in their order
    kept: int  # kept in time
    judged: int  # kept, kept late, partly kept, broken or reversed
    low: float | None  # of the share kept in time, 90 % by Wilson; None where none is judged
    high: float | None

    @property
    def total(self) -> int:
        """All pledges, whatever their verdict."""
        return sum(count for _, count in self.counts)


@dataclass(frozen=True, slots=True)
class Misprint:
    """The number that is likely wrong where a sum does not come out, and what was likely meant."""

    statement: str  # id of the statement that holds it
    printed: int  # in persons; a change without its sign
    likely: int
    reason: str  # in words: "one digit differs, and 5,200 - 2,200 = 3,000"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Statements that cannot all be true, or arithmetic that does not add up; reckoned, never stored."""

    contingent: Contingent
    code: str  # short and stable, for counting: "change", "share", "parts", "retold", "sources", "jump" ...
    message: str  # one sentence for people, with the figures
    basis: tuple[str, ...]  # ids of the statements
    misprint: Misprint | None = (
        None  # None where nothing is a slip away from coming out, or several things are
    )
    explained: bool = (
        False  # both may be true: they were counted by different rules, or one repeats an old figure
    )


@dataclass(frozen=True, slots=True)
class Hold:
    """A statement that is kept from being published until somebody looks at it: by rule, or by an entry."""

    statement: str  # id of the statement that is held
    contingent: Contingent
    code: str  # short and stable, for counting: "ten-times", "jump", "source-flood", "by-hand"
    message: str  # one sentence for people: both figures, their days, and the cure
    against: tuple[str, ...]  # ids of the statements that it was compared with, nearest first


@dataclass(frozen=True, slots=True)
class Yield:
    """What one source has given so far, or gave in one batch."""

    reports: int
    telling: int  # how many of the reports gave any statement
    statements: int


@dataclass(frozen=True, slots=True)
class OddYield:
    """A source that suddenly gives ten times as many statements as before, or none; reckoned, never stored."""

    source: str  # the publisher, or where it is not named the domain of the address
    code: str  # "source-flood" or "source-silent"
    reports: int  # how many reports the batch holds
    expected: float  # statements that so many reports gave before
    came: int  # statements that they give now
    message: str  # one sentence for people, with the cure


@dataclass(frozen=True, slots=True)
class Item:
    """One statement that nobody has reviewed yet, and how much it matters; reckoned, never stored."""

    statement: str  # id
    contingent: Contingent | None
    reason: str  # why it is worth a look, in words
    moves: int  # persons by which the published figure changes if it is taken out, or let in where it is held


@dataclass(frozen=True, slots=True)
class Descent:
    """One edge of a family tree: what a statement goes back to, and why we think so."""

    statement: str  # id
    parent: str  # id of the earlier statement
    reason: str  # in words: "same words as …", "credits AFP", "repeats the figure of 3 months before"
    repeats: bool  # it is an old figure told again, not the news of its day


@dataclass(frozen=True, slots=True)
class Utterance:
    """What was said once, by whomever, with all statements that go back to it; reckoned, never stored."""

    contingent: Contingent
    statements: tuple[str, ...]  # ids, the first appearance first
    first_published: date | None
    outlets: tuple[str, ...]  # publishers in the order in which they told it, each once
    descents: tuple[Descent, ...] = ()  # of every statement but the first, in their order

    @property
    def id(self) -> str:
        """Stable as long as the same statement is its first appearance."""
        return digest("utterance", self.statements[0])

    @property
    def repeats(self) -> tuple[str, ...]:
        """Ids of the statements that only repeat the figure later."""
        return tuple(one.statement for one in self.descents if one.repeats)


@dataclass(frozen=True, slots=True)
class Origin:
    """The reports that go back to one announcement; reckoned, never stored."""

    reports: tuple[str, ...]  # ids, first published first
    first_published: date | None
    outlets: tuple[str, ...]
    utterances: tuple[str, ...] = ()  # ids of what was said there for the first time
