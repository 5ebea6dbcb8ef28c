"""Finds words in the reports and the statements of a book, and shows them marked where they stand.

>>> with open_book("book.sqlite") as book, Search(book.ledger) as search:
...     found = search.find(Wanted("withdraw* “by the end of”", place="IRQ"))
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date

from musterbook.api.indexing import MEMORY, TOKENS, Index, places_of, told_in
from musterbook.api.wording import Wording, fit, wording
from musterbook.errors import UsageError
from musterbook.ledger.asof import folded, renamed
from musterbook.ledger.book import Book
from musterbook.ledger.closing import Closing
from musterbook.model import Contingent, Report, Statement

REPORT, STATEMENT = "report", "statement"
KINDS = (REPORT, STATEMENT)
BEST, NEWEST, OLDEST = "best", "newest", "oldest"
ORDERS = {BEST: "weight, n DESC", NEWEST: "published DESC, n DESC", OLDEST: "published = '', published, n"}
BEGIN, END, MORE = "\x02", "\x03", "…"
LONG = 1_200  # signs that are shown of one text
AROUND = 36  # words of a report that are shown around those that were looked for
WEIGHTS = {REPORT: "4.0, 1.0", STATEMENT: "2.0, 1.0, 1.0"}  # of title and text; of words, speaker and names
Piece = tuple[str, bool]
"""Words, and whether they are what was looked for."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for, and in what; empty fields leave nothing out."""

    words: str
    kind: str = REPORT  # or STATEMENT
    force: str = ""  # codes
    place: str = ""
    publisher: str = ""  # as reports name it, else the domain of their address
    first: date | None = None  # days of publication
    last: date | None = None
    order: str = BEST


@dataclass(frozen=True, slots=True)
class Hit:
    """A report, or a statement, in which all the words stand."""

    id: str
    report: Report
    title: tuple[Piece, ...]
    words: tuple[Piece, ...]  # the part of it that holds most of them
    statement: Statement | None = None  # None of a report
    contingent: Contingent | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was found."""

    total: int
    hits: tuple[Hit, ...]


class Search(Closing):
    """Looks for words in one book; the index is beside it, or in memory where that cannot be."""

    def __init__(self, ledger: Book, place: str | None = None) -> None:
        self._ledger, self.index = ledger, Index(ledger, place)

    def find(self, wanted: Wanted, skip: int = 0, most: int = 20) -> Found:
        """The hits from ``skip`` on, once all new lines are in the index; UsageError where the words say nothing."""
        told = wording(wanted.words)
        self.index.update()
        return self.look(wanted, told, skip, most)

    def look(self, wanted: Wanted, told: Wording, skip: int, most: int) -> Found:
        """The same from the index as it is."""
        if wanted.kind not in KINDS or wanted.order not in ORDERS:
            raise UsageError(f"one looks for {' or '.join(KINDS)}, in the order {', '.join(ORDERS)}")
        total, ids = self.index.ask(lambda db: self._ids(db, wanted, told, skip, most))
        hits = self._reports(ids, told) if wanted.kind == REPORT else self._statements(ids, told)
        return Found(total, tuple(hits))

    def close(self) -> None:
        """Let go of the index; closing twice does no harm."""
        self.index.close()

    def _ids(
        self, db: sqlite3.Connection, wanted: Wanted, told: Wording, skip: int, most: int
    ) -> tuple[int, list[str]]:
        """How many fit, and the ids of one page of them."""
        kind, (filters, values) = wanted.kind, self._filters(db, wanted)
        fits = f"{kind}_words MATCH ?"
        if filters:
            source = f"{kind}_words JOIN {kind} ON {kind}.n = {kind}_words.rowid"
            whole = " AND ".join((fits, *filters))
        else:
            source, whole = f"{kind}_words", fits
        given = [told.every, *values]
        total = db.execute(f"SELECT count(*) FROM {source} WHERE {whole}", given).fetchone()[0]  # noqa: S608 -- our own names; what was typed is bound
        weight = f"bm25({kind}_words, {WEIGHTS[kind]})" if wanted.order == BEST else "0"
        joined = f"{kind}_words JOIN {kind} ON {kind}.n = {kind}_words.rowid"
        asked = (
            f"SELECT id, n, published, {weight} AS weight FROM {joined} WHERE {whole} "  # noqa: S608 -- as above
            f"ORDER BY {ORDERS[wanted.order]} LIMIT ? OFFSET ?"
        )
        return total, [row[0] for row in db.execute(asked, (*given, most, skip))]

    def _filters(self, db: sqlite3.Connection, wanted: Wanted) -> tuple[list[str], list[str | int]]:
        """What else has to hold, and the values for it."""
        asked, values = list[str](), list[str | int]()
        if wanted.publisher:
            asked.append("publisher = ?")
            values.append(fit(wanted.publisher))
        if wanted.first:
            asked.append("published >= ?")
            values.append(wanted.first.isoformat())
        if wanted.last:
            asked.append("published BETWEEN '0' AND ?")
            values.append(wanted.last.isoformat())
        if wanted.force or wanted.place:
            here = self._places(db, wanted)
            among = f"place IN ({', '.join('?' * len(here))})"
            of_report = f"id IN (SELECT report FROM statement WHERE {among})"  # noqa: S608 -- question marks alone
            asked.append(among if wanted.kind == STATEMENT else f"report.{of_report}")
            values += here
        return asked, values

    def _places(self, db: sqlite3.Connection, wanted: Wanted) -> list[int]:
        """The contingents of the force and the place asked for, under the names of today."""
        names = self._ledger.names()
        now = {n: renamed(one, names) for n, one in places_of(db).items()}
        return [n for n, one in now.items() if _fits(one, wanted.force, wanted.place)]

    def _reports(self, ids: Sequence[str], told: Wording) -> Iterator[Hit]:
        held = {report.id: report for report in self._ledger.reports(ids)} if ids else {}
        found = [held[id_] for id_ in ids if id_ in held]
        shown = marked(told, [(report.title, report.text) for report in found])
        for report, (title, words) in zip(found, shown, strict=True):
            yield Hit(report.id, report, title, words)

    def _statements(self, ids: Sequence[str], told: Wording) -> Iterator[Hit]:
        stands = {
            e.statement.id: e for id_ in ids for e in folded(self._ledger.history(id_)).entries if e.statement
        }
        found = [stands[id_] for id_ in ids if id_ in stands]
        pairs = [(e.statement, e.contingent) for e in found if e.statement]
        reports = {r.id: r for r in self._ledger.reports({said.report for said, _ in pairs})} if pairs else {}
        texts = [(reports[s.report].title, told_in(s, reports[s.report].text)[0]) for s, _ in pairs]
        for (said, where), (title, words) in zip(pairs, marked(told, texts), strict=True):
            yield Hit(said.id, reports[said.report], title, words, said, where)


def marked(
    told: Wording, texts: Sequence[tuple[str, str]]
) -> list[tuple[tuple[Piece, ...], tuple[Piece, ...]]]:
    """Titles and texts, cut to where most of the words stand, in pieces that are what was looked for or not."""
    with closing(sqlite3.connect(MEMORY)) as db:
        db.execute(f"CREATE VIRTUAL TABLE told USING fts5 (title, words, {TOKENS})")
        rows = [(n, fit(title), fit(text)) for n, (title, text) in enumerate(texts)]
        db.executemany("INSERT INTO told (rowid, title, words) VALUES (?, ?, ?)", rows)
        asked = (
            f"SELECT rowid, highlight(told, 0, '{BEGIN}', '{END}'), "  # noqa: S608 -- constants of ours
            f"snippet(told, 1, '{BEGIN}', '{END}', '{MORE}', {AROUND}) FROM told WHERE told MATCH ?"
        )
        found = {n: (title, words) for n, title, words in db.execute(asked, (told.some,))}
    return [
        (tuple(_pieces(title)), tuple(_pieces(words)))
        for title, words in (found.get(n, (title, text[: 8 * AROUND])) for n, title, text in rows)
    ]


def _pieces(shown: str) -> Iterator[Piece]:
    """The parts of what the index shows; a text without blanks is cut somewhere."""
    room = LONG
    for n, part in enumerate(shown.split(BEGIN)):
        inside, _, after = part.partition(END) if n else ("", "", part)
        for words, is_wanted in ((inside, True), (after, False)):
            if words and room > 0:
                yield words[:room], is_wanted
            room -= len(words)


def _fits(one: Contingent, force: str, place: str) -> bool:
    return (not force or force == one.force) and (not place or place in (one.place, *one.place.split("+")))
