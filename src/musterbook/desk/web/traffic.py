"""What this process has answered since it began: how many requests of which route ended how, and how long they took."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from threading import Lock

from starlette.types import Scope

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds
STATIC = "/static/"
NOWHERE = "(none)"  # addresses that no route has
METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))


class Traffic:
    """Counts of requests by route; few numbers, however many requests."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock, self.begun, self.inside = clock, clock(), 0
        self._lock = Lock()
        self._answers: Counter[tuple[str, str, int]] = Counter()
        self._slots: Counter[tuple[str, float]] = Counter()
        self._sums: Counter[str] = Counter()  # seconds by route, in microseconds

    def note(self, scope: Scope, status: int, seconds: float) -> None:
        """One request that was answered."""
        route, method = route_of(scope), scope["method"]
        with self._lock:
            self._answers[route, method if method in METHODS else "OTHER", status] += 1
            self._sums[route] += round(seconds * 1e6)
            slot = next((bound for bound in BOUNDS if seconds <= bound), float("inf"))
            self._slots[route, slot] += 1

    def answers(self) -> list[tuple[tuple[str, str, int], int]]:
        """How many requests of a route and method ended with a status."""
        with self._lock:
            return sorted(self._answers.items())

    def times(self) -> Iterator[tuple[str, list[tuple[float, int]], int, float]]:
        """Of each route: how many took no longer than each bound, how many there were, and how long in all."""
        with self._lock:
            slots, sums = dict(self._slots), dict(self._sums)
        for route in sorted(sums):
            found, so_far = [], 0
            for bound in (*BOUNDS, float("inf")):
                so_far += slots.get((route, bound), 0)
                found.append((bound, so_far))
            yield route, found, so_far, sums[route] / 1e6


def route_of(scope: Scope) -> str:
    """The route that answered, as it is written in our code, never as it was asked for."""
    if str(scope["path"]).startswith(STATIC):
        return STATIC
    return str(getattr(scope.get("route"), "path", NOWHERE))
