"""Adds a file of official tables and says what became of every row; lists the series that are known."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from musterbook.api.series import SeriesTally
from musterbook.desk.cli import PROBLEMS
from musterbook.desk.lists import notes_view, tell_notes
from musterbook.desk.progress import bar
from musterbook.desk.screen import as_json as print_json
from musterbook.desk.screen import note, paragraph, say, table
from musterbook.desk.views import View, tally_view
from musterbook.desk.wiring import book_to_write
from musterbook.lexicon.series import Series, load_series, series_names
from musterbook.settings import book_place

PARTS = ("day", "year", "month", "quarter", "place", "place_name", "force", "force_name", "mission", "kind")


def add_file(
    series: str, file: str, folder: str | None, given: str | None, by: str | None, as_json: bool
) -> int:
    """Add a file; the exit code says whether it, or a row of it, was in trouble."""
    load_series(series, Path(folder) if folder else None)  # a wrong name makes no book
    with book_to_write(book_place(given), by) as book:
        name = book.ledger.store.name
        with bar("reading") as steps:
            done = count(1)
            found = book.add_series(series, file, folder, steps and (lambda _source: steps(next(done), 0)))
    if as_json:
        print_json(tally_of(found) | {"book": name})
    else:
        _tell(found, name)
    tell_notes(found.tally.notes)
    for odd in found.tally.odd:
        note(f"{odd.message} [{odd.code}]")
    return PROBLEMS if found.problems or found.tally.notes or found.tally.odd else 0


def tally_of(found: SeriesTally) -> View:
    """What became of a file, for programs; ``rows`` is ``taken`` and the rows left out."""
    left = [
        {"code": one.code, "rows": len(one.lines), "lines": list(one.lines), "names": list(one.words)}
        for one in found.left
    ]
    notes = notes_view(found.tally.notes)
    rows = {"series": found.series, "rows": found.rows, "taken": found.taken, "left": left}
    return rows | {"tally": tally_view(found.tally), "notes": notes}


def _tell(found: SeriesTally, name: str) -> None:
    """For people: the sum of the rows, then every reason for which rows were left out, with their lines."""
    tally = found.tally
    parts = "".join(f" + {one.code} {len(one.lines)}" for one in found.left)
    if found.rows:
        say(f"rows {found.rows} = taken {found.taken}{parts}")
        new = tally.read + tally.silent
        say(f"tables {tally.inputs - tally.refused} = new {new} + already known {tally.known}")
    say(f"{tally.statements} statements written to {name}" if tally.changed else "nothing changed")
    for one in found.left:
        if one.is_expected:
            paragraph(f"{one.message} [{one.code}]", indent=2)
        else:
            note(f"{one.message} [{one.code}]")


def print_list(folder: str | None, as_json: bool) -> None:
    """The series that ship and those of a folder."""
    own = Path(folder) if folder else None
    rows = [series_view(load_series(name, own)) for name in series_names(own)]
    if as_json:
        print_json({"series": rows})
        return
    columns = ("series", "publisher", "counts", "columns", "published")
    cells = [
        (
            row["series"],
            row["publisher"],
            "; ".join(row["counts"]),
            ", ".join(row["columns"]),
            f"{row['delay']} days later",
        )
        for row in rows
    ]
    table(columns, cells, spare=("published",), elastic=("counts", "columns"))


def series_view(series: Series) -> View:
    """A series for programs."""
    named = [series.columns[part][0] for part in PARTS if part in series.columns]
    added = [names[0] for one in series.counts for names in one.add]
    counts = [f"{one.unit} ({one.rule})" for one in series.counts]
    return {
        "series": series.key,
        "title": series.title,
        "publisher": series.publisher,
        "counts": list(dict.fromkeys(counts)),
        "columns": list(dict.fromkeys([*named, *added])),
        "delay": series.delay,
    }
