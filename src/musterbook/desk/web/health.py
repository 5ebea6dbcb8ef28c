"""How the desk and its book are: gathered once, told to people, to watchdogs, and to whoever draws graphs of it."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from musterbook.desk.web.shelf import Shelf
from musterbook.desk.web.site import Site
from musterbook.desk.web.snapshot import Snapshot
from musterbook.errors import MusterbookError
from musterbook.ledger.checkpoints import read_checkpoints

LEAST_FREE = 200_000_000  # bytes: with less, the book may not be written to for long
LATE = 900.0  # seconds for which the reckoning may be behind
SILENT = 60.0  # seconds without a beat after which the watcher is taken to have stopped
HEARTBEAT = ".watch.heartbeat"
BESIDE = ".checkpoints"  # of the book's name: the file of checkpoints where none is named


@dataclass(frozen=True, slots=True)
class Health:
    """What is known of the desk at a moment; None where there is nothing to tell."""

    lines: int | None = None  # of the book; None: it cannot be read
    behind: int = 0  # lines that are not reckoned yet
    reckoned: float | None = None  # seconds that the last reckoning took
    age: float | None = None  # seconds since then
    statements: int | None = None
    waiting: int | None = None  # statements that nobody has reviewed
    held: int | None = None  # of these, those that count for nothing until somebody looks
    due: int | None = None  # announcements whose day has just passed
    doubts: Mapping[str, int] = field(default_factory=dict)  # by code
    checkpoint: datetime | None = None  # moment of the last line that a checkpoint vouches for
    noted: int | None = None  # lines that it vouches for
    free: int | None = None  # bytes on the book's disk
    room: int | None = None  # bytes that the disk has in all
    beat: datetime | None = None  # when the watcher of feeds was last heard of
    feeds: Mapping[str, int] = field(default_factory=dict)  # what it then had under way
    wrong: tuple[str, ...] = ()  # what somebody should look after, in words


def health(site: Site, shelf: Shelf) -> Health:
    """How it is now; nothing is waited for, and nothing reckoned."""
    facts: dict[str, Any] = _of_book(shelf) | _of_disk(site) | _of_watcher(site) | _of_checkpoints(site)
    return Health(**facts, wrong=tuple(_wrong(Health(**facts))))


def told_of(found: Snapshot) -> dict[str, Any]:
    """What takes reckoning: the queue, announcements that are due, doubts by kind."""
    verdicts = Counter(str(pledge.verdict) for pledge in found.pledges)
    return {
        "statements": len(found.said),
        "waiting": len(found.said) - len(found.view.standing().confirmed.keys() & found.said.keys()),
        "held": len(found.holds),
        "due": verdicts["due"],
        "doubts": dict(sorted(Counter(doubt.code for doubt in found.view.doubts()).items())),
    }


def _of_book(shelf: Shelf) -> dict[str, Any]:
    try:
        lines, _ = shelf.edge()
    except MusterbookError:
        return {}
    pace = shelf.pace()
    facts = {"lines": lines, "behind": shelf.behind()}
    if pace is None:
        return facts
    return facts | {"reckoned": pace[0], "age": pace[1]} | shelf.known_of(told_of)


def _of_disk(site: Site) -> dict[str, Any]:
    place = Path(site.book) if "://" not in str(site.book) else None
    if place is None or not place.parent.exists():
        return {}
    usage = shutil.disk_usage(place.parent)
    return {"free": usage.free, "room": usage.total}


def _of_watcher(site: Site) -> dict[str, Any]:
    """What the file beside the book says, which the watcher of feeds writes anew all the time."""
    try:
        found = json.loads(Path(f"{site.book}{HEARTBEAT}").read_text(encoding="utf-8"))
        counts = {
            name: value for name, value in found.items() if isinstance(value, int) and name != "process"
        }
        return {"beat": datetime.fromisoformat(found["at"]), "feeds": counts}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _of_checkpoints(site: Site) -> dict[str, Any]:
    """The last note of the file that is named, or that lies beside the book."""
    try:
        last = read_checkpoints(site.checkpoints or Path(f"{site.book}{BESIDE}"))[-1]
        return {"checkpoint": datetime.fromisoformat(last.at), "noted": last.size}
    except (MusterbookError, ValueError):
        return {}


def _wrong(found: Health) -> list[str]:
    """What somebody should look after."""
    told = []
    if found.lines is None:
        told.append("the book cannot be read")
    if found.free is not None and found.free < LEAST_FREE:
        told.append("the disk of the book is nearly full")
    if found.behind and found.age is not None and found.age > LATE:
        told.append("the reckoning is long behind the book")
    if found.noted is not None and found.lines is not None and found.noted > found.lines:
        told.append("the book is shorter than its last checkpoint says")
    return told


def is_silent(found: Health, now: datetime) -> bool:
    """Whether a watcher was there, and was not heard of for a while."""
    return found.beat is not None and (now - found.beat).total_seconds() > SILENT
