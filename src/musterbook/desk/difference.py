"""Prints what a book learned between two moments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from musterbook.desk.asking import chosen
from musterbook.desk.deeds import entry_view, said_in_words
from musterbook.desk.lists import short
from musterbook.desk.options import Question
from musterbook.desk.phrases import strength_in_words
from musterbook.desk.screen import as_json as print_json
from musterbook.desk.screen import heading, is_terminal, note, table
from musterbook.desk.views import View, contingent_view, estimate_view, pledge_view
from musterbook.desk.wiring import existing_book, label, tell_future
from musterbook.findings import Estimate
from musterbook.reckoning.difference import News, PledgeShift, Shift


def print_difference(
    moments: Sequence[datetime], force: str | None, place: str | None, question: Question
) -> None:
    """Contingents of which the book says something else, then announcements that are new or judged otherwise."""
    first, *rest = moments
    last = rest[0] if rest else None
    with existing_book(question.book) as book:
        tell_future(book, moments[-1])
        found = book.learned(first, last, question.on)
        shifts = chosen(book, [_shift(shift) for shift in found.shifts], force, place)
        pledges = chosen(book, [_pledge(shift) for shift in found.pledges], force, place)
    if question.as_json:
        until = last.isoformat() if last else None
        print_json({"since": first.isoformat(), "by": until, "contingents": shifts, "pledges": pledges})
        return
    _show(shifts, pledges)
    if not shifts and not pledges:
        note("the book learned nothing on that in between")


def _show(shifts: list[View], pledges: list[View]) -> None:
    """A table for each contingent in a terminal, one for all in a pipe; then the announcements."""
    columns = ("what", "statement", "says", "who", "why")
    cells = [(row, [tuple(_cells(one)[c] for c in columns) for one in row["news"]]) for row in shifts]
    if not is_terminal():
        lines = [
            (row["contingent"], row["before"], row["after"], *line) for row, lines in cells for line in lines
        ]
        table(("contingent", "before", "after", *columns), lines, title="Contingents" if pledges else "")
    else:
        for row, lines in cells:
            same = row["before"] == row["after"]
            figure = f"{row['after']}, as before" if same else f"{row['before']} -> {row['after']}"
            heading(f"{row['contingent']}: {figure}")
            table(columns, lines, elastic=("says", "why"))
    if pledges:
        named = ("verdict before", "now", "contingent", "change", "deadline", "id")
        told = [
            (
                p["before"] or "",
                p["after"] or "gone",
                p["contingent"],
                p["words"],
                p["deadline"] or "",
                short(p["id"]),
            )
            for p in pledges
        ]
        table(named, told, title="Announcements", elastic=("change",))


def _cells(one: View) -> dict[str, str]:
    """One statement that is new or otherwise, for a table."""
    act = one["act"]
    return {
        "what": one["what"] + (f" {one['detail']}" if one["what"] in ("moved", "renamed") else ""),
        "statement": short(one["statement"]),
        "says": one["says"],
        "who": act["by"] if act else "guard" if "held" in one["what"] else "",
        "why": one["detail"] if "held" in one["what"] else act["reason"] if act else "",
    }


def _shift(shift: Shift) -> View:
    """One contingent for programs."""
    return contingent_view(shift.contingent, label) | {
        "before": _strength(shift.before),
        "after": _strength(shift.after),
        "estimate_before": estimate_view(shift.before, label) if shift.before else None,
        "estimate_after": estimate_view(shift.after, label) if shift.after else None,
        "news": [_news(one) for one in shift.news],
    }


def _strength(estimate: Estimate | None) -> str:
    return strength_in_words(estimate.low, estimate.best, estimate.high) if estimate else "nothing"


def _news(one: News) -> View:
    return {
        "what": one.what,
        "statement": one.statement,
        "says": said_in_words(one.entry) if one.entry else "",
        "act": entry_view(one.act) if one.act else None,
        "detail": one.detail,
    }


def _pledge(shift: PledgeShift) -> View:
    """One announcement for programs, with its verdicts."""
    pledge = shift.after or shift.before
    held = pledge_view(pledge, label) if pledge else {}
    return held | {
        "before": shift.before.verdict if shift.before else None,
        "after": shift.after.verdict if shift.after else None,
    }
