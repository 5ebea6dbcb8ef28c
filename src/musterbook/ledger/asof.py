"""What could be known at a moment is one fold over the lines written by then; later lines never change it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from musterbook.model import Entry


def standing(entries: Iterable[Entry], known: datetime | None = None) -> tuple[Entry, ...]:
    """The entries that stand at that moment (after all of them when None), in the order written.

    ``entries`` come in the order written. A retraction or replacement works from its own ``recorded`` on.
    """
    stands: dict[str, Entry] = {}
    for entry in entries:
        if known is not None and entry.recorded > known:
            continue
        stands.pop(entry.target, None)
        if entry.statement is not None:
            stands.pop(entry.statement.id, None)  # said again: it stands where it was written last
            stands[entry.statement.id] = entry
    return tuple(stands.values())
