"""Tells what became of one announcement: who said it when, what followed, and what decided."""

from __future__ import annotations

from datetime import date

from musterbook.api import BookView
from musterbook.desk.ask import pairs
from musterbook.desk.lists import ELASTIC, short
from musterbook.desk.phrases import figures_in_words
from musterbook.desk.screen import paragraph, table
from musterbook.desk.views import View, statement_view
from musterbook.desk.wiring import label

ANNOUNCED, AGAIN, SEEN, DECIDED = "announced", "said again", "seen", "decided by"


def timeline(book: BookView, pledge: View, on: date | None) -> list[View]:
    """The statements on a pledge and those of its chain in order of days, each with what it does for it."""
    wanted = {*pledge["basis"], *pledge["evidence"]}
    found = pairs(book, (e for e in book.entries() if e.statement and e.statement.id in wanted))
    rows = [statement_view(statement, report, label) for statement, report in found]
    first = next((row["id"] for row in rows if _is_told(row, pledge)), None)
    told = [_row(row, pledge, first) for row in rows]
    return sorted(told + _chain(book, pledge, on), key=lambda row: (row["day"] or "", row["what"] == DECIDED))


def _row(row: View, pledge: View, first: str | None) -> View:
    """One statement with what it does for the pledge."""
    what = SEEN
    if row["id"] in pledge["deciding"]:
        what = DECIDED
    elif _is_told(row, pledge):
        what = ANNOUNCED if row["id"] == first else AGAIN
    said = {"says": row["words"], "when": row["when"], "by": row["speaker"], "publisher": row["publisher"]}
    return {"day": row["published"], "what": what, "id": row["id"]} | said


def _is_told(row: View, pledge: View) -> bool:
    """Whether a statement is a report of the announcement itself."""
    return row["id"] in pledge["basis"] and row["id"] not in pledge["deciding"]


def _chain(book: BookView, pledge: View, on: date | None) -> list[View]:
    """The announcements before and after it in its chain."""
    links = {pledge["replaces"]: "came after", pledge["replaced_by"]: "followed by"}
    return [
        {
            "day": other.announced.isoformat() if other.announced else None,
            "what": links[other.id],
            "id": other.id,
            "says": figures_in_words(other.figures),
            "when": f"by {other.deadline}" if other.deadline else "",
            "by": other.speaker,
            "publisher": "",
        }
        for other in book.pledges(on)
        if other.id in links
    ]


def show_timeline(pledge: View, rows: list[View]) -> None:
    """The verdict in a sentence, then the timeline."""
    paragraph(sentence(pledge))
    columns = ("day", "what", "says", "when", "who says so", "publisher", "id")
    cells = [
        (
            row["day"] or "?",
            row["what"],
            row["says"],
            row["when"] or "",
            row["by"] or "the report",
            row["publisher"],
            short(row["id"]),
        )
        for row in rows
    ]
    table(columns, cells, spare=("publisher", "when"), elastic=ELASTIC)


def sentence(pledge: View) -> str:
    """The verdict in words, with the day on which it could be known, what was seen, and the pace that was needed."""
    decided = f" on {pledge['decided_on']}" if pledge["decided_on"] else ""
    parts = [f"{pledge['verdict']}{decided}: {pledge['because']}"]
    if pledge["reached"] is not None:
        parts.append(f"last seen {pledge['reached']:,}")
    if pledge["target"] is not None:
        parts.append(f"promised {pledge['target']:,}")
    if pledge["pace"]:
        parts.append(f"{pledge['pace']['persons']:,} had to move in {pledge['pace']['days']} days")
    return "; ".join(parts)
