"""The search of a server: the index is brought up to date beside the requests where that takes long."""

from __future__ import annotations

import threading
from typing import cast

from fastapi import Request

from musterbook.api.searching import Found, Search, Wanted
from musterbook.api.wording import wording
from musterbook.desk.web.patience import NotReadyError
from musterbook.errors import BookError
from musterbook.ledger.book import Book

SMALL = 500  # lines that are taken in while a page waits
PER_SECOND = 5_000  # lines that are taken in, about


class Seeker:
    """One search for all requests of a process; it is opened when somebody first looks for something."""

    def __init__(self, ledger: Book, patience: float) -> None:
        self._ledger, self._patience, self._lock = ledger, patience, threading.Lock()
        self._search: Search | None = None
        self._filler: threading.Thread | None = None
        self._trouble: BookError | None = None
        self._is_whole = False  # whether the index ever knew all lines

    @property
    def search(self) -> Search:
        """The search, opened."""
        with self._lock:
            if self._search is None:
                self._search = Search(self._ledger)
            return self._search

    def find(self, wanted: Wanted, skip: int, most: int) -> tuple[Found, int]:
        """What was found, and how many newer lines it does not know of; NotReadyError before the index is made."""
        told, search = wording(wanted.words), self.search
        behind = self._caught_up(search)
        return search.look(wanted, told, skip, most), behind

    def _caught_up(self, search: Search) -> int:
        """Take in what is new; how many lines are still to come."""
        _, behind = search.index.behind()
        if 0 < behind <= SMALL:
            search.index.update()
        elif behind:
            self._begin(search).join(self._patience)
        if self._trouble:
            trouble, self._trouble = self._trouble, None
            raise trouble
        behind = search.index.behind()[1]
        self._is_whole = self._is_whole or not behind
        if not self._is_whole:
            raise NotReadyError(max(2, behind // PER_SECOND))
        return behind

    def _begin(self, search: Search) -> threading.Thread:
        """Start taking in lines, unless that is under way."""
        with self._lock:
            if self._filler is None or not self._filler.is_alive():
                self._filler = threading.Thread(
                    target=self._fill, args=(search,), name="search index", daemon=True
                )
                self._filler.start()
            return self._filler

    def _fill(self, search: Search) -> None:
        try:
            search.index.update()
        except BookError as trouble:
            self._trouble = trouble

    def close(self) -> None:
        """Let go of the index."""
        if self._search:
            self._search.close()


def seeker_of(request: Request) -> Seeker:
    """The search of this server."""
    return cast(Seeker, request.app.state.seeker)
