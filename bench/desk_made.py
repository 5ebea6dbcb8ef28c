"""A large book to look at: twenty years of short reports on real forces in real places, invented figures.

usage: python bench/desk_made.py BOOK [--statements 100000] [--contingents 1000]
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random

from musterbook.ledger.book import Input
from musterbook.ledger.entries import record
from musterbook.ledger.open import open_book
from musterbook.lexicon.register import load_register
from musterbook.model import Contingent, Reading, Report, Statement, Status
from musterbook.values import Attribution, Figures, Mention, Period, Span

START = datetime(2025, 1, 1, tzinfo=UTC)
FIRST, DAYS = date(2005, 1, 1), 7300
FORCES = 25
LOT = 500  # reports to a transaction
PLANNED = 0.2  # share of the statements that announce
VOICES = (
    "the ministry",
    "General Ada Berg",
    "a defence official",
    "the spokesman",
    "Defence Minister Jo Lund",
)


def main() -> None:
    """Write the book."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("book", type=Path)
    parser.add_argument("--statements", type=int, default=100_000)
    parser.add_argument("--contingents", type=int, default=1_000)
    given = parser.parse_args()
    print(make(given.book, given.statements, given.contingents), "statements")


def make(place: Path, statements: int, contingents: int, seed: int = 5) -> int:
    """Fill a new book; how many statements."""
    chance = Random(seed)  # noqa: S311 -- to be the same each time
    told = readings(chance, statements, keys(contingents))
    with open_book(place, lambda: START, "", "bench", True) as book:
        while lot := list(islice(told, LOT)):
            book.add_reports(lot)
    return statements


def keys(many: int) -> list[Contingent]:
    """So many contingents of real forces in real places."""
    states = sorted(code for code, party in load_register().parties.items() if party.kind == "state")
    forces = ["USA", *(code for code in states if code != "USA")][:FORCES]
    pairs = (Contingent(force, place) for place in states for force in forces if force != place)
    return list(islice(pairs, many))


def readings(chance: Random, many: int, where: list[Contingent]) -> Iterator[Input]:
    """Reports of one statement each, in the order of their days."""
    days = sorted(FIRST + timedelta(chance.randrange(DAYS)) for _ in range(many))
    for number, day in enumerate(days):
        yield reading(chance, number, day, where[number % len(where)])


def reading(chance: Random, number: int, day: date, key: Contingent) -> Input:
    """One report as it was read, with the entry of its statement."""
    register = load_register()
    size = 300 + 37 * (number % 200) + chance.randrange(-40, 40)
    plan, voice = chance.random() < PLANNED, chance.choice(VOICES)
    force, place = register.label(key.force), register.label(key.place)
    verb = "will have" if plan else "has"
    sentence = f"{force} {verb} {size:,} soldiers in {place}, {voice} said."
    text = f"{sentence} It was the {number}th report of its kind. More is to follow."
    report = Report(
        text,
        f"{force}: {size:,} in {place}",
        f"https://paper.example/{number}",
        f"Paper {number % 90}",
        published=day,
    )
    at = text.index(f"{size:,}")
    marks = (Span(0, len(force)), Span(at, at + len(f"{size:,}")))
    said = Statement(
        report.id,
        Mention(key.force, marks[0]),
        Mention(key.place),
        Figures(after=size) if plan else Figures(level=size, approx=chance.random() < 0.3),
        Status.ANNOUNCED if plan else Status.CURRENT,
        (Span(0, len(sentence)),),
        unit="soldier",
        period=Period.day(day + timedelta(90)) if plan else None,
        speaker=Attribution(voice),
        marks=marks,
        confidence=0.9,
    )
    return Reading(report, (said,)), (record(said, key, START, "reader", "1"),)


if __name__ == "__main__":
    main()
