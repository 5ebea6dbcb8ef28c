"""One watcher a book: the lock is the system's own on a file, and goes with the process, however that ends."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from musterbook.errors import UsageError


@contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Hold the lock in this file; UsageError where another process has it."""
    with closing(sqlite3.connect(path, timeout=1, isolation_level=None)) as db:
        try:
            db.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as broken:
            raise UsageError(
                f"another watcher has this book ({path.name}: {broken}); see: musterbook watch --status"
            ) from None
        yield
        db.execute("ROLLBACK")


def is_held(path: Path) -> bool:
    """Whether a process has the lock."""
    if not path.exists():
        return False
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as db:
        try:
            db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.OperationalError:
            return True
    return False
