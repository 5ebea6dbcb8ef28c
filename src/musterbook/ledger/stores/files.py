"""Files are replaced whole or not at all: written beside, brought to the disk, then renamed."""

from __future__ import annotations

import filecmp
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path

from musterbook.errors import BookError

WAIT = 30  # seconds for another program to let go of a book
BESIDE = ("-journal", "-wal", "-shm")  # what SQLite may keep beside a file


@contextmanager
def replacing(file: Path) -> Iterator[Path]:
    """A file to write instead of this one, which takes its place at the end unless an error comes up."""
    part = file.with_name(f"{file.name}.part")
    try:
        part.unlink(missing_ok=True)  # of a run that was killed
        yield part
        sync(part)
        part.replace(file)
        sync(file.parent)
    except OSError as trouble:
        raise BookError(
            f"{file} cannot be written ({trouble.strerror}); check its folder and the room on the disk"
        ) from trouble
    finally:
        part.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Bring a file, or the names in a folder, to the disk."""
    if path.is_dir() and os.name == "nt":
        return  # where folders cannot be opened, and need not be
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def snapshot(book: Path, copy: Path) -> None:
    """Copy a SQLite file as it stands at one moment, whoever writes to it meanwhile."""
    try:
        with closing(sqlite3.connect(book, timeout=WAIT)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
    except sqlite3.Error as trouble:
        raise BookError(f"{book} cannot be copied to {copy} ({trouble})") from trouble


def copy_beside(book: Path, ending: str) -> Path:
    """A copy of a book beside it, under a name that nothing else has; one that is the same already is enough."""
    new = book.with_name(f"{book.name}{ending}.new")
    with replacing(new) as part:
        snapshot(book, part)
    name = next(name for name in _names(book, ending) if not name.exists() or filecmp.cmp(name, new, False))
    new.replace(name)
    sync(name.parent)
    return name


def clear_beside(book: Path) -> None:
    """Take away what SQLite once left beside a file of that name, so that it is not put into the new one."""
    for tail in BESIDE:
        book.with_name(book.name + tail).unlink(missing_ok=True)


def put_in_place(new: Path, book: Path, ending: str) -> Path | None:
    """Let a file take the place of a book that is kept beside it: where, or None when there was none."""
    if not book.exists():
        clear_beside(book)
        new.replace(book)
        sync(book.parent)
        return None
    _let_go(book)
    kept = next(name for name in _names(book, ending) if not name.exists())
    try:
        kept.hardlink_to(book)  # so that there is a book under its name at every moment
    except OSError:
        shutil.copyfile(book, kept)  # on a disk that knows no second names
    for tail in BESIDE:
        if (beside := book.with_name(book.name + tail)).exists():
            beside.replace(kept.with_name(kept.name + tail))
    new.replace(book)
    sync(book.parent)
    return kept


def _let_go(book: Path) -> None:
    """BookError while another program holds the book; what a killed one left half written is taken back."""
    try:
        with closing(sqlite3.connect(book, timeout=WAIT, isolation_level=None)) as db:
            db.execute("BEGIN EXCLUSIVE")
            db.execute("ROLLBACK")
    except sqlite3.Error as trouble:
        if "locked" in str(trouble):
            raise BookError(f"{book} is held by another program; stop it, then try again") from trouble


def _names(book: Path, ending: str) -> Iterator[Path]:
    """Names beside a book: first the plain one."""
    yield book.with_name(f"{book.name}{ending}")
    yield from (book.with_name(f"{book.name}{ending}.{number}") for number in count(2))
