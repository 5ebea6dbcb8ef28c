"""What the check says: the first bad line first, a few of very many, and never a traceback."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from books import Ticks, line, reading, report, statement
from musterbook.errors import BookError
from musterbook.ledger.checking import LISTED, verify
from musterbook.ledger.fsck import fsck
from musterbook.ledger.open import open_book
from musterbook.ledger.schema import ON_SQLITE
from musterbook.ledger.slices import slices
from musterbook.ledger.store import Query
from tampered import Books, Trial
from tamperings import edit_evidence, hash_an_edited_report_anew


@contextmanager
def unsealed(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path)) as db, db:
        for sql in ON_SQLITE:
            db.execute(f"DROP TRIGGER {sql.split()[2]}")
        yield db
        for sql in ON_SQLITE:
            db.execute(sql)


def test_of_very_many_faults_the_first_are_listed_and_all_counted(path: Path) -> None:
    with unsealed(path) as db:
        db.execute("UPDATE line SET text = text || ' ' WHERE n > 100")
    with open_book(path) as book:
        found = verify(book.store)
    assert [fault.line for fault in found.faults] == list(range(101, 101 + LISTED))
    assert found.count == found.lines - 100
    assert found.now is None


def test_a_stretch_that_is_gone_is_one_fault(path: Path) -> None:
    with unsealed(path) as db:
        db.execute("DELETE FROM line WHERE n BETWEEN 50 AND 99")
    with open_book(path) as book:
        found = verify(book.store)
    assert [(fault.line, fault.message) for fault in found.faults] == [(50, "is gone, and all up to line 99")]


def test_a_page_that_cannot_be_read_is_a_fault(path: Path) -> None:
    held = bytearray(path.read_bytes())
    held[-60_000:] = b"\xa5" * 60_000
    path.write_bytes(held)
    with open_book(path) as book:
        found = verify(book.store)
        assert not found.is_clean
        health = fsck(book.store)
    assert any("damaged" in fault.message for fault in health.verdict.faults)


def test_progress_is_told(path: Path) -> None:
    seen: list[tuple[int, int]] = []
    with open_book(path) as book:
        size = book.head().edge.size
        verify(book.store, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(size, size)]


def test_somebody_who_writes_meanwhile_does_not_wait_for_the_end(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("musterbook.ledger.slices.SLICE", 50)
    with open_book(path) as book, open_book(path, Ticks(), person="editor") as other:
        size, steps = book.head().edge.size, 0
        for number, (_, rows) in enumerate(slices(book.store)):
            wire = report(f"Another report, the {number}th.")
            if number < 3:
                other.add_report(reading(wire, statement(wire)), [line(statement(wire))])
            steps += len(rows)
        assert steps == other.head().edge.size == size + 9
        assert verify(book.store).lines == size + 9


def test_a_line_that_names_no_kind_any_more_is_an_error_of_ours(path: Path) -> None:
    with unsealed(path) as db:
        db.execute("UPDATE line SET kind = 'gossip' WHERE n = 3")
    with open_book(path) as book:
        report_id = book.reports()[0].id
        with pytest.raises(BookError, match="line 3 of the book was changed; see: musterbook verify"):
            book.reading(report_id)


def test_fsck_tells_what_there_is(path: Path, books: Books) -> None:
    with open_book(path) as book:
        health = fsck(book.store, books.notes)
        kinds = {str(line.kind) for line in book.store.ask(lambda shelf: tuple(shelf.find(Query())))}
    assert health.verdict.now == books.notes[-1]
    assert health.verdict.checkpoints == len(books.notes)
    assert set(health.kinds) == kinds
    assert sum(health.kinds.values()) == health.verdict.lines
    assert health.facts["journal"] in ("delete", "wal")
    assert health.facts["database"] == f"SQLite {sqlite3.sqlite_version}"


@pytest.mark.parametrize("deed", [hash_an_edited_report_anew, edit_evidence])
def test_fsck_finds_without_a_checkpoint_what_was_hashed_anew(path: Path, books: Books, deed: object) -> None:
    import random

    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        trial = Trial(books, db, random.Random(1))
        n = deed(trial)  # type: ignore[operator]
        trial.hash_tree()
    with open_book(path) as book:
        assert verify(book.store).is_clean
        found = fsck(book.store).verdict
    assert found.faults[0].line == n
    assert "id" in found.faults[0].message


def test_fsck_finds_an_index_that_leaves_a_line_out(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("PRAGMA writable_schema = ON")
        sql = db.execute("SELECT sql FROM sqlite_master WHERE name = 'line_kind'").fetchone()[0]
        db.execute("UPDATE sqlite_master SET sql = ? WHERE name = 'line_kind'", (f"{sql} WHERE n > 20",))
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("REINDEX line_kind")
        db.execute("PRAGMA writable_schema = ON")
        db.execute("UPDATE sqlite_master SET sql = ? WHERE name = 'line_kind'", (sql,))
    with open_book(path) as book:
        assert any("line_kind" in fault.message for fault in fsck(book.store).verdict.faults)
