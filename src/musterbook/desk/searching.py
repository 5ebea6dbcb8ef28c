"""Prints what was found in reports and statements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from musterbook.api.searching import REPORT, STATEMENT, Hit, Piece, Search, Wanted
from musterbook.desk.lists import short
from musterbook.desk.screen import as_json as print_json
from musterbook.desk.screen import note, say, table
from musterbook.desk.views import View, contingent_view, source_view, statement_view
from musterbook.desk.wiring import existing_book, force_code, label, place_code


@dataclass(frozen=True, slots=True)
class Asking:
    """What is looked for, as people type it."""

    words: str
    statements: bool
    force: str | None
    place: str | None
    publisher: str | None
    first: date | None
    last: date | None
    order: str


def print_found(told: Asking, skip: int, top: int, book: str | None, as_json: bool) -> None:
    """The hits from ``skip`` on, and how many there are."""
    codes = force_code(told.force) if told.force else "", place_code(told.place) if told.place else ""
    kind = STATEMENT if told.statements else REPORT
    with existing_book(book) as opened, Search(opened.ledger) as search:
        force, place = (opened.current_name(code) if code else "" for code in codes)
        days = told.first, told.last
        found = search.find(
            Wanted(told.words, kind, force, place, told.publisher or "", *days, told.order), skip, top
        )
    if as_json:
        print_json({"total": found.total, "hits": [hit_view(hit) for hit in found.hits]})
        return
    columns = ("published", "publisher", "title", "words", "id")
    table(columns, [_cells(hit) for hit in found.hits], elastic=("words", "title"), spare=("title",))
    if found.total:
        say(f"{found.total:,} {kind}{'' if found.total == 1 else 's'}")
    else:
        note("nothing is found; write fewer words, or cut one short with an asterisk")


def hit_view(hit: Hit) -> View:
    """A hit with its words in pieces; ``marked`` pieces are what was looked for."""
    held = source_view(hit.report) | {"report": hit.report.id, "pieces": _pieces(hit.words)}
    held |= {"title_pieces": _pieces(hit.title)}
    if hit.statement:
        held |= {"statement": statement_view(hit.statement, hit.report, label)}
    return held | (contingent_view(hit.contingent, label) if hit.contingent else {})


def _pieces(pieces: Iterable[Piece]) -> list[View]:
    return [{"words": words, "marked": is_wanted} for words, is_wanted in pieces]


def _cells(hit: Hit) -> tuple[str, ...]:
    report = hit.report
    told = "".join(words for words, _ in hit.words)
    day = report.published.isoformat() if report.published else "?"
    return day, report.publisher, report.title or report.name, told, short(hit.id)
