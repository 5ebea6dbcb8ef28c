"""A table of texts (CSV) is a report a row; columns that we know tell of it, the others are left alone."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping

from musterbook.intake.arrival import Outcomes, decoded, notes_on
from musterbook.intake.content import PARTERS, TEXT_COLUMNS
from musterbook.intake.days import days_in
from musterbook.intake.given import Given
from musterbook.intake.limits import REPORT_LIMIT
from musterbook.intake.lines import Document, outcomes_of
from musterbook.intake.trouble import trouble
from musterbook.model import Doubt

COLUMNS = 1_000
FIELDS = {  # what columns are called, and what they hold
    "title": ("title", "headline"),
    "published": ("published", "date", "pubdate", "published_at", "publication_date", "day"),
    "url": ("url", "link", "address"),
    "publisher": ("publisher", "source", "outlet", "site"),
    "lang": ("lang", "language"),
    "id": ("id",),
}
Places = Mapping[str, int]


def read_table(raw: bytes, source: str, given: Given) -> Outcomes:
    """Every row is a report or the doubt why it is none; a table without texts is one doubt."""
    found = decoded(raw, source, given.charset)
    if isinstance(found, Doubt):
        yield found
        return
    sign, places = places_in(found.text.partition("\n")[0], given.column)
    if "text" not in places:
        yield trouble("table-file", source)
        return
    empty = True
    for at, row in _rows(found.text, sign, source):
        empty = False
        if isinstance(row, Doubt):
            yield row
        elif len(row) <= places["text"]:
            yield trouble("bad-row", at, f"{len(row)} cells")
        else:
            yield from outcomes_of(_document(row, places), at, given, *notes_on(found))
    if empty:
        yield trouble("empty-file", source)


def places_in(heading: str, column: str = "") -> tuple[str, Places]:
    """The sign that parts a table's columns, and where those that we know stand."""
    for sign in PARTERS:
        names = [name.strip().strip("\ufeff").lower() for name in _cells(heading, sign)]
        wanted = (column.lower(),) if column else TEXT_COLUMNS
        text = next((names.index(name) for name in wanted if name in names), None)
        if text is not None and len(names) <= COLUMNS and (len(names) > 1 or sign == PARTERS[-1]):
            known = ((field, _place(names, called)) for field, called in FIELDS.items())
            return sign, {"text": text, **{field: place for field, place in known if place is not None}}
    return PARTERS[0], {}


def _cells(heading: str, sign: str) -> list[str]:
    try:
        return next(csv.reader([heading], delimiter=sign), [])
    except csv.Error:
        return []


def _place(names: list[str], called: tuple[str, ...]) -> int | None:
    return next((names.index(name) for name in called if name in names), None)


def _rows(text: str, sign: str, source: str) -> Iterator[tuple[str, list[str] | Doubt]]:
    """The rows below the heading with the number of their line; where the table breaks off, the doubt."""
    csv.field_size_limit(REPORT_LIMIT)
    reader = csv.reader(_lines(text), delimiter=sign)
    next(reader, None)
    while True:
        at = f"{source}, line {reader.line_num + 1}"
        try:
            row = next(reader, None)
        except csv.Error as broken:
            yield at, trouble("bad-row", at, str(broken)[:80])
            continue
        if row is None:
            return
        if any(cell.strip() for cell in row):
            yield at, row


def _lines(text: str) -> Iterator[str]:
    """The lines of a text with their ends, without a second copy of a large table."""
    at = 0
    while at < len(text):
        end = text.find("\n", at) + 1 or len(text)
        yield text[at:end]
        at = end


def _document(row: list[str], places: Places) -> Document:
    def cell(field: str) -> str | None:
        place = places.get(field, len(row))
        return (row[place].strip() or None) if place < len(row) else None

    published = cell("published")
    days = days_in(published) if published else ()
    return Document(
        row[places["text"]],
        id=cell("id"),
        title=cell("title"),
        url=cell("url"),
        publisher=cell("publisher"),
        published=days[0].isoformat() if len(days) == 1 else published,
        lang=cell("lang"),
    )
