"""A small book behind a web desk, without a server: requests go straight into the application."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pytest
from starlette.testclient import TestClient

from books import Ticks
from musterbook.api import open_book
from musterbook.desk.web.app import create_app
from musterbook.desk.web.site import Site
from newsroom_desk import Newsroom, hire, open_newsroom
from web_desk import TODAY, TOLD, Desk, told


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk over five reports, on a first of June."""
    with open_book(tmp_path / "book.sqlite", clock=Ticks(), person="ed") as book:
        book.add(told(*TOLD))
        app = create_app(Site(tmp_path / "book.sqlite", hosts=("testserver",)), book, lambda: TODAY)
        with TestClient(app, raise_server_exceptions=False) as client:
            yield Desk(client, book)


@pytest.fixture(scope="session")
def read_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book of five reports, read once."""
    place = tmp_path_factory.mktemp("read") / "book.sqlite"
    with open_book(place, clock=Ticks()) as book:
        book.add(told(*TOLD))
    return place


@pytest.fixture
def unopened(read_book: Path, tmp_path: Path) -> Iterator[Newsroom]:
    """A desk over five reports on its first start: nobody has a role or a password."""
    place = tmp_path / "book.sqlite"
    copyfile(read_book, place)
    with open_book(place, clock=Ticks(), person="ada") as book:
        yield open_newsroom(book, place)


@pytest.fixture
def newsroom(unopened: Newsroom) -> Newsroom:
    """The same with an admin (ada), an editor (ed) and a reader (rea)."""
    hire(unopened)
    return unopened


@pytest.fixture
def private(read_book: Path, tmp_path: Path) -> Iterator[Newsroom]:
    """A desk that only those who sign in may read."""
    yield from _opened(read_book, tmp_path, is_public=False)


@pytest.fixture
def still(read_book: Path, tmp_path: Path) -> Iterator[Newsroom]:
    """A desk to look at only."""
    yield from _opened(read_book, tmp_path, writes=False)


def _opened(read_book: Path, folder: Path, **settings: object) -> Iterator[Newsroom]:
    place = folder / "book.sqlite"
    copyfile(read_book, place)
    with open_book(place, clock=Ticks(), person="ada") as book:
        opened = open_newsroom(book, place, **settings)
        hire(opened)
        yield opened
