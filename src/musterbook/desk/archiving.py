"""Runs over archives and tells, file by file, what became of their pages."""

from __future__ import annotations

import glob
import gzip
import os
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from musterbook.desk.cli import PROBLEMS
from musterbook.desk.lists import notes_view, tell_notes
from musterbook.desk.rereading import run_reread
from musterbook.desk.screen import as_json as print_json
from musterbook.desk.screen import note, say
from musterbook.desk.views import View
from musterbook.desk.wiring import book_to_write
from musterbook.errors import UsageError
from musterbook.fleet.crew import Crew
from musterbook.fleet.manifest import key_of, size_of
from musterbook.fleet.run import Entered, Order, enter_archives, total
from musterbook.fleet.shard import KEPT, STAGES, STATEMENTS, Counts
from musterbook.ledger.book import utc_now
from musterbook.model import Doubt
from musterbook.settings import book_place, data_folder

ENDINGS = (".warc", ".warc.gz", ".warc.zst")
PACKED = b"\x1f\x8b"  # how gzip begins


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command was asked for."""

    paths: tuple[str, ...]
    listing: str | None = None
    workers: int | None = None
    engine: str = "local"
    address: str | None = None
    manifest: str | None = None
    learned: bool = False


def enter_all(asked: Asked, given: str | None, by: str | None, as_json: bool) -> int:
    """Enter all archives; the exit code says whether any was in trouble."""
    archives = tuple(archives_of([*asked.paths, *_listed(asked.listing)]))
    place = book_place(given)
    many = min(asked.workers or os.cpu_count() or 1, max(1, len(archives)))
    manifest = Path(asked.manifest) if asked.manifest else manifest_of(place)
    told: list[Entered] = []
    with book_to_write(place, by) as book, _crew(asked) as crew, _bar(archives) as shown:
        order = Order(archives, manifest, many, asked.learned, crew)
        name = book.ledger.store.name
        for one in enter_archives(order, book.ledger, utc_now, shown.reached if shown else None):
            told.append(one)
            if shown:
                shown.file(one)
            elif not as_json:
                say(line_of(one))
    _tell(told, name, as_json)
    return PROBLEMS if _troubles(told) or any(one.tally and one.tally.odd for one in told) else 0


def read_again(given: str | None, by: str | None, as_json: bool) -> None:
    """The second pass: the document reader reads the book's reports, and what it finds otherwise is written."""
    run_reread((), accept=True, only=(), by=by, given=given, as_json=as_json)


def archives_of(paths: Iterable[str]) -> Iterator[Path]:
    """The archives that the names stand for, each once, in the order given; UsageError where there are none."""
    found = [path for name in paths for path in _archives(name)]
    if not found:
        raise UsageError("name an archive, a folder of them, a pattern, or a list with --list")
    yield from dict.fromkeys(Path(key_of(path)) for path in found)  # whoever reads them may stand elsewhere


def manifest_of(place: Path | str) -> Path:
    """The manifest of a book: beside its file; for one on a server, in the data folder."""
    if isinstance(place, Path):
        return place.with_name(place.name + ".archive.jsonl")
    data_folder().mkdir(parents=True, exist_ok=True)
    return data_folder() / "archive.jsonl"


def _archives(name: str) -> list[Path]:
    path = Path(name)
    if path.is_dir():
        return sorted(one for one in path.rglob("*") if one.name.endswith(ENDINGS))
    if not path.exists() and glob.has_magic(name):
        return sorted(Path(one) for one in glob.glob(name, recursive=True))  # noqa: PTH207 -- it may be absolute
    return [path]


def _listed(listing: str | None) -> list[str]:
    """The lines of a list of archives."""
    if listing is None:
        return []
    file = Path(listing)
    try:
        held = file.read_bytes()
        text = (gzip.decompress(held) if held.startswith(PACKED) else held).decode()
    except (OSError, EOFError, ValueError, zlib.error) as broken:
        raise UsageError(f"{listing} cannot be read: {broken}") from broken
    return [_beside(file, line.strip()) for line in text.splitlines() if line.strip()]


def _beside(listing: Path, name: str) -> str:
    """A path of a list as it is; where nothing lies there, from the folder of the list, whole or by its last part."""
    near = (listing.parent / name, listing.parent / Path(name).name)
    return next((str(one) for one in (Path(name), *near) if one.exists()), name)


@contextmanager
def _crew(asked: Asked) -> Iterator[Crew | None]:
    """The cluster that reads, None where processes of this machine do."""
    if asked.engine == "local":
        yield None
        return
    from musterbook.fleet.on_ray import RayCrew

    with closing(RayCrew(asked.address, asked.workers)) as crew:
        yield crew


def line_of(one: Entered) -> str:
    """``june/a.warc.gz: 4,000 pages = gate 3,673 + no statement 237 + kept 90; 253 statements; 1.4 s``."""
    if one.was_there:
        return f"{one.done.file}: in the book already"
    return f"{one.done.file}: {counts_line(one.done.counts)}; {one.done.seconds:.1f} s"


def counts_line(counts: dict[str, int] | Counts) -> str:
    """What became of the pages, and what was wrong with their files."""
    stages = " + ".join(f"{stage} {counts[stage]:,}" for stage in STAGES if counts.get(stage))
    wrong = [
        f"{name} {counts[name]:,}"
        for name in ("damaged", "recovered", "truncated", "refused")
        if counts.get(name)
    ]
    parts = [f"{counts.get('pages', 0):,} pages" + (f" = {stages}" if stages else "")]
    return "; ".join([*parts, f"{counts.get(STATEMENTS, 0):,} statements", *wrong])


def _tell(told: Sequence[Entered], name: str, as_json: bool) -> None:
    """The sum over all archives, and every trouble."""
    for odd in (odd for one in told if one.tally for odd in one.tally.odd):
        note(f"{odd.message} [{odd.code}]")
    counts = total(told)
    if as_json:
        print_json(
            {
                "book": name,
                "total": dict(sorted(counts.items())),
                "files": [_view(one) for one in told],
                "notes": notes_view(_troubles(told)),
            }
        )
        return
    tell_notes(_troubles(told))
    fresh = sum(one.tally.statements for one in told if one.tally)
    say(f"{len(told)} archives: {counts_line(counts)}")
    say(
        f"{fresh} statements of {sum(one.tally.read for one in told if one.tally)} new reports written to {name}"
    )
    if counts[KEPT] and fresh:
        say("read by rules; for the document reader's opinion: musterbook archive --second-pass")


def _troubles(told: Sequence[Entered]) -> list[Doubt]:
    """What was wrong with archives; what was noted of single pages stands in the book."""
    return [doubt for one in told if one.tally for doubt in one.tally.notes if not doubt.report]


def _view(one: Entered) -> View:
    return {
        "file": one.done.file,
        "bytes": one.done.size,
        "was there": one.was_there,
        "counts": one.done.counts,
        "seconds": one.done.seconds,
        "done": one.done.done,
    }


class _Shown:
    """The bar: bytes of all archives, what is written and what is under way."""

    def __init__(self, update: Callable[[int, str], None], archives: Sequence[Path]) -> None:
        self._update, self._written, self._files = update, 0, len(archives)
        self._done = self._kept = 0

    def reached(self, under_way: int) -> None:
        """So many bytes are read of the archives under way."""
        self._update(
            self._written + under_way, f"{self._done}/{self._files} files, {self._kept:,} statements"
        )

    def file(self, one: Entered) -> None:
        """One archive is in the book."""
        self._written += one.done.size
        self._done += 1
        self._kept += one.done.counts.get(STATEMENTS, 0)
        self.reached(0)


@contextmanager
def _bar(archives: Sequence[Path]) -> Iterator[_Shown | None]:
    """How far it is, how fast, and how long still: on standard error in a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True, speed_estimate_period=120) as shown:
        task = shown.add_task("archives", total=sum(size_of(path) for path in archives))
        yield _Shown(lambda at, words: shown.update(task, completed=at, description=words), archives)
