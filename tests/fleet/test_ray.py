"""A real cluster of this machine: the same book as of one process. Run by ``make test-ray``; Ray is large."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

import archived
from musterbook.fleet.crew import Answer, Errand
from musterbook.fleet.on_ray import RayCrew
from musterbook.fleet.run import Order, enter_archives, total
from musterbook.ledger.open import open_book

pytestmark = pytest.mark.ray
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.fixture
def archives(tmp_path: Path) -> tuple[Path, ...]:
    return tuple(
        archived.write(tmp_path / f"{n}.warc.gz", archived.pages(size, 2))
        for n, size in enumerate((90, 30, 6, 12))
    )


def enter(book: Path, archives: tuple[Path, ...], crew: RayCrew | None = None) -> bytes:
    with open_book(book, lambda: NOON) as opened:
        order = Order(archives, book.with_suffix(".jsonl"), crew=crew)
        assert total(list(enter_archives(order, opened, lambda: NOON)))["kept"] == 69
        return opened.head().edge.root


class Killing(RayCrew):
    """Kills the process of the first errand while it reads, and gives each answer twice."""

    killed = 0

    def answers(self) -> Iterator[Answer]:
        if not self.killed and (workers := workers_of(os.getpid())):
            self.killed = workers[0]
            os.kill(self.killed, signal.SIGKILL)
        for answer in super().answers():
            yield answer
            yield answer


def workers_of(process: int) -> list[int]:
    """The processes under one that read archives just now."""
    told = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 2) for line in told.splitlines()[1:]]
    under, found = {str(process)}, []
    for _ in range(4):  # raylet, its worker
        under |= {pid for pid, parent, _ in rows if parent in under}
    for pid, _, words in rows:
        if pid in under and words.startswith("ray::packed"):
            found.append(int(pid))
    return found


def test_a_cluster_writes_the_same_book_though_a_worker_is_killed(
    tmp_path: Path, archives: tuple[Path, ...]
) -> None:
    whole = enter(tmp_path / "one.sqlite", archives)
    with closing(Killing(workers=2)) as crew:
        assert crew.size == 2
        assert enter(tmp_path / "ray.sqlite", archives, crew) == whole
        assert crew.killed
        crew.begin(Errand(0, archives[0], False))
        crew.drop(Errand(0, archives[0], False))
        assert not [*crew.answers()]


def test_the_command_runs_on_a_cluster(tmp_path: Path, archives: tuple[Path, ...]) -> None:
    call = [
        sys.executable,
        "-c",
        "from musterbook.desk.cli import main; main()",
        "archive",
        "--engine",
        "ray",
    ]
    began = time.monotonic()
    done = subprocess.run(
        [*call, "--book", str(tmp_path / "b.sqlite"), *map(str, archives)],
        capture_output=True,
        text=True,
        check=True,
    )
    print(time.monotonic() - began)
    assert "4 archives: 138 pages" in done.stdout
