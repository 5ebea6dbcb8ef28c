"""The demonstration: the shipped reports go into a book, and the book tells what it holds."""

from __future__ import annotations

import shlex
import shutil
import sys
from collections import Counter
from datetime import date
from importlib import resources
from pathlib import Path

from musterbook.api import OpenBook
from musterbook.desk import lists
from musterbook.desk.adding import add_shown
from musterbook.desk.ask import contingent_rows, doubt_rows
from musterbook.desk.cli import PROBLEMS
from musterbook.desk.screen import as_json as print_json
from musterbook.desk.screen import heading, note, say
from musterbook.desk.views import View, pledge_view, tally_view
from musterbook.desk.web.serving import address_of
from musterbook.desk.web.settings import Setup
from musterbook.desk.wiring import book_to_write, label
from musterbook.errors import OlderBookError
from musterbook.findings import Verdict
from musterbook.intake import from_path
from musterbook.pipeline import Tally
from musterbook.settings import demo_file

SAMPLES = "reports.jsonl"


def samples() -> Path:
    """The file of sample reports that ships with the package."""
    return Path(str(resources.files("musterbook").joinpath("samples", SAMPLES)))


def run_demo(on: date | None, given: str | None, as_json: bool) -> int:
    """Read the samples, print the book; the exit code says whether a sample could not be read."""
    file = demo_file(given)
    with samples().open("rb") as lines:
        total = sum(1 for line in lines if line.strip())
    with _own_book(file, named=given is not None) as book:
        tally = add_shown(book, from_path(samples(), called=f"samples/{SAMPLES}"), total)
        found = _found(book, on)
    if as_json:
        print_json({"book": str(file), "tally": tally_view(tally)} | found)
    else:
        _show(file, tally, found, given)
    return PROBLEMS if tally.refused else 0


def _own_book(file: Path, named: bool) -> OpenBook:
    """The demonstration's book; one of its own that an older version made is put aside, for today's reader to begin."""
    try:
        return book_to_write(file)
    except OlderBookError:
        if named:
            raise
        older = file.replace(file.with_name(f"{file.name}.older"))
        note(f"the demonstration of an older version is kept as {older}")
        return book_to_write(file)


def _found(book: OpenBook, on: date | None) -> dict[str, list[View]]:
    return {
        "contingents": contingent_rows(book, on, label),
        "pledges": [pledge_view(pledge, label) for pledge in book.pledges(on)],
        "doubts": doubt_rows(book),
    }


def _show(file: Path, tally: Tally, found: dict[str, list[View]], given: str | None) -> None:
    known = [row for row in found["contingents"] if row["words"] != "unknown"]
    lists.contingents_table(known, title="Contingents, with their strength")
    unknown = len(found["contingents"]) - len(known)
    if unknown:
        say(f"and {unknown} contingents of which only changes or words without a number are reported")
    for verdict in (Verdict.OPEN, Verdict.DUE, Verdict.KEPT, Verdict.BROKEN):
        rows = [row for row in found["pledges"] if row["verdict"] == verdict]
        if not rows:
            continue
        rows.sort(key=lambda row: row["announced"] or "", reverse=True)
        title = f"Announcements, {verdict}: {_of(rows)}"
        lists.pledges_table(rows[: lists.MANY], title=title, judged=False)
    others = Counter(row["verdict"] for row in found["pledges"])
    say("All announcements: " + ", ".join(f"{others[v]} {v}" for v in Verdict if others[v]))
    doubts = found["doubts"]
    if doubts:
        lists.doubts_table(doubts[: lists.MANY], title=f"What was doubtful: {_of(doubts)}")
    heading(lists.tally_line(tally))
    wrote = f"{tally.statements} statements and {tally.doubts} doubts written to {file}"
    say(wrote if tally.changed else f"nothing changed: {file} held all of it already")
    _next(file, given)


def _of(rows: list[View]) -> str:
    return f"{len(rows)}, {lists.MANY} shown" if len(rows) > lists.MANY else str(len(rows))


def _next(file: Path, given: str | None) -> None:
    command, option = own_name(), f"--book {shlex.quote(str(given or file))}"
    heading("What to try next")
    say(f"  {command} show us iraq {option}")
    say(f"  {command} why USA/IRQ {option}")
    say(f"  {command} pledges {option}")
    say(f"  {command} read report.txt --published 2020-09-09")
    say(f"  {command} serve {option}")
    say(f"The last one opens the desk in a browser, with map, curves and evidence: {address_of(Setup())}/")


def own_name() -> str:
    """How to call us again: by name where the shell finds it, else by the path we were called by."""
    return "musterbook" if shutil.which("musterbook") else shlex.quote(sys.argv[0])
