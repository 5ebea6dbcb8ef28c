"""A disk that is full: the book says so with the cure, stays readable, and goes on as soon as there is room."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import event

from deeds import STATEMENTS, refusal, telling, unsound, wrongs
from musterbook.ledger.book import Book
from musterbook.ledger.open import open_book
from musterbook.ledger.stores.sql import SqlStore
from sizes import SIZES, chance

SIZE = 4 * 2**20
FILLINGS = 10  # of one book, which grows meanwhile


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of four megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    call = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"NOT TESTED, a small disk needs root: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def fill(disk: Path, room: int) -> None:
    """Leave only so many bytes; whole pages are taken."""
    free = shutil.disk_usage(disk).free
    with (disk / "ballast").open("wb") as ballast:
        os.posix_fallocate(ballast.fileno(), 0, max(free - room, 1))


def write_until_full(book: Book, first: int) -> tuple[int, str]:
    """The number of the report that found no room, and what was said."""
    for number in count(first):
        if trouble := refusal(partial(book.add_report, *telling(number))):
            return number, trouble
    raise AssertionError("a disk without end")


def fill_and_empty(book: Book, path: Path, luck: Random, times: int) -> None:
    """Fill the disk under an open book, look, make room and go on."""
    number = 0
    for _ in range(times):
        fill(path.parent, luck.randrange(200_000))
        number, trouble = write_until_full(book, number)
        assert trouble == f"{path} cannot grow, the disk is full; make room and try again: nothing was lost"
        assert len(book.reports()) == number
        assert len(book.entries()) == number * STATEMENTS
        (path.parent / "ballast").unlink()
        assert book.add_report(*telling(number)).new
        number += 1
        assert wrongs(path, [telling(n)[0].report.id for n in range(number)]) == []


def test_a_full_disk_is_told_of_and_when_there_is_room_work_goes_on(
    disk: Path, record_property: Callable[[str, object], None]
) -> None:
    luck, path = chance("full disk"), disk / "book.sqlite"
    for life in range(-(-SIZES.fillings // FILLINGS)):
        path.unlink(missing_ok=True)
        with open_book(path) as book:
            fill_and_empty(book, path, luck, min(FILLINGS, SIZES.fillings - life * FILLINGS))
    record_property("fillings", SIZES.fillings)


def test_a_book_cannot_be_begun_on_a_full_disk_but_later_it_can(disk: Path) -> None:
    path = disk / "book.sqlite"
    for room in range(0, 120_000, 4096):
        fill(disk, room)
        if not (trouble := refusal(lambda: open_book(path).close())):
            break
        assert "disk is full; make room" in trouble
    assert room > 0
    (disk / "ballast").unlink()
    with open_book(path) as book:
        assert book.add_report(*telling(1)).new


def test_a_file_that_may_not_grow_is_as_a_full_disk(tmp_path: Path) -> None:
    """For machines where nobody may mount a disk."""
    path = tmp_path / "book.sqlite"
    with open_book(path) as book:
        assert isinstance(book.store, SqlStore)
        limit = [60]
        event.listen(
            book.store.database.engine,
            "begin",
            lambda db: db.exec_driver_sql(f"PRAGMA max_page_count = {limit[0]}"),
        )
        number, trouble = write_until_full(book, 0)
        assert "disk is full; make room and try again: nothing was lost" in trouble
        assert len(book.reports()) == number > 0
        limit[0] = 10_000
        assert book.add_report(*telling(number)).new
    assert unsound(path) == []
