"""What one archive gave, in a file between the process that read it and the one that writes the book."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from musterbook.errors import BookError
from musterbook.fleet.shard import Counts
from musterbook.model import Doubt, Reading
from musterbook.notation import parse, write

READING, DOUBT, COUNTS = "reading", "doubt", "counts"


def write_spool(path: Path, found: Iterable[Reading | Doubt], counts: Counts) -> None:
    """All of it, a line each; the counts come last, so that a file without them is known to be unfinished."""
    with path.open("w", encoding="utf-8") as file:
        for one in found:
            file.write(f"{READING if isinstance(one, Reading) else DOUBT}\t{write(one)}\n")
        file.write(f"{COUNTS}\t{json.dumps(counts)}\n")


def read_spool(path: Path, counts: Counts) -> Iterator[Reading | Doubt]:
    """What was written, one by one; ``counts`` are complete in the end. BookError where the file is unfinished."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            kind, _, rest = line.partition("\t")
            if kind == COUNTS:
                counts.update(json.loads(rest))
                return
            yield parse(rest, Reading) if kind == READING else parse(rest, Doubt)
    raise BookError(f"{path} is unfinished; run the same command again")


def is_finished(path: Path) -> bool:
    """Whether the file was written to its end."""
    if not path.exists() or not path.stat().st_size:
        return False
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 5_000))
        return file.read().rstrip(b"\n").rpartition(b"\n")[2].startswith(COUNTS.encode())
