"""Whatever comes in ends in a named outcome, soon and within its memory, and never ends us."""

from __future__ import annotations

import gzip
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

import pytest
import zstandard

import archived
from bombs import bombs
from musterbook.cells import pool
from musterbook.intake import from_path
from musterbook.intake.limits import ALLOWANCE
from musterbook.intake.trouble import CURES
from musterbook.intake.warc import Archive, Condition
from musterbook.model import Report
from musterbook.reading.reader import read
from mutants import mutant, seeds
from sizes import SIZES, chance, quick_folder

Note = Callable[[str, object], None]
PEAK = re.compile(rb"VmHWM:\s+(\d+) kB")
MANY = 20  # reports of one file that are read, too
GOOD = "About 900 U.S. troops remain in Syria, the Pentagon said on Tuesday."


class Door:
    """The front door: a file goes in as by ``musterbook add``; outcomes are counted, time and memory noted."""

    def __init__(self, folder: Path) -> None:
        self.outcomes: Counter[str] = Counter()
        self.slowest, self.largest = (0.0, ""), 0
        self._folder = folder

    def give(self, name: str, raw: bytes, reads: bool = True) -> Counter[str]:
        """What became of one file; every outcome has a name. Its reports are also read, unless that is not wanted."""
        file = self._folder / name
        file.write_bytes(raw)
        found = Counter(self._outcomes(file, reads))
        assert found, f"{name} ended in no outcome"
        self.outcomes += found
        self.largest = max(self.largest, peak())
        return found

    def _outcomes(self, file: Path, reads: bool) -> Iterator[str]:
        """One after the other, with the longest wait for any."""
        began = time.monotonic()
        for n, one in enumerate(from_path(file, parse=pool.parse)):
            assert isinstance(one, Report) or one.code in CURES
            if reads and n < MANY and isinstance(one, Report):
                read(one, learned=False)
            self.slowest = max(self.slowest, (round(time.monotonic() - began, 1), file.name))
            began = time.monotonic()
            yield "read" if isinstance(one, Report) else one.code


def peak() -> int:
    """Megabytes that the child of the moment has held at most, where the system tells."""
    child = pool.the_cells()._cells[0]._child
    status = Path(f"/proc/{child.pid}/status") if child else Path()
    found = PEAK.search(status.read_bytes()) if status.is_file() else None
    return int(found.group(1)) // 1_000 if found else 0


def test_a_damaged_document_of_any_format_ends_in_a_named_outcome(record_property: Note) -> None:
    luck, sound = chance("mutants"), seeds()
    others = tuple(raw for raws in sound.values() for raw in raws)
    with quick_folder() as folder:
        door = Door(folder)
        for n in range(SIZES.mutants):
            ending = list(sound)[n % len(sound)]
            door.give(f"a{ending}", mutant(luck.choice(sound[ending]), luck, others), reads=n % 20 == 0)
        told(door, SIZES.mutants, "inputs", record_property)
    assert (
        door.outcomes["read"] > SIZES.mutants // 20
    )  # accidents that leave nothing to read would prove little


def test_a_bomb_ends_in_a_named_outcome_and_the_next_document_is_read(record_property: Note) -> None:
    with quick_folder() as folder:
        door, count = Door(folder), 0
        for count, (name, raw) in enumerate(bombs(), start=1):  # noqa: B007 -- the last is how many
            found = door.give(name, raw)
            is_deep = name.startswith("deep-") and name.endswith(".html")
            assert found["read"] or not is_deep, f"the words of {name} were lost"
            assert door.give("good.html", archived.article(GOOD)) == {"read": 1}, name
            (folder / name).unlink()
        told(door, count, "bombs", record_property)
    assert count >= 60


def told(door: Door, count: int, what: str, record_property: Note) -> None:
    """Say of a run what it came to."""
    record_property(what, count)
    record_property("outcomes", dict(door.outcomes.most_common()))
    record_property("slowest, seconds", door.slowest)
    record_property("largest child, MB", door.largest)
    record_property("allowed, seconds and MB", (ALLOWANCE.seconds, ALLOWANCE.megabytes))


PAGES = 30


@pytest.mark.parametrize("how", ["gzip", "zstd"])
def test_a_damaged_archive_loses_what_was_hit_and_counts_it(
    how: str, tmp_path: Path, record_property: Note
) -> None:
    luck = chance(f"archives {how}")
    sound = found_sound = planted = counted = 0
    for n in range(SIZES.archives):
        path = tmp_path / "a.warc.gz"
        raw, hit, faults = broken(luck, n, how)
        path.write_bytes(raw)
        bodies, condition = bodies_in(path)
        left = [body for at, body in enumerate(archived.pages(PAGES)) if at not in hit]
        sound, found_sound = sound + len(left), found_sound + sum(body in bodies for body in left)
        planted, counted = planted + faults, counted + condition.damaged + condition.truncated
        assert condition.records == condition.pages + condition.others + condition.refused
    record_property("archives", SIZES.archives)
    record_property("sound records, read of them", (sound, found_sound))
    record_property("faults planted, counted", (planted, counted))
    assert found_sound >= 0.999 * sound
    assert counted == planted


def bodies_in(path: Path) -> tuple[set[bytes], Condition]:
    archive = Archive(path)
    return {page.raw for page in archive.pages()}, archive.condition


def broken(luck: Random, n: int, how: str) -> tuple[bytes, set[int], int]:
    """An archive with some faults, no two side by side: its bytes, the pages that were hit, and how many faults."""
    parts = packed(archived.members(archived.pages(PAGES)), how)
    hit = set(luck.sample(range(1, PAGES - 1, 2), luck.randint(1, 5)))
    for at in hit:
        parts[at] = luck.choice(FAULTS)(parts[at], luck)
    raw = b"".join(parts)
    if n % 4 == 0:  # its end is missing, too
        return raw[: -luck.randint(1, len(parts[-1]) - 20)], hit | {PAGES - 1}, len(hit) + 1
    return raw, hit, len(hit)


def packed(records: Sequence[bytes], how: str) -> list[bytes]:
    if how == "gzip":
        return [gzip.compress(one, mtime=0) for one in records]
    return [zstandard.ZstdCompressor(write_checksum=True).compress(one) for one in records]


def _flipped(part: bytes, luck: Random) -> bytes:
    held = bytearray(part)
    for _ in range(4):
        held[luck.randrange(12, len(held) - 1)] ^= luck.randrange(1, 256)
    return bytes(held)


def _cut(part: bytes, luck: Random) -> bytes:
    return part[: luck.randrange(20, len(part) - 1)]


def _blank(part: bytes, luck: Random) -> bytes:
    start = luck.randrange(10, len(part) - 60)
    return part[:start] + bytes(50) + part[start + 50 :]


def _overwritten(part: bytes, luck: Random) -> bytes:
    return luck.randbytes(len(part))


FAULTS = (_flipped, _cut, _blank, _overwritten)
