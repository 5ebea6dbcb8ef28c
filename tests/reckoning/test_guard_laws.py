"""What holds for the guards whatever the book: no order, no neighbour and no confirmation is let down."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from books import readings
from musterbook.model import Contingent, Entry, Report, Status
from musterbook.reckoning.guards import held
from told import Told

law = settings(max_examples=60, deadline=None)
archives = st.lists(readings(), max_size=12, unique_by=lambda pair: pair[0].report.id)


def book_of(archive: list[tuple[object, list[Entry]]]) -> tuple[list[Entry], dict[str, Report]]:
    reports = {reading.report.id: reading.report for reading, _ in archive}  # type: ignore[attr-defined]
    return [entry for _, lines in archive for entry in lines], reports


@st.composite
def numbered(draw: st.DrawFn) -> tuple[list[Entry], dict[str, Report]]:
    """A crowded year of one or two contingents, with strengths near, apart and absurd."""
    told = Told()
    statuses = st.sampled_from([Status.CURRENT] * 4 + [Status.ANNOUNCED, Status.DONE])
    for _ in range(draw(st.integers(0, 14))):
        number = draw(st.sampled_from([0, 40, 500, 520, 900, 5000, 5200, 9000, 52_000, 520_000]))
        day, status = draw(st.integers(0, 300)), draw(statuses)
        level = status is Status.CURRENT
        told(day, number if level else None, status, draw(st.sampled_from(["", "A", "B"])),
             **({} if level else {"after": number}))  # fmt: skip
    return told.entries, told.reports


@law
@given(numbered() | archives.map(book_of), st.randoms(use_true_random=False), st.data())
def test_the_order_of_entries_changes_no_hold(
    book: tuple[list[Entry], dict[str, Report]], chance: Random, data: st.DataObject
) -> None:
    entries, reports = book
    ids = [e.statement.id for e in entries if e.statement]
    released = data.draw(st.lists(st.sampled_from(ids), max_size=2)) if ids else []
    shuffled = chance.sample(entries, len(entries))
    assert held(entries, reports, released) == held(shuffled, reports, released)


@law
@given(numbered())
def test_another_contingent_changes_nothing(book: tuple[list[Entry], dict[str, Report]]) -> None:
    entries, reports = book
    elsewhere = [replace(e, contingent=Contingent("FRA", "MLI")) for e in entries]
    others = [replace(e, statement=replace(e.statement, place=None)) for e in elsewhere if e.statement]
    found = held([*entries, *others], reports)
    assert tuple(h for h in found if h.contingent.force == "USA") == held(entries, reports)


@law
@given(numbered(), st.data())
def test_what_an_editor_confirmed_is_never_held(
    book: tuple[list[Entry], dict[str, Report]], data: st.DataObject
) -> None:
    entries, reports = book
    holds = held(entries, reports)
    if holds:
        chosen = data.draw(st.sampled_from(holds)).statement
        assert chosen not in {h.statement for h in held(entries, reports, [chosen])}


@law
@given(numbered())
def test_every_hold_names_others_of_its_contingent(book: tuple[list[Entry], dict[str, Report]]) -> None:
    entries, reports = book
    ids = {e.statement.id for e in entries if e.statement}
    for hold in held(entries, reports):
        assert hold.against
        assert {hold.statement, *hold.against} <= ids
        assert hold.statement not in hold.against
