"""The book line by line, what came of writing to it, and what goes wrong."""

from __future__ import annotations

from typing import TypedDict

from musterbook.desk.web.rest.shapes.findings import Doubt
from musterbook.desk.web.rest.shapes.statements import Deed


class Line(TypedDict):
    """One line of the book: its place, its hash, and its text, ``whole`` where that is exactly what is hashed."""

    n: int
    hash: str
    kind: str
    id: str
    at: str
    line: str
    whole: bool


class Changes(TypedDict):
    """The lines after a place; ``since`` is what to ask with next time, ``size`` how many lines there are."""

    items: list[Line]
    since: int
    size: int
    root: str


class Added(TypedDict):
    """What became of a report."""

    id: str
    statements: list[str]
    doubts: list[Doubt]
    address: str


class Decided(Deed):
    """What was decided; ``written`` is False where just that stood already. ``seen`` is to be sent as ``after``."""

    written: bool
    seen: str


class Error(TypedDict):
    """What went wrong: a title, one sentence with the cure, and the status."""

    error: str
    message: str
    status: int
