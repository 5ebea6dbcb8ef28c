"""Prints what reports say, report by report, as they are read."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import click

from musterbook.api import read_report
from musterbook.desk.cli import PROBLEMS
from musterbook.desk.evidence import marked
from musterbook.desk.lists import notes_view, tell_notes
from musterbook.desk.screen import as_json as print_json
from musterbook.desk.screen import heading, is_terminal, note, say, table
from musterbook.desk.views import View, reading_view
from musterbook.desk.wiring import arrivals, label
from musterbook.intake import Given
from musterbook.intake.trouble import REMARKS
from musterbook.model import Doubt, Reading, Statement
from musterbook.pipeline import read_all
from musterbook.second.endpoint import SecondReader

COLUMNS = ("source", "published", "force", "place", "figures", "status", "when", "speaker", "evidence")


def print_readings(
    files: Iterable[str],
    given: Given,
    as_json: bool,
    second: SecondReader | None = None,
) -> int:
    """Read and print everything; the exit code says whether a file was in trouble."""
    failures: list[Doubt] = []
    views: list[View] = []
    troubled = False
    for outcome in read_all(arrivals(files, given), partial(read_report, second=second)):
        if isinstance(outcome, Doubt):
            failures.append(outcome)
            tell_notes([outcome])
            continue
        own = [d for d in outcome.doubts if d.stage == "intake" or d.code.startswith("second-reader-")]
        troubled |= any(d.code not in REMARKS for d in own)
        tell_notes(own)
        _take(outcome, views, as_json)
    if as_json:
        print_json({"reports": views, "not_read": notes_view(failures)})
    return PROBLEMS if troubled or any(one.code not in REMARKS for one in failures) else 0


def _take(reading: Reading, views: list[View], as_json: bool) -> None:
    view = reading_view(reading, label)
    if as_json:
        views.append(view)
    elif is_terminal():
        _show(reading, view)
    else:
        _lines(view, first=not views)
        views.append({})


def _show(reading: Reading, view: View) -> None:
    """A heading, a table, and how the day was found if the report does not give it."""
    report = reading.report
    heading(
        " · ".join(p for p in (view["title"] or view["source"], view["published"], view["publisher"]) if p)
    )
    if report.published_reason:
        say(f"published {view['published'] or '?'}: {report.published_reason}")
    if not view["statements"]:
        say("nothing about the strength of troops")
    for statement, held in zip(reading.statements, view["statements"], strict=True):
        _block(reading, statement, held)
    for doubt in reading.doubts:
        if doubt.code == "proposed":
            say(doubt.message)
            click.echo(f"  {doubt.words}")
    unsure = [d for d in reading.doubts if d.stage != "intake" and d.code != "proposed"]
    if unsure:
        note(f"{len(unsure)} in doubt: " + "; ".join(d.message for d in unsure[:3]))


def _block(reading: Reading, statement: Statement, held: View) -> None:
    """One statement for people: what was read, who says so, and the words that state it."""
    where = f" in {held['place_name']}" if held["place_name"] else ""
    when = f", {held['when']}" if held["when"] else ""
    click.echo()
    say(f"{held['force_name']}{where}: {held['words']}, {held['status']}{when}")
    say(f"  {held['speaker'] or 'the report'} says so")
    for span in statement.evidence:
        click.echo("  " + marked(reading.report, span, statement.marks))


def _lines(view: View, *, first: bool) -> None:
    """Plain lines parted by tabs, each complete in itself."""
    rows = [
        (
            view["source"],
            view["published"] or "?",
            s["force"],
            s["place"] or "?",
            s["words"],
            s["status"],
            s["date"] or "",
            s["speaker"] or "",
            s["evidence"],
        )
        for s in view["statements"]
    ]
    table(COLUMNS, rows, headed=first)
