"""An index of words beside a book: made from its lines, brought up to date from the last line seen, safe to delete.

It holds nothing that the book does not. Where the file is missing, damaged or of another book it is made anew; where it
cannot be written, an index in memory does.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from threading import RLock
from typing import TypeVar

from musterbook.api.wording import fit
from musterbook.errors import BookError
from musterbook.ledger.asof import folded
from musterbook.ledger.book import Book
from musterbook.ledger.lines import Kind, Line, entry_of, report_of
from musterbook.ledger.store import Query
from musterbook.lexicon.register import load_register
from musterbook.model import Act, Contingent, Entry, Report, Statement
from musterbook.reckoning.counts import source_of

T = TypeVar("T")
ENDING = ".search.sqlite"
MEMORY = ":memory:"
OURS, FORM = 0x4D425358, 1  # marks a file as an index of ours, and how it is made
STEP = 1_000  # lines read at a time; whoever asks meanwhile waits no longer
BUSY = 10.0  # seconds to wait for another program that writes the same index
PATIENCE = 10  # times that it is made anew before we say that something is wrong
LONGEST = 2_000  # signs of a statement's words
TOKENS = 'tokenize = "unicode61 remove_diacritics 2"'
SCHEMA = f"""
CREATE TABLE seen (line INTEGER NOT NULL, id TEXT NOT NULL);
INSERT INTO seen VALUES (0, '');
CREATE TABLE place (n INTEGER PRIMARY KEY, force TEXT, place TEXT, mission TEXT, UNIQUE (force, place, mission));
CREATE TABLE report (n INTEGER PRIMARY KEY, id TEXT UNIQUE, publisher TEXT, published TEXT);
CREATE TABLE statement (n INTEGER PRIMARY KEY, id TEXT UNIQUE, matter TEXT, report TEXT, publisher TEXT,
  published TEXT, place INTEGER);
CREATE INDEX report_day ON report (published, n);
CREATE INDEX statement_day ON statement (published, n);
CREATE INDEX statement_matter ON statement (matter);
CREATE INDEX statement_place ON statement (place, report);
CREATE VIRTUAL TABLE report_words USING fts5 (title, words, content = '', {TOKENS});
CREATE VIRTUAL TABLE statement_words USING fts5 (words, who, names, {TOKENS});
PRAGMA application_id = {OURS};
PRAGMA user_version = {FORM};
"""  # noqa: S608 -- constants of ours
CHANGING = frozenset({Act.RETRACT, Act.REPLACE, Act.SPLIT, Act.MERGE, Act.UNDO})


def beside(book: str) -> str:
    """Where the index of a book lies: beside its file; in memory where it is none."""
    return MEMORY if "://" in book or not Path(book).is_file() else f"{book}{ENDING}"


class Index:
    """The words of one book; may be asked and brought up to date by several threads."""

    def __init__(self, ledger: Book, place: str | None = None) -> None:
        self._ledger, self.place = ledger, place or beside(ledger.store.name)
        self._lock, self._made_anew = RLock(), 0
        self._db = self._open()

    def behind(self) -> tuple[int, int]:
        """How many lines are in the index, and how many are not yet."""
        size, seen = self._ledger.head().edge.size, self.ask(_seen)[0]
        return seen, max(0, size - seen)

    def update(self, progress: Callable[[int], None] | None = None) -> None:
        """Take in all lines that are new."""
        while self._take():
            if progress:
                progress(self.ask(_seen)[0])

    def ask(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """An answer of the index; BookError where it cannot be had."""
        with self._lock:
            try:
                return work(self._db)
            except sqlite3.OperationalError as busy:
                raise BookError(f"{self.place} cannot be used ({busy}); try again, or delete it") from busy
            except sqlite3.DatabaseError:
                self._anew()
        self.update()
        with self._lock:
            return work(self._db)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._db.close()

    def _take(self) -> bool:
        """The next lines; False where there are none."""
        with self._lock:
            try:
                return self._in_one(self._next)
            except sqlite3.OperationalError as trouble:
                if self.place == MEMORY or "locked" in str(trouble):
                    raise BookError(f"{self.place} cannot be written ({trouble}); try again") from trouble
                self._elsewhere()  # the file was taken away, or its disk is full or not to be written
            except sqlite3.DatabaseError:
                self._anew()
            return True

    def _in_one(self, work: Callable[[], T]) -> T:
        """All of it or nothing, with no other program writing."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            done = work()
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise
        return done

    def _next(self) -> bool:
        seen, name = _seen(self._db)
        if seen and not self._is_of_book(seen, name):
            raise sqlite3.DatabaseError("the index of another book")
        lines = self._lines(seen + 1, seen + STEP)
        if lines:
            Intake(self._db, self._ledger).take(lines)
            self._db.execute("UPDATE seen SET line = ?, id = ?", (lines[-1].n, lines[-1].id))
        return bool(lines)

    def _lines(self, first: int, last: int) -> tuple[Line, ...]:
        return self._ledger.store.ask(lambda shelf: tuple(shelf.find(Query(first=first, last=last))))

    def _is_of_book(self, seen: int, name: str) -> bool:
        """Whether the book still has, in its place, the last line that the index knows."""
        return [line.id for line in self._lines(seen, seen)] == [name]

    def _open(self) -> sqlite3.Connection:
        """The index as it lies there; a new one where there is none that fits; one in memory where none can be made."""
        if self.place == MEMORY:
            return _made(MEMORY)
        try:
            return _made(self.place)
        except sqlite3.OperationalError:
            self.place = MEMORY
        except sqlite3.DatabaseError:
            self._remove()
        return _made(self.place)

    def _elsewhere(self) -> None:
        """Go on with the file as it lies there now, or in memory."""
        self._db.close()
        is_there = Path(self.place).exists()
        self.place = MEMORY if is_there else self.place
        self._db = self._open()

    def _anew(self) -> None:
        """The index is damaged, or of another book: make it again."""
        self._db.close()
        self._made_anew += 1
        if self._made_anew > PATIENCE:
            raise BookError(f"{self.place} is damaged again and again; check its disk, or delete it")
        if self.place != MEMORY:
            self._remove()
        self._db = self._open()

    def _remove(self) -> None:
        try:
            Path(self.place).unlink(missing_ok=True)
        except OSError:
            self.place = MEMORY


def _made(place: str) -> sqlite3.Connection:
    """An open index; a file of somebody else is left as it is."""
    db = sqlite3.connect(place, timeout=BUSY, isolation_level=None, check_same_thread=False)
    try:
        _prepare(db)
    except BaseException:
        db.close()
        raise
    return db


def _prepare(db: sqlite3.Connection) -> None:
    owner, form = (db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
    tables = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if tables and owner != OURS:
        raise sqlite3.OperationalError("that is no index of ours")
    if tables and form != FORM:
        raise sqlite3.DatabaseError("an index of another version")
    db.execute("PRAGMA synchronous = NORMAL")  # what a crash costs is made again
    if not tables:
        db.executescript(f"BEGIN IMMEDIATE;{SCHEMA}COMMIT;")


def _seen(db: sqlite3.Connection) -> tuple[int, str]:
    """The last line that the index knows: its place and id."""
    line, name = db.execute("SELECT line, id FROM seen").fetchone()
    return int(line), str(name)


class Intake:
    """Takes lines into the index, a few at a time."""

    def __init__(self, db: sqlite3.Connection, ledger: Book) -> None:
        self._db, self._ledger = db, ledger
        self._reports: dict[str, Report] = {}

    def take(self, lines: Iterable[Line]) -> None:
        """Reports and statements as they came, then once more what was decided on."""
        said, changed = list[tuple[str, Entry]](), dict[str, None]()
        for line in lines:
            if line.kind is Kind.REPORT:
                self._report(line.n, report_of(line))
            elif line.kind is Kind.ENTRY:
                entry = entry_of(line)
                if entry.act is Act.RECORD:
                    said.append((line.matter, entry))
                elif entry.act in CHANGING:
                    changed[line.matter] = None
        self._all(said)
        for matter in changed:
            self._decided(matter)

    def _report(self, n: int, report: Report) -> None:
        self._reports[report.id] = report
        row = n, report.id, fit(source_of(report)), _day(report)
        if self._db.execute("INSERT OR IGNORE INTO report VALUES (?, ?, ?, ?)", row).rowcount:
            words = n, fit(report.title), fit(report.text)
            self._db.execute("INSERT INTO report_words (rowid, title, words) VALUES (?, ?, ?)", words)

    def _decided(self, matter: str) -> None:
        """What stands of a matter by now takes the place of what stood."""
        gone = self._db.execute("SELECT n FROM statement WHERE matter = ?", (fit(matter),)).fetchall()
        self._db.executemany("DELETE FROM statement_words WHERE rowid = ?", gone)
        self._db.execute("DELETE FROM statement WHERE matter = ?", (fit(matter),))
        self._all([(matter, entry) for entry in folded(self._ledger.history(matter)).entries])

    def _all(self, said: list[tuple[str, Entry]]) -> None:
        lacking = {e.statement.report for _, e in said if e.statement} - self._reports.keys()
        self._reports |= {report.id: report for report in self._ledger.reports(lacking)} if lacking else {}
        for matter, entry in said:
            if entry.statement and (report := self._reports.get(entry.statement.report)):
                self._statement(matter, entry.statement, entry.contingent, report)

    def _statement(self, matter: str, said: Statement, where: Contingent | None, report: Report) -> None:
        row = said.id, fit(matter), report.id, fit(source_of(report)), _day(report), self._place(where)
        asked = (
            "INSERT OR IGNORE INTO statement (id, matter, report, publisher, published, place) "
            "VALUES (?, ?, ?, ?, ?, ?)"
        )
        added = self._db.execute(asked, row)
        if added.rowcount:
            words = added.lastrowid, *told_in(said, report.text), names_of(where)
            self._db.execute(
                "INSERT INTO statement_words (rowid, words, who, names) VALUES (?, ?, ?, ?)", words
            )

    def _place(self, where: Contingent | None) -> int | None:
        if where is None:
            return None
        codes = fit(where.force), fit(where.place), fit(where.mission)
        self._db.execute("INSERT OR IGNORE INTO place (force, place, mission) VALUES (?, ?, ?)", codes)
        found = self._db.execute("SELECT n FROM place WHERE (force, place, mission) = (?, ?, ?)", codes)
        return int(found.fetchone()[0])


def told_in(said: Statement, text: str) -> tuple[str, str]:
    """The words of a statement from its first clause to its last, and who says so."""
    first, last = said.evidence[0].start, max(span.end for span in said.evidence)
    speaker = said.speaker.words if said.speaker else ""
    return fit(text[first : min(last, first + LONGEST)]), fit(speaker)


def names_of(where: Contingent | None) -> str:
    """The English names of force, place and mission, which the words may leave to the sentence before."""
    label = load_register().label
    return fit(" ".join(label(code) for code in sorted(where.codes))) if where else ""


def places_of(db: sqlite3.Connection) -> Mapping[int, Contingent]:
    """All contingents that any statement was ever put to."""
    return {n: Contingent(*codes) for n, *codes in db.execute("SELECT n, force, place, mission FROM place")}


def _day(report: Report) -> str:
    return report.published.isoformat() if report.published else ""
