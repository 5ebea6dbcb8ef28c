"""The desk's side: children are started when the first document needs one, watched, killed, replaced.

``parse`` takes the place of ``intake.kinds.report_of``: the same arguments, the same answer, and whatever a document
does to its parser is one more outcome of that document. The next one meets a fresh child.
"""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from queue import SimpleQueue
from typing import IO

from musterbook.cells import frames
from musterbook.cells.child import arguments
from musterbook.cells.watch import CRASHED, MEMORY, TIMEOUT, Watch, ending
from musterbook.errors import BookError, MusterbookError
from musterbook.intake.content import certain_kind
from musterbook.intake.kinds import Given, kind_by_name, report_of
from musterbook.intake.limits import DOCUMENTS, START, Allowance
from musterbook.intake.trouble import trouble
from musterbook.model import Doubt, Report
from musterbook.settings import has_cells, patience

LINEAR = (
    "text",
    "markdown",
    "lines",
    "table",
)  # parsed in the time of reading them, by nothing but Python: no child
KEPT = ("PATH", "PYTHON", "LC_", "LANG", "LD_LIBRARY", "DYLD_", "VIRTUAL_ENV", "SYSTEMROOT", "TEMP", "TMP")
PROGRAM = (sys.executable, "-m", "musterbook.cells.child")


def parse(raw: bytes, kind: str, source: str, given: Given) -> Iterator[Report | Doubt]:
    """What a document gives, in a child unless its kind cannot do harm."""
    if (certain_kind(raw) or kind) in LINEAR or not has_cells():
        return report_of(raw, kind, source, given)
    return iter(the_cells().parse(raw, kind, source, given))


def prepare(names: Iterable[str]) -> None:
    """Start a child already, while its work is still on the way, where one of these files will need it."""
    kinds = {kind_by_name(Path(name).name) or LINEAR[0] for name in names}
    if has_cells() and not kinds <= set(LINEAR):
        the_cells().warm_up()


@cache
def the_cells() -> Cells:
    """The children of this process, as many as there is work for at once: one."""
    cells = Cells(Allowance(seconds=patience()))
    atexit.register(cells.close)
    return cells


class Cells:
    """Some children; a document goes to whichever is free. ``program`` is what they run."""

    def __init__(
        self,
        allowance: Allowance,
        count: int = 1,
        program: Sequence[str] = PROGRAM,
        documents: int = DOCUMENTS,
    ) -> None:
        self._cells = [Cell(allowance, program, documents) for _ in range(count)]
        self._free: SimpleQueue[Cell] = SimpleQueue()
        for cell in self._cells:
            self._free.put(cell)

    def parse(self, raw: bytes, kind: str, source: str, given: Given) -> tuple[Report | Doubt, ...]:
        """What a document gave, or the doubt that says how it ended its child."""
        cell = self._free.get()
        try:
            return cell.parse(raw, kind, source, given)
        finally:
            self._free.put(cell)

    def warm_up(self) -> None:
        """Start the children now, without waiting for them: there will be work."""
        for cell in self._cells:
            cell.start()

    def close(self) -> None:
        """Let go of all children."""
        for cell in self._cells:
            cell.close()


class Cell:
    """One child at a time."""

    def __init__(self, allowance: Allowance, program: Sequence[str], documents: int) -> None:
        self._allowance, self._program, self._documents = allowance, program, documents
        self._child: subprocess.Popen[bytes] | None = None
        self._is_ready = False
        self._served = 0

    def start(self) -> subprocess.Popen[bytes]:
        """The child, started if there is none."""
        if self._child is None:
            self._is_ready, self._served = False, 0
            self._child = subprocess.Popen(  # noqa: S603 -- our own program
                [*self._program, *arguments(self._allowance)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
            )
        return self._child

    def parse(self, raw: bytes, kind: str, source: str, given: Given) -> tuple[Report | Doubt, ...]:
        """What a document gave; whatever ended the child is a doubt, and the child is replaced."""
        try:
            child = self._ready()
            with Watch(child.pid, child.kill, self._allowance) as watch:
                answer = _put(child, frames.question(kind, source, given), raw, self._allowance.answer)
        except BaseException:  # an interruption: a half-told answer must not be taken for the next one's
            self.close()
            raise
        self._served += 1
        found = None if watch.verdict else _checked(answer)
        if isinstance(found, frames.Failed) and not found.lacked_memory:
            found = (trouble(CRASHED, source, found.detail),)
        if not isinstance(found, tuple):
            return (self._ended(watch.verdict, found, source),)
        if self._served >= self._documents:
            self.close()
        return found

    def close(self) -> None:
        """End the child, if there is one, and wait for its end."""
        self._end()

    def _ready(self) -> subprocess.Popen[bytes]:
        """A child that waits for a document; MusterbookError where none can be had."""
        child = self.start()
        if not self._is_ready:
            with Watch(child.pid, child.kill, Allowance(START, 10 * self._allowance.megabytes)):
                greeting = frames.receive(_out(child), len(frames.READY))
            if greeting != frames.READY:
                code = self._end()
                raise MusterbookError(
                    f"no process can be started to parse in ({ending(code)}); "
                    "check memory and limits, or set MUSTERBOOK_CELLS=off to parse without that protection"
                )
            self._is_ready = True
        return child

    def _ended(self, verdict: str, found: frames.Failed | None, source: str) -> Doubt:
        """The doubt for a child that is no more, or must be no more."""
        code = self._end()
        if verdict == TIMEOUT or (not verdict and code == -getattr(signal, "SIGXCPU", 0)):
            return trouble(TIMEOUT, source, f"{self._allowance.seconds:g} seconds")
        if verdict == MEMORY or found is not None:
            return trouble(MEMORY, source, found.detail if found else f"{self._allowance.megabytes} MB")
        return trouble(CRASHED, source, ending(code))

    def _end(self) -> int:
        """Kill what is left of the child and take its exit code."""
        child, self._child = self._child, None
        if child is None:
            return 0
        child.kill()
        for stream in (child.stdin, child.stdout):
            if stream:
                with suppress(OSError):
                    stream.close()
        return child.wait()


def _put(child: subprocess.Popen[bytes], head: bytes, raw: bytes, most: int) -> bytes | None:
    """A document to the child, and its answer; None where the child ends before it has one."""
    if child.stdin is None:
        return None
    try:
        frames.send(child.stdin, head)
        frames.send(child.stdin, raw)
        return frames.receive(_out(child), most)
    except OSError:
        return None


def _out(child: subprocess.Popen[bytes]) -> IO[bytes]:
    if child.stdout is None:
        raise MusterbookError("a child without a pipe")
    return child.stdout


def _checked(answer: bytes | None) -> tuple[Report | Doubt, ...] | frames.Failed | None:
    """What the child said, if it is an answer at all."""
    try:
        return None if answer is None else frames.answered(answer)
    except BookError:
        return None


def _environment() -> dict[str, str]:
    """What a child needs to find Python and us; nothing that is secret."""
    kept = {name: value for name, value in os.environ.items() if name.upper().startswith(KEPT)}
    ours = str(Path(__file__).resolve().parents[2])
    kept["PYTHONPATH"] = os.pathsep.join(filter(None, (ours, kept.get("PYTHONPATH", ""))))
    return kept
