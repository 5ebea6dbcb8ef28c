"""Prints what today's reader would say otherwise, and writes it where that is wanted."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from musterbook.api import BookView
from musterbook.api.rereading import LinesRead
from musterbook.desk.deeds import change_view, entry_view, said_in_words
from musterbook.desk.lists import short
from musterbook.desk.screen import as_json as print_json
from musterbook.desk.screen import heading, is_terminal, paragraph, say, table
from musterbook.desk.views import View
from musterbook.desk.wiring import existing_book
from musterbook.ledger.rereading import Fate, Proposal, Rereading


def run_reread(
    reports: Sequence[str],
    accept: bool,
    only: Sequence[str],
    by: str | None,
    given: str | None,
    as_json: bool,
) -> None:
    """Read again, report by report, and show or write what differs."""
    fates = [Fate(one) for one in only]
    told: list[View] = []
    written = same = 0
    with existing_book(given, by) as book, _progress() as progress:
        for found in book.reread(reports, progress=progress):
            same += found.same
            written += book.accept(found, fates) if accept else 0
            if row := _view(book, found, fates):
                told.append(row)
    counts = {str(fate): sum(p["fate"] == fate for row in told for p in row["differences"]) for fate in Fate}
    if as_json:
        print_json({"same": same, "counts": counts, "written": written, "reports": told})
        return
    if told:
        _show(told)
    parts = ", ".join(f"{fate} {count}" for fate, count in counts.items())
    say(f"same {same}, {parts}" + (f"; {written} entries written" if accept else ""))
    if not accept and any(counts[fate] for fate in (Fate.NEW, Fate.CHANGED, Fate.GONE)):
        say("to have these stand in the book: musterbook reread --accept --as NAME")


def _view(book: BookView, found: Rereading, fates: Sequence[Fate]) -> View | None:
    """A report of which something differs, for programs."""
    wanted = [p for p in found.proposals if not fates or p.fate in fates]
    report = book.report(found.report) if wanted else None
    if report is None:
        return None
    return {
        "report": report.id,
        "source": report.name or report.url,
        "title": report.title,
        "published": report.published.isoformat() if report.published else None,
        "reader": found.version,
        "same": found.same,
        "differences": [_difference(one) for one in wanted],
    }


def _difference(one: Proposal) -> View:
    entry = one.before or one.after
    return {
        "fate": str(one.fate),
        "statement": entry.statement.id if entry and entry.statement else None,
        "before": said_in_words(one.before) if one.before else None,
        "after": said_in_words(one.after) if one.after else None,
        "changes": [change_view(change) for change in one.changes],
        "words": _words(one),
        "kept": entry_view(one.decision) if one.decision else None,
    }


def _words(one: Proposal) -> str:
    """What differs, in a line."""
    changed = "; ".join(change.words for change in one.changes)
    if one.decision:
        return f"decided by {one.decision.by}"
    if one.fate is Fate.CHANGED:
        return changed
    entry = one.after or one.before
    return said_in_words(entry) if entry else ""


def _show(told: Sequence[View]) -> None:
    """A few lines for each report in a terminal, one table in a pipe."""
    found = [(row, one, short(one["statement"] or "")) for row in told for one in row["differences"]]
    if not is_terminal():
        columns = ("report", "difference", "statement", "in the book", "what")
        cells = (
            (short(row["report"]), d["fate"], name, d["before"] or "", d["words"]) for row, d, name in found
        )
        table(columns, cells)
        return
    last = ""
    for row, one, name in found:
        if row["report"] != last:
            named = (short(row["report"]), row["published"] or "", row["title"] or row["source"])
            heading(" ".join(part for part in named if part))
            last = row["report"]
        paragraph(f"{one['fate']} {name}: {one['before'] or one['after']}")
        if one["fate"] in (Fate.CHANGED, Fate.KEPT):
            paragraph(one["words"], indent=4)


@contextmanager
def _progress() -> Iterator[LinesRead | None]:
    """A bar on standard error in a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn("reading again"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
