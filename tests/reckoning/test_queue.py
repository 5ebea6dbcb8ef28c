"""The editor's queue begins with what moves a published figure most, and nothing is left out of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from time import process_time

from hypothesis import given, settings
from hypothesis import strategies as st

from books import IRAQ, SYRIA, line, readings, report, statement
from musterbook.findings import Hold, Item
from musterbook.model import Contingent, Entry, Report, Statement, Status
from musterbook.reckoning.curve.gather import Curves, Told, curves
from musterbook.reckoning.queue import queue
from musterbook.values import Figures

OLD = report("An older report of troops.", date(2020, 1, 10))
MID = report("A report in between.", date(2020, 5, 1))
NEW = report("A newer report of troops.", date(2020, 9, 9))
REPORTS = {told.id: told for told in (OLD, MID, NEW)}


def level(number: int, of: Report, place: str = "IRQ", sure: float = 1.0) -> Statement:
    return replace(statement(of, Figures(level=number), place=place), confidence=sure)


def held_back(said: Statement) -> Hold:
    return Hold(said.id, IRAQ, "jump", "too much", ())


def ranked(*said: Statement, held: tuple[Hold, ...] = (), reviewed: tuple[str, ...] = ()) -> list[Item]:
    lines = [line(one) for one in said]
    return list(queue(lines, REPORTS, held, reviewed, without(held, lines, REPORTS)))


def without(held: Iterable[Hold], entries: list[Entry], reports: dict[str, Report]) -> Curves:
    """The curves of what is not held."""
    return curves(Told(entries, reports), {hold.statement for hold in held})


def test_what_carries_a_figure_comes_first_with_what_it_would_be_without() -> None:
    old, new = level(900, OLD), level(2500, NEW)
    first, *others = ranked(old, new)
    assert first.statement in (old.id, new.id)
    assert first.reason.startswith("carries the figure: without it ")
    assert all(first.moves >= other.moves > 0 for other in others)


def test_the_only_figure_of_a_contingent_weighs_all_of_it() -> None:
    (only,) = ranked(level(5200, NEW))
    assert only.reason.endswith(" would be unknown")
    assert 5000 < only.moves < 5400


def test_a_held_statement_weighs_what_it_would_change_and_is_not_part_of_the_figure() -> None:
    true, wrong = level(5200, OLD), level(52_000, MID)
    first, second = ranked(true, wrong, held=(held_back(wrong),))
    assert (first.statement, first.reason) == (wrong.id, "held: too much")
    assert first.moves > 20_000
    assert (second.statement, second.reason[-7:]) == (true.id, "unknown")


def test_among_those_that_move_nothing_the_less_sure_comes_first() -> None:
    vague, clear = (statement(of, Figures(after=900), Status.ANNOUNCED) for of in (OLD, MID))
    vague, clear = replace(vague, confidence=0.41), replace(clear, confidence=0.95)
    found = ranked(clear, level(2500, NEW), vague)
    assert [item.statement for item in found[1:]] == [vague.id, clear.id]
    assert [item.reason for item in found[1:]] == ["unsure reading 0.41", "sure reading 0.95"]


def test_where_two_say_the_same_each_moves_little() -> None:
    assert all(item.moves < 100 for item in ranked(level(2500, NEW), level(2500, MID)))


def test_what_was_reviewed_is_left_out_and_still_carries() -> None:
    old, new = level(900, OLD), level(2500, NEW)
    (left,) = ranked(old, new, reviewed=(new.id,))
    assert left == next(item for item in ranked(old, new) if item.statement == old.id)


def test_a_statement_of_no_contingent_waits_too() -> None:
    lost = replace(line(level(2500, NEW)), contingent=None)
    assert lost.statement
    assert queue([lost], REPORTS, (), (), {}) == (Item(lost.statement.id, None, "sure reading 1.00", 0),)


def test_contingents_are_weighed_apart() -> None:
    found = ranked(level(5200, OLD), level(900, NEW, "SYR"))
    assert [item.contingent for item in found] == [IRAQ, SYRIA]
    assert found[0].moves > 5000 > 1000 > found[1].moves > 800


# ---- laws ----

archives = st.lists(readings(), max_size=8, unique_by=lambda pair: pair[0].report.id)


@settings(max_examples=100, deadline=None)
@given(archives, st.data())
def test_nothing_is_left_out_and_the_order_is_that_of_the_weights(
    archive: list[tuple[object, list[Entry]]], data: st.DataObject
) -> None:
    reports = {told.report.id: told.report for told, _ in archive}  # type: ignore[attr-defined]
    entries = [entry for _, lines in archive for entry in lines]
    names = [e.statement.id for e in entries if e.statement]
    chosen = data.draw(st.sets(st.sampled_from(names), max_size=4)) if names else set()
    holds = [Hold(name, IRAQ, "jump", "", ()) for name in chosen]
    found = without(holds, entries, reports)
    items = queue(data.draw(st.permutations(entries)), reports, holds, (), found)
    assert sorted(names) == sorted(item.statement for item in items)
    assert [-i.moves for i in items] == sorted(-i.moves for i in items)
    assert items == queue(entries, reports, holds, (), found)


def test_a_hundred_thousand_entries_take_seconds() -> None:
    entries, reports = [], {}
    for number in range(50_000):
        told = Report(f"Report {number} tells of troops.", published=date(2020, 1, 1 + number % 28))
        reports[told.id] = told
        said = level(100 + number % 900, told)
        entries.append(line(said, Contingent("USA", f"P{number % 50}")))
        entries.append(line(replace(said, place=None), Contingent("USA", "IRQ")))
    start = process_time()
    assert len(queue(entries, reports, (), (), without((), entries, reports))) == 100_000
    assert process_time() - start < 20  # a few seconds on an idle machine


def test_a_chorus_waits_as_one() -> None:
    said = [level(9000 + n, NEW) for n in range(5)]
    sung = tuple(Hold(one.id, IRAQ, "chorus", "5 reports of unknown sources", ()) for one in said[:4])
    items = ranked(level(5200, OLD), *said, held=sung)
    assert sum(item.reason.startswith("held: 5 reports") for item in items) == 1
    assert len(items) == 3
