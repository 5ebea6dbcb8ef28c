"""What one report says of one contingent, ready to be compared with what others say of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from musterbook.lexicon.series import is_table
from musterbook.model import Contingent, Entry, Report, Statement
from musterbook.reckoning.alike import Said, said_of
from musterbook.reckoning.counts import source_of
from musterbook.reckoning.likeness import NOTHING, Likeness, few, likenesses_of
from musterbook.reckoning.sayers import agencies_of

MONTH, EVENT = timedelta(days=30), timedelta(days=3)


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """One report as far as it tells of one contingent; the statement that leads stands first."""

    report: str  # id
    published: date | None
    outlet: str  # publisher, else domain, else the report itself
    agencies: frozenset[str]
    likeness: Likeness
    said: tuple[Said, ...]
    voices: frozenset[str]  # the keys of all speakers
    persons: frozenset[str]  # those of them that are no institutions
    told: frozenset[date]  # the days that it names as those of which it tells
    is_table: bool = False  # of official figures: an utterance of its own, whatever it looks like
    crowd: int = 0  # other days of the month before and after on which reports tell of the contingent

    @property
    def order(self) -> tuple[date, str]:
        """By publication, the same in whatever order reports came; undated ones last."""
        return self.published or date.max, self.report

    def names(self, key: str) -> bool:
        """Whether the report speaks of whom the key stands for."""
        return key in self.voices or self.likeness.names_one(key)

    def days_from(self, other: Sheet) -> int | None:
        """Days between the two publications, None where one is not known."""
        if self.published is None or other.published is None:
            return None
        return abs((self.published - other.published).days)


def sheets_by_contingent(
    entries: Iterable[Entry], reports: Mapping[str, Report]
) -> dict[Contingent, list[tuple[Sheet, bytes]]]:
    """The sheets of every contingent in the order of publication, contingents in theirs.

    Beside each the sketch by which near copies of it are found.
    """
    told: dict[Contingent, dict[str, dict[str, Statement]]] = defaultdict(lambda: defaultdict(dict))
    for entry in entries:
        if entry.statement and entry.contingent:
            told[entry.contingent][entry.statement.report][entry.statement.id] = entry.statement
    read: dict[str, tuple[Likeness, bytes]] = {}
    return {contingent: _sheets(told[contingent], reports, read) for contingent in sorted(told)}


def _sheets(
    told: Mapping[str, Mapping[str, Statement]],
    reports: Mapping[str, Report],
    read: dict[str, tuple[Likeness, bytes]],
) -> list[tuple[Sheet, bytes]]:
    """One for each report; ``read`` keeps what was taken from its words."""
    new = [reports[one] for one in told if one in reports and one not in read]
    in_words = [report for report in new if not is_table(report.language)]
    read |= {report.id: found for report, found in zip(in_words, likenesses_of(in_words), strict=True)}
    unread = NOTHING, b""
    found = (
        _sheet(one, said.values(), reports.get(one), read.get(one, unread)[0]) for one, said in told.items()
    )
    sheets = _with_crowds(sorted(found, key=lambda sheet: sheet.order))
    return [(sheet, read.get(sheet.report, unread)[1]) for sheet in sheets]


def _with_crowds(sheets: list[Sheet]) -> list[Sheet]:
    """The sheets, each with how much else is said around its time."""
    days = sorted({sheet.published for sheet in sheets if sheet.published})
    return [
        replace(sheet, crowd=_crowd(sheet.published, days)) if sheet.published else sheet for sheet in sheets
    ]


def _crowd(day: date, days: list[date]) -> int:
    """How many of the days lie within a month, those of the same event left out."""
    month = bisect_right(days, day + MONTH) - bisect_left(days, day - MONTH)
    return month - (bisect_right(days, day + EVENT) - bisect_left(days, day - EVENT))


def _sheet(id: str, statements: Iterable[Statement], report: Report | None, alike: Likeness) -> Sheet:  # noqa: A002
    ordered = sorted(statements, key=lambda one: (one.evidence[0].start, one.id))
    said = tuple(map(said_of, ordered))
    return Sheet(
        id,
        report.published if report else None,
        source_of(report) if report else id,
        agencies_of(report) if report else frozenset(),
        alike,
        said,
        few(one.sayer.key for one in said if one.sayer.key),
        few(one.sayer.key for one in said if one.sayer.is_person),
        _told(said, alike, report.published if report else None),
        report is not None and is_table(report.language),
    )


def _told(said: Iterable[Said], alike: Likeness, published: date | None) -> frozenset[date]:
    """The days on which it was said, and the last of each weekday that the report names."""
    spoken = {one.sayer.on for one in said if one.sayer.on}
    back = {(published.weekday() - day) % 7 for day in alike.weekdays} if published else set()
    return few(spoken | {published - timedelta(days=days) for days in back if published})
