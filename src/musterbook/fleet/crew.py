"""Archives read by a crew elsewhere, and handed on in the order of the list, whatever comes back when and how often.

A crew may lose answers, give them twice, late or in any order: each archive's first whole answer counts. No more is
sent out than the writer can soon take.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from musterbook.errors import BookError
from musterbook.fleet.local import AHEAD, Reached, Shard
from musterbook.fleet.manifest import size_of
from musterbook.fleet.parcel import unpacked
from musterbook.fleet.shard import Counts
from musterbook.fleet.spool import is_finished, read_spool
from musterbook.intake.trouble import trouble

TRIES = 3  # machines go away more often than archives kill
LEASE = 7_200.0  # seconds until an archive that nobody answered for is given to somebody else


@dataclass(frozen=True, slots=True)
class Errand:
    """One archive to be read, for the so many-th time."""

    turn: int  # its place in the list
    path: Path
    learned: bool
    attempt: int = 1


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of an errand: a parcel, or why there is none."""

    turn: int
    attempt: int
    parcel: bytes = b""
    why: str = ""


class Crew(Protocol):
    """Whoever reads archives."""

    @property
    def size(self) -> int:
        """How many it reads at a time; it may grow and shrink."""
        ...

    def begin(self, errand: Errand) -> None:
        """Take an errand, and return at once."""
        ...

    def answers(self) -> Iterable[Answer]:
        """What has come in since; waits a moment for it."""
        ...

    def drop(self, errand: Errand) -> None:
        """Nobody waits for this errand any more."""
        ...

    def close(self) -> None:
        """All is done, or given up."""
        ...


@dataclass(slots=True)
class _Job:
    """One archive on its way."""

    path: Path
    spool: Path
    errand: Errand | None = None
    since: float = 0.0
    why: str = ""

    @property
    def is_settled(self) -> bool:
        """Whether it is read, or given up."""
        return is_finished(self.spool) or bool(self.why)


def spread(
    paths: Sequence[Path],
    crew: Crew,
    learned: bool,
    folder: Path,
    reached: Reached | None = None,
    now: Callable[[], float] = time.monotonic,
) -> Iterator[Shard]:
    """What the archives gave, in their order."""
    desk = _Desk(paths, crew, learned, folder, now)
    for turn, path in enumerate(paths):
        desk.send(min(len(paths), turn + AHEAD * crew.size))
        while not desk.jobs[turn].is_settled:
            for answer in crew.answers():
                desk.take(answer)
            desk.renew()
            if reached:
                reached(desk.read_ahead())
        yield _handed_on(path, desk.jobs[turn])
        del desk.jobs[turn]
        (folder / f"{turn}.part").unlink(missing_ok=True)


class _Desk:
    """Who was sent for what, and what came back."""

    def __init__(
        self, paths: Sequence[Path], crew: Crew, learned: bool, folder: Path, now: Callable[[], float]
    ) -> None:
        self.jobs = {turn: _Job(path, folder / f"{turn}.part") for turn, path in enumerate(paths)}
        self._crew, self._learned, self._now = crew, learned, now
        self._begun = 0

    def send(self, limit: int) -> None:
        """Begin what the crew has room for."""
        while self._begun < limit:
            self._begin(self._begun, 1)
            self._begun += 1

    def take(self, answer: Answer) -> None:
        """One answer; one for an archive that needs none any more changes nothing."""
        job = self.jobs.get(answer.turn)
        if job is None or is_finished(job.spool):
            return
        why = answer.why
        if answer.parcel:
            try:
                unpacked(answer.parcel, job.path, self._learned, job.spool)
                job.why = ""
                return
            except BookError as wrong:
                why = str(wrong)
        if job.errand and answer.attempt == job.errand.attempt:
            self._again(answer.turn, job, why)

    def renew(self) -> None:
        """Give to others what nobody answered for."""
        late = self._now() - LEASE
        for turn in range(self._begun):
            job = self.jobs.get(turn)
            if job and job.errand and job.since <= late and not job.is_settled:
                self._crew.drop(job.errand)
                self._again(turn, job, "nobody answered")

    def read_ahead(self) -> int:
        """Bytes of the archives that are read and wait for the writer."""
        begun = (self.jobs[turn] for turn in range(self._begun) if turn in self.jobs)
        return sum(size_of(job.path) for job in begun if is_finished(job.spool))

    def _again(self, turn: int, job: _Job, why: str) -> None:
        """Once more, unless it was tried often enough."""
        attempt = job.errand.attempt if job.errand else 0
        if attempt < TRIES:
            self._begin(turn, attempt + 1)
        else:
            job.why = why or "no answer"

    def _begin(self, turn: int, attempt: int) -> None:
        job = self.jobs[turn]
        job.errand, job.since = Errand(turn, job.path, self._learned, attempt), self._now()
        self._crew.begin(job.errand)


def _handed_on(path: Path, job: _Job) -> Shard:
    """What came back for an archive."""
    counts = Counts()
    if job.why and not is_finished(job.spool):
        return Shard(path, iter([trouble("crashed-archive", str(path), job.why)]), counts)
    return Shard(path, read_spool(job.spool, counts), counts)
