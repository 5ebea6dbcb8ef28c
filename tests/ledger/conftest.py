"""A book of 300 lines of every kind, as a file and as text, for tests that check, copy and carry it."""

from __future__ import annotations

from pathlib import Path

import pytest

from musterbook.ledger.open import open_book
from musterbook.ledger.text import export_file
from tampered import Books


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Books:
    return Books(tmp_path_factory.mktemp("books"))


@pytest.fixture
def path(books: Books, tmp_path: Path) -> Path:
    made = tmp_path / "book.sqlite"
    made.write_bytes(books.bytes)
    return made


@pytest.fixture
def file(books: Books, tmp_path: Path) -> Path:
    (tmp_path / "source.sqlite").write_bytes(books.bytes)
    with open_book(tmp_path / "source.sqlite") as book:
        export_file(book.store, tmp_path / "mine.book")
    return tmp_path / "mine.book"
