"""Reads files into a book and says what became of every one of them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date

from musterbook.api import OpenBook
from musterbook.desk.cli import PROBLEMS
from musterbook.desk.lists import notes_view, tally_line, tell_notes
from musterbook.desk.screen import as_json as print_json
from musterbook.desk.screen import note, say
from musterbook.desk.views import tally_view
from musterbook.desk.wiring import arrivals, book_to_write
from musterbook.model import Doubt, Report
from musterbook.pipeline import Progress, Tally
from musterbook.settings import book_place


def add_files(
    files: Iterable[str],
    given: str | None,
    published: date | None,
    language: str | None,
    by: str | None,
    as_json: bool,
) -> int:
    """Add everything; the exit code says whether a file was in trouble."""
    place = book_place(given)
    with book_to_write(place, by) as book:
        name = book.ledger.store.name
        tally = add_shown(book, arrivals(files, published, language), total=None)
    tell_notes(tally.notes)
    for odd in tally.odd:
        note(f"{odd.message} [{odd.code}]")
    if as_json:
        print_json({"book": name, "tally": tally_view(tally), "notes": notes_view(tally.notes)})
    else:
        say(tally_line(tally))
        say(f"{tally.statements} statements written to {name}" if tally.changed else "nothing changed")
        if tally.held:
            say(f"{tally.held} of them are held for review: musterbook queue")
    return PROBLEMS if tally.notes or tally.odd else 0


def add_shown(book: OpenBook, found: Iterable[Report | Doubt], total: int | None) -> Tally:
    """Add reports, with a progress bar for whoever looks on."""
    with _progress(total) as progress:
        return book.add(found, progress=progress)


@contextmanager
def _progress(total: int | None) -> Iterator[Progress | None]:
    """A bar on standard error in a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda _source: bar.advance(task)
