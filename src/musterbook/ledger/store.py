"""What a place to keep lines must be able to do: a few questions, one way to write, all of it in transactions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeVar

from musterbook.ledger.lines import Kind, Line
from musterbook.ledger.merkle import Edge
from musterbook.model import Contingent

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Head:
    """Where the book ends: its tree, and the moment of its last line."""

    edge: Edge = field(default_factory=Edge)
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """Which lines are asked for; an empty field asks for any. All given fields must fit."""

    kinds: Collection[Kind] = ()
    ids: Collection[str] = ()
    matters: Collection[str] = ()
    reports: Collection[str] = ()
    contingents: Collection[
        Contingent
    ] = ()  # every line of the matters that were under one of them by ``last``
    first: int = 1  # place of the first line asked for
    last: int | None = None  # place of the last one


@dataclass(frozen=True, slots=True)
class Row:
    """A line as the store holds it, whatever that may be by now: for those who check."""

    n: int
    text: object
    leaf: object
    columns: tuple[object, ...]  # as ``Columns``, while nobody has changed them


class Shelf(Protocol):
    """The lines, inside one transaction: all answers fit each other. Places count from 1, without a gap."""

    def head(self) -> Head:
        """Where the book ends."""
        ...

    def find(self, query: Query) -> Iterator[Line]:
        """The lines that fit, in the order written."""
        ...

    def texts(self, query: Query) -> Iterator[str]:
        """The texts of the lines that fit, for those who need no more: much quicker."""
        ...

    def held(self, ids: Collection[str]) -> set[str]:
        """Which of these line ids the book has."""
        ...

    def matters(self, statements: Collection[str]) -> Mapping[str, str]:
        """The matter of each of these statements that was ever written."""
        ...

    def said(self, first: int, last: int) -> Mapping[str, int]:
        """How many statements each report gave, among the lines of these places."""
        ...

    def contingents(self, codes: Collection[str] = ()) -> set[Contingent]:
        """The contingents ever written, of any code or with one of these as force, place (or part of it), mission."""
        ...

    def place(self, known: datetime) -> int:
        """The place of the last line written by that moment, 0 before the first."""
        ...

    def leaves(self, last: int | None = None) -> Iterator[bytes]:
        """The leaf hashes as they are kept, up to that place."""
        ...

    def named(self, beginning: str) -> Iterator[Line]:
        """The lines whose own id, or whose statement's, begins so."""
        ...

    def rows(self, after: int | None, many: int) -> list[Row]:
        """What is kept in the next places, unchecked; from the first on when None."""
        ...

    def oddities(self) -> Iterator[str]:
        """What is wrong around the lines, in words: a seal that is gone, tables that are not ours."""
        ...

    def write(self, lines: Sequence[Line]) -> None:
        """Put the lines at the end, and move the head."""
        ...


class Store(Protocol):
    """Lines in memory or in a database."""

    @property
    def name(self) -> str:
        """The file or address, as messages name it."""
        ...

    def write(self, work: Callable[[Shelf], T]) -> T:
        """Do the work in one transaction with nobody else writing: all of it or nothing.

        The work may be done again from the start where the connection was lost, so it must bring about the same
        when it is. BookError when the store cannot be written.
        """
        ...

    def ask(self, work: Callable[[Shelf], T]) -> T:
        """Answer from one unchanging view of the book."""
        ...

    def facts(self) -> Mapping[str, str]:
        """What the lines are kept in, for people: the database, its version, how it writes."""
        ...

    def damage(self) -> Sequence[str]:
        """What the database itself finds wrong with what it keeps."""
        ...

    def close(self) -> None:
        """Let go; closing twice does no harm."""
        ...
