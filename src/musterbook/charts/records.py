"""What is drawn, as plain records: gathered from a book by the Python interface, or made by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from musterbook.findings import Estimate, Verdict
from musterbook.values import Figures

CEILING = "ceiling"  # the kind of a dot that bounds from above; all other kinds are statuses


@dataclass(frozen=True, slots=True)
class Dot:
    """One statement on a chart: its figure on its day."""

    statement: str  # id
    day: date
    value: int  # persons
    kind: str  # a status, or CEILING
    told: str  # the figure in words
    low: int | None = None
    high: int | None = None
    origin: str = ""  # what it goes back to; dots with the same origin have the same colour
    speaker: str = ""  # in the report's words
    publisher: str = ""
    published: date | None = None
    href: str = ""  # where a dot leads; empty: to the statement's id on the same page

    @property
    def link(self) -> str:
        """Where it leads."""
        return self.href or f"#{self.statement}"

    @property
    def title(self) -> str:
        """What it says, in one line."""
        who = self.speaker or self.publisher or "the report"
        via = f", {self.publisher}" if self.publisher and self.speaker else ""
        out = f", published {self.published}" if self.published else ""
        return f"{self.told} ({self.kind}), {self.day}: {who}{via}{out}"


@dataclass(frozen=True, slots=True)
class Aim:
    """An announced strength: from where and when it is to be reached by when, and what became of it."""

    pledge: str  # id
    announced: date
    deadline: date
    before: int | None  # the strength when it was announced; None where nobody knows
    target: int
    verdict: Verdict
    told: str  # the change in words
    href: str = ""

    @property
    def title(self) -> str:
        """What was announced and what became of it."""
        return f"Announced {self.announced}: {self.told}, by {self.deadline}; {self.verdict}"


@dataclass(frozen=True, slots=True)
class Course:
    """The strength of one contingent over time, with all that is said of it."""

    title: str  # "United States in Iraq"
    estimates: tuple[Estimate, ...]  # in order of days
    dots: tuple[Dot, ...] = ()
    aims: tuple[Aim, ...] = ()
    then: tuple[Estimate, ...] = ()  # as it could be known on an earlier day
    then_name: str = ""  # "known on 2017-11-26"
    name: str = ""  # short, for ids within a page: "USA/IRQ"


@dataclass(frozen=True, slots=True)
class Holding:
    """One contingent on the map."""

    contingent: str  # id
    name: str  # "United States in Iraq"
    force: str  # code
    force_name: str
    place_name: str
    hosts: tuple[str, ...]  # codes of the states it is in; several for a joint place or a region
    low: int | None
    best: int | None  # None: unknown, never 0
    high: int | None
    last_confirmed: date | None = None
    href: str = ""

    @property
    def title(self) -> str:
        """Its strength in words."""
        return f"{self.name}: {strength(self.low, self.best, self.high)}"


@dataclass(frozen=True, slots=True)
class Promise:
    """One pledge on a timeline, with the days on which something happened to it."""

    pledge: str  # id
    told: str  # "United States in Iraq: 5,200 → 3,000"
    announced: date | None
    deadline: date | None
    decided_on: date | None
    verdict: Verdict
    again: tuple[date, ...] = ()  # when it was said again
    replaced_on: date | None = None  # when another took its place
    speaker: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Kin:
    """One report of an utterance: what it goes back to and why."""

    statement: str  # id
    parent: str  # id of the statement it goes back to; empty for the first
    day: date | None
    publisher: str
    told: str
    reason: str = ""
    repeats: bool = False  # an old figure told again
    href: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: a figure with its bounds, or a share with its interval; None is unknown."""

    name: str
    low: float | None
    value: float | None
    high: float | None
    note: str = ""  # "37 of 52"
    href: str = ""


def strength(low: int | None, best: int | None, high: int | None) -> str:
    """An estimate in words."""
    if best is None:
        return f"unknown, no more than {high:,}" if high is not None else "unknown"
    return f"{best:,} ({low:,} to {high:,})" if low != high else f"{best:,}"


def counted(number: int, one: str, many: str = "") -> str:
    """A number of things: "1 statement", "2 statements"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def figures_told(figures: Figures) -> str:
    """Figures in few words: "about 5,200 → 3,000", "−2,200 of 5,200", "2,500 to 3,000", "up to 600", "all leave"."""
    if not figures.is_change:
        told = _bounded(figures.level, figures.low, figures.high)
    elif figures.after is not None:
        told = (f"{figures.before:,} " if figures.before is not None else "") + f"→ {figures.after:,}"
    else:
        told = _moved(figures)
    return f"about {told}" if figures.approx and told[0].isdigit() else told


def _moved(figures: Figures) -> str:
    """A change whose end is not told."""
    if figures.ratio == 0:
        return f"all {figures.before:,} leave" if figures.before is not None else "all leave"
    of = f" of {figures.before:,}" if figures.before is not None else ""
    if figures.delta is not None:
        return f"{figures.delta:+,}".replace("-", "−") + of
    return f"{figures.ratio:.0%}{of} stay" if figures.ratio is not None else f"from {figures.before:,}"


def _bounded(level: int | None, low: int | None, high: int | None) -> str:
    """A number with its bounds, or bounds alone."""
    if level is not None and low == level and high is None:
        return f"{level:,} or more"
    if level is not None:
        return f"up to {level:,}" if high == level and low is None else f"{level:,}"
    if low is not None and high is not None:
        return f"{low:,} to {high:,}"
    if low is not None:
        return f"at least {low:,}"
    return f"up to {high:,}" if high is not None else "no figure"
