"""How much is done: little each time the tests run, much in `make soak`; all chance comes from one seed.

MUSTERBOOK_SOAK=1 asks for the long tier (MUSTERBOOK_SOAK=freeze for its figures in bench/, too), MUSTERBOOK_SEED=N
for the chances of an earlier run.
"""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random


@dataclass(frozen=True)
class Sizes:
    """How often each thing is done."""

    kills: int  # processes killed while they write, and a quarter as many each while they migrate and copy
    restarts: int  # of a PostgreSQL server under writers
    fillings: int  # of a disk
    submissions: int  # by each of eight writers
    sequences: int  # of fifty decisions each, against the oracle
    operations: int  # done alike to both databases
    seconds: float  # in which six processes write without a pause
    mutants: int  # damaged documents, of every format in turn
    archives: int  # damaged archives of each packing


SHORT = Sizes(60, 4, 3, 150, 60, 600, 4.0, 330, 40)
LONG = Sizes(670, 20, 100, 5_000, 2_000, 20_000, 600.0, 100_000, 1_000)
SOAK = os.environ.get("MUSTERBOOK_SOAK", "")
SIZES = LONG if SOAK else SHORT
MEMORY = Path("/dev/shm")  # noqa: S108 -- what we put there goes into a folder of our own
SEED = int(os.environ.get("MUSTERBOOK_SEED") or secrets.randbelow(10**9))


def chance(name: str) -> Random:
    """The chances of one test: the same for the same seed, whichever other tests run."""
    return Random(f"{SEED} {name}")


@contextmanager
def quick_folder() -> Iterator[Path]:
    """A folder in memory where there is one: for tests of answers, which need not wait for a disk."""
    folder = Path(tempfile.mkdtemp(prefix="musterbook-", dir=MEMORY if MEMORY.is_dir() else None))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
