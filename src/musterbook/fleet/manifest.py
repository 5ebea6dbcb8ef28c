"""Which archives are in the book already: a line a file, written when all of it is safely there."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Done:
    """One archive that is in the book: what it is known by, what it gave, and how long that took."""

    file: str
    size: int  # bytes; a file of the same name and another size is another archive
    reader: str
    counts: dict[str, int]
    seconds: float  # from its first byte to the last line in the book
    done: str  # when, in UTC


class Manifest:
    """The lines of one file, read once and added to; a line torn by a kill counts as not there."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._done: dict[tuple[str, int], Done] = {}
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else []
        for line in lines:
            try:
                done = Done(**json.loads(line))
            except (ValueError, TypeError):
                continue
            self._done[done.file, done.size] = done

    def find(self, archive: Path) -> Done | None:
        """The line of an archive, None where it is not in the book yet."""
        return self._done.get((key_of(archive), size_of(archive)))

    def add(self, done: Done) -> None:
        """One more line, brought to the disk."""
        torn = self.path.exists() and self.path.read_bytes()[-1:] not in (b"", b"\n")
        with self.path.open("a", encoding="utf-8") as file:
            file.write(("\n" if torn else "") + json.dumps(asdict(done), sort_keys=True) + "\n")
            file.flush()
            os.fsync(file.fileno())
        self._done[done.file, done.size] = done


def key_of(archive: Path) -> str:
    """The name by which an archive is known, from wherever the command is called."""
    return os.path.abspath(archive)  # noqa: PTH100 -- links are kept as they are named


def size_of(archive: Path) -> int:
    """Bytes; 0 for a file that is not there."""
    try:
        return archive.stat().st_size
    except OSError:
        return 0
