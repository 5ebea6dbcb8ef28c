"""Items as comma-separated values, for spreadsheets: no cell of words can be taken for a formula.

Such words get an apostrophe before them, and words stand on one line; whoever wants them as they are asks for JSON.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence

from musterbook.desk.views import View
from musterbook.safe import as_cell

Cell = str | int | float


def as_csv(columns: Sequence[str], rows: Iterable[View]) -> str:
    """The rows under their columns; unknown is an empty cell, a list of words is parted by semicolons."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([cell(row.get(column)) for column in columns])
    return out.getvalue()


def cell(value: object) -> Cell:
    """One value as a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    if isinstance(value, str):
        return as_cell(value)
    if isinstance(value, list | tuple) and all(isinstance(one, str) for one in value):
        return as_cell("; ".join(value))
    return as_cell(json.dumps(value, ensure_ascii=False))
