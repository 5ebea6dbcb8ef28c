"""What the finders mark on a sheet: quantities, names, days, quotations, voices. One record each, all frozen."""

from __future__ import annotations

from dataclasses import dataclass

from msgspec import Struct

from musterbook.values import Attribution, Figures, Mention, Period, Span


class Quantity(Struct, frozen=True):
    """A number or share in the text.

    ``span`` is the number words alone ("5,200", "two to three thousand", "half"); ``hedged`` includes the
    words that bound or soften it ("up to about 5,200"). ``value`` is the single number (persons, or the
    share 0..1 that is spoken of for ``form == "share"``), None for a range. ``kind`` says what it positively
    is: "count" when nothing speaks against a head count, else "money", "year", "day", "clock", "duration",
    "distance", "percent", "age", "ordinal", "label" (Resolution 1701, 82nd, F-16), "score", "vehicle",
    "casualty", "other".
    """

    span: Span
    hedged: Span
    value: float | None
    low: int | None = None
    high: int | None = None
    approx: bool = False
    form: str = "digits"  # digits, words, mixed, share, all, vague
    kind: str = "count"
    ends: bool = False  # a word that leaves nobody: "completed its withdrawal", "will be gone"


@dataclass(frozen=True, slots=True)
class Name:
    """A party, place, mission or group named in the text.

    ``form``: state, adjective, people, capital, city, base, province, region, border, government (White
    House, Kremlin), forces (Bundeswehr), mission, organisation, group. ``force`` is its code as somebody
    whose troops may be counted, ``place`` its code as a host; either may be None. ``hosts`` are the codes
    of the hosts of a mission.
    """

    span: Span
    form: str
    force: str | None
    place: str | None
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Day:
    """A day, interval or deadline named in the text, resolved against the day of publication.

    ``period`` is None when the words are open-ended ("in the coming weeks"). ``relation``: on, by, before,
    after, since, until, during, within, from, at (a bare date). ``rule`` names how it was resolved.
    """

    span: Span
    relation: str
    period: Period | None
    grain: str  # day, week, month, quarter, season, year, fiscal, moment, vague
    rule: str


@dataclass(frozen=True, slots=True)
class Voice:
    """A verb or phrase of saying with its speaker, and the stretch of text that it governs."""

    speaker: Attribution
    cue: Span  # "said", "according to"
    content: Span  # the words spoken or reported
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement in the making: figures, force and place are bound; day, speaker and status still to come."""

    sentence: int  # index into Sheet.sentences
    clause: Span  # the evidence: the clause that states it
    numbers: tuple[Span, ...]  # the number words, in text order; empty for a qualitative claim
    figures: Figures
    force: Mention
    place: Mention | None
    unit: str | None = None
    wording: str = ""
    confidence: float = 1.0
    anchor: int = -1  # the candidate that its first number is; -1 for a qualitative claim


@dataclass(frozen=True, slots=True)
class Edit:
    """New words for a damaged stretch of the text."""

    start: int
    end: int
    words: str
    name: str
