"""The open book of a server and what was last reckoned of it: a page is made of one still view, never of two.

Reckoning a large book takes a minute, and the book grows meanwhile. So the whole of it is reckoned in the background,
one size of the book after the other, and pages are made of the last one that is ready; what is asked of one contingent
is reckoned anew at once.
"""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable, Hashable
from datetime import date
from typing import Any, TypeVar

from musterbook.api import BookView, OpenBook
from musterbook.desk.web.asked import Asked
from musterbook.desk.web.moments import Moments
from musterbook.desk.web.patience import NotReadyError
from musterbook.desk.web.snapshot import Snapshot
from musterbook.desk.wiring import near

T = TypeVar("T")
PATIENCE = 3.0  # seconds that a page waits for the reckoning before it asks the reader to come back
LARGE = 50_000  # lines
FRESH = 0.2  # seconds for which the size of the book is taken as it was


class Shelf:
    """One book, shared by all requests of a process; one thread reckons at a time."""

    def __init__(self, book: OpenBook, today: Callable[[], date], patience: float = PATIENCE) -> None:
        self.book, self.patience = book, patience
        self._today = today
        self._lock = threading.RLock()  # held while a request reckons
        self._ready = threading.Condition()
        self._snapshot: Snapshot | None = None
        self._seen: tuple[float, int, str] = (-1.0, 0, "")
        self._reckoner: threading.Thread | None = None
        self._seconds = 1.0  # that the last reckoning took
        self._moments: Moments[Snapshot] = Moments(patience)  # the book as known at other moments
        self._made = 0.0  # when that was
        self._told: tuple[Snapshot | None, dict[str, Any]] = (None, {})  # what was last told of one

    def edge(self) -> tuple[int, str]:
        """How many lines the book has, and their root."""
        moment, size, root = self._seen
        if time.monotonic() - moment > FRESH:
            head = self.book.ledger.head()
            size, root = head.edge.size, head.edge.root.hex()
            self._seen = time.monotonic(), size, root
        return size, root

    def wrote(self) -> None:
        """This process has written to the book: the next page looks again."""
        self._seen = (-1.0, 0, "")

    def is_current(self, snapshot: Snapshot) -> bool:
        """Whether nothing was written since, and the day is the same."""
        return (snapshot.size, snapshot.root, snapshot.day) == (*self.edge(), self._today())

    def is_settled(self) -> bool:
        """Whether pages made now tell of all lines."""
        return self._snapshot is None or self.is_current(self._snapshot)

    def behind(self) -> int:
        """How many lines the last snapshot does not know yet."""
        return self.edge()[0] - self._snapshot.size if self._snapshot else 0

    def pace(self) -> tuple[float, float] | None:
        """How many seconds the last reckoning took, and how many ago it was; None before the first."""
        return (self._seconds, time.monotonic() - self._made) if self._snapshot else None

    def known_of(self, question: Callable[[Snapshot], dict[str, T]]) -> dict[str, T]:
        """The answer of the last snapshot, asked once of each and without waiting; nothing before the first."""
        found = self._snapshot
        if found is None:
            return {}
        if self._told[0] is not found:
            self._told = found, question(found)
        return self._told[1]

    def snapshot(self) -> Snapshot:
        """The whole book as last reckoned; what is newer is waited for a moment. NotReadyError before the first."""
        with self._ready:
            if self._snapshot and self.is_current(self._snapshot):
                return self._snapshot
            self.begin()
            self._ready.wait_for(lambda: self._snapshot and self.is_current(self._snapshot), self.patience)
            if self._snapshot is None:
                raise NotReadyError(max(2, round(self._seconds)))
            return self._snapshot

    def ask(self, asked: Asked, question: Callable[[BookView], T], *codes: str | None) -> T:
        """The answer of the book as the question wants to see it, of one force and place where they are named."""
        with self._lock:
            return question(self._seen_through(asked, *codes))

    def reckon(self, question: Callable[[Snapshot], T]) -> T:
        """The answer of the last snapshot."""
        found = self.snapshot()
        with self._lock:
            return question(found)

    def reckon_at(self, asked: Asked, question: Callable[[Snapshot], T]) -> T:
        """The same of the whole book through the clocks of a page, which may be reckoned first."""
        if asked.is_now:
            return self.reckon(question)
        size, root = self.edge()
        clocks = asked.known, asked.public, asked.held
        key: Hashable = clocks if self._is_over(asked) else (clocks, size, root, self._today())

        def make() -> Snapshot:
            view = through(self.book, asked).still()
            found = Snapshot(view, size, root, view.asked_for())
            found.prepare_light()
            return found

        found = self._moments.find(key, make)
        with self._lock:
            return question(found)

    def whole(self, asked: Asked) -> Snapshot | None:
        """The last snapshot, where it answers just what a page asks and knows all lines; else None."""
        found = self._snapshot
        if found is None or not asked.is_now or not self.is_current(found):
            return None
        return found if asked.on in (None, found.day) else None

    def _is_over(self, asked: Asked) -> bool:
        """Whether later lines change nothing of what was known then."""
        begun = self.book.ledger.begun()
        is_past = asked.known and asked.known.date() < self._today() and asked.known < self.book.ledger.now()
        return bool(is_past and begun and asked.known and asked.known >= begun)

    def last(self, question: Callable[[Snapshot], T]) -> T:
        """The same of a snapshot that may be older than the book, for what need not wait for the newest."""
        found = self._snapshot or self.snapshot()
        if not self.is_current(found):
            self.begin()
        with self._lock:
            return question(found)

    def _seen_through(self, asked: Asked, force: str | None = None, place: str | None = None) -> BookView:
        held = self._snapshot
        view: BookView = held.view if held and self.is_current(held) else self.book
        if force or place:
            view = view.of(near(force, place))
        return through(view, asked)

    def begin(self) -> None:
        """Start reckoning in the background, unless that is under way."""
        if self._reckoner is None or not self._reckoner.is_alive():
            self._reckoner = threading.Thread(target=self._reckon, name="reckoning", daemon=True)
            self._reckoner.start()

    def _reckon(self) -> None:
        """One snapshot, then wake those who wait for it."""
        began = time.monotonic()
        size, root = self.edge()
        last = self._snapshot.view if self._snapshot else None
        found = Snapshot(self.book.still(last), size, root, self._today())
        found.prepare()  # without the lock: nobody else has this view yet, and pages go on meanwhile
        if size > LARGE:
            set_aside()
        with self._ready:
            self._snapshot, self._seconds = found, time.monotonic() - began
            self._made = time.monotonic()
            self._ready.notify_all()


def set_aside() -> None:
    """Of a large book the collector shall not look through all that is kept, again and again, while pages are made."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def through(view: BookView, asked: Asked) -> BookView:
    """A view through the clocks of a page."""
    if asked.known:
        view = view.knowing(asked.known)
    if asked.public:
        view = view.public_by(asked.public)
    return view.with_held() if asked.held else view
