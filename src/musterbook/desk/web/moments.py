"""The whole book as it was known at other moments: reckoned in the background, the last few kept.

On a small book a page waits for it; on a large one the reader is asked to come back.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from musterbook.desk.web.patience import NotReadyError

T = TypeVar("T")
KEPT = 3  # of a large book each holds some hundred megabytes
WAITING = 4  # that may be asked for at once; who asks for more is asked to come back


class Moments(Generic[T]):
    """What was made for each moment; one thread makes one after the other, the one asked for last first."""

    def __init__(self, patience: float, kept: int = KEPT) -> None:
        self._patience, self._room = patience, kept
        self._ready = threading.Condition()
        self._held: OrderedDict[Hashable, T] = OrderedDict()
        self._wanted: OrderedDict[Hashable, Callable[[], T]] = OrderedDict()
        self._maker: threading.Thread | None = None
        self._seconds = 1.0  # that the last one took

    def find(self, key: Hashable, make: Callable[[], T]) -> T:
        """The one for this moment; NotReadyError where making it takes longer than a page may."""
        with self._ready:
            if key not in self._held:
                self._ask_for(key, make)
                self._ready.wait_for(lambda: key in self._held, self._patience)
            if key not in self._held:
                raise NotReadyError(max(2, round(self._seconds)))
            self._held.move_to_end(key)
            return self._held[key]

    def has(self, key: Hashable) -> bool:
        """Whether it would be answered at once."""
        with self._ready:
            return key in self._held

    def _ask_for(self, key: Hashable, make: Callable[[], T]) -> None:
        self._wanted[key] = make
        self._wanted.move_to_end(key)
        while len(self._wanted) > WAITING:
            self._wanted.popitem(last=False)
        if self._maker is None:
            self._maker = threading.Thread(target=self._work, name="moments", daemon=True)
            self._maker.start()

    def _work(self) -> None:
        """Make what is wanted until nothing is."""
        try:
            while (wanted := self._next()) is not None:
                began = time.monotonic()
                made = wanted[1]()
                self._keep(wanted[0], made, time.monotonic() - began)
        finally:
            with self._ready:
                self._maker = None

    def _next(self) -> tuple[Hashable, Callable[[], T]] | None:
        with self._ready:
            while self._wanted:
                key, make = self._wanted.popitem()
                if key not in self._held:
                    return key, make
            self._maker = None
            return None

    def _keep(self, key: Hashable, made: T, seconds: float) -> None:
        with self._ready:
            self._held[key], self._seconds = made, seconds
            while len(self._held) > self._room:
                self._held.popitem(last=False)
            self._ready.notify_all()
