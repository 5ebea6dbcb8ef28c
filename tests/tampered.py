"""A book to do something to behind its back, each time on a copy in memory, and the check that must find it."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import StaticPool, create_engine, event

from books import START, Ticks, line, report, statement
from musterbook.errors import BookError
from musterbook.ledger.book import Book
from musterbook.ledger.checking import Verdict, verify
from musterbook.ledger.checkpoints import Checkpoint
from musterbook.ledger.entries import confirm, echo, grant, hold, merge, replace, retract, undo
from musterbook.ledger.lines import parsed
from musterbook.ledger.merkle import Edge, leaf_hash
from musterbook.ledger.open import open_book
from musterbook.ledger.schema import ON_SQLITE, REVISION, told
from musterbook.ledger.stores.making import form_of
from musterbook.ledger.stores.sql import SqlStore
from musterbook.ledger.stores.sqlite import Sqlite, _begin, _prepare
from musterbook.model import Doubt, Reading, Report
from musterbook.notation import write_plain
from musterbook.values import Attribution, Figures

LINES = 300
LONG = " Nobody at gate {n} wanted to say more than that." * 60  # so much that its line is packed
WORDS = "About {n} American troops are in Iraq, line {n} of a report says, and “others” elsewhere; ça va\x00\u2028."
Answer = int | range | None
"""The line that must be named first, a stretch within which one must be, or None: that it is found is enough."""


class Books:
    """One book of all kinds of lines, as it was at several sizes."""

    def __init__(self, folder: Path) -> None:
        path = folder / "book.sqlite"
        self.notes: list[Checkpoint] = []
        self.older: list[bytes] = []
        with open_book(path, Ticks(), person="editor") as book:
            for number in range(10_000):
                _write(book, number)
                if (size := book.head().edge.size) >= LINES * (len(self.notes) + 1) / 4:
                    now = verify(book.store).now
                    assert now is not None
                    self.notes.append(now)
                    self.older.append(path.read_bytes())
                if size >= LINES:
                    break
        self.bytes = path.read_bytes()


def _write(book: Book, number: int) -> None:
    """A report with two statements and a doubt, and now and then a decision."""
    wire = Report(
        (WORDS + LONG * (number % 3 == 0)).format(n=number),
        title="Wire",
        published=report().published,
        name=f"wire-{number}.txt",
    )
    said = [statement(wire, Figures(level=n), speaker=Attribution("Gen. Rose")) for n in (number, 7)]
    doubts = (Doubt("reading", "no-place", "where?", report=wire.id, words="others"),)
    book.add_report(Reading(wire, tuple(said), doubts=doubts), [line(one) for one in said])
    target, who = said[0].id, "editor"
    better = statement(wire, Figures(level=8))
    for turn, entry in enumerate(
        (
            retract(target, START, who, "misprint"),
            replace(target, better, line(better).contingent, START, who, "", "misread"),
            hold(target, START, who, "wait"),
            confirm(target, START, who),
            merge(target, said[1].id, START, who, "same"),
            merge(f"GROUP:{number}", "GROUP:A", START, who, "same"),
            echo(target, said[1].id, START, who, "one briefing"),
        )
    ):
        if number % 7 == turn:
            book.append(entry)
            if number % 2:
                book.append(undo(book.journal()[-1].id, START, who, "no"))
    if number == 3:
        book.append(grant("editor", "admin", START, who))
    book.add_failure(
        Doubt("intake", "binary", "is no text", source=f"photo-{number}.jpg")
    ) if number % 5 == 0 else None


@dataclass
class Trial:
    """A copy of the book to do something to."""

    books: Books
    db: sqlite3.Connection
    chance: random.Random
    notes: Sequence[Checkpoint] = ()

    @property
    def size(self) -> int:
        return int(self.db.execute("SELECT count(*) FROM line").fetchone()[0])

    def place(self, first: int = 1) -> int:
        return self.chance.randint(first, self.size)

    def value(self, column: str, n: int) -> Any:  # noqa: ANN401
        kept = self.kept(column, n)
        return told(kept) if column == "text" else kept

    def kept(self, column: str, n: int) -> Any:  # noqa: ANN401
        """As the database has it: a long line is packed."""
        return self.db.execute(f"SELECT {column} FROM line WHERE n = ?", (n,)).fetchone()[0]

    @contextmanager
    def unsealed(self) -> Iterator[sqlite3.Connection]:
        """The triggers out of the way, and back as if nothing had been."""
        for sql in ON_SQLITE:
            self.db.execute(f"DROP TRIGGER {sql.split()[2]}")
        yield self.db
        for sql in ON_SQLITE:
            self.db.execute(sql)

    def put(self, column: str, n: int, value: object, how: str = "?") -> None:
        with self.unsealed() as db:
            db.execute(f"UPDATE line SET {column} = {how} WHERE n = ?", (value, n))

    def put_in(self, row: Sequence[object]) -> None:
        """One more line."""
        marks = ",".join("?" * len(row))
        self.db.execute(f"INSERT INTO line VALUES ({marks})", tuple(row))

    def hash_line(self, n: int) -> None:
        """Give a line the hash of its text."""
        self.put("leaf", n, leaf_hash(self.value("text", n).encode()))

    def hash_tree(self) -> None:
        """Give the head the tree over the hashes."""
        leaves = [row[0] for row in self.db.execute("SELECT leaf FROM line ORDER BY n")]
        at = self.value("at", len(leaves)) if leaves else ""
        edge = Edge().grown(leaves)
        self.db.execute("UPDATE head SET size = ?, peaks = ?, at = ?", (edge.size, edge.write(), at))

    def rewrite(self, n: int, change: Callable[[dict[str, Any]], None]) -> None:
        """Change what a line holds, its hash and its columns with it."""
        held = json.loads(self.value("text", n))
        place = held.pop("n")
        change(held)
        text = f'{{"n":{place},{write_plain(held)[1:]}'
        self.put("text", n, text)
        self.put("at", n, parsed(text).at)
        self.hash_line(n)

    def line_of(self, kind: str) -> int:
        found = [row[0] for row in self.db.execute("SELECT n FROM line WHERE kind = ?", (kind,))]
        return int(self.chance.choice(found))


class Copy(Sqlite):
    """A book in memory as a place that can be checked."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.name, self.path = "copy", Path("copy")
        self.engine = create_engine("sqlite://", creator=lambda: db, poolclass=StaticPool)
        event.listen(self.engine, "connect", _prepare)
        event.listen(self.engine, "begin", _begin)


def checked(db: sqlite3.Connection, notes: Sequence[Checkpoint]) -> Verdict | BookError:
    """What the check says, or why the book is not even opened."""
    database = Copy(db)
    try:
        with database.reading.connect() as connection:
            if (form := form_of(database, connection)) != REVISION:
                return BookError(f"form {form}")
        return verify(SqlStore(database), notes)
    except BookError as trouble:
        return trouble
