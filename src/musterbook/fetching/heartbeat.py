"""Whoever wonders whether the watcher lives looks at one small file: it is written anew every second or two."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

EVERY = 1.0  # seconds


class Heartbeat:
    """The file ``BOOK.watch.heartbeat``; a reader sees one beat or the next, never half of one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._last = 0.0

    def is_due(self, now: float) -> bool:
        """Whether it is time for a beat; also where the clock was set back."""
        return not 0 <= now - self._last < EVERY

    def beat(self, now: float, told: Mapping[str, int], wake: float | None) -> None:
        """One beat: the moment, who, what is under way, and when there is something to do next."""
        self._last = now
        found = {"at": moment_words(now), "process": os.getpid(), **told, "next": moment_words(wake or 0)}
        fresh = self.path.with_name(self.path.name + ".new")
        fresh.write_text(json.dumps(found) + "\n", encoding="utf-8")
        fresh.replace(self.path)


def last_beat(path: Path) -> dict[str, Any]:
    """What the file says; nothing where there is none."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def moment_words(seconds: float) -> str:
    """A moment for people and programs, in UTC; empty for never."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds") if seconds else ""
