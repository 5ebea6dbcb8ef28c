"""Prints what does not add up and who contradicts whom."""

from __future__ import annotations

from collections.abc import Collection

from musterbook.desk.asking import chosen
from musterbook.desk.lists import short
from musterbook.desk.options import Question
from musterbook.desk.screen import as_json as print_json
from musterbook.desk.screen import note, table
from musterbook.desk.views import View, conflict_view
from musterbook.desk.wiring import asked, label

COLUMNS = ("kind", "contingent", "what", "likely misprint", "ids")


def print_conflicts(
    force: str | None, place: str | None, codes: Collection[str], explained: bool, question: Question
) -> None:
    """The conflicts of that force and place and of these kinds; explained ones only where they are wanted."""
    with asked(question) as view:
        found = [c for c in view.conflicts() if explained or not c.explained]
        rows = chosen(view, [conflict_view(conflict, label) for conflict in found], force, place)
    rows = [row for row in rows if not codes or row["code"] in codes]
    if question.as_json:
        print_json({"conflicts": rows})
        return
    table(COLUMNS, [_cells(row) for row in rows], elastic=("what", "likely misprint"), spare=("ids",))
    if not rows:
        note("nothing contradicts anything")


def misprint_in_words(found: View | None) -> str:
    """``1,200 for 2,200: one digit differs, and 5,200 - 2,200 = 3,000``; empty where none can be named."""
    return f"{found['printed']:,} for {found['likely']:,}: {found['reason']}" if found else ""


def _cells(row: View) -> tuple[str, ...]:
    ids = " ".join(short(identity) for identity in row["basis"][:3])
    return row["code"], row["contingent"], row["message"], misprint_in_words(row["misprint"]), ids
