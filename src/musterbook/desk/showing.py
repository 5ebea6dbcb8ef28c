"""Prints one force in one place: strength, chart, reports in order, announcements."""

from __future__ import annotations

import os
import shutil
import sys
from datetime import date, datetime

import click

from musterbook.desk import lists
from musterbook.desk.ask import Pair, contingent_rows, pairs, statement_rows
from musterbook.desk.asking import at, chosen
from musterbook.desk.chart import draw, points
from musterbook.desk.screen import as_json as print_json
from musterbook.desk.screen import heading, is_terminal, say
from musterbook.desk.views import View, pledge_view
from musterbook.desk.wiring import existing_book, force_code, label, matches, place_code
from musterbook.errors import UsageError

PIPE_WIDTH = 80


def print_show(
    force: str, place: str, on: date | None, known: datetime | None, given: str | None, as_json: bool
) -> None:
    """Everything that the book holds on one force in one place; UsageError when it holds nothing."""
    codes = force_code(force), place_code(place)
    with existing_book(given) as book:
        view = at(book, known)
        entries = [e for e in view.entries() if e.contingent and matches(e.contingent, *codes)]
        found = published_by(pairs(view, entries), on)
        here = [e for e in entries if e.contingent and e.contingent.place == codes[1]]
        alone = published_by(pairs(view, here), on)
        strengths = chosen(contingent_rows(view, on, label), *codes)
        pledges = chosen([pledge_view(p, label) for p in view.pledges(on)], *codes)
    strengths.sort(key=lambda row: row["place"] != codes[1])
    pledges.sort(key=lambda row: row["announced"] or "")
    title = f"{label(codes[0])} in {label(codes[1])}" + (f" as reported by {on}" if on else "")
    if not found:
        raise UsageError(f"the book has nothing on {title}; what it has: musterbook contingents")
    rows = statement_rows(found, label)
    if as_json:
        print_json(
            {
                "force": codes[0],
                "place": codes[1],
                "contingents": strengths,
                "statements": rows,
                "pledges": pledges,
            }
        )
    else:
        _show(title, alone, rows, strengths, pledges)


def published_by(found: list[Pair], day: date | None) -> list[Pair]:
    """Those whose report was out on that day; a report of no known day stays."""
    return [p for p in found if day is None or p[1].published is None or p[1].published <= day]


def _show(
    title: str, alone: list[Pair], rows: list[View], strengths: list[View], pledges: list[View]
) -> None:
    heading(title)
    for row in strengths:
        reported = f", reported {row['reported']}" if row["reported"] else ""
        says = f" by {row['says']}" if row["says"] and row["words"] != "unknown" else ""
        say(f"{row['contingent']} on {row['day']}: {row['words']}{reported}{says}")
    print_chart(alone)  # a joint figure for several hosts is no strength in one of them
    lists.history_table(rows, title="What was reported")
    if pledges:
        lists.pledges_table(pledges, title="Announcements")
    if rows and is_terminal():
        say(f"The sentences behind a line: musterbook why {lists.short(rows[-1]['id'])}")


def print_chart(found: list[Pair]) -> None:
    """The reported figures over time, as wide as the terminal; ASCII where the terminal has no more."""
    width = min(shutil.get_terminal_size((PIPE_WIDTH, 24)).columns, 120)
    plain = "utf" not in (sys.stdout.encoding or "").lower() or os.environ.get("TERM") == "dumb"
    lines = draw(points(found), width, plain=plain)
    if lines:
        click.echo()
        click.echo("\n".join(lines))
