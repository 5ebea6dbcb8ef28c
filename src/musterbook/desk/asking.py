"""Prints what a book holds: contingents, announcements, doubts, sources."""

from __future__ import annotations

from collections import Counter

from musterbook.api import BookView
from musterbook.desk import lists
from musterbook.desk.ask import contingent_rows, doubt_rows, hold_rows
from musterbook.desk.options import Question
from musterbook.desk.screen import as_json as print_json
from musterbook.desk.screen import note, table
from musterbook.desk.views import View, by_publisher, pledge_view, source_view
from musterbook.desk.wiring import asked, force_code, label, place_code
from musterbook.reckoning.pledges import PLEDGING


def print_contingents(force: str | None, place: str | None, question: Question) -> None:
    """Every contingent of that force and place on that day, as known then."""
    with asked(question) as view:
        rows = chosen(view, contingent_rows(view, question.on, label), force, place)
        waiting = {identity for row in rows for identity in row["held"]}
        held = [row for row in hold_rows(view, label) if row["statement"] in waiting]
    if question.as_json:
        print_json({"contingents": rows, "held": held})
    else:
        lists.contingents_table(rows)
        lists.held_list(held)
        _nothing(rows, "no contingent fits; see them all with: musterbook contingents")


def print_pledges(force: str | None, place: str | None, verdict: str | None, question: Question) -> None:
    """The announced changes of that force and place, with that verdict."""
    with asked(question) as view:
        pledges = [pledge_view(pledge, label) for pledge in view.pledges(question.on)]
        rows = [row for row in chosen(view, pledges, force, place) if verdict in (None, row["verdict"])]
        held = [] if question.with_held else chosen(view, hold_rows(view, label), force, place)
        held = [row for row in held if row["status"] in PLEDGING]
    if question.as_json:
        print_json({"pledges": rows, "held": held})
    else:
        lists.pledges_table(rows)
        lists.held_list(held)
        _nothing(rows, "no announcement fits; see them all with: musterbook pledges")


def print_doubts(stage: str | None, code: str | None, question: Question) -> None:
    """What could not be settled."""
    with asked(question) as view:
        rows = [
            row for row in doubt_rows(view) if stage in (None, row["stage"]) and code in (None, row["code"])
        ]
    if question.as_json:
        print_json({"doubts": rows})
    else:
        lists.doubts_table(rows)
        _nothing(rows, "no doubts")


def print_sources(each: bool, question: Question) -> None:
    """Publishers, or every report."""
    with asked(question) as view:
        counts = Counter(s.report for s in view.statements())
        reports = view.reports()
    rows = by_publisher(reports, counts)
    if each:
        rows = [source_view(r) | {"id": r.id, "statements": counts[r.id]} for r in reports]
    if question.as_json:
        print_json({"reports" if each else "publishers": rows})
    elif each:
        columns = ("published", "publisher", "title", "statements", "url")
        cells = [(r["published"] or "?", *(str(r[c]) for c in columns[1:])) for r in rows]
        table(columns, cells, numbers=("statements",))
    else:
        columns = ("publisher", "reports", "statements", "first", "last")
        table(columns, [[str(r[c] or "") for c in columns] for r in rows], numbers=columns[1:3])


def chosen(view: BookView, rows: list[View], force: str | None, place: str | None) -> list[View]:
    """The rows of that force and place, both by code or name; a joint place counts for each of its hosts."""
    wanted_force = view.current_name(force_code(force)) if force else None
    wanted_place = view.current_name(place_code(place)) if place else None
    return [
        row
        for row in rows
        if wanted_force in (None, row["force"])
        and (wanted_place is None or wanted_place in (row["place"], *row["place"].split("+")))
    ]


def _nothing(rows: list[View], words: str) -> None:
    if not rows:
        note(words)
