"""How fast archives go into a book, as a share of only reading them; and what the gate loses.

usage: python bench/archive.py [--pages 4000] [--rounds 5] [--seed 1] [--freeze]

An invented archive (``archive_made.py``) is read in pairs, in one run on one core: once by FastWARC alone, with every
page's bytes taken; once by ``musterbook archive``, from the file to the book on the disk. Both are counted in seconds
of this process on its processor, packs and registers loaded before, as a long run has them. The last line is the ratio.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import archive_made
import texts
from book_rates import machine, peak
from gate import losses, stated
from musterbook.fleet.run import Order, enter_archives
from musterbook.intake.gate import Gate, the_gate
from musterbook.intake.quick import quick_report
from musterbook.intake.warc import Archive
from musterbook.ledger.book import utc_now
from musterbook.ledger.open import open_book
from musterbook.model import Report
from musterbook.reading.reader import read

COMMAND = "from musterbook.desk.cli import main; main()"
FROZEN = Path(__file__).with_name("archive.json")
ASKED = {
    "archive_ratio": ">= 0.50",
    "with the document reader": ">= 0.15",
    "two processes against one": ">= 1.8",
    "peak memory, MB": "<= 400",
    "gate, least recall": ">= 0.999",
}


def main() -> None:
    """Print all figures, the ratio last; freeze them where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=4_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--freeze", action="store_true")
    parser.add_argument("--memory-of", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.memory_of:
        print(memory(given.memory_of))
        return
    figures: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, value in measured(Path(folder), given.pages, given.rounds, given.seed):
            figures[name] = value
            print(f"{name}: {value}  {ASKED.get(name, '')}", flush=True)
    if given.freeze:
        told = {"machine": machine(), "asked": ASKED, "reached": figures}
        FROZEN.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    print(f"archive_ratio {figures['archive_ratio']}")


def measured(folder: Path, pages: int, rounds: int, seed: int) -> Iterator[tuple[str, Any]]:
    """All figures, one by one."""
    told = list(stated())
    archive = folder / "made.warc.gz"
    yield "pages", pages
    yield "pages that tell of troops", archive_made.write(archive, seed, pages, [one for one, _ in told])
    yield "megabytes", round(archive.stat().st_size / 1e6, 1)
    warm()
    pairs = [(seconds(bare, archive), seconds(entered, archive, folder / f"{n}")) for n in range(rounds)]
    yield "pages a second, FastWARC alone", round(pages / statistics.median(one for one, _ in pairs))
    yield "pages a second, into the book", round(pages / statistics.median(other for _, other in pairs))
    ratios = sorted(one / other for one, other in pairs)
    yield "ratio, least and most", [round(ratios[0], 3), round(ratios[-1], 3)]
    yield "what became of the pages", entered(archive, folder / "counted")
    yield "milliseconds a page, by stage", dict(stages(archive))
    yield (
        "with the document reader",
        round(seconds(bare, archive) / seconds(entered, archive, folder / "learned", True), 3),
    )
    yield "peak memory, MB", max(in_a_child(archive), in_a_child(archive, doubled=True))
    yield "two processes against one", spread(archive, folder)
    found = [(name, round(recall, 4)) for name, recall, _ in losses(told, Gate())]
    yield "gate, statements asked for", sum(count for _, count in told)
    yield "gate, recall", dict(found)
    yield "gate, least recall", min(recall for _, recall in found)
    made = [(one, count) for one in texts.composed() if one["lang"] == "en" if (count := said(one))]
    yield "gate, recall over the composed texts", round(next(losses(made, Gate()))[1], 4)
    yield "archive_ratio", round(statistics.median(ratios), 3)


def warm() -> None:
    """Load what a long run loads once."""
    the_gate()
    for learned in (False, True):
        read(Report("About 900 U.S. troops remain in Syria."), learned=learned)


def said(one: dict[str, Any]) -> int:
    """How many statements the rules find in a labelled text."""
    return len(read(Report(one["text"], title=one.get("title") or ""), learned=False).statements)


def seconds(work: Callable[..., object], *given: object) -> float:
    """Seconds of this process on its processor."""
    began = time.process_time()
    work(*given)
    return time.process_time() - began


def bare(archive: Path) -> int:
    """Read the archive with FastWARC alone, every page's bytes."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    size = 0
    with archive.open("rb") as file:
        for record in ArchiveIterator(file, record_types=WarcRecordType.response, parse_http=True):
            size += len(record.reader.read())
    return size


def entered(archive: Path, folder: Path, learned: bool = False) -> dict[str, int]:
    """Read the archive into a new book in this process; the counts of its stages."""
    folder.mkdir()
    with open_book(folder / "book.sqlite") as book:
        order = Order((archive,), folder / "manifest.jsonl", learned=learned)
        return dict(next(enter_archives(order, book, utc_now)).done.counts)


def in_a_child(archive: Path, doubled: bool = False) -> int:
    """Megabytes that a process of its own takes at most for the archive, or for one twice as long."""
    longer = archive.with_name("twice.warc.gz")
    if doubled:
        longer.write_bytes(archive.read_bytes() * 2)
    call = [sys.executable, __file__, "--memory-of", str(longer if doubled else archive)]
    return int(subprocess.run(call, check=True, capture_output=True, text=True).stdout)


def memory(archive: Path) -> int:
    """Megabytes that this process took at most to enter the archive."""
    with tempfile.TemporaryDirectory() as folder:
        entered(archive, Path(folder) / "book")
    return peak()


def stages(archive: Path) -> Iterator[tuple[str, float]]:
    """What each stage costs, spread over all pages of the archive."""
    began = time.process_time()
    pages = list(Archive(archive).pages())
    yield "unpacking", _each(began, pages)
    began = time.process_time()
    passed = [page for page in pages if the_gate().lets_pass(page.raw, page.charset)]
    yield "gate", _each(began, pages)
    began = time.process_time()
    reports = [quick_report(page, "") for page in passed]
    yield "main text", _each(began, pages)
    began = time.process_time()
    readings = [read(one, learned=False, only_stating=True) for one in reports if isinstance(one, Report)]
    yield "reading", _each(began, pages)
    silent = [one.report for one in readings if not one.statements]
    began = time.process_time()
    for report in silent:
        read(report, learned=False, only_stating=True)
    yield "reading, of it those without a statement", _each(began, pages)


def _each(began: float, pages: list[Any]) -> float:
    return round(1000 * (time.process_time() - began) / len(pages), 4)


def spread(archive: Path, folder: Path) -> float:
    """How much sooner two processes are done with eight copies of the archive than one, by the clock on the wall."""
    copies = tuple(folder / f"copy{n}.warc.gz" for n in range(8))
    for copy in copies:
        copy.hardlink_to(archive)
    took = []
    for workers in (1, 2):
        began = time.perf_counter()
        call = [sys.executable, "-c", COMMAND, "archive", *map(str, copies), "--workers", str(workers)]
        subprocess.run(
            [*call, "--book", str(folder / f"spread{workers}.sqlite")], check=True, capture_output=True
        )
        took.append(time.perf_counter() - began)
    return round(took[0] / took[1], 2)


if __name__ == "__main__":
    main()
