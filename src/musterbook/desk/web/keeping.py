"""A page is a function of the book's lines, the day and its address: made once, it is kept and known by its ETag."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from threading import Lock

from fastapi import Request
from starlette.responses import Response

from musterbook.desk.web.shelf import Shelf

ROOM = 32_000_000  # bytes of pages that are kept
Key = tuple[str, date, str, str]


class Pages:
    """The pages that were made last, for readers without an account."""

    def __init__(self, shelf: Shelf, today: Callable[[], date]) -> None:
        self._shelf, self._today, self._lock = shelf, today, Lock()
        self._held: OrderedDict[Key, Response] = OrderedDict()
        self._bytes = 0

    def key(self, request: Request) -> Key:
        """What a page depends on."""
        size, root = self._shelf.edge()
        address = f"{request.url.path}?{request.url.query}"
        return f"{size}:{root}", self._today(), address, request.headers.get("accept", "")

    def find(self, key: Key) -> Response | None:
        """The page, if it is kept."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
            return self._held.get(key)

    def keep(self, key: Key, page: Response) -> None:
        """Keep a page; the ones not asked for longest go."""
        with self._lock:
            if key in self._held or len(page.body) > ROOM // 4:
                return
            self._held[key] = page
            self._bytes += len(page.body)
            while self._bytes > ROOM:
                _, gone = self._held.popitem(last=False)
                self._bytes -= len(gone.body)


def etag(key: Key) -> str:
    """The mark by which a browser knows that a page is still the same."""
    return f'"{hashlib.sha256(repr(key).encode()).hexdigest()[:24]}"'
