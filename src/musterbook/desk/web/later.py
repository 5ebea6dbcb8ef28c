"""What takes long and few pages need is reckoned beside the requests: the last that is ready is shown meanwhile."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

from fastapi import Request

from musterbook.desk.web.answering import Told, shelf_of
from musterbook.desk.web.asked import Asked
from musterbook.desk.web.lists import Lists
from musterbook.desk.web.patience import NotReadyError
from musterbook.desk.web.snapshot import Snapshot

T = TypeVar("T")
AGAIN = 5  # seconds after which a reader who had to be sent away comes back
NOW, THEN = 16, 3  # answers that are kept: of the book as it is, and as it was seen through other clocks
WAITING = 8  # answers that may be on their way at once; who asks for more comes back


@dataclass(frozen=True, slots=True)
class Ready(Generic[T]):
    """What was reckoned, and of which book."""

    made: T
    snapshot: Snapshot


class Later:
    """Answers that are reckoned once for each state of the book, one after the other, beside the requests."""

    def __init__(self, patience: float, room: int = NOW) -> None:
        self._patience, self._room = patience, room
        self._lock, self._turn = threading.Lock(), threading.Lock()
        self._begun: OrderedDict[str, tuple[Snapshot, Future[object]]] = OrderedDict()
        self._ready: dict[str, Ready[object]] = {}

    def find(self, name: str, snapshot: Snapshot, make: Callable[[Snapshot], T]) -> Ready[T]:
        """What ``make`` makes of this book, or of an older one while it takes long; NotReadyError before the first."""
        of, future = self._ask_for(name, snapshot, make)
        try:
            found = Ready(future.result(self._patience), of)
        except TimeoutError:
            if name not in self._ready:
                raise NotReadyError(AGAIN) from None
            return cast(Ready[T], self._ready[name])  # kept under the name of what was asked for
        with self._lock:
            if name in self._begun:
                self._ready[name] = found
        return cast(Ready[T], found)

    def _ask_for(
        self, name: str, snapshot: Snapshot, make: Callable[[Snapshot], T]
    ) -> tuple[Snapshot, Future[object]]:
        """The answer that is there or on its way, of this book unless an older one is still on its way."""
        with self._lock:
            begun = self._begun.get(name)
            if begun is None or (begun[0] is not snapshot and begun[1].done()):
                if sum(not future.done() for _, future in self._begun.values()) >= WAITING:
                    raise NotReadyError(AGAIN)
                begun = self._begun[name] = snapshot, self._begin(make, snapshot)
            self._begun.move_to_end(name)
            self._forget()
            return begun

    def _forget(self) -> None:
        """Let go of what was not asked for longest, but for what is on its way."""
        done = [name for name, (_, future) in self._begun.items() if future.done()]
        for name in done[: max(0, len(self._begun) - self._room)]:
            del self._begun[name]
            self._ready.pop(name, None)

    def _begin(self, make: Callable[[Snapshot], T], snapshot: Snapshot) -> Future[object]:
        """Start it in a thread that does not keep the process from ending."""
        future = Future[object]()

        def work() -> None:
            with self._turn:
                try:
                    future.set_result(make(snapshot))
                except BaseException as wrong:  # noqa: BLE001 -- handed to everybody who asks, not kept
                    future.set_exception(wrong)

        threading.Thread(target=work, name="lists", daemon=True).start()
        return future


def listed(request: Request, asked: Asked, parts: tuple[str, ...], question: Callable[[Lists], Told]) -> Told:
    """The answer of the lists of the whole book, through the clocks of the address; ``parts`` are made first."""
    shelf, name = shelf_of(request), "+".join(parts) + asked.query()
    whole = shelf.reckon_at(asked, lambda found: found)
    kept = cast(Later, request.app.state.later if asked == Asked() else request.app.state.later_then)
    ready = kept.find(name, whole, lambda found: _gathered(_on_day(found, asked), parts))
    behind = shelf.edge()[0] - ready.snapshot.size if asked == Asked() else 0
    return question(ready.made) | {"behind": behind}


def _on_day(found: Snapshot, asked: Asked) -> Lists:
    """The lists of a book on the day that is asked about."""
    if asked.on in (None, found.day):
        return found.lists
    return Lists(Snapshot(found.view, found.size, found.root, asked.on or found.day))


def _gathered(lists: Lists, parts: tuple[str, ...]) -> Lists:
    """The lists with these parts made."""
    for part in parts:
        getattr(lists, part)
    return lists
