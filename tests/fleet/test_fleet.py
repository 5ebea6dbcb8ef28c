"""Whole archives into a book: the same lines whatever the workers, the kills and the repetitions."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import stalling

import archived
from musterbook.fleet import local
from musterbook.fleet.manifest import Manifest
from musterbook.fleet.run import Entered, Order, enter_archives, total
from musterbook.fleet.shard import STAGES, read_archive
from musterbook.fleet.spool import is_finished, read_spool, write_spool
from musterbook.intake.archives import LOST
from musterbook.ledger.open import open_book
from musterbook.model import Doubt, Reading

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def clock() -> datetime:
    return NOON


@pytest.fixture
def archives(tmp_path: Path) -> tuple[Path, ...]:
    sizes = {"a": 90, "b": 30, "c": 6}
    return tuple(
        archived.write(tmp_path / f"{name}.warc.gz", archived.pages(size, 2)) for name, size in sizes.items()
    )


def enter(book: Path, archives: tuple[Path, ...], workers: int = 0) -> tuple[bytes, list[Entered]]:
    """The root of the book after all archives went in, and what became of each."""
    with open_book(book, clock) as opened:
        order = Order(archives, book.with_suffix(".jsonl"), workers)
        done = list(enter_archives(order, opened, clock))
        return opened.head().edge.root, done


def test_two_workers_write_the_same_book_as_one(tmp_path: Path, archives: tuple[Path, ...]) -> None:
    one, done = enter(tmp_path / "one.sqlite", archives)
    two, also = enter(tmp_path / "two.sqlite", archives, workers=2)
    assert one == two
    assert total(done) == total(also)
    assert total(done)["statements"] == 45 + 15 + 3


def test_every_page_is_accounted_for(tmp_path: Path, archives: tuple[Path, ...]) -> None:
    _, done = enter(tmp_path / "b.sqlite", archives)
    counts = total(done)
    assert counts["pages"] == 126 == sum(counts[stage] for stage in STAGES)
    assert counts["gate"] == counts["kept"] == 63


def test_entering_twice_changes_nothing(tmp_path: Path, archives: tuple[Path, ...]) -> None:
    once, _ = enter(tmp_path / "b.sqlite", archives)
    twice, done = enter(tmp_path / "b.sqlite", archives)
    assert all(one.was_there for one in done)
    (tmp_path / "b.jsonl").unlink()
    thrice, done = enter(tmp_path / "b.sqlite", archives)
    assert not any(one.was_there for one in done)
    assert once == twice == thrice


class KilledError(Exception):
    """Stands for the end of the process."""


@pytest.mark.parametrize("after", [1, 20, 33, 46, 61])
def test_a_run_that_was_killed_goes_on_to_the_same_book(
    tmp_path: Path, archives: tuple[Path, ...], after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It dies while a page is read, in whichever archive; nothing is lost, and nothing is there twice."""
    whole, _ = enter(tmp_path / "whole.sqlite", archives)
    left = after

    def dying(*given: object) -> Iterator[Reading | Doubt]:
        nonlocal left
        for one in read_archive(*given):  # type: ignore[arg-type]
            if left == 0:
                raise KilledError
            left -= 1
            yield one

    monkeypatch.setattr(local, "read_archive", dying)
    with pytest.raises(KilledError):
        enter(tmp_path / "b.sqlite", archives)
    monkeypatch.undo()
    again, _ = enter(tmp_path / "b.sqlite", archives)
    assert again == whole


def test_a_killed_worker_changes_nothing(
    tmp_path: Path, archives: tuple[Path, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, _ = enter(tmp_path / "whole.sqlite", archives)
    step, killed = local._step, []

    def killing(context: object, job: local._Job, learned: bool) -> bool:
        done = step(context, job, learned)
        if job.process is not None and not killed and job.process.pid:
            killed.append(job.process.pid)
            os.kill(job.process.pid, signal.SIGKILL)
        return done

    monkeypatch.setattr(local, "_step", killing)
    again, done = enter(tmp_path / "b.sqlite", archives, workers=2)
    assert killed
    assert again == whole
    assert total(done)["kept"] == 63


def test_an_archive_that_kills_every_worker_is_a_doubt_and_the_others_go_on(
    tmp_path: Path, archives: tuple[Path, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    step = local._step

    def killing(context: object, job: local._Job, learned: bool) -> bool:
        done = step(context, job, learned)
        if job.path == archives[0] and job.process is not None and job.process.pid:
            os.kill(job.process.pid, signal.SIGKILL)
        return done

    monkeypatch.setattr(local, "_step", killing)
    _, done = enter(tmp_path / "b.sqlite", archives, workers=2)
    causes = [one.tally.causes for one in done if one.tally]
    assert causes[0] == (("crashed-archive", 1),)
    assert total(done)["kept"] == 18
    assert Manifest(tmp_path / "b.jsonl").find(archives[0]) is None


def test_damage_is_a_doubt_in_the_book_and_the_rest_is_read(tmp_path: Path) -> None:
    parts = archived.packed(archived.members(archived.pages(9, 1)))
    parts[4] = parts[4][:40] + b"\0\0\0\0" + parts[4][44:]
    path = tmp_path / "d.warc.gz"
    path.write_bytes(b"".join(parts)[:-5])
    _, done = enter(tmp_path / "b.sqlite", (path,))
    with open_book(tmp_path / "b.sqlite") as book:
        codes = [doubt.code for doubt in book.doubts()]
    assert {"damaged-archive", "cut-archive", "recovered"} <= set(codes)
    assert total(done)["kept"] == 8


@pytest.mark.parametrize("depth", [7_000, 100_000])
def test_words_below_thousands_of_tags_are_read_and_noted(tmp_path: Path, depth: int) -> None:
    told = archived.TOLD.format(n=1_234)
    deep = f"<html><head><title>News</title><body>{'<div>' * depth}<p>{told}</p>{'</div>' * depth}".encode()
    path = archived.write(tmp_path / "d.warc.gz", [deep, *archived.pages(2, 1)])
    _, done = enter(tmp_path / "b.sqlite", (path,))
    assert total(done)["kept"] == 3
    with open_book(tmp_path / "b.sqlite") as book:
        [note] = [doubt for doubt in book.doubts() if doubt.code == "deep"]
        report = book.report(note.report)
    assert report is not None
    assert (report.text, report.name) == (told, "d.warc.gz, record 1")


def test_a_missing_archive_is_a_doubt_and_is_tried_again(tmp_path: Path, archives: tuple[Path, ...]) -> None:
    missing = tmp_path / "none.warc.gz"
    _, done = enter(tmp_path / "b.sqlite", (missing, *archives))
    assert done[0].tally
    assert done[0].tally.causes == (("missing-file", 1),)
    archived.write(missing, archived.pages(3, 1))
    _, done = enter(tmp_path / "b.sqlite", (missing, *archives))
    assert sum(one.done.counts.get("kept", 0) for one in done if not one.was_there) == 3


def test_a_torn_line_of_the_manifest_counts_as_not_there(tmp_path: Path, archives: tuple[Path, ...]) -> None:
    whole, _ = enter(tmp_path / "b.sqlite", archives)
    manifest = tmp_path / "b.jsonl"
    manifest.write_bytes(manifest.read_bytes()[:-20])
    again, done = enter(tmp_path / "b.sqlite", archives)
    assert [one.was_there for one in done] == [True, True, False]
    assert again == whole
    assert len([json.loads(line) for line in manifest.read_text().splitlines()[-1:]]) == 1


def test_a_spool_gives_back_what_was_written_and_knows_its_end(
    tmp_path: Path, archives: tuple[Path, ...]
) -> None:
    counts: local.Counts = local.Counter()
    found = list(read_archive(archives[2], counts))
    write_spool(tmp_path / "s", found, counts)
    back: local.Counts = local.Counter()
    assert list(read_spool(tmp_path / "s", back)) == found
    assert back == counts
    assert is_finished(tmp_path / "s")
    (tmp_path / "s").write_text((tmp_path / "s").read_text().rpartition("counts")[0])
    assert not is_finished(tmp_path / "s")


def troubled_archives(folder: Path) -> tuple[Path, ...]:
    """Two archives, with a page that hangs, one that kills and one that swells whoever reads it."""
    first, second = archived.pages(12, 2), archived.pages(8, 2)
    first[4] = archived.article(f"About 800 U.S. troops remain in Iraq, {stalling.HANGS}.")
    first[8] = archived.article(f"About 700 U.S. troops remain in Iraq, {stalling.KILLS}.")
    second[2] = archived.article(f"About 600 U.S. troops remain in Iraq, {stalling.SWELLS}.")
    folder.mkdir()
    return archived.write(folder / "a.warc.gz", first), archived.write(folder / "b.warc.gz", second)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells how much memory a process holds")
def test_pages_that_hang_kill_or_swell_their_reader_are_left_out_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archives = troubled_archives(tmp_path / "news")
    sound, _ = enter(tmp_path / "sound.sqlite", archives)
    monkeypatch.setattr(local, "work", stalling.work)
    monkeypatch.setattr(local, "SWOLLEN", 350)
    monkeypatch.setenv("MUSTERBOOK_STALLED", "2")
    one, done = enter(tmp_path / "one.sqlite", archives, workers=1)
    two, also = enter(tmp_path / "two.sqlite", archives, workers=2)
    assert one == two != sound
    assert total(done) == total(also)
    counts = total(done)
    assert [counts[code] for code in LOST] == [1, 1, 1]
    assert counts["kept"] == 10 - 3
    assert counts["pages"] == 20 == sum(counts[stage] for stage in STAGES)
    with open_book(tmp_path / "one.sqlite", clock) as book:
        told = {outcome.source: outcome.code for outcome in book.outcomes() if outcome.code != "read"}
    assert told == {
        "a.warc.gz, record 5": "timeout",
        "a.warc.gz, record 9": "crashed-parser",
        "b.warc.gz, record 3": "too-much-memory",
    }


def test_an_archive_that_loses_page_after_page_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killing = [
        archived.article(f"About {n} U.S. troops remain in Iraq, {stalling.KILLS}.") for n in range(300, 304)
    ]
    archives = tuple(
        archived.write(tmp_path / f"{name}.warc.gz", bodies)
        for name, bodies in (("a", killing), ("b", archived.pages(4, 2)))
    )
    monkeypatch.setattr(local, "work", stalling.work)
    monkeypatch.setattr(local, "LOST_PAGES", 2)
    _, done = enter(tmp_path / "b.sqlite", archives, workers=1)
    assert [one.tally.causes for one in done if one.tally] == [(("crashed-archive", 1),), ()]
    assert total(done)["kept"] == 2
