"""Whole books of other moments: made in the background, the last few kept, and nobody waits for long."""

from __future__ import annotations

import threading
import time

import pytest

from musterbook.desk.web.moments import Moments
from musterbook.desk.web.patience import NotReadyError


def test_what_is_quick_is_waited_for_and_made_once() -> None:
    made: list[str] = []
    moments: Moments[str] = Moments(30)

    def make() -> str:
        made.append("x")
        return "the book of then"

    assert [moments.find("then", make) for _ in range(3)] == ["the book of then"] * 3
    assert made == ["x"]


def test_what_takes_long_is_asked_for_again() -> None:
    moments: Moments[str] = Moments(0.01)
    go = threading.Event()

    def make() -> str:
        go.wait(30)
        return "ready"

    with pytest.raises(NotReadyError, match="ask again in"):
        moments.find("then", make)
    go.set()
    while not moments.has("then"):
        time.sleep(0.01)
    assert moments.find("then", make) == "ready"


def test_only_the_last_ones_asked_for_are_kept() -> None:
    moments: Moments[int] = Moments(30, kept=2)
    for number in range(3):
        moments.find(number, lambda number=number: number)
    assert [moments.has(number) for number in range(3)] == [False, True, True]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_one_that_cannot_be_made_does_not_keep_others_from_it() -> None:
    moments: Moments[int] = Moments(0.2)

    def fail() -> int:
        raise ZeroDivisionError

    with pytest.raises(NotReadyError):
        moments.find("bad", fail)
    assert Moments[int](30).find("good", lambda: 7) == 7
