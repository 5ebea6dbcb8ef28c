"""The same report gives the same bytes, whatever the hash seed, zone, locale, order or number of processes."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from musterbook.desk.demo import samples

COMMAND = Path(sys.executable).with_name("musterbook")
PLAIN = {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"}
COUNT = 24


def lines() -> list[str]:
    """Some of the sample reports, from all over the file."""
    held = Path(samples()).read_text(encoding="utf-8").splitlines(keepends=True)
    return held[:: max(1, len(held) // COUNT)]


def read(folder: Path, reports: list[str], **settings: str) -> list[str]:
    """What the command writes of them, a line a report."""
    folder.mkdir()
    (folder / "in.jsonl").write_text("".join(reports), encoding="utf-8")
    subprocess.run(
        [COMMAND, "read", "--jsonl", "in.jsonl", "--out", "out.jsonl"],
        cwd=folder,
        check=True,
        capture_output=True,
        env={**os.environ, **PLAIN, **settings},
    )
    return (folder / "out.jsonl").read_bytes().decode("utf-8").splitlines(keepends=True)


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    found = read(tmp_path_factory.mktemp("plain") / "run", lines())
    assert sum('"force"' in line for line in found) > COUNT // 2
    return found


@pytest.mark.parametrize(
    "settings",
    [
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "4294967295"},
        {"TZ": "Pacific/Kiritimati"},
        {"TZ": "America/Los_Angeles", "LC_ALL": "C"},
        {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
        {"OMP_NUM_THREADS": "2", "OPENBLAS_NUM_THREADS": "2"},
    ],
    ids=lambda s: ",".join(f"{k}={v}" for k, v in s.items()),
)
def test_the_surroundings_change_no_byte(
    settings: dict[str, str], expected: list[str], tmp_path: Path
) -> None:
    assert read(tmp_path / "run", lines(), **settings) == expected


def test_the_order_of_reports_changes_no_line(expected: list[str], tmp_path: Path) -> None:
    reports = lines()
    order = list(range(len(reports)))
    random.Random(5).shuffle(order)
    shuffled = read(tmp_path / "run", [reports[i] for i in order])
    assert shuffled == [expected[i] for i in order]


def test_the_number_of_processes_changes_no_line(expected: list[str], tmp_path: Path) -> None:
    reports = lines()
    parts = [reports[i::3] for i in range(3)]
    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(lambda n: read(tmp_path / str(n), parts[n]), range(3)))
    assert [found[i % 3][i // 3] for i in range(len(reports))] == expected
