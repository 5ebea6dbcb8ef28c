"""Runs over archives and tells, file by file, what became of their pages."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from musterbook.desk.cli import PROBLEMS
from musterbook.desk.lists import notes_view, tell_notes
from musterbook.desk.rereading import run_reread
from musterbook.desk.screen import as_json as print_json
from musterbook.desk.screen import note, say
from musterbook.desk.views import View
from musterbook.desk.wiring import book_to_write
from musterbook.errors import UsageError
from musterbook.fleet.manifest import size_of
from musterbook.fleet.run import Entered, Order, enter_archives, total
from musterbook.fleet.shard import KEPT, STAGES, STATEMENTS, Counts
from musterbook.ledger.book import utc_now
from musterbook.model import Doubt
from musterbook.settings import book_place, data_folder

ENDINGS = (".warc", ".warc.gz", ".warc.zst")


def enter_all(
    paths: Sequence[str],
    listing: str | None,
    workers: int | None,
    manifest: str | None,
    learned: bool,
    given: str | None,
    by: str | None,
    as_json: bool,
) -> int:
    """Enter all archives; the exit code says whether any was in trouble."""
    archives = tuple(archives_of([*paths, *_listed(listing)]))
    place = book_place(given)
    many = min(workers or os.cpu_count() or 1, max(1, len(archives)))
    order = Order(archives, Path(manifest) if manifest else manifest_of(place), many, learned)
    told: list[Entered] = []
    with book_to_write(place, by) as book, _bar(archives) as shown:
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
    yield from dict.fromkeys(found)


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
    try:
        lines = Path(listing).read_text(encoding="utf-8").splitlines()
    except OSError as broken:
        raise UsageError(f"{listing} cannot be read: {broken.strerror}") from broken
    return [line.strip() for line in lines if line.strip()]


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
