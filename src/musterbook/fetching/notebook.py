"""What the watcher must not forget, in a small SQLite file beside the book; every step is one transaction.

A feed is noted as read in the same transaction that lists its new entries as waiting, and an entry stops waiting only
when its report or its doubt is in the book. So the watcher may be killed at any moment: it goes on where it was.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from datetime import date
from pathlib import Path

from musterbook.errors import BookError
from musterbook.fetching.manners import Rules
from musterbook.fetching.troubles import Cause
from musterbook.fetching.visits import Validators

FORM = 1  # of the tables
FAR = (
    8 * 86_400.0
)  # seconds ahead that no wait of ours lasts, and after which what is known of hosts is forgotten
REMEMBERED = 90 * 86_400.0  # seconds for which an entry is remembered that its feed lists no more
# The columns of a table stand in the order of the fields of its record.
TABLES = """
CREATE TABLE IF NOT EXISTS source (
    url TEXT PRIMARY KEY, due REAL NOT NULL DEFAULT 0, polled REAL NOT NULL DEFAULT 0,
    succeeded REAL NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0, code TEXT NOT NULL DEFAULT '',
    detail TEXT NOT NULL DEFAULT '', ended TEXT NOT NULL DEFAULT '', etag TEXT NOT NULL DEFAULT '',
    modified TEXT NOT NULL DEFAULT '', state TEXT NOT NULL DEFAULT '', moved TEXT NOT NULL DEFAULT '',
    at TEXT NOT NULL DEFAULT '', hops INTEGER NOT NULL DEFAULT 0, wanted INTEGER NOT NULL DEFAULT 1);
CREATE TABLE IF NOT EXISTS waiting (
    source TEXT NOT NULL, key TEXT NOT NULL, state TEXT NOT NULL, host TEXT NOT NULL, url TEXT NOT NULL,
    title TEXT NOT NULL, published TEXT NOT NULL, content TEXT NOT NULL, listed REAL NOT NULL,
    due REAL NOT NULL, tries INTEGER NOT NULL, at TEXT NOT NULL, hops INTEGER NOT NULL,
    PRIMARY KEY (source, key)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS waiting_due ON waiting (host, due);
CREATE INDEX IF NOT EXISTS waiting_url ON waiting (url);
CREATE TABLE IF NOT EXISTS seen (
    source TEXT NOT NULL, key TEXT NOT NULL, state TEXT NOT NULL, url TEXT NOT NULL, outcome TEXT NOT NULL,
    entered REAL NOT NULL, listed REAL NOT NULL, PRIMARY KEY (source, key)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS seen_url ON seen (url);
CREATE TABLE IF NOT EXISTS host (name TEXT PRIMARY KEY, free REAL NOT NULL, failures INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS robots (origin TEXT PRIMARY KEY, state TEXT, text TEXT, fetched REAL, host TEXT);
CREATE INDEX IF NOT EXISTS robots_host ON robots (host);
"""
PUT_WAITING = "INSERT OR REPLACE INTO waiting VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Standing:
    """How one source stands; all moments are seconds since 1970, 0 for never."""

    url: str
    due: float = 0.0
    polled: float = 0.0
    succeeded: float = 0.0
    failures: int = 0
    code: str = ""
    detail: str = ""
    ended: str = ""
    etag: str = ""
    modified: str = ""
    state: str = ""  # of a page: what it held
    moved: str = ""  # where it was passed on to for good
    at: str = ""  # where it is to be asked now: another host that it was passed on to
    hops: int = 0

    @property
    def known(self) -> Validators:
        """What lets its server say that nothing has changed."""
        return Validators(self.ended, self.etag, self.modified)

    @property
    def cause(self) -> Cause | None:
        """Why it could not be had the last time."""
        return Cause(self.code, self.detail) if self.code else None


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry that is not in the book yet."""

    source: str
    key: str
    state: str
    host: str  # empty where the feed itself holds what is read
    url: str
    title: str = ""
    published: str = ""  # an ISO day
    content: str = ""
    listed: float = 0.0
    due: float = 0.0
    tries: int = 0
    at: str = ""  # where it is to be asked now: another host that it was passed on to
    hops: int = 0

    @property
    def day(self) -> date | None:
        """The day that the feed gives."""
        return date.fromisoformat(self.published) if self.published else None


@dataclass(frozen=True, slots=True)
class Host:
    """When a host may be visited again, and how often in a row it failed."""

    name: str
    free: float = 0.0
    failures: int = 0


Settled = tuple[Waiting, str]
"""An entry and what became of it: ``report``, ``left out``, ``elsewhere``, or the code of its doubt."""


class Notebook:
    """The file, open; one process at a time writes it (see ``lock``)."""

    def __init__(self, path: Path, make: bool = True) -> None:
        self.path = path
        try:
            place = path if make else f"{path.absolute().as_uri()}?mode=ro"
            self._db = sqlite3.connect(place, timeout=30, isolation_level=None, uri=not make)
            if make:
                self._db.executescript(f"PRAGMA synchronous = FULL;{TABLES}PRAGMA user_version = {FORM};")
            self._db.execute("SELECT count(*) FROM source").fetchone()
        except sqlite3.Error as broken:
            raise BookError(f"{path} cannot be opened ({broken}); see docs/watch.md") from None

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    @contextmanager
    def _step(self) -> Iterator[sqlite3.Connection]:
        """One transaction, or nothing of it."""
        try:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")
        except sqlite3.Error as broken:
            raise BookError(
                f"{self.path} cannot be written ({broken}); nothing was lost, try again"
            ) from None

    def want(self, urls: Iterable[str], now: float) -> None:
        """These sources are watched from now on, and no others; a clock that was wrong is forgiven."""
        late, old = now + FAR, now - FAR
        with self._step() as db:
            db.execute("UPDATE waiting SET due = ? WHERE due > ?", (now, late))
            db.execute("UPDATE source SET due = 0 WHERE polled > ?", (late,))
            db.execute("DELETE FROM host WHERE free < ? OR free > ?", (old, late))
            db.execute("DELETE FROM robots WHERE fetched < ?", (old,))
            db.execute("UPDATE source SET wanted = 0")
            db.executemany(
                "INSERT INTO source (url, wanted) VALUES (?, 1) ON CONFLICT (url) DO UPDATE SET wanted = 1",
                [(url,) for url in urls],
            )

    def standings(self) -> dict[str, Standing]:
        """How every source stands that is or was watched."""
        return {row[0]: Standing(*row[:-1]) for row in self._db.execute("SELECT * FROM source")}

    def note(self, standing: Standing) -> None:
        """How a source stands now."""
        with self._step() as db:
            _put_standing(db, standing)

    def list_entries(
        self, standing: Standing, fresh: Sequence[Waiting], left: Sequence[Settled], listed: Iterable[str]
    ) -> None:
        """A feed was read: these entries wait, those are left out, all of these keys it lists now."""
        url, now = standing.url, standing.polled
        with self._step() as db:
            db.executemany(PUT_WAITING, [astuple(one) for one in fresh])
            db.executemany(
                "UPDATE seen SET listed = ? WHERE source = ? AND key = ?", [(now, url, key) for key in listed]
            )
            _settle(db, left, now)
            db.execute("DELETE FROM seen WHERE source = ? AND listed < ?", (url, now - REMEMBERED))
            _put_standing(db, standing)

    def states(self, source: str) -> dict[str, tuple[str, float]]:
        """The entries of a source that are known: their state, and when they went into the book (0: they wait)."""
        waiting = self._db.execute("SELECT key, state, 0.0 FROM waiting WHERE source = ?", (source,))
        seen = self._db.execute("SELECT key, state, entered FROM seen WHERE source = ?", (source,))
        found = {key: (state, entered) for key, state, entered in seen}
        return found | {key: (state, entered) for key, state, entered in waiting}

    def entered_elsewhere(self, source: str, urls: Iterable[str], since: float) -> set[str]:
        """Which of these pages another source has brought into the book since then."""
        asked = "SELECT 1 FROM seen WHERE url = ? AND source <> ? AND entered >= ? AND outcome = 'report'"
        return {url for url in urls if self._db.execute(asked, (url, source, since)).fetchone()}

    def first_waiting(self, now: float) -> list[Waiting]:
        """For each host the entry that has waited longest, of those that are due."""
        asked = (
            "SELECT w.*, min(w.due) FROM waiting w "
            "JOIN source s ON s.url = w.source WHERE s.wanted AND w.due <= ? AND w.host <> '' GROUP BY w.host"
        )
        return [Waiting(*row[:-1]) for row in self._db.execute(asked, (now,))]

    def held_by_feeds(self, most: int) -> list[Waiting]:
        """Entries whose feed holds all that is read of them."""
        asked = (
            "SELECT w.* FROM waiting w JOIN source s ON s.url = w.source "
            "WHERE s.wanted AND w.host = '' ORDER BY w.source, w.listed, w.key LIMIT ?"
        )
        return [Waiting(*row) for row in self._db.execute(asked, (most,))]

    def next_due(self) -> list[tuple[str, float]]:
        """For each host with waiting entries, when the first of them is due."""
        asked = (
            "SELECT w.host, min(w.due) FROM waiting w JOIN source s ON s.url = w.source "
            "WHERE s.wanted AND w.host <> '' GROUP BY w.host"
        )
        return [(host, due) for host, due in self._db.execute(asked)]

    def put_off(self, entry: Waiting, due: float) -> None:
        """An entry is tried again later, from its own address."""
        asked = (
            "UPDATE waiting SET due = ?, tries = tries + 1, host = ?, at = '', hops = 0 "
            "WHERE url = ? AND host <> ''"
        )
        with self._step() as db:
            db.execute(asked, (due, host_of(entry.url), entry.url))

    def pass_on(self, entry: Waiting, at: str, hops: int) -> None:
        """An entry is to be asked for at another host."""
        asked = "UPDATE waiting SET host = ?, at = ?, hops = ? WHERE url = ? AND host <> ''"
        with self._step() as db:
            db.execute(asked, (host_of(at), at, hops, entry.url))

    def settle(self, settled: Sequence[Settled], now: float) -> None:
        """These entries are in the book now, each with what it became; also where other sources list the page."""
        with self._step() as db:
            for entry, outcome in settled:
                same = "SELECT * FROM waiting WHERE url = ? AND host <> '' AND (source <> ? OR key <> ?)"
                others = (
                    [Waiting(*row) for row in db.execute(same, (entry.url, entry.source, entry.key))]
                    if entry.host
                    else []
                )
                _settle(db, [(one, outcome) for one in (entry, *others)], now)

    def retry(self, now: float) -> int:
        """Let every entry wait again whose page could not be had; how many."""
        failed = "SELECT source, key, state, url, listed FROM seen WHERE outcome LIKE 'fetch-%' AND url <> ''"
        with self._step() as db:
            rows = db.execute(failed).fetchall()
            for source, key, state, url, listed in rows:
                entry = Waiting(source, key, state, host_of(url), url, listed=listed, due=now)
                db.execute(PUT_WAITING, astuple(entry))
                db.execute("DELETE FROM seen WHERE source = ? AND key = ?", (source, key))
        return len(rows)

    def listed_by(self, urls: Iterable[str]) -> dict[str, str]:
        """The source that lists each of these pages, where one does."""
        asked = "SELECT source FROM seen WHERE url = ? UNION SELECT source FROM waiting WHERE url = ?"
        rows = ((url, self._db.execute(asked, (url, url)).fetchone()) for url in urls)
        return {url: str(row[0]) for url, row in rows if row}

    def note_read(self, urls: Iterable[str], now: float) -> None:
        """These pages could not be had and are in the book now, by whatever way."""
        asked = "UPDATE seen SET outcome = 'report', entered = ? WHERE url = ? AND outcome LIKE 'fetch-%'"
        with self._step() as db:
            db.executemany(asked, [(now, url) for url in urls])

    def waiting(self) -> int:
        """How many entries wait."""
        return int(self._db.execute("SELECT count(*) FROM waiting").fetchone()[0])

    def counts(self) -> dict[str, dict[str, int]]:
        """For each source how many of its entries wait, and what became of the others."""
        found: dict[str, dict[str, int]] = {}
        for source, number in self._db.execute("SELECT source, count(*) FROM waiting GROUP BY source"):
            found.setdefault(source, {})["waiting"] = number
        asked = "SELECT source, outcome, count(*) FROM seen GROUP BY source, outcome"
        for source, outcome, number in self._db.execute(asked):
            found.setdefault(source, {})[outcome] = number
        return found

    def hosts(self) -> dict[str, Host]:
        """What is known of hosts."""
        return {row[0]: Host(*row) for row in self._db.execute("SELECT name, free, failures FROM host")}

    def note_host(self, host: Host, learned: Iterable[Rules]) -> None:
        """After a visit: when the next may be, and the robots.txt that were read."""
        with self._step() as db:
            db.execute("INSERT OR REPLACE INTO host VALUES (?, ?, ?)", astuple(host))
            rows = [(*astuple(one), host_of(one.origin)) for one in learned]
            db.executemany("INSERT OR REPLACE INTO robots VALUES (?, ?, ?, ?, ?)", rows)

    def rules(self, host: str) -> dict[str, Rules]:
        """The robots.txt that are known of a host's origins."""
        asked = "SELECT origin, state, text, fetched FROM robots WHERE host = ?"
        return {row[0]: Rules(*row) for row in self._db.execute(asked, (host,))}


def host_of(url: str) -> str:
    """The host in an address of ours."""
    authority = url.partition("://")[2].partition("/")[0]
    return authority[1:].partition("]")[0] if authority.startswith("[") else authority.partition(":")[0]


def _put_standing(db: sqlite3.Connection, standing: Standing) -> None:
    held = astuple(standing)
    places = (
        "UPDATE source SET due = ?, polled = ?, succeeded = ?, failures = ?, code = ?, detail = ?, ended = ?, "
        "etag = ?, modified = ?, state = ?, moved = ?, at = ?, hops = ? WHERE url = ?"
    )
    db.execute(places, (*held[1:], standing.url))


def _settle(db: sqlite3.Connection, settled: Iterable[Settled], now: float) -> None:
    for entry, outcome in settled:
        db.execute("DELETE FROM waiting WHERE source = ? AND key = ?", (entry.source, entry.key))
        db.execute(
            "INSERT OR REPLACE INTO seen VALUES (?, ?, ?, ?, ?, ?, ?)",
            (entry.source, entry.key, entry.state, entry.url, outcome, now, entry.listed),
        )
