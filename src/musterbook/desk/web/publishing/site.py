"""Writes a whole site into a folder."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from musterbook.api import BookView, OpenBook
from musterbook.desk.web.accounts.store import MEMORY
from musterbook.desk.web.app import create_app
from musterbook.desk.web.publishing.addresses import HOST
from musterbook.desk.web.publishing.data import PATHS, tables
from musterbook.desk.web.publishing.folder import opened
from musterbook.desk.web.publishing.walking import Walk, robots, sitemap
from musterbook.desk.web.render import address_of
from musterbook.desk.web.site import Site


@dataclass(frozen=True, slots=True)
class Published:
    """What came of it."""

    files: int  # in all
    written: int  # new or changed
    removed: int


def publish(
    book: OpenBook,
    place: Path,
    base: str,
    title: str,
    today: date,
    tell: Callable[[int, int], None],
) -> Published:
    """The public part of a desk over the book, as it stands today, as plain files."""
    folder = opened(place)
    site = Site(book.ledger.store.name, title, hosts=(HOST,), writes=False, accounts=MEMORY, is_static=True)
    app = create_app(site, book, lambda: today)
    app.state.shelf.begin()
    walk = Walk(app, folder.put, base, PATHS, today.isoformat())
    view = book.still()
    asyncio.run(walk.go(starts(view), tell))
    for name, content in tables(view, today):
        folder.put(name, content)
    folder.put("robots.txt", robots(base))
    folder.put(".nojekyll", b"")  # GitHub takes the files as they are
    if base:
        folder.put("sitemap.xml", sitemap(walk.pages, base))
    written, removed = folder.finish()
    return Published(len(folder.names), written, removed)


def starts(view: BookView) -> list[str]:
    """Pages to which perhaps no other leads: those of every contingent."""
    found = {entry.contingent for entry in view.entries() if entry.contingent}
    return [address_of(f"{one.force}/{one.place}") for one in sorted(found)]
