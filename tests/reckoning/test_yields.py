"""A source that suddenly floods or falls silent is seen; a quiet day, one long table and a new source are not."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from books import IRAQ, line, statement
from musterbook.findings import Yield
from musterbook.model import Report
from musterbook.reckoning.counts import source_of
from musterbook.reckoning.yields import chance_of_none, flooded, odd_yields, yields

USUAL = Yield(reports=200, telling=80, statements=160)
SOURCES = (  # share of reports that tell anything, statements of one that does, reports a day
    (0.02, 1.5, 60),
    (0.05, 2.0, 40),
    (0.15, 2.0, 25),
    (0.3, 3.0, 12),
    (0.5, 2.5, 20),
    (0.9, 2.5, 6),
    (1.0, 12.0, 5),
)


def codes(history: Yield, now: Yield) -> list[str]:
    return [odd.code for odd in odd_yields({"Wire": history}, {"Wire": now})]


@pytest.mark.parametrize(
    ("now", "wanted"),
    [
        (Yield(30, 0, 0), ["source-silent"]),
        (Yield(10, 0, 0), []),  # a quiet day
        (Yield(10, 3, 6), []),
        (Yield(10, 9, 90), ["source-flood"]),
        (Yield(10, 1, 90), []),  # one long table
        (Yield(4, 4, 90), []),  # too few reports to tell
    ],
)
def test_what_is_odd_depends_on_what_was_usual(now: Yield, wanted: list[str]) -> None:
    assert codes(USUAL, now) == wanted


def test_a_source_hardly_seen_is_never_odd() -> None:
    assert codes(Yield(19, 19, 40), Yield(50, 0, 0)) == []
    assert odd_yields({}, {"Wire": Yield(50, 0, 0)}) == ()


def test_a_source_that_never_told_may_stay_silent_and_not_flood() -> None:
    never = Yield(100, 0, 0)
    assert codes(never, Yield(100, 0, 0)) == []
    assert codes(never, Yield(10, 5, 30)) == ["source-flood"]


def test_the_message_names_the_source_both_numbers_and_the_cure() -> None:
    (odd,) = odd_yields({"Wire": USUAL}, {"Wire": Yield(10, 9, 90)})
    assert (odd.expected, odd.came) == (8.0, 90)
    assert odd.message == (
        "Wire: 90 statements in 10 reports where 8.0 were usual; "
        "none is published: look at one of them, then confirm or retract them"
    )


def test_silence_after_a_short_history_proves_less() -> None:
    assert chance_of_none(Yield(20, 10, 20), 10) > chance_of_none(Yield(200, 100, 200), 10)
    assert chance_of_none(Yield(20, 20, 20), 0) == 1.0


def test_yields_are_counted_by_publisher_or_domain() -> None:
    first = Report("One.", publisher="Wire")
    second = Report("Two.", url="https://www.Paper.example/a", published=date(2020, 1, 1))
    silent = Report("Three.", url="https://paper.example/b")
    sources = {report.id: source_of(report) for report in (first, second, silent)}
    told = {first.id: 2, second.id: 1}
    assert yields(sources, told) == {"Wire": Yield(1, 1, 2), "paper.example": Yield(2, 1, 1)}


def test_a_flood_is_held_and_what_was_confirmed_of_it_is_not() -> None:
    told = [Report(f"Report {n}.", publisher="Wire") for n in range(3)]
    entries = [line(statement(one)) for one in told]
    batch = {"Wire": Yield(10, 9, 90)}
    odd = odd_yields({"Wire": USUAL}, batch)
    confirmed = entries[0].statement.id  # type: ignore[union-attr]
    holds = flooded(odd, {one.id: "Wire" for one in told}, entries, [confirmed])
    assert sorted(h.statement for h in holds) == sorted(e.statement.id for e in entries[1:] if e.statement)
    assert {(h.contingent, h.code, h.message) for h in holds} == {(IRAQ, "source-flood", odd[0].message)}


def test_silence_holds_nothing() -> None:
    told = Report("Report.", publisher="Wire")
    odd = odd_yields({"Wire": USUAL}, {"Wire": Yield(30, 0, 0)})
    assert [one.code for one in odd] == ["source-silent"]
    assert flooded(odd, {told.id: "Wire"}, [line(statement(told))]) == ()


@pytest.mark.parametrize("seed", range(5))
def test_over_ninety_days_of_seven_sources_nothing_is_stopped_without_reason(seed: int) -> None:
    chance = Random(seed)
    for share, each, reports in SOURCES:
        history = day_of(chance, share, each, 60)
        for _ in range(90):
            now = day_of(chance, share, each, reports)
            assert codes(history, now) == []
            history = Yield(*(a + b for a, b in zip(fields(history), fields(now), strict=True)))


@pytest.mark.parametrize("seed", range(5))
def test_a_broken_source_is_seen_within_the_reports_that_can_show_it(seed: int) -> None:
    chance = Random(seed)
    for share, each, _ in SOURCES:
        history = day_of(chance, share, each, 2000)
        many = round(14 * history.reports / history.telling)  # by chance once in a million times
        assert codes(history, Yield(many, 0, 0)) == ["source-silent"]
        broken = day_of(
            chance, min(1.0, 5 * share), 2.5 * each * max(1.0, 5 * share), max(60, round(20 / share))
        )
        assert codes(history, broken) == ["source-flood"]


def day_of(chance: Random, share: float, each: float, reports: int) -> Yield:
    """So many reports of a source: which of them tell anything, and how much."""
    told = [1 + int(chance.expovariate(1 / (each - 0.9))) for _ in range(reports) if chance.random() < share]
    return Yield(reports, len(told), sum(told))


def fields(one: Yield) -> tuple[int, int, int]:
    return one.reports, one.telling, one.statements
