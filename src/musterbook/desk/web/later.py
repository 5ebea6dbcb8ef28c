"""What takes long and few pages need is reckoned beside the requests: the last that is ready is shown meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

from fastapi import Request

from musterbook.desk.web.answering import Told, shelf_of
from musterbook.desk.web.asked import Asked
from musterbook.desk.web.lists import Lists, seen
from musterbook.desk.web.shelf import NotReadyError, Snapshot

T = TypeVar("T")
AGAIN = 5  # seconds after which a reader who had to be sent away comes back


@dataclass(frozen=True, slots=True)
class Ready(Generic[T]):
    """What was reckoned, and of which book."""

    made: T
    snapshot: Snapshot


class Later:
    """Answers that are reckoned once for each state of the book, each by a thread of its own."""

    def __init__(self, patience: float) -> None:
        self._patience, self._lock = patience, threading.Lock()
        self._begun: dict[str, tuple[Snapshot, Future[object]]] = {}
        self._ready: dict[str, Ready[object]] = {}

    def find(self, name: str, snapshot: Snapshot, make: Callable[[Snapshot], T]) -> Ready[T]:
        """What ``make`` makes of this book, or of an older one while it takes long; NotReadyError before the first."""
        with self._lock:
            begun = self._begun.get(name)
            if begun is None or (begun[0] is not snapshot and begun[1].done()):
                begun = self._begun[name] = snapshot, _begin(make, snapshot)
        try:
            made: object = begun[1].result(self._patience)
        except TimeoutError:
            if name not in self._ready:
                raise NotReadyError(AGAIN) from None
        else:
            self._ready[name] = Ready(made, begun[0])
        return cast(Ready[T], self._ready[name])  # kept under the name of what was asked for


def later_of(request: Request) -> Later:
    """The long reckonings of this server."""
    return cast(Later, request.app.state.later)


def listed(request: Request, asked: Asked, parts: tuple[str, ...], question: Callable[[Lists], Told]) -> Told:
    """The answer of lists whose ``parts`` take long, of the whole book or through the clocks of the address."""
    shelf = shelf_of(request)
    if asked != Asked():
        return shelf.ask(asked, lambda view: question(seen(view, asked.on))) | {"behind": 0}
    ready = later_of(request).find("+".join(parts), shelf.snapshot(), lambda s: _gathered(s.lists, parts))
    return question(ready.made) | {"behind": shelf.edge()[0] - ready.snapshot.size}


def _gathered(lists: Lists, parts: tuple[str, ...]) -> Lists:
    """The lists with these parts made."""
    for part in parts:
        getattr(lists, part)
    return lists


def _begin(make: Callable[[Snapshot], T], snapshot: Snapshot) -> Future[object]:
    """Start it in a thread that does not keep the process from ending."""
    future = Future[object]()

    def work() -> None:
        try:
            future.set_result(make(snapshot))
        except BaseException as wrong:  # noqa: BLE001 -- handed to everybody who asks, not kept
            future.set_exception(wrong)

    threading.Thread(target=work, name="lists", daemon=True).start()
    return future
