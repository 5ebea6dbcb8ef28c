"""Many processes that write into one book at once: each is served, none is told of the others."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from books import IRAQ
from deeds import FORK, heard, telling, wrongs
from musterbook.ledger.open import open_book
from sizes import SIZES, chance

WRITERS, TIMES = 8, 3  # processes, and how often each report is submitted
CROWD = 6  # processes that write without a pause


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    url = request.param == "postgres" and request.getfixturevalue("postgres_url")
    return url or tmp_path / "book.sqlite"


def submit(place: Path | str, numbers: Sequence[int], told: Connection) -> None:
    """Hand in the reports, and tell in the end how each was received and how long the longest took."""
    receipts, longest = [], 0.0
    with told, open_book(place) as book:
        for number in numbers:
            began = time.monotonic()
            receipt = book.add_report(*telling(number))
            longest = max(longest, time.monotonic() - began)
            receipts.append((receipt.report, receipt.new))
        told.send((receipts, longest))


def write_on(place: Path, first: int, seconds: float, told: Connection) -> None:
    """Write, look and vouch until the time is over; tell of each report that was taken."""
    end = time.monotonic() + seconds
    with told, open_book(place) as book:
        while time.monotonic() < end:
            taken = [receipt.report for receipt in book.add_reports([telling(first), telling(first + 1)])]
            first += 2
            book.standing(IRAQ)
            told.send(taken)


def in_parallel(work: Callable[..., None], *given: Sequence[object]) -> list[list[Any]]:
    """What processes told that did the work side by side, each with its own arguments; none may fail."""
    pipes = [FORK.Pipe(duplex=False) for _ in given]
    writers = [
        FORK.Process(target=work, args=(*its, mouth)) for its, (_, mouth) in zip(given, pipes, strict=True)
    ]
    for writer in writers:
        writer.start()
    for _, mouth in pipes:
        mouth.close()
    told = heard([ear for ear, _ in pipes])
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0] * len(writers), "a writer was told of an error"
    return told


def test_overlapping_writers_are_all_served_and_each_report_is_taken_once(
    place: Path | str, record_property: Callable[[str, object], None]
) -> None:
    distinct = WRITERS * SIZES.submissions // TIMES
    numbers = [n % distinct for n in range(WRITERS * SIZES.submissions)]
    chance(f"writers {type(place)}").shuffle(numbers)
    began = time.monotonic()
    told = in_parallel(submit, *((place, numbers[n::WRITERS]) for n in range(WRITERS)))
    seconds = time.monotonic() - began
    taken = Counter(one for [(receipts, _)] in told for one, new in receipts if new)
    assert set(taken.values()) == {1}
    assert len(taken) == distinct
    assert wrongs(place, set(taken)) == []
    with open_book(place) as book:
        assert len(book.reports()) == distinct
    record_property("submissions", len(numbers))
    record_property("distinct", distinct)
    record_property("submissions a second", round(len(numbers) / seconds))
    record_property("longest wait, s", round(max(longest for [(_, longest)] in told), 2))


def test_all_that_six_busy_processes_were_promised_is_there(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    path = tmp_path / "book.sqlite"
    told = in_parallel(write_on, *((path, n * 10**7, SIZES.seconds) for n in range(CROWD)))
    promised = [one for process in told for taken in process for one in taken]
    assert all(told), "a writer was never served"
    assert wrongs(path, promised) == []
    record_property("seconds", SIZES.seconds)
    record_property("reports", len(promised))
