"""Reads files into a book and says what became of every one of them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count

from musterbook.api import OpenBook
from musterbook.desk.cli import PROBLEMS
from musterbook.desk.lists import notes_view, tally_line, tell_notes
from musterbook.desk.progress import bar
from musterbook.desk.screen import as_json as print_json
from musterbook.desk.screen import note, say
from musterbook.desk.views import View, tally_view
from musterbook.desk.wiring import arrivals, book_to_write
from musterbook.intake import Given
from musterbook.intake.trouble import REMARKS
from musterbook.model import Doubt, Report
from musterbook.pipeline import Tally
from musterbook.settings import book_place


def add_files(
    files: Iterable[str],
    place: str | None,
    given: Given,
    by: str | None,
    as_json: bool,
) -> int:
    """Add everything; the exit code says whether a file was in trouble."""
    return tell(*added(arrivals(files, given), place, by), as_json)


def added(found: Iterable[Report | Doubt], place: str | None, by: str | None) -> tuple[str, Tally]:
    """The name of the book, and what became of all that was added to it."""
    with book_to_write(book_place(place), by) as book:
        return book.ledger.store.name, add_shown(book, found, total=None)


def tell(name: str, tally: Tally, as_json: bool, more: View | None = None) -> int:
    """Print what became of it, for programs with more; the exit code says whether an input was in trouble."""
    tell_notes(tally.notes)
    for odd in tally.odd:
        note(f"{odd.message} [{odd.code}]")
    if as_json:
        print_json(
            {"book": name, "tally": tally_view(tally), "notes": notes_view(tally.notes)} | (more or {})
        )
    else:
        say(tally_line(tally))
        say(f"{tally.statements} statements written to {name}" if tally.changed else "nothing changed")
        if tally.held:
            say(f"{tally.held} of them are held for review: musterbook queue")
    is_troubled = any(one.code not in REMARKS for one in tally.notes)
    return PROBLEMS if is_troubled or tally.odd else 0


def add_shown(book: OpenBook, found: Iterable[Report | Doubt], total: int | None) -> Tally:
    """Add reports, with a progress bar for whoever looks on."""
    with bar("reading") as steps:
        done = count(1)
        return book.add(found, progress=steps and (lambda _source: steps(next(done), total or 0)))
