"""Archives read by processes of this machine, one archive each, and handed on in the order of the list.

A page that holds its reader up, swells it or kills it twice is left out by its place and told as a doubt; the archive
is begun again and the rest of it read. An archive that loses too many pages so is a doubt itself, and the others go on.
"""

from __future__ import annotations

import multiprocessing
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from musterbook.cells.watch import CRASHED, MEMORY, TIMEOUT, ending, resident
from musterbook.fleet.shard import Counts, Loss, read_archive
from musterbook.fleet.spool import is_finished, read_spool, write_spool
from musterbook.intake.limits import LOST_PAGES, START, SWOLLEN
from musterbook.intake.trouble import trouble
from musterbook.model import Doubt, Reading
from musterbook.settings import stalled

PAUSE = 0.02  # seconds between two looks at the processes
AHEAD = 3  # archives read ahead of the one that is written, for every process
TRIES = 2
NOWHERE = 2**64 - 1  # where a process is before its first page
WARM = "musterbook.fleet.warm"
Reached = Callable[[int], None]
"""Told how many bytes of the archives under way have been read."""


@dataclass(slots=True)
class _Job:
    """One archive and the process that reads it."""

    path: Path
    spool: Path
    at: Any  # a shared number: the byte reached
    patience: float  # seconds at one page
    process: BaseProcess | None = None
    code: int = 0  # how its last process ended
    lost: dict[int, Loss] = field(default_factory=dict)  # pages to be left out, by their byte
    deaths: Counter[int] = field(default_factory=Counter)  # processes that died, by the byte they were at
    seen: int = NOWHERE
    since: float = 0.0  # when it was first seen there

    def finish(self) -> bool:
        """Whether the archive needs no process any more: it is read, or it is given up."""
        if self.process is None:
            return False
        if self.process.is_alive():
            why = self._trouble(self.process.pid or 0)
            if why is None:
                return False
            self.process.kill()
        else:
            why = None
        self.process.join()
        self.code, self.process = self.process.exitcode or 0, None
        if is_finished(self.spool):
            return True
        self._blame(why)
        return self.is_hopeless

    @property
    def is_hopeless(self) -> bool:
        """Whether too much of the archive was in vain."""
        return (
            self.deaths[NOWHERE] >= TRIES
            or len(self.lost) > LOST_PAGES
            or self.deaths.total() > 2 * LOST_PAGES
        )

    def begin(self, context: Any, learned: bool) -> None:  # noqa: ANN401 -- multiprocessing's contexts share no public type
        """Start a process; it leaves out what is lost."""
        self.at.value = self.seen = NOWHERE
        self.since = time.monotonic()
        given = (self.path, self.spool, learned, self.at, dict(self.lost))
        self.process = context.Process(target=work, args=given, daemon=True)
        self.process.start()

    @property
    def reached(self) -> int:
        """The byte reached, as far as is known."""
        at: int = self.at.value
        return 0 if at == NOWHERE else at

    def _trouble(self, pid: int) -> Loss | None:
        """Why a process that lives must not go on."""
        now, at = time.monotonic(), self.at.value
        if at != self.seen:
            self.seen, self.since = at, now
        if at != NOWHERE and now - self.since > self.patience:
            return TIMEOUT, f"{self.patience:g} seconds"
        if at == NOWHERE and now - self.since > self.patience + START:
            return TIMEOUT, f"{self.patience:g} seconds"
        return (MEMORY, f"{SWOLLEN:,} MB") if resident(pid) > SWOLLEN else None

    def _blame(self, why: Loss | None) -> None:
        """The page at which a process ended: left out where that was its fault, or can be no accident."""
        at = self.at.value
        self.deaths[at] += 1
        if at != NOWHERE and (why or self.deaths[at] >= TRIES):
            self.lost[at] = why or (CRASHED, ending(self.code))


@dataclass(frozen=True, slots=True)
class Shard:
    """What one archive gave; ``counts`` are complete when ``found`` has been gone through."""

    path: Path
    found: Iterator[Reading | Doubt]
    counts: Counts


def shards(
    paths: Sequence[Path], workers: int, learned: bool, folder: Path, reached: Reached | None = None
) -> Iterator[Shard]:
    """What the archives gave, in their order, whatever the number of workers.

    With no worker this process reads, and nothing watches over it. A single worker and the writer take turns.
    """
    if workers:
        yield from _spread(paths, workers, learned, folder, reached)
        return
    import_module(WARM)
    for path in paths:
        counts: Counts = Counter()
        yield Shard(path, read_archive(path, counts, learned, reached), counts)


def _spread(
    paths: Sequence[Path], workers: int, learned: bool, folder: Path, reached: Reached | None
) -> Iterator[Shard]:
    context, patience = _context(), stalled()
    jobs = [_Job(path, folder / f"{n}.part", context.Value("Q", 0), patience) for n, path in enumerate(paths)]
    running: list[_Job] = []
    begun = 0
    try:
        for turn, job in enumerate(jobs):
            finished = False
            while not finished:
                limit = min(len(jobs), turn + (AHEAD * workers if workers > 1 else 1))
                while len(running) < workers and begun < limit:
                    running.append(jobs[begun])
                    begun += 1
                running = [one for one in running if not _step(context, one, learned)]
                finished = job not in running
                if reached:
                    reached(sum(one.reached for one in running))
                if not finished:
                    time.sleep(PAUSE)
            yield _handed_on(job)
            job.spool.unlink(missing_ok=True)
    finally:
        for one in running:
            if one.process is not None:
                one.process.terminate()


def _step(context: Any, job: _Job, learned: bool) -> bool:  # noqa: ANN401 -- multiprocessing's contexts share no public type
    """Start what waits for a process; whether the job is done."""
    if job.finish():
        return True
    if job.process is None:
        job.begin(context, learned)
    return False


def work(path: Path, spool: Path, learned: bool, at: Any, lost: Mapping[int, Loss]) -> None:  # noqa: ANN401 -- a shared number
    """What a process does with its archive."""
    counts: Counts = Counter()

    def reached(byte: int) -> None:
        at.value = byte

    write_spool(spool, read_archive(path, counts, learned, reached, lost), counts)


def _handed_on(job: _Job) -> Shard:
    """What the job's process left behind."""
    counts: Counts = Counter()
    if not is_finished(job.spool):
        lost = trouble("crashed-archive", str(job.path), ending(job.code))
        return Shard(job.path, iter([lost]), counts)
    return Shard(job.path, read_spool(job.spool, counts), counts)


def _context() -> Any:  # noqa: ANN401 -- multiprocessing's contexts share no public type
    """Processes forked from a warm one where the system can, else new ones."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([WARM])
    return context
