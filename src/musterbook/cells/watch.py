"""Who watches over a process: how long it has worked, how much memory it holds, and its end where that is too much."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from types import TracebackType

from musterbook.intake.limits import MB, Allowance

LOOK = 0.02  # seconds between two looks
TIMEOUT, MEMORY, CRASHED = "timeout", "too-much-memory", "crashed-parser"


def resident(pid: int) -> int:
    """Megabytes of memory that a process holds; 0 where the system does not tell, or the process is no more."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_bytes().split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") // MB


def ending(code: int) -> str:
    """How a process ended, in a word: SIGSEGV, exit code 1."""
    with suppress(ValueError):
        return signal.Signals(-code).name
    return f"exit code {code}"


class Watch:
    """Over one piece of work of a process, in a thread of its own; ``verdict`` tells why it was ended, if it was."""

    def __init__(self, pid: int, kill: Callable[[], None], allowance: Allowance) -> None:
        self.verdict = ""
        self._pid, self._kill, self._allowance = pid, kill, allowance
        self._done = Event()
        self._thread = Thread(target=self._look_on, daemon=True)

    def __enter__(self) -> Watch:
        """Begin to look."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        """The work is done, well or badly; afterwards the verdict does not change any more."""
        self._done.set()
        self._thread.join()

    def _look_on(self) -> None:
        until = time.monotonic() + self._allowance.seconds
        while not self._done.wait(LOOK):
            if time.monotonic() > until:
                self.verdict = TIMEOUT
            elif resident(self._pid) > self._allowance.megabytes:
                self.verdict = MEMORY
            if self.verdict:
                self._kill()
                return
