"""Archives go into a book: each is entered whole and noted in the manifest, and can be begun again at any moment."""

from __future__ import annotations

import shutil
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from musterbook.fleet.crew import Crew, spread
from musterbook.fleet.local import Reached, Shard, shards
from musterbook.fleet.manifest import Done, Manifest, key_of, size_of
from musterbook.fleet.shard import Counts
from musterbook.ledger.book import Book, Clock
from musterbook.lexicon.register import load_register
from musterbook.pipeline import Tally, enter
from musterbook.reading.reader import version

FRESH, KNOWN_ALREADY, NOTES = "new reports", "known reports", "doubts"


@dataclass(frozen=True, slots=True)
class Order:
    """Which archives, by how many processes, whether the document reader reads, and where the manifest lies.

    ``crew`` reads them instead of processes of this machine; whoever gives it closes it.
    """

    archives: tuple[Path, ...]
    manifest: Path
    workers: int = 0  # none: this process reads, and nothing watches over it
    learned: bool = False
    crew: Crew | None = None


@dataclass(frozen=True, slots=True)
class Entered:
    """One archive that is in the book now, or was already (``was_there``)."""

    done: Done
    tally: Tally | None = None

    @property
    def was_there(self) -> bool:
        """Whether an earlier run had entered it."""
        return self.tally is None


def enter_archives(
    order: Order, book: Book, clock: Clock, reached: Reached | None = None
) -> Iterator[Entered]:
    """Every archive of the order, one after the other, as it gets safely into the book.

    The book's lines come in the order of the list and, within a file, of its pages: they are the same whatever the
    number of workers and however often the run was killed, but for the moments at which they were written.
    """
    manifest = Manifest(order.manifest)
    waiting = [path for path in order.archives if manifest.find(path) is None]
    yield from (Entered(done) for path in order.archives if (done := manifest.find(path)))
    began = time.monotonic()
    with _parts(order.manifest) as folder:
        for shard in _shards(waiting, order, folder, reached):
            tally = _entered(shard, book, clock, order.learned)
            done = _done(shard, tally, order.learned, time.monotonic() - began, clock)
            if not _is_lost(tally):
                manifest.add(done)
            began = time.monotonic()
            yield Entered(done, tally)


def _shards(paths: Sequence[Path], order: Order, folder: Path, reached: Reached | None) -> Iterator[Shard]:
    """What the archives gave, whoever reads them."""
    if order.crew is not None:
        return spread(paths, order.crew, order.learned, folder, reached)
    return shards(paths, order.workers, order.learned, folder, reached)


def total(entered: Sequence[Entered]) -> Counts:
    """The counts of several archives together."""
    found: Counts = Counter()
    for one in entered:
        found.update(one.done.counts)
    return found


def _entered(shard: Shard, book: Book, clock: Clock, learned: bool) -> Tally:
    return enter(shard.found, book, load_register(), clock, version(learned=learned))


def _done(shard: Shard, tally: Tally, learned: bool, seconds: float, clock: Clock) -> Done:
    counts = dict(sorted(shard.counts.items())) | {
        FRESH: tally.read,
        KNOWN_ALREADY: tally.known,
        NOTES: tally.doubts,
    }
    return Done(
        key_of(shard.path),
        size_of(shard.path),
        version(learned=learned),
        {name: count for name, count in counts.items() if count},
        round(seconds, 3),
        clock().isoformat(timespec="seconds"),
    )


LOST = ("missing-file", "no-permission", "unreadable-file", "crashed-archive")  # worth another try next time


def _is_lost(tally: Tally) -> bool:
    """Whether nothing of the archive could be read."""
    return any(code in LOST for code, _ in tally.causes)


@contextmanager
def _parts(manifest: Path) -> Iterator[Path]:
    """A folder beside the manifest for what is read ahead; what a killed run left in it is thrown away."""
    folder = manifest.with_name(manifest.name + ".parts")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
