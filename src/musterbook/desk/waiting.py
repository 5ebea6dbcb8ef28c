"""Prints what waits for review."""

from __future__ import annotations

from musterbook.api import BookView
from musterbook.desk.asking import chosen
from musterbook.desk.lists import short
from musterbook.desk.options import Question
from musterbook.desk.phrases import figures_in_words
from musterbook.desk.screen import as_json as print_json
from musterbook.desk.screen import is_terminal, note, say, table
from musterbook.desk.views import View, contingent_view
from musterbook.desk.wiring import asked, label
from musterbook.findings import Item
from musterbook.model import Contingent, Statement

NOWHERE = Contingent("", "")


def print_queue(top: int, force: str | None, place: str | None, question: Question) -> None:
    """The first of them, each with its reason and the command to type next."""
    with asked(question) as view:
        said = {statement.id: statement for statement in view.statements()}
        rows = [queue_view(view, item, said[item.statement]) for item in view.queue()]
        rows = chosen(view, rows, force, place)
    if question.as_json:
        print_json({"waiting": len(rows), "queue": rows[:top]})
        return
    columns = ("moves", "contingent", "figures", "published", "reason", "id" if is_terminal() else "next")
    cells = [[str(row[column]) for column in columns] for row in rows[:top]]
    spare = ("published", "figures")
    table(columns, cells, numbers=("moves",), spare=spare, elastic=("reason", "contingent"))
    if rows and is_terminal():
        more = f"; and {len(rows) - top} more: --top {len(rows)}" if len(rows) > top else ""
        say(f"What to type next: {rows[0]['next']}{more}")
    if not rows:
        note("nothing waits for review")


def queue_view(view: BookView, item: Item, said: Statement) -> View:
    """A statement that nobody has reviewed, with what it moves, why it is worth a look, and what to type."""
    report = view.report(said.report)
    return contingent_view(item.contingent or NOWHERE, label) | {
        "contingent": item.contingent.id if item.contingent else "?",
        "statement": item.statement,
        "id": short(item.statement),
        "moves": item.moves,
        "figures": figures_in_words(said.figures, said.wording),
        "published": report.published.isoformat() if report and report.published else "?",
        "reason": item.reason,
        "confidence": said.confidence,
        "next": f"musterbook review show {short(item.statement)}",
    }
