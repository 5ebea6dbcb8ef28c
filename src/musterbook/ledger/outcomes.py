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
