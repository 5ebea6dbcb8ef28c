"""A watcher for tests: its clock moves only when it sleeps, and its names all lead to this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from musterbook.api import OpenBook, open_book
from musterbook.fetching.egress import Egress
from musterbook.fetching.feedlist import FeedList, Source
from musterbook.fetching.heartbeat import Heartbeat
from musterbook.fetching.limits import Limits
from musterbook.fetching.notebook import Notebook, Standing
from musterbook.fetching.visits import Web
from musterbook.fetching.watching import Enter, Sum, Watcher, World

BEGUN = datetime(2026, 3, 2, 12, tzinfo=UTC).timestamp()
AGENT = "Musterbook/test (+mailto:desk@example.org)"
SHORT = Limits(connect=1.5, first=1.2, silence=1.0, whole=2.0, packed=200_000, unpacked=300_000)


@dataclass
class Desk:
    """A folder with a book, a notebook and a clock."""

    folder: Path
    limits: Limits = SHORT
    now: float = BEGUN
    said: list[str] = field(default_factory=list)
    naps: list[float] = field(default_factory=list)
    stop: bool = False
    until: float = float("inf")
    stride: float = 0.0  # that a nap lasts at least

    @property
    def book_path(self) -> Path:
        return self.folder / "b.sqlite"

    @property
    def notes(self) -> Path:
        return self.folder / "b.sqlite.watch.sqlite"

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.now += max(seconds, self.stride)
        self.stop |= self.now >= self.until

    def open(self) -> OpenBook:
        return open_book(self.book_path, clock=lambda: datetime.fromtimestamp(self.now, UTC))

    def web(self) -> Web:
        egress = Egress(lambda name: ["127.0.0.1"], allow_loopback=True)
        return Web(AGENT, egress, self.limits, lambda: self.now, lambda: self.stop)

    def run(
        self,
        *sources: Source,
        once: bool = True,
        wrap: Callable[[Enter], Enter] = lambda enter: enter,
        **more: float,
    ) -> Sum:
        """One run over these sources."""
        feeds = FeedList("mailto:desk@example.org", sources, **{"connections": 2, **more})
        world = World(self.web(), self.sleep, Random(7), self.said.append)
        self.stop = False
        with self.open() as book, closing(Notebook(self.notes)) as notebook:
            heart = Heartbeat(self.folder / "b.sqlite.watch.heartbeat")
            return Watcher(feeds, notebook, wrap(book.add), world, heart, once).run()

    def counts(self, url: str) -> dict[str, int]:
        with closing(Notebook(self.notes, make=False)) as notebook:
            return notebook.counts().get(url, {})

    def standing(self, url: str) -> Standing:
        with closing(Notebook(self.notes, make=False)) as notebook:
            return notebook.standings()[url]

    def in_book(self) -> list[str]:
        """The addresses of the reports in the book, and the codes of inputs that became none."""
        with self.open() as book:
            return [one.source if one.code == "read" else one.code for one in book.outcomes()]


def sleep_fast(desk: Desk) -> None:
    """A nap of the watcher takes ten minutes, so that days pass."""
    desk.stride = 600.0


def feed(url: str, **more: object) -> Source:
    return Source("feed", url, **more)


def codes(done: Iterable[str]) -> list[str]:
    """The codes at the end of what the watcher said."""
    return [line.rpartition("[")[2].rstrip("]") for line in done if line.endswith("]")]
