"""Where things lie on this machine; read at the edge only, so that no stage depends on it."""

from __future__ import annotations

import os
from pathlib import Path

BOOK_VARIABLE = "MUSTERBOOK_BOOK"
READER_VARIABLE = "MUSTERBOOK_READER"


def data_folder() -> Path:
    """The user's data folder for Musterbook, whether or not it exists yet."""
    from platformdirs import user_data_path

    return user_data_path("musterbook", appauthor=False)


def book_file(given: str | os.PathLike[str] | None = None) -> Path:
    """The book to use: the one named, else ``MUSTERBOOK_BOOK``, else the one in the user's data folder."""
    named = os.fspath(given) if given else os.environ.get(BOOK_VARIABLE, "")
    return Path(named).expanduser() if named else data_folder() / "book.sqlite"


def demo_file(given: str | os.PathLike[str] | None = None) -> Path:
    """The demonstration's own book, so that it never mixes with the user's."""
    return Path(given).expanduser() if given else data_folder() / "demo.sqlite"


def wants_learned() -> bool:
    """Whether the document reader may decide: yes, unless ``MUSTERBOOK_READER`` is ``rules``."""
    return os.environ.get(READER_VARIABLE, "").strip().lower() != "rules"
