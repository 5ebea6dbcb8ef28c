"""A small book behind a web desk, without a server: requests go straight into the application."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from books import Ticks
from musterbook.api import open_book
from musterbook.desk.web.app import create_app
from musterbook.desk.web.site import Site
from web_desk import TODAY, TOLD, Desk, told


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk over five reports, on a first of June."""
    with open_book(tmp_path / "book.sqlite", clock=Ticks(), person="ed") as book:
        book.add(told(*TOLD))
        app = create_app(Site(tmp_path / "book.sqlite", hosts=("testserver",)), book, lambda: TODAY)
        with TestClient(app, raise_server_exceptions=False) as client:
            yield Desk(client, book)
