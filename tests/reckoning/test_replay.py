"""RELIABILITY L8 on figures: of twenty faults in ninety days of news all are held, and nothing that is true."""

from __future__ import annotations

from datetime import timedelta
from time import process_time

import pytest

import replay
from books import line, statement
from musterbook.model import Report
from musterbook.reckoning.guards import held
from musterbook.values import Figures


@pytest.mark.skipif(not replay.OFFICIAL.is_file(), reason="the official counts stand in ../shared")
@pytest.mark.parametrize("seed", range(1000, 1012))
def test_all_faults_are_held_and_nothing_else(seed: int) -> None:
    news = replay.ninety_days(seed)
    assert len(news.faults) == replay.FAULTS
    assert {fault.kind for fault in news.faults} == set(replay.KINDS)
    assert {hold.statement for hold in held(news.entries, news.reports)} == {f.statement for f in news.faults}


@pytest.mark.skipif(not replay.OFFICIAL.is_file(), reason="the official counts stand in ../shared")
def test_without_faults_nothing_is_held() -> None:
    news = replay.ninety_days(7, faults=0)
    assert held(news.entries, news.reports) == ()


def test_ten_thousand_copies_of_a_false_report_move_nothing_and_take_seconds() -> None:
    true = [Report(f"Report {n}.", publisher=f"Paper {n}", published=replay.START) for n in range(2)]
    false = [
        Report(f"Copy {n}.", publisher=f"Site {n % 200}", published=replay.START + timedelta(1 + n % 30))
        for n in range(10_000)
    ]
    said = [statement(told, Figures(level=5200)) for told in true]
    wrong = [statement(told, Figures(level=9000 + 10 * n)) for n, told in enumerate(false)]
    entries, reports = [line(one) for one in (*wrong, *said)], {told.id: told for told in (*true, *false)}
    start = process_time()
    assert {hold.statement for hold in held(entries, reports)} == {one.id for one in wrong}
    assert process_time() - start < 20  # two seconds on an idle machine
