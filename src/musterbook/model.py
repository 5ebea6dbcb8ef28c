"""All records that are told and kept, on one page: frozen, each field explained; what is reckoned is in findings."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from musterbook.notation import plain, write_plain
from musterbook.values import Attribution, Figures, Mention, Period, Span


class Status(StrEnum):
    """How a figure stands to the world; the words are those of the interchange form."""

    CURRENT = "current"
    PAST = "past"
    DONE = "done"
    UNDERWAY = "underway"
    ANNOUNCED = "announced"
    EXPECTED = "expected"
    CONSIDERED = "considered"
    DENIED = "denied"


class CountingRule(StrEnum):
    """What was counted. Figures under different rules do not contradict each other and are never summed."""

    ON_THE_GROUND = "on the ground"
    AUTHORISED_CAP = "authorised cap"
    PERMANENTLY_ASSIGNED = "permanently assigned"
    TEMPORARY = "temporary or rotational"
    WITH_CONTRACTORS = "with contractors"
    COALITION_SHARE = "share of a coalition"
    MANDATE_CEILING = "mandate ceiling"
    UNSPECIFIED = "unspecified"


class Act(StrEnum):
    """What an entry does to the book. Nothing is ever changed: each is one more line."""

    RECORD = "record"  # a statement enters the book
    RETRACT = "retract"  # the target supports nothing from now on
    REPLACE = "replace"  # another statement, or another contingent, stands in the target's place
    SPLIT = "split"  # another statement stands beside the target: one claim was really two
    CONFIRM = "confirm"  # a person has checked the target and vouches for it
    HOLD = "hold"  # the target waits for a person before it may move a published figure
    MERGE = "merge"  # the target is the same as ``into``: two statements, or two codes
    ECHO = "echo"  # the target goes back to ``into``: one utterance, which counts once
    APART = "apart"  # the target goes back to no other statement, whatever the rules say
    UNDO = "undo"  # the target, an earlier entry, counts as if it had not been made
    GRANT = "grant"  # the person ``target`` has the role ``into`` from now on


STATING = frozenset({Act.RECORD, Act.REPLACE, Act.SPLIT})  # these bring a statement
POINTING = frozenset(Act) - {Act.RECORD}  # these speak of something that is there already
JOINING = frozenset({Act.MERGE, Act.ECHO, Act.GRANT})  # these name a second thing


class Role(StrEnum):
    """What a person may do to a book that has people of its own."""

    READER = "reader"  # asks
    EDITOR = "editor"  # also adds reports and decides about statements and names
    ADMIN = "admin"  # also says who may do what
    NONE = "none"  # nothing any more


def digest(*parts: str) -> str:
    """A content id: the same parts give the same 64 hexadecimal digits, for ever."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Candidate:
    """One day that a document gives as that of its publication, and what became of it."""

    where: str  # "datePublished", "address", "byline" ...
    words: str  # as written there
    day: date | None = None  # None where the words can be two days, or none
    verdict: str = ""  # "taken", "agrees", "later than retrieval" ...; empty: another was surer


@dataclass(frozen=True, slots=True)
class Report:
    """One published report, exactly as it was read; every span counts characters of ``text``."""

    text: str
    title: str = ""
    url: str = ""
    publisher: str = ""
    language: str = "en"
    published: date | None = None
    published_reason: str = ""  # how the day was found where the report does not give it; empty when given
    retrieved: datetime | None = None  # when we took it from its source; UTC
    credits: tuple[str, ...] = ()  # agencies credited ("With AFP and Reuters")
    name: str = ""  # where it came from on this machine: a file, a line of a file; not part of the id
    byline: str = ""  # who wrote it, as the document says
    days: tuple[Candidate, ...] = ()  # all days that it gives for its publication, the surest first

    @property
    def id(self) -> str:
        """Made of what was published, not of when or where we found the file."""
        day = self.published.isoformat() if self.published else ""
        return digest("report", self.url, self.publisher, day, self.title, self.text)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks, with their speaker where the text says who; ``damaged``: a mark is lost."""

    span: Span
    speaker: Attribution | None = None
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class Appointment:
    """Somebody takes or leaves an office, as a report tells it: an office and its holder from a day."""

    person: str
    office: str
    act: str  # "takes" or "leaves"
    period: Period | None
    evidence: Span


@dataclass(frozen=True, slots=True)
class Event:
    """A dated happening that a report names beside the figures, such as an election."""

    what: str
    period: Period
    evidence: Span


@dataclass(frozen=True)  # without slots: the id is asked for again and again, and kept beside the fields
class Statement:
    """One claim by one report in its own words: how many of one force are, were or will be in one place."""

    report: str  # id of the report
    force: Mention
    place: Mention | None  # None only where the report names no place and none is implied
    figures: Figures
    status: Status
    evidence: tuple[Span, ...]  # the clauses that state it, in text order; never empty
    unit: str | None = None  # the noun as written, singular
    period: Period | None = None  # the days the figure applies to, or the deadline of a change
    rule: CountingRule = CountingRule.UNSPECIFIED
    speaker: Attribution | None = None  # None on the writer's own authority
    marks: tuple[Span, ...] = ()  # the words that carry it: numbers, force, place, date; for highlighting
    reasons: tuple[Span, ...] = ()  # stated causes and purposes
    partners: tuple[Span, ...] = ()  # with whom it was agreed or is done
    wording: str = ""  # for qualitative statements: the words that stand for a number, "a limited presence"
    dating: str = ""  # how the period was resolved, in words
    confidence: float = (
        1.0  # the share of statements like this one that are right in force, place and figures
    )
    mission: Mention | None = None  # the mission of another in which the force serves, where that is said

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError("a statement without evidence")
        if isinstance(self.confidence, int):  # 1 and 1.0 are written alike
            object.__setattr__(self, "confidence", float(self.confidence))

    @cached_property
    def id(self) -> str:
        """From report, evidence and figures, so that a newer reader finds the same statement again."""
        spans = ",".join(f"{s.start}-{s.end}" for s in self.evidence)
        place = self.place.code if self.place else ""
        return digest("statement", self.report, spans, self.figures.key(), self.force.code, place)


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a stage could not settle, with its place; counted and shown, never dropped."""

    stage: str  # intake, reading, identity, ledger
    code: str  # short and stable, for counting: "no-force", "empty-file"
    message: str  # one line for people, naming the cure where there is one
    source: str = ""  # file, line or address it came from
    report: str = ""  # id of the report, where there is one
    span: Span | None = None
    words: str = ""  # the words in question

    @property
    def id(self) -> str:
        """From place and kind, so that seeing it twice counts once."""
        at = f"{self.span.start}-{self.span.end}" if self.span else ""
        return digest("doubt", self.stage, self.code, self.report or self.source, at, self.words)


@dataclass(frozen=True, slots=True)
class Repair:
    """A damaged stretch of a report and the words that it was read as; the report itself stays as published."""

    name: str  # "unseen signs", "look-alike signs", "wrong encoding", "broken line", "capitals" ...
    span: Span
    words: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one reading of one report found."""

    report: Report
    statements: tuple[Statement, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    people: tuple[Attribution, ...] = ()  # everyone the report names with an office or rank
    appointments: tuple[Appointment, ...] = ()
    events: tuple[Event, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    repairs: tuple[Repair, ...] = ()  # what was mended before reading, in the order of the passes


@dataclass(frozen=True, slots=True, order=True)
class Contingent:
    """Whose troops, where, under which mission (or none): the key of a curve."""

    force: str
    place: str
    mission: str = ""

    @property
    def id(self) -> str:
        """The short stable key used in addresses and commands."""
        return "/".join(p for p in (self.force, self.place, self.mission) if p)

    @property
    def codes(self) -> frozenset[str]:
        """Every code in it, those of a joint place one by one as well."""
        return frozenset((self.force, self.place, self.mission, *self.place.split("+"))) - {""}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the book. The sequence number is the store's; everything else is content."""

    act: Act
    statement: Statement | None  # only RECORD, REPLACE and SPLIT bring one
    contingent: Contingent | None
    recorded: datetime  # the book's clock, UTC
    by: str  # reader or person
    reader: str  # version of the reader that made the statement
    target: str = (
        ""  # what it speaks of: a statement's id, an entry's (UNDO), a code (MERGE), a person (GRANT)
    )
    reason: str = ""
    into: str = ""  # MERGE: what the target is the same as; ECHO: what it goes back to; GRANT: the role
    after: str = ""  # id of the last entry on this matter that the person had seen; empty: whatever is there
    first: datetime | None = None  # where it was joined from another book: when it was recorded there

    def __post_init__(self) -> None:
        if self.recorded.tzinfo is None or (self.first and self.first.tzinfo is None):
            raise ValueError("recorded needs a time zone (UTC)")
        for held, wanted, what in (
            (self.statement is not None, self.act in STATING, "statement"),
            (bool(self.target), self.act in POINTING, "target"),
            (bool(self.into), self.act in JOINING, "second thing (into)"),
        ):
            if held != wanted:
                raise ValueError(f"a {self.act} entry {'needs a' if wanted else 'takes no'} {what}")

    @property
    def made(self) -> datetime:
        """When it was written first, in whichever book."""
        return self.first or self.recorded

    @property
    def id(self) -> str:
        """From all that the entry says, not from when or by whom: doing a thing twice is doing it once.

        Made of muster notation, which leaves defaults out, so that a record may grow fields.
        """
        return entry_id(plain(self))


def entry_id(written: Mapping[str, object]) -> str:
    """The id of the entry that was written so in JSON's own types."""
    return digest(
        "entry", write_plain({name: written[name] for name in written if name not in _WHEN_AND_WHO})
    )


_WHEN_AND_WHO = frozenset(("by", "reader", "recorded", "first"))
