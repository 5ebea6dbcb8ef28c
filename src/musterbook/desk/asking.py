"""Prints what a book holds: contingents, announcements, doubts, sources."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from musterbook.api import BookView, OpenBook
from musterbook.desk import lists
from musterbook.desk.ask import contingent_rows, doubt_rows
from musterbook.desk.screen import as_json as print_json
from musterbook.desk.screen import note, table
from musterbook.desk.views import View, by_publisher, pledge_view, source_view
from musterbook.desk.wiring import existing_book, force_code, label, place_code


def print_contingents(
    force: str | None,
    place: str | None,
    on: date | None,
    known: datetime | None,
    given: str | None,
    as_json: bool,
) -> None:
    """Every contingent of that force and place on that day, as known then."""
    with existing_book(given) as book:
        rows = chosen(contingent_rows(at(book, known), on, label), force, place)
    if as_json:
        print_json({"contingents": rows})
    else:
        lists.contingents_table(rows)
        _nothing(rows, "no contingent fits; see them all with: musterbook contingents")


def print_pledges(
    force: str | None,
    place: str | None,
    verdict: str | None,
    on: date | None,
    known: datetime | None,
    given: str | None,
    as_json: bool,
) -> None:
    """The announced changes of that force and place, with that verdict."""
    with existing_book(given) as book:
        rows = chosen([pledge_view(p, label) for p in at(book, known).pledges(on)], force, place)
    rows = [row for row in rows if verdict in (None, row["verdict"])]
    if as_json:
        print_json({"pledges": rows})
    else:
        lists.pledges_table(rows)
        _nothing(rows, "no announcement fits; see them all with: musterbook pledges")


def print_doubts(stage: str | None, code: str | None, given: str | None, as_json: bool) -> None:
    """What could not be settled."""
    with existing_book(given) as book:
        rows = [
            row for row in doubt_rows(book) if stage in (None, row["stage"]) and code in (None, row["code"])
        ]
    if as_json:
        print_json({"doubts": rows})
    else:
        lists.doubts_table(rows)
        _nothing(rows, "no doubts")


def print_sources(each: bool, given: str | None, as_json: bool) -> None:
    """Publishers, or every report."""
    with existing_book(given) as book:
        counts = Counter(s.report for s in book.statements())
        reports = book.reports()
    rows = by_publisher(reports, counts)
    if each:
        rows = [source_view(r) | {"id": r.id, "statements": counts[r.id]} for r in reports]
    if as_json:
        print_json({"reports" if each else "publishers": rows})
    elif each:
        columns = ("published", "publisher", "title", "statements", "url")
        cells = [(r["published"] or "?", *(str(r[c]) for c in columns[1:])) for r in rows]
        table(columns, cells, numbers=("statements",))
    else:
        columns = ("publisher", "reports", "statements", "first", "last")
        table(columns, [[str(r[c] or "") for c in columns] for r in rows], numbers=columns[1:3])


def at(book: OpenBook, known: datetime | None) -> BookView:
    """The book, or the book as it was known at a moment."""
    return book.as_of(known) if known else book


def chosen(rows: list[View], force: str | None, place: str | None) -> list[View]:
    """The rows of that force and place, both by code or name; a joint place counts for each of its hosts."""
    wanted_force = force_code(force) if force else None
    wanted_place = place_code(place) if place else None
    return [
        row
        for row in rows
        if wanted_force in (None, row["force"])
        and (wanted_place is None or wanted_place in (row["place"], *row["place"].split("+")))
    ]


def _nothing(rows: list[View], words: str) -> None:
    if not rows:
        note(words)
