"""The tables of a published site: contingents, statements and announcements, for programs and for spreadsheets."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import date

from musterbook.api import BookView
from musterbook.desk.ask import contingent_rows, pairs, statement_rows
from musterbook.desk.views import View, pledge_view
from musterbook.desk.web.publishing.addresses import DATA
from musterbook.desk.wiring import label
from musterbook.safe import as_cell

TABLES = ("contingents", "statements", "announcements")
FORMS = ("csv", "json")
PATHS = frozenset(f"{DATA}{name}.{form}" for name in TABLES for form in FORMS)


def tables(view: BookView, day: date) -> Iterator[tuple[str, bytes]]:
    """The files with their names, from the folder of the site."""
    told = {
        "contingents": contingent_rows(view, day, label),
        "statements": statement_rows(pairs(view, view.entries()), label),
        "announcements": [pledge_view(one, label) for one in view.pledges(day)],
    }
    for name, rows in told.items():
        yield f"data/{name}.csv", as_table(rows).encode()
        yield (
            f"data/{name}.json",
            (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode(errors="backslashreplace"),
        )


def as_table(rows: Iterable[View]) -> str:
    """Rows as comma-separated values; no cell can be taken for a formula."""
    held = list(rows)
    deep = {name for row in held for name, value in row.items() if _is_deep(value)}
    columns = [name for name in dict.fromkeys(name for row in held for name in row) if name not in deep]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(row.get(name)) for name in columns] for row in held)
    return out.getvalue()


def _is_deep(value: object) -> bool:
    return isinstance(value, dict) or (
        isinstance(value, list) and any(not isinstance(one, str) for one in value)
    )


def _cell(value: object) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, int | float):
        return value
    return as_cell("; ".join(value) if isinstance(value, list | tuple) else str(value))
