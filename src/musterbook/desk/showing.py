"""Prints one force in one place: strength, chart, reports in order, announcements."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Collection
from datetime import date

import click

from musterbook.desk import lists
from musterbook.desk.ask import Pair, contingent_rows, hold_rows, pairs, statement_rows
from musterbook.desk.asking import chosen
from musterbook.desk.chart import draw, points
from musterbook.desk.options import Question
from musterbook.desk.screen import as_json as print_json
from musterbook.desk.screen import heading, is_terminal, say
from musterbook.desk.views import View, pledge_view
from musterbook.desk.wiring import asked, force_code, label, matches, place_code
from musterbook.errors import UsageError
from musterbook.model import Contingent

PIPE_WIDTH = 80


def print_show(force: str, place: str, question: Question) -> None:
    """Everything that the book holds on one force in one place; UsageError when it holds nothing."""
    on = question.on
    with asked(question) as view:
        codes = view.current_name(force_code(force)), view.current_name(place_code(place))
        entries = [e for e in view.entries() if e.contingent and matches(e.contingent, *codes)]
        strengths = chosen(view, contingent_rows(view, on, label), *codes)
        shown = {identity for row in strengths for identity in row["basis"]}
        found = published_by(pairs(view, entries), on, shown)
        here = {e.statement.id for e in entries if e.statement and _is_in(e.contingent, codes[1])}
        pledges = chosen(view, [pledge_view(p, label) for p in view.pledges(on)], *codes)
        held = [] if question.with_held else chosen(view, hold_rows(view, label), *codes)
    strengths.sort(key=lambda row: row["place"] != codes[1])
    pledges.sort(key=lambda row: row["announced"] or "")
    title = f"{label(codes[0])} in {label(codes[1])}" + (f" as reported by {on}" if on else "")
    if not found:
        raise UsageError(f"the book has nothing on {title}; what it has: musterbook contingents")
    listed = {statement.id for statement, _ in found}
    kept_back = {row["statement"] for row in held}
    rows = [row | {"held": row["id"] in kept_back} for row in statement_rows(found, label)]
    told = {
        "contingents": strengths,
        "statements": rows,
        "pledges": pledges,
        "held": [row for row in held if row["statement"] in listed],
    }
    if question.as_json:
        print_json({"force": codes[0], "place": codes[1]} | told)
    else:
        _show(title, [pair for pair in found if pair[0].id in here - kept_back], told)


def _is_in(contingent: Contingent | None, place: str) -> bool:
    """Whether it is a contingent of that place alone."""
    return contingent is not None and contingent.place == place


def published_by(found: list[Pair], day: date | None, shown: Collection[str] = ()) -> list[Pair]:
    """Those whose report was out on that day, or on no day that we know, and those that a shown figure stands on."""
    return [
        (statement, report)
        for statement, report in found
        if day is None or report.published is None or report.published <= day or statement.id in shown
    ]


def _show(title: str, drawn: list[Pair], told: dict[str, list[View]]) -> None:
    """For people: the strength, a chart without joint and held figures, what was reported, what was announced."""
    heading(title)
    for row in told["contingents"]:
        reported = f", reported {row['reported']}" if row["reported"] else ""
        says = f" by {row['says']}" if row["says"] and row["words"] != "unknown" else ""
        say(f"{row['contingent']} on {row['day']}: {row['words']}{reported}{says}")
    print_chart(drawn)
    lists.history_table(told["statements"], title="What was reported")
    if told["pledges"]:
        lists.pledges_table(told["pledges"], title="Announcements")
    lists.held_list(told["held"])
    if is_terminal():
        say(f"The sentences behind a line: musterbook why {lists.short(told['statements'][-1]['id'])}")


def print_chart(found: list[Pair]) -> None:
    """The reported figures over time, as wide as the terminal; ASCII where the terminal has no more."""
    width = min(shutil.get_terminal_size((PIPE_WIDTH, 24)).columns, 120)
    plain = "utf" not in (sys.stdout.encoding or "").lower() or os.environ.get("TERM") == "dumb"
    lines = draw(points(found), width, plain=plain)
    if lines:
        click.echo()
        click.echo("\n".join(lines))
