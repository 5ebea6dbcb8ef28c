"""A false report has many copies: what a crowd of unknown sources says, and hardly anybody known, waits for an editor.

A *chorus* is one claim about a contingent (a figure, however it is worded and whoever is named) that many reports of
sources carry which the book does not know (``regulars``), within a season, about a contingent of which the book knew
something before. Known sources are never held for it. To confirm one of the statements is to believe the claim.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from musterbook.findings import Hold
from musterbook.model import Contingent, Entry, Report
from musterbook.reckoning.alike import Drawer, said_of
from musterbook.reckoning.regulars import Regulars, is_registered, site_of

CHORUS = "chorus"
MANY = 25  # reports of unknown sources: fewer are a story that small papers carry
EACH = 50  # so many of them outweigh one known source that says the same
SEASON = timedelta(days=100)  # within which they come
WEEK, APART = (
    timedelta(days=7),
    10,
)  # a longer silence, of ten usual ones, parts who spoke before from the crowd
CURE = "read one of them, then confirm it if you believe it, or retract them"


@dataclass(frozen=True, slots=True)
class Voice:
    """One statement as far as it joins in a claim."""

    published: date
    statement: str  # id
    report: Report
    number: float

    @property
    def site(self) -> str:
        """Where it comes from."""
        return site_of(self.report)


def chorus(
    entries: Iterable[Entry],
    reports: Mapping[str, Report],
    released: Collection[str],
    known: Callable[[], Regulars],
) -> tuple[Hold, ...]:
    """The statements that are held because unknown sources say them in chorus, by contingent and id.

    ``entries`` are those that stand, of all contingents or of one; ``released`` are ids that an editor confirmed;
    ``known`` gives what all sources of the book told so far, and is asked only where a crowd speaks.
    """
    claims, begun = _claims(entries, reports)
    held: dict[tuple[Contingent, str], Hold] = {}
    for contingent, drawer in sorted(claims):
        voices = sorted(claims[contingent, drawer], key=lambda voice: (voice.published, voice.statement))
        if not _is_dense(voices):
            continue
        for crowd in _crowds(voices, begun[contingent], known()):
            if not any(voice.statement in released for voice in crowd.voices):
                held |= {(contingent, hold.statement): hold for hold in crowd.holds(contingent)}
    return tuple(held[key] for key in sorted(held))


@dataclass(frozen=True, slots=True)
class Crowd:
    """Unknown voices that say one thing within a season, and how many known sources say it, too."""

    voices: Sequence[Voice]
    known: int

    def holds(self, contingent: Contingent) -> list[Hold]:
        """What keeps them back."""
        words = self.message
        return [Hold(voice.statement, contingent, CHORUS, words, ()) for voice in self.voices]

    @property
    def message(self) -> str:
        """How many unknown sources say what since when, and what to do."""
        first, last = self.voices[0], self.voices[-1]
        sites = len({voice.site for voice in self.voices})
        said = f"{len(self.voices):,} reports of {sites:,} sources that the book does not know say {first.number:,.10g}"
        return f"{said} ({first.published} to {last.published}), and {self.known or 'none'} that it knows: {CURE}"


def _claims(
    entries: Iterable[Entry], reports: Mapping[str, Report]
) -> tuple[dict[tuple[Contingent, Drawer], list[Voice]], dict[Contingent, date]]:
    """Who joins in which claim, and since when anything is told of each contingent."""
    claims: dict[tuple[Contingent, Drawer], list[Voice]] = defaultdict(list)
    begun: dict[Contingent, date] = {}
    for entry in entries:
        report = reports.get(entry.statement.report) if entry.statement else None
        if entry.statement is None or entry.contingent is None or report is None or report.published is None:
            continue
        begun[entry.contingent] = min(report.published, begun.get(entry.contingent, date.max))
        said = said_of(entry.statement)
        for (kind, number), drawer in zip(said.numbers.items(), said.drawers, strict=True):
            voice = Voice(report.published, entry.statement.id, report, number)
            claims[entry.contingent, (kind, drawer[1])].append(voice)
    return claims, begun


def _crowds(voices: Sequence[Voice], begun: date, regulars: Regulars) -> Iterator[Crowd]:
    """The crowds among those who say one thing (``voices`` by publication), of which no two share a voice."""
    strange: list[Voice] = []
    familiar: list[Voice] = []
    for voice in voices:
        (familiar if _is_known(voice, regulars) else strange).append(voice)
    start = 0
    while (end := _end(strange, start)) - start >= MANY or end < len(strange):
        crowd = strange[_after_scouts(strange, start, end) : end]
        if len(crowd) < MANY or crowd[0].published <= begun:  # few, or nothing is there that they could move
            start += 1
            continue
        known = {
            v.site
            for v in familiar
            if crowd[0].published - SEASON <= v.published < crowd[0].published + SEASON
        }
        if len(crowd) > EACH * len(known):
            yield Crowd(crowd, len(known))
        start = end


def _is_dense(voices: Sequence[Voice]) -> bool:
    """Whether enough for a crowd speak within any season, known or not."""
    last = zip(voices, voices[MANY - 1 :], strict=False)
    return any(later.published - one.published < SEASON for one, later in last)


def _end(voices: Sequence[Voice], start: int) -> int:
    """Where the season that begins with a voice ends."""
    last = voices[start].published + SEASON if start < len(voices) else date.max
    return bisect_left(voices, last, key=lambda voice: voice.published)


def _after_scouts(voices: Sequence[Voice], start: int, end: int) -> int:
    """Where the crowd itself begins: whoever spoke long before it is none of it."""
    while end - start > MANY:
        gap = voices[start + 1].published - voices[start].published
        rest = (voices[end - 1].published - voices[start + 1].published) / (end - start - 1)
        if gap <= max(WEEK, APART * rest):
            break
        start += 1
    return start


def _is_known(voice: Voice, regulars: Regulars) -> bool:
    """Whether the registers have its source, or the book had it before the season."""
    return is_registered(voice.report) or regulars.knows(voice.site, voice.published - SEASON)
