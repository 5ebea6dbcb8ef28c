"""What became of an input: every one that was ever handed to the book has exactly one outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from musterbook.model import Doubt, Report, digest

READ = "read"
KNOWN = "already known"
HELD = "the book has this report already"
AGAIN = "tried again"  # a failure after which the same source came to something else


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one input that was handed to the book."""

    code: str  # READ, KNOWN, or the code of the doubt that kept it out ("binary", "empty-file")
    report: str = ""  # id of the report; empty where the input could not become one
    statements: int = 0  # entries written by this call; 0 when already known
    doubts: int = 0  # doubts written by this call
    new: bool = True  # False when the book had this very input already and nothing was written


@dataclass(frozen=True, slots=True)
class Outcome:
    """One input ever given and what became of it; the same input under the same name counts once."""

    source: str  # file, line or address as the report or doubt names it
    code: str  # as in Receipt
    message: str  # one line for people; empty for READ
    report: str  # id of the report, or empty
    at: datetime  # the book's clock, UTC


def tally(outcomes: Iterable[Outcome]) -> Mapping[str, int]:
    """How many inputs ended in which way; the counts add up to the number of inputs."""
    return dict(sorted(Counter(outcome.code for outcome in outcomes).items()))


def settled(outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
    """As many outcomes; a failure that is overtaken by a later outcome of its source is called ``AGAIN``."""
    held = tuple(outcomes)
    last = {outcome.source: n for n, outcome in enumerate(held)}
    return tuple(
        replace(one, code=AGAIN) if n < last[one.source] and one.code not in (READ, KNOWN) else one
        for n, one in enumerate(held)
    )


def failures(outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
    """The inputs that were not read, and of whose source nothing else has come since."""
    return tuple(one for one in outcomes if one.code not in (READ, KNOWN, AGAIN))


def outcome_key(outcome: Outcome, doubt: Doubt | None = None) -> str:
    """The same input under the same name is one input, whenever it is given."""
    return digest("input", outcome.source, outcome.report or (doubt.id if doubt else ""))


def again(outcome: Outcome, at: datetime) -> Outcome:
    """The same input where the book has its report already, under whatever name."""
    return replace(outcome, code=KNOWN, message=HELD, at=at)


def report_outcome(report: Report, at: datetime, known: bool) -> Outcome:
    """What became of an input that is a report."""
    message = HELD if known else ""
    return Outcome(report.name or report.url, KNOWN if known else READ, message, report.id, at)


def failure_outcome(doubt: Doubt, at: datetime) -> Outcome:
    """What became of an input that could not become a report."""
    return Outcome(doubt.source, doubt.code, doubt.message, doubt.report, at)
