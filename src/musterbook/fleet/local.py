"""Archives read by processes of this machine, one archive each, and handed on in the order of the list.

A process that dies is started once more; an archive that kills two is a doubt, and the others go on.
"""

from __future__ import annotations

import multiprocessing
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from musterbook.fleet.shard import Counts, read_archive
from musterbook.fleet.spool import is_finished, read_spool, write_spool
from musterbook.intake.trouble import trouble
from musterbook.model import Doubt, Reading

PAUSE = 0.05  # seconds between two looks at the processes
AHEAD = 3  # archives read ahead of the one that is written, for every process
TRIES = 2
WARM = "musterbook.fleet.warm"
Reached = Callable[[int], None]
"""Told how many bytes of the archives under way have been read."""


@dataclass(slots=True)
class _Job:
    """One archive and the process that reads it."""

    path: Path
    spool: Path
    at: Any  # a shared number: the byte reached
    process: BaseProcess | None = None
    tries: int = 0
    code: int = 0  # how its last process ended

    def finish(self) -> bool:
        """Whether the archive needs no process any more: it is read, or it killed two."""
        if self.process is None or self.process.is_alive():
            return False
        self.process.join()
        self.code, self.process = self.process.exitcode or 0, None
        return is_finished(self.spool) or self.tries >= TRIES


@dataclass(frozen=True, slots=True)
class Shard:
    """What one archive gave; ``counts`` are complete when ``found`` has been gone through."""

    path: Path
    found: Iterator[Reading | Doubt]
    counts: Counts


def shards(
    paths: Sequence[Path], workers: int, learned: bool, folder: Path, reached: Reached | None = None
) -> Iterator[Shard]:
    """What the archives gave, in their order, whatever the number of workers; one worker is this process itself."""
    if workers <= 1:
        import_module(WARM)
        for path in paths:
            counts: Counts = Counter()
            yield Shard(path, read_archive(path, counts, learned, reached), counts)
    else:
        yield from _spread(paths, workers, learned, folder, reached)


def _spread(
    paths: Sequence[Path], workers: int, learned: bool, folder: Path, reached: Reached | None
) -> Iterator[Shard]:
    context = _context()
    jobs = [_Job(path, folder / f"{n}.part", context.Value("Q", 0)) for n, path in enumerate(paths)]
    running: list[_Job] = []
    begun = 0
    try:
        for turn, job in enumerate(jobs):
            finished = False
            while not finished:
                limit = min(len(jobs), turn + AHEAD * workers)
                while len(running) < workers and begun < limit:
                    running.append(jobs[begun])
                    begun += 1
                running = [one for one in running if not _step(context, one, learned)]
                finished = job not in running
                if reached:
                    reached(sum(one.at.value for one in running))
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
        job.tries += 1
        job.process = context.Process(target=work, args=(job.path, job.spool, learned, job.at), daemon=True)
        job.process.start()
    return False


def work(path: Path, spool: Path, learned: bool, at: Any) -> None:  # noqa: ANN401 -- a shared number
    """What a process does with its archive."""
    counts: Counts = Counter()

    def reached(byte: int) -> None:
        at.value = byte

    write_spool(spool, read_archive(path, counts, learned, reached), counts)


def _handed_on(job: _Job) -> Shard:
    """What the job's process left behind."""
    counts: Counts = Counter()
    if not is_finished(job.spool):
        lost = trouble("crashed-archive", str(job.path), f"exit code {job.code}")
        return Shard(job.path, iter([lost]), counts)
    return Shard(job.path, read_spool(job.spool, counts), counts)


def _context() -> Any:  # noqa: ANN401 -- multiprocessing's contexts share no public type
    """Processes forked from a warm one where the system can, else new ones."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([WARM])
    return context
