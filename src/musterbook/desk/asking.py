"""Prints what a book holds: contingents, announcements, doubts, sources."""

from __future__ import annotations

from collections import Counter

from musterbook.api import BookView
from musterbook.desk import lists
from musterbook.desk.ask import contingent_rows, doubt_rows, hold_rows
from musterbook.desk.options import Question
from musterbook.desk.screen import as_json as print_json
from musterbook.desk.screen import note, table
from musterbook.desk.views import View, by_publisher, pledge_view, score_view, source_view
from musterbook.desk.wiring import asked, force_code, label, matches, near, place_code
from musterbook.errors import UsageError
from musterbook.findings import Verdict
from musterbook.reckoning.pledges import PLEDGING


def print_contingents(force: str | None, place: str | None, question: Question) -> None:
    """Every contingent of that force and place on that day, as known then."""
    with asked(question) as view:
        view = view.of(near(*codes_of(view, force, place)))
        rows = chosen(view, contingent_rows(view, question.on, label), force, place)
        waiting = {identity for row in rows for identity in row["held"]}
        held = [row for row in hold_rows(view, label) if row["statement"] in waiting]
    if question.as_json:
        print_json({"contingents": rows, "held": held})
    else:
        lists.contingents_table(rows)
        lists.held_list(held)
        _nothing(rows, "no contingent fits; see them all with: musterbook contingents")


def print_pledges(
    force: str | None, place: str | None, verdict: str | None, everything: bool, question: Question
) -> None:
    """The announced changes of that force and place, with that verdict; JSON is a list."""
    if verdict is not None and verdict not in set(Verdict):
        raise UsageError(f"no verdict is called {verdict!r}; they are: {', '.join(Verdict)}")
    with asked(question) as view:
        view = view.of(near(*codes_of(view, force, place)))
        found = view.pledges(question.on) if everything or verdict else view.recent_pledges(question.on)
        pledges = [pledge_view(pledge, label) for pledge in found]
        rows = [row for row in chosen(view, pledges, force, place) if verdict in (None, row["verdict"])]
        held = [] if question.with_held else chosen(view, hold_rows(view, label), force, place)
        held = [row for row in held if row["status"] in PLEDGING]
    if question.as_json:
        print_json(rows)
        return
    lists.pledges_table(rows)
    lists.held_list(held)
    _nothing(rows, "no announcement fits; see them all with: musterbook pledges --all")


def print_scoreboard(by: str, force: str | None, place: str | None, question: Question) -> None:
    """How the announced changes of each force, place or speaker came out; JSON is a list."""
    from musterbook.reckoning.pledges.scoreboard import scoreboard

    codes = force_code(force) if force else None, place_code(place) if place else None
    with asked(question) as view:
        wanted = [view.current_name(code) if code else None for code in codes]
        found = [p for p in view.pledges(question.on) if matches(p.contingent, wanted[0], wanted[1])]
        scores = scoreboard(found, by)
    rows = [score_view(score, _itself if by == "speaker" else label) for score in scores]
    if question.as_json:
        print_json(rows)
    else:
        lists.scores_table(rows, by)
        _nothing(rows, "no announcement fits; see them all with: musterbook pledges --all")


def _itself(words: str) -> str:
    """A speaker has no other name."""
    return words


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
    wanted_force, wanted_place = codes_of(view, force, place)
    return [
        row
        for row in rows
        if wanted_force in (None, row["force"])
        and (wanted_place is None or wanted_place in (row["place"], *row["place"].split("+")))
    ]


def codes_of(view: BookView, force: str | None, place: str | None) -> tuple[str | None, str | None]:
    """The codes that stand for a force and a place today, None for one that is not given."""
    return (
        view.current_name(force_code(force)) if force else None,
        view.current_name(place_code(place)) if place else None,
    )


def _nothing(rows: list[View], words: str) -> None:
    if not rows:
        note(words)
