"""The chronicle of ../shared as a book: from its labels, or as our own reader reads its texts.

Reckoning is measured on both: the labels show what reckoning can do, the reading what a user gets.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from books import line
from musterbook.model import Entry, Report, Statement, Status
from musterbook.values import Attribution, Figures, Mention, Period, Span

SHARED = Path(os.environ.get("MUSTERBOOK_SHARED", Path(__file__).resolve().parents[2] / "shared"))
CHRONICLE = SHARED / "data/chronicle.jsonl"
OUTCOMES = SHARED / "data/outcomes.jsonl"
NUMBERS = ("level", "before", "after", "delta", "ratio", "low", "high")
Lines = tuple[list[Entry], dict[str, Report]]


def documents() -> Iterator[dict[str, Any]]:
    """The labelled reports as they stand in the file; ``origin`` names the announcement that each goes back to."""
    return map(json.loads, CHRONICLE.read_text(encoding="utf-8").splitlines())


def outcomes() -> list[dict[str, Any]]:
    """The announced changes with what became of them."""
    return [json.loads(line) for line in OUTCOMES.read_text(encoding="utf-8").splitlines()]


def report_of(document: dict[str, Any]) -> Report:
    """The report of a labelled document."""
    day = date.fromisoformat(document["published"])
    head = document["text"], document["title"], document["url"], document["publisher"], document["lang"]
    return Report(*head, published=day, name=document["id"])


def stated(told: Report, label: dict[str, Any]) -> Statement:
    """A label as a statement."""
    start = told.text.index(label["evidence"])
    figures = Figures(**{name: label[name] for name in NUMBERS}, approx=label["approx"])
    period = Period.parse(label["date"]) if label["date"] else None
    evidence = (Span(start, start + len(label["evidence"])),)
    force, place = Mention(label["force"]), Mention(label["place"])
    words = label["speaker"]
    speaker = Attribution(words, named=not words.startswith("unnamed")) if words else None
    return Statement(
        told.id,
        force,
        place,
        figures,
        Status(label["status"]),
        evidence,
        unit=label["unit"],
        period=period,
        speaker=speaker,
    )


@cache
def labelled() -> Lines:
    """The labels as lines of a book, and its reports by id."""
    entries, reports = [], {}
    for document in documents():
        told = report_of(document)
        reports[told.id] = told
        entries.extend(line(stated(told, label)) for label in document["statements"])
    return entries, reports


@cache
def as_read() -> Lines:
    """The same texts as the reader that is installed reads them (ten seconds)."""
    from musterbook.api.book import OpenBook
    from musterbook.ledger.book import Book
    from musterbook.ledger.stores.memory import MemoryStore

    book = OpenBook(Book(MemoryStore()))
    book.add(CHRONICLE)  # what is not in English is refused there
    return list(book.entries()), {report.id: report for report in book.reports()}
