"""The editor's queue begins with what moves a published figure most, and nothing is left out of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from time import process_time

from hypothesis import given, settings
from hypothesis import strategies as st

from books import IRAQ, SYRIA, line, readings, report, statement
from musterbook.model import Contingent, Entry, Estimate, Hold, Item, Report, Statement
from musterbook.reckoning.queue import queue
from musterbook.reckoning.strength import latest
from musterbook.values import Figures

DAY = date(2021, 6, 30)
OLD = report("An older report of troops.", date(2020, 1, 10))
MID = report("A report in between.", date(2020, 5, 1))
NEW = report("A newer report of troops.", date(2020, 9, 9))
REPORTS = {told.id: told for told in (OLD, MID, NEW)}


def level(number: int, of: Report, place: str = "IRQ", sure: float = 1.0) -> Statement:
    return replace(statement(of, Figures(level=number), place=place), confidence=sure)


def held_back(said: Statement) -> Hold:
    return Hold(said.id, IRAQ, "jump", "too much", ())


def ranked(*said: Statement, held: tuple[Hold, ...] = (), reviewed: tuple[str, ...] = ()) -> list[Item]:
    return list(queue([line(one) for one in said], REPORTS, held, reviewed, DAY))


def test_what_carries_a_figure_comes_first_with_what_it_would_be_without() -> None:
    old, new = level(900, OLD), level(2500, NEW)
    first, second = ranked(old, new)
    assert first == Item(new.id, IRAQ, "carries the figure: without it 2,500 would be 900", 1600)
    assert second == Item(old.id, IRAQ, "sure reading 1.00", 0)


def test_the_only_figure_of_a_contingent_weighs_all_of_it() -> None:
    (only,) = ranked(level(5200, NEW))
    assert (only.reason, only.moves) == ("carries the figure: without it 5,200 would be unknown", 5200)


def test_a_held_statement_weighs_what_it_would_change_and_is_not_part_of_the_figure() -> None:
    true, wrong = level(5200, OLD), level(52_000, NEW)
    first, second = ranked(true, wrong, held=(held_back(wrong),))
    assert first == Item(wrong.id, IRAQ, "held: too much", 46_800)
    assert (second.statement, second.moves) == (true.id, 5200)


def test_an_old_held_statement_moves_nothing() -> None:
    wrong, true = level(52_000, OLD), level(5200, NEW)
    assert [item.moves for item in ranked(wrong, true, held=(held_back(wrong),))] == [5200, 0]


def test_among_those_that_move_nothing_the_less_sure_comes_first() -> None:
    new, vague, clear = level(2500, NEW), level(900, OLD, sure=0.41), level(900, MID, sure=0.95)
    found = ranked(clear, new, vague)
    assert [item.statement for item in found] == [new.id, vague.id, clear.id]
    assert [item.reason for item in found[1:]] == ["unsure reading 0.41", "sure reading 0.95"]


def test_where_two_say_the_same_neither_moves_it() -> None:
    assert [item.moves for item in ranked(level(2500, NEW), level(2500, MID))] == [0, 0]


def test_what_was_reviewed_is_left_out_and_still_carries() -> None:
    old, new = level(900, OLD), level(2500, NEW)
    assert ranked(old, new, reviewed=(new.id,)) == [Item(old.id, IRAQ, "sure reading 1.00", 0)]


def test_a_statement_of_no_contingent_waits_too() -> None:
    lost = replace(line(level(2500, NEW)), contingent=None)
    assert queue([lost], REPORTS, (), (), DAY) == (
        Item(lost.statement.id, None, "sure reading 1.00", 0),  # type: ignore[union-attr]
    )


def test_contingents_are_weighed_apart() -> None:
    found = ranked(level(5200, OLD), level(900, NEW, "SYR"))
    assert [(item.contingent, item.moves) for item in found] == [(IRAQ, 5200), (SYRIA, 900)]


# ---- laws ----

archives = st.lists(readings(), max_size=8, unique_by=lambda pair: pair[0].report.id)


def persons(found: tuple[Estimate, ...], contingent: Contingent) -> int:
    for estimate in found:
        if estimate.contingent == contingent:
            return next((n for n in (estimate.best, estimate.high, estimate.low) if n is not None), 0)
    return 0


@settings(max_examples=150, deadline=None)
@given(archives, st.data())
def test_the_weight_is_what_the_reckoning_says(
    archive: list[tuple[object, list[Entry]]], data: st.DataObject
) -> None:
    reports = {told.report.id: told.report for told, _ in archive}  # type: ignore[attr-defined]
    entries = [entry for _, lines in archive for entry in lines]
    names = [e.statement.id for e in entries if e.statement]
    chosen = data.draw(st.sets(st.sampled_from(names), max_size=4)) if names else set()
    holds = [Hold(name, IRAQ, "jump", "", ()) for name in chosen]
    items = queue(data.draw(st.permutations(entries)), reports, holds, (), DAY)
    now = [e for e in entries if e.statement and e.statement.id not in chosen]
    assert sorted(names) == sorted(item.statement for item in items)
    assert [-i.moves for i in items] == sorted(-i.moves for i in items)
    for item in items:
        (entry,) = (e for e in entries if e.statement and e.statement.id == item.statement)
        then = [*now, entry] if item.statement in chosen else [e for e in now if e is not entry]
        assert item.contingent is not None
        before, after = (persons(latest(some, reports, DAY), item.contingent) for some in (now, then))
        assert item.moves == abs(before - after)


def test_a_hundred_thousand_entries_take_seconds() -> None:
    entries, reports = [], {}
    for number in range(50_000):
        told = Report(f"Report {number} tells of troops.", published=date(2020, 1, 1 + number % 28))
        reports[told.id] = told
        said = level(100 + number % 900, told)
        entries.append(line(said, Contingent("USA", f"P{number % 50}")))
        entries.append(line(replace(said, place=None), Contingent("USA", "IRQ")))
    start = process_time()
    assert len(queue(entries, reports, (), (), DAY)) == 100_000
    assert process_time() - start < 20  # a few seconds on an idle machine
