"""The real command, run as a user runs it, with a home of its own."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from desk_runs import Done, Musterbook, run


@pytest.fixture
def musterbook(tmp_path: Path) -> Musterbook:
    return partial(run, tmp_path)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Done]:
    """A book with the samples, and what the first run printed."""
    home = tmp_path_factory.mktemp("demo")
    book = home / "demo.sqlite"
    return book, run(home, "demo", "--book", book, "--on", "2021-01-20")
