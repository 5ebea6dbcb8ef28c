"""A request that is sent again with the same ``Idempotency-Key`` gets the answer of the first time, and writes nothing.

Kept by this process for the last requests; adding a report twice, or deciding a thing twice, writes nothing anyway.
"""

from __future__ import annotations

import hashlib
import re
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from musterbook.desk.web.errors import WrongError

Answer = tuple[int, bytes]
KEPT = 10_000
FORM = re.compile(r"[!-~]{1,200}")


class Once:
    """The answers of the last requests that came with such a key."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: OrderedDict[tuple[str, str], tuple[str, Answer | None]] = OrderedDict()

    def answer(self, person: str, key: str | None, asked: bytes, act: Callable[[], Answer]) -> Answer:
        """The answer of the first time, or what ``act`` does now; 409 where the key came with something else."""
        if key is None:
            return act()
        if not FORM.fullmatch(key):
            raise WrongError(
                400, "The Idempotency-Key is not 1 to 200 signs of ASCII without blanks; make another."
            )
        name, mark = (person, key), hashlib.sha256(asked).hexdigest()
        if (told := self._begin(name, mark)) is not None:
            return told
        done = None
        try:
            done = act()
        finally:
            self._end(name, mark, done)
        return done

    def _begin(self, name: tuple[str, str], mark: str) -> Answer | None:
        with self._lock:
            if name not in self._held:
                self._held[name] = mark, None
                return None
            first, told = self._held[name]
            if first != mark:
                raise WrongError(
                    409, "This Idempotency-Key came with another request before; make a new one."
                )
            if told is None:
                raise WrongError(409, "The first request with this key is still under way.", Retry_After="1")
            return told

    def _end(self, name: tuple[str, str], mark: str, done: Answer | None) -> None:
        """Keep the answer; what failed may be tried again."""
        with self._lock:
            if done is None:
                self._held.pop(name, None)
                return
            self._held[name] = mark, done
            while len(self._held) > KEPT:
                self._held.popitem(last=False)
