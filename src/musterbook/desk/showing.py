"""Prints one force in one place: strength, chart, reports in order, announcements."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Collection, Sequence
from datetime import date

import click

from musterbook.api import BookView
from musterbook.desk import lists
from musterbook.desk.ask import Pair, contingent_rows, hold_rows, pairs, statement_rows
from musterbook.desk.asking import chosen
from musterbook.desk.chart import Band, days_of, draw, points
from musterbook.desk.options import Question
from musterbook.desk.screen import as_json as print_json
from musterbook.desk.screen import heading, is_terminal, say
from musterbook.desk.views import View, pledge_view
from musterbook.desk.wiring import asked, force_code, label, matches, near, place_code
from musterbook.errors import UsageError
from musterbook.model import Contingent
from musterbook.reckoning.curve.curve import Curve

PIPE_WIDTH = 80
TOLD = (  # of the estimate, at the head of the JSON
    "contingent",
    "day",
    "low",
    "best",
    "high",
    "last_confirmed",
    "confirmed",
    "counting_rule",
    "basis",
    "supports",
    "known_at",
)


def print_show(force: str, place: str, question: Question) -> None:
    """Everything that the book holds on one force in one place; UsageError when it holds nothing.

    The JSON begins with the estimate of that force in that place: low, best, high, last_confirmed and so on.
    """
    on = question.on
    with asked(question) as view:
        codes = view.current_name(force_code(force)), view.current_name(place_code(place))
        view = view.of(near(*codes))
        entries = [e for e in view.entries() if e.contingent and matches(e.contingent, *codes)]
        strengths = chosen(view, contingent_rows(view, on, label), *codes)
        shown = {identity for row in strengths for identity in row["basis"]}
        found = published_by(pairs(view, entries), on, shown)
        here = {e.statement.id for e in entries if e.statement and _is_in(e.contingent, codes[1])}
        pledges = chosen(view, [pledge_view(p, label) for p in view.pledges(on)], *codes)
        held = [] if question.with_held else chosen(view, hold_rows(view, label), *codes)
        several = curves_here(view, *codes)
    strengths.sort(key=lambda row: row["place"] != codes[1])
    pledges.sort(key=lambda row: row["announced"] or "")
    title = f"{label(codes[0])} in {label(codes[1])}" + (f" on {on}" if on else "")
    if not entries:
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
        known = {"known": question.known.isoformat() if question.known else None}
        drawn = {"curves": [curve_view(c, on) for c in several]}
        print_json(first_of(strengths, codes) | known | told | drawn)
    else:
        _show(title, [pair for pair in found if pair[0].id in here - kept_back], told, several)


def curves_here(view: BookView, force: str, place: str) -> tuple[Curve, ...]:
    """The curves of the contingent with most statements of that force in that place."""
    found = {c: several for c, several in view.curves().items() if (c.force, c.place) == (force, place)}
    return max(found.values(), key=lambda several: len(several[0].heard), default=())


def first_of(strengths: list[View], codes: tuple[str, str]) -> View:
    """The estimate of a force in a place that is asked for: of the contingent with most statements, alone there."""
    here = [row for row in strengths if row["place"] == codes[1]] or strengths
    unknown = dict.fromkeys(("low", "best", "high", "last_confirmed", "counting_rule"))
    first = max(here, key=lambda row: row["statements"], default=unknown | {"basis": []})
    return {"force": codes[0], "place": codes[1]} | {k: v for k, v in first.items() if k in TOLD}


def curve_view(curve: Curve, on: date | None) -> View:
    """One curve for programs: its estimates on every day that anything was heard of, and on the day asked for."""
    days = sorted({*curve.days, *([on] if on else [])})
    shown = [(e.day.isoformat(), e.low, e.best, e.high) for e in curve.on(days)]
    return {
        "counting_rule": str(curve.rule),
        "points": [dict(zip(("day", "low", "best", "high"), row, strict=True)) for row in shown],
    }


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


def _show(title: str, drawn: list[Pair], told: dict[str, list[View]], curves: Sequence[Curve]) -> None:
    """For people: the strength, a chart without joint and held figures, what was reported, what was announced."""
    heading(title)
    for row in told["contingents"]:
        confirmed = f", last confirmed {row['last_confirmed']}" if row["last_confirmed"] else ""
        last = f" ({row['confirmed']:,})" if row["confirmed"] not in (None, row["best"]) else ""
        reported = f", reported {row['reported']}" if row["reported"] else ""
        says = f" by {row['says']}" if row["says"] and row["words"] != "unknown" else ""
        say(f"{row['contingent']} on {row['day']}: {row['words']}{confirmed}{last}{reported}{says}")
    for curve in curves[1:]:
        say(f"{curve.contingent.id}, {curve.rule}: a curve of its own, {len(curve.heard)} statements")
    print_chart(drawn, curves[0] if curves else None)
    lists.history_table(told["statements"], title="What was reported")
    if told["pledges"]:
        lists.pledges_table(told["pledges"], title="Announcements")
    lists.held_list(told["held"])
    if told["statements"] and is_terminal():
        say(f"The sentences behind a line: musterbook why {lists.short(told['statements'][-1]['id'])}")


def print_chart(found: list[Pair], curve: Curve | None) -> None:
    """The reported figures over the estimate, as wide as the terminal; ASCII where the terminal has no more."""
    width = min(shutil.get_terminal_size((PIPE_WIDTH, 24)).columns, 120)
    plain = "utf" not in (sys.stdout.encoding or "").lower() or os.environ.get("TERM") == "dumb"
    shown = points(found)
    asked_for = curve.on(days_of(shown, width)) if curve else ()
    known = ((e.day, e.low, e.best, e.high) for e in asked_for)
    bands = [
        Band(day, low, best, high)
        for day, low, best, high in known
        if low is not None and best is not None and high is not None
    ]
    lines = draw(shown, width, plain=plain, bands=bands)
    if lines:
        click.echo()
        click.echo("\n".join(lines))
