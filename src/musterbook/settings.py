"""Where things lie on this machine; read at the edge only, so that no stage depends on it."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from musterbook.errors import UsageError
from musterbook.intake.limits import ALLOWANCE, STALLED

if TYPE_CHECKING:
    from musterbook.second.endpoint import SecondReader

BOOK_VARIABLE = "MUSTERBOOK_BOOK"
PERSON_VARIABLE = "MUSTERBOOK_PERSON"
READER_VARIABLE = "MUSTERBOOK_READER"
CELLS_VARIABLE = "MUSTERBOOK_CELLS"
PATIENCE_VARIABLE = "MUSTERBOOK_PATIENCE"
STALLED_VARIABLE = "MUSTERBOOK_STALLED"
MODEL_VARIABLES = (
    "MUSTERBOOK_LLM_URL",
    "MUSTERBOOK_LLM_MODEL",
    "MUSTERBOOK_LLM_KEY",
    "MUSTERBOOK_LLM_TIMEOUT",
)


def data_folder() -> Path:
    """The user's data folder for Musterbook, whether or not it exists yet."""
    from platformdirs import user_data_path

    return user_data_path("musterbook", appauthor=False)


def book_place(given: str | os.PathLike[str] | None = None) -> Path | str:
    """The book to use: the one named, else ``MUSTERBOOK_BOOK``, else the one in the user's data folder.

    A path, or an address such as ``postgresql://host/name`` as it was given.
    """
    named = os.fspath(given) if given else os.environ.get(BOOK_VARIABLE, "")
    if "://" in named or named == ":memory:":
        return named
    return Path(named).expanduser() if named else data_folder() / "book.sqlite"


def person() -> str:
    """Who works with the book: ``MUSTERBOOK_PERSON``, else nobody in particular."""
    return os.environ.get(PERSON_VARIABLE, "").strip()


def demo_file(given: str | os.PathLike[str] | None = None) -> Path:
    """The demonstration's own book, so that it never mixes with the user's."""
    return Path(given).expanduser() if given else data_folder() / "demo.sqlite"


def wants_learned() -> bool:
    """Whether the document reader may decide: yes, unless ``MUSTERBOOK_READER`` is ``rules``."""
    return os.environ.get(READER_VARIABLE, "").strip().lower() != "rules"


def has_cells() -> bool:
    """Whether documents are parsed in a child process: yes, unless ``MUSTERBOOK_CELLS`` is ``off``."""
    return os.environ.get(CELLS_VARIABLE, "").strip().lower() != "off"


def patience() -> float:
    """Seconds for the parse of one document: ``MUSTERBOOK_PATIENCE``."""
    return _seconds(PATIENCE_VARIABLE, ALLOWANCE.seconds)


def stalled() -> float:
    """Seconds that a reader of archives may stay with one page: ``MUSTERBOOK_STALLED``."""
    return _seconds(STALLED_VARIABLE, STALLED)


def _seconds(variable: str, usual: float) -> float:
    """The seconds that a variable names; UsageError where it names none."""
    words = os.environ.get(variable, "").strip()
    try:
        seconds = float(words or usual)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise UsageError(f"{variable} is no number of seconds: {words!r}")
    return seconds


def second_reader() -> SecondReader:
    """The language model that the environment names; UsageError where it names none, or the extra is missing."""
    url, model, key, seconds = (os.environ.get(name, "").strip() for name in MODEL_VARIABLES)
    if not url or not model:
        raise UsageError(f"set {MODEL_VARIABLES[0]} and {MODEL_VARIABLES[1]} to use a second reader")
    if find_spec("httpx") is None:
        raise UsageError("a second reader needs httpx: pip install 'musterbook[llm]'")
    from musterbook.second.endpoint import SecondReader

    try:
        return SecondReader(url, model, key, float(seconds or 60))
    except ValueError:
        raise UsageError(f"{MODEL_VARIABLES[3]} is no number of seconds: {seconds!r}") from None
