"""What every store of the book can do: add, never change; and tell what stood at any moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Protocol, Self, runtime_checkable

from musterbook.model import Contingent, Doubt, Entry, Reading, Report

READ = "read"
KNOWN = "already known"

Clock = Callable[[], datetime]
"""Gives the present moment with its time zone; an argument of ``open_book``, so that tests can set it."""


def utc_now() -> datetime:
    """The machine's present moment in UTC: the clock of a book unless another is given."""
    return datetime.now(UTC)


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


@runtime_checkable
class Book(Protocol):
    """An append-only book of entries; a context manager that closes itself.

    ``recorded`` is stamped by the book inside the transaction, from its own clock, and never goes backwards:
    the moment that an entry brings along is replaced.
    """

    def add_report(self, reading: Reading, entries: Sequence[Entry]) -> Receipt:
        """Write a report, its entries, its doubts and its outcome in one transaction, or nothing at all.

        The entries are RECORD entries of this report's statements; ``contingent`` may be None where identity
        was in doubt (put that doubt into ``reading.doubts``). A report that the book has already stays as it
        was first read: the receipt says KNOWN. BookError when a statement's evidence does not cut words from
        the report, or when the book cannot be written.
        """
        ...

    def add_failure(self, doubt: Doubt) -> Receipt:
        """Keep an input that could not become a report: a doubt and an outcome with the doubt's code."""
        ...

    def append(self, entry: Entry) -> bool:
        """Write one entry (a retraction, a replacement, a statement by hand); False when it is there already.

        UsageError when no statement stands under its target, BookError when its report is not in the book.
        """
        ...

    def entries(
        self, contingent: Contingent | None = None, known: datetime | None = None
    ) -> tuple[Entry, ...]:
        """The entries that stand, as the book knew at that moment (now when None), in the order written.

        Retracted and replaced statements are left out; this is what the reckoning takes.
        """
        ...

    def journal(self) -> tuple[Entry, ...]:
        """Every line ever written, retractions included, in the order written."""
        ...

    def reports(self) -> tuple[Report, ...]:
        """All reports in the order they came."""
        ...

    def report(self, id: str) -> Report | None:  # noqa: A002 -- the record's own word
        """The report with this id, or None."""
        ...

    def reading(self, id: str) -> Reading | None:  # noqa: A002 -- the record's own word
        """All that the first reading of this report found (quotations, people, events too), or None."""
        ...

    def doubts(self) -> tuple[Doubt, ...]:
        """All doubts in the order they came."""
        ...

    def outcomes(self) -> tuple[Outcome, ...]:
        """What became of every input ever given, in the order they came."""
        ...

    def now(self) -> datetime:
        """The moment that a line written now would carry: the clock's, but never before the last line's."""
        ...

    def close(self) -> None:
        """Let go of the file; closing twice does no harm."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
