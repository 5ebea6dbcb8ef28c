"""Ninety days of news about fifteen contingents, and what goes wrong in news; for the guards to tell apart.

The strengths are those of a country in two official counts in a row (../shared), spread over the ninety days; the
reports are invented: rounded, bounded, late, and from several papers. What changes by more than a quarter is announced.
"""

from __future__ import annotations

import csv
import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

from books import line
from musterbook.model import Contingent, Entry, Report, Statement, Status
from musterbook.values import Figures, Mention, Period, Span

SHARED = Path(os.environ.get("MUSTERBOOK_SHARED", Path(__file__).resolve().parents[2] / "shared"))
OFFICIAL = SHARED / "data/troopdata_reports.csv"
START = date(2021, 3, 1)
DAYS = 90
CONTINGENTS = 15
FAULTS = 20
FEWEST = 600  # persons: below, a tenth more or less is no news and no fault
PAPERS = ("AP", "Reuters", "AFP", "DPA", "The Pentagon", "Stars and Stripes", "VOA", "BBC")
KINDS: dict[str, Callable[[int], int]] = {
    "none": lambda _: 0,
    "a digit lost": lambda number: number // 10,
    "a digit more": lambda number: number * 10,
    "another unit": lambda number: max(1, number // 800),  # battalions for soldiers
    "thousands for ones": lambda number: number * 1000,
}


@dataclass(frozen=True, slots=True)
class Fault:
    """A planted statement that is wrong, and in which way."""

    statement: str  # id
    kind: str


def counts_by_quarter() -> dict[str, dict[tuple[int, str], int]]:
    """The official counts of U.S. troops by country, year and month, in order of time."""
    found: dict[str, dict[tuple[int, str], int]] = defaultdict(dict)
    with OFFICIAL.open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            if row["status"] == "dmdc_report" and row["troops_ad"]:
                found[row["iso3"]][int(row["year"]), row["month"]] = int(float(row["troops_ad"]))
    return found


def series() -> dict[str, list[int]]:
    """The counts of countries with enough troops to be guarded."""
    found = {code: list(counts.values()) for code, counts in counts_by_quarter().items()}
    return {code: counts for code, counts in found.items() if min(counts) >= 100 and max(counts) >= FEWEST}


@dataclass(slots=True)
class News:
    """The replayed days: the lines of the book, their reports, and the faults among them."""

    chance: Random
    entries: list[Entry]
    reports: dict[str, Report]
    faults: list[Fault]

    def tell(
        self, where: Contingent, published: date, figures: Figures, status: Status, on: date | None = None
    ) -> Statement:
        """One report of one statement."""
        told = Report(
            f"{where.place} {len(self.reports)}", publisher=self.chance.choice(PAPERS), published=published
        )
        period = Period.day(on) if on else None
        force, place, evidence = Mention(where.force), Mention(where.place), (Span(0, len(told.text)),)
        said = Statement(told.id, force, place, figures, status, evidence, period=period)
        self.reports[told.id] = told
        self.entries.append(line(said, where))
        return said

    def worded(self, number: int) -> Figures:
        """A strength in the ways in which papers give it."""
        step = 10 ** max(0, len(str(number)) - 2)
        way = self.chance.random()
        if way < 0.5:
            return Figures(level=round(number / step) * step, approx=True)
        if way < 0.6:
            return Figures(level=number // step * step, low=number // step * step)
        if way < 0.7:
            return Figures(level=(number // step + 1) * step, high=(number // step + 1) * step)
        if way < 0.8:
            return Figures(low=number // step * step, high=(number // step + 1) * step)
        return Figures(level=number)


def ninety_days(seed: int, faults: int = FAULTS) -> News:
    """Fifteen contingents over ninety days, with so many faults planted."""
    chance = Random(seed)
    news = News(chance, [], {}, [])
    official = series()
    for code in chance.sample(sorted(official), CONTINGENTS):
        pairs = [pair for pair in pairwise(official[code]) if min(pair) >= FEWEST] or [(FEWEST, FEWEST)]
        _tell_of(news, Contingent("USA", code), *chance.choice(pairs))
    truths = [e for e in news.entries if _can_be_misread(e, news)]
    for number, entry in enumerate(chance.sample(truths, faults)):
        _plant(news, entry, list(KINDS)[number % len(KINDS)])
    chance.shuffle(news.entries)
    return news


def _tell_of(news: News, where: Contingent, first: int, last: int) -> None:
    """All that the papers write of one contingent: a change by more than a quarter is announced before it begins."""
    news.tell(where, START - timedelta(news.chance.randint(1, 30)), Figures(level=first), Status.CURRENT)
    changes = range(news.chance.randint(20, 60), DAYS)
    if abs(last - first) > first / 4:
        day = START + timedelta(news.chance.randint(1, changes.start - 2))
        deadline = START + timedelta(DAYS)
        for paper in range(3):
            figures = news.chance.choice(
                (Figures(after=last), Figures(before=first, after=last), Figures(delta=last - first))
            )
            news.tell(where, day + timedelta(paper), figures, Status.ANNOUNCED, deadline)
    for day in range(DAYS):
        if news.chance.random() < 0.3:
            done = max(0, day - changes.start) / len(changes)
            number = round(first + (last - first) * done)
            late = news.chance.choice((0, 0, 0, 1, 3))
            published, on = START + timedelta(day + late), START + timedelta(day)
            news.tell(where, published, news.worded(number), Status.CURRENT, on)


def _can_be_misread(entry: Entry, news: News) -> bool:
    """Whether it gives a strength within the ninety days, after something is known of the contingent."""
    said = entry.statement
    assert said
    return said.status is Status.CURRENT and said.period is not None and (said.figures.level or 0) >= FEWEST


def _plant(news: News, entry: Entry, kind: str) -> None:
    """A report that tells the same as a true one, and gets its figure wrong."""
    said, where = entry.statement, entry.contingent
    assert said
    assert said.period
    assert where
    published = news.reports[said.report].published
    assert published
    wrong = replace(said.figures, level=KINDS[kind](said.figures.level or 0), low=None, high=None)
    fault = news.tell(where, published, wrong, Status.CURRENT, said.period.last)
    news.faults.append(Fault(fault.id, kind))


def kinds_found(news: News, held: set[str]) -> Iterator[tuple[str, bool]]:
    """The kind of each fault, and whether it was held."""
    return ((fault.kind, fault.statement in held) for fault in news.faults)
