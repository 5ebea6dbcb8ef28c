"""Which announcements form a chain, what the scoreboard counts, and the laws that hold for all of them."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from books import readings
from musterbook.findings import Verdict
from musterbook.reckoning.pledges import pledges
from musterbook.reckoning.pledges.scoreboard import interval, is_recent, scoreboard
from promised import ALL, Chronicle


@pytest.fixture
def tell() -> Chronicle:
    return Chronicle()


def test_revised_announcements_form_a_chain(tell: Chronicle) -> None:
    tell("2020-08-28", "expected", "2020-11-30", before=5200, after=3500, says="officials")
    tell("2020-09-09", "announced", "2020-09-30", before=5200, after=3000)
    tell("2020-10-05", level=3000)
    tell("2020-11-17", "announced", "2021-01-15", before=3000, after=2500)
    first, second, third = tell.pledges()
    assert [p.verdict for p in (first, second)] == [Verdict.SUPERSEDED, Verdict.KEPT]
    assert (first.replaces, first.replaced_by) == (None, second.id)
    assert (second.replaces, second.replaced_by) == (first.id, third.id)
    assert (third.replaces, third.replaced_by) == (second.id, None)


def test_steps_of_one_plan_that_are_told_together_are_no_chain(tell: Chronicle) -> None:
    tell("2020-03-01", "announced", "2020-12-31", before=9000, after=5200)
    tell("2020-03-02", "announced", "2021-12-31", before=9000, **ALL)
    assert [p.replaced_by for p in tell.pledges()] == [None, None]


def test_a_step_on_the_way_does_not_follow_the_end(tell: Chronicle) -> None:
    tell("2020-02-29", "announced", "2021-05-01", before=13_000, **ALL)
    tell("2020-11-17", "announced", "2021-01-15", before=4500, after=2500)
    assert tell.pledge().replaced_by is None


def test_increments_are_no_chain(tell: Chronicle) -> None:
    tell("2020-02-01", level=3000)
    tell("2020-03-01", "announced", delta=500)
    tell("2020-05-01", "announced", delta=200)
    assert [p.replaced_by for p in tell.pledges()] == [None, None]


@settings(max_examples=60, deadline=None)
@given(st.lists(readings(), max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_reports_changes_no_pledge(found: list, lots: random.Random) -> None:  # type: ignore[type-arg]
    reports = {told.report.id: told.report for told, _ in found}
    entries = list({e.id: e for _, lines in found for e in lines}.values())
    mixed = lots.sample(entries, len(entries))
    assert pledges(mixed, reports, date(2021, 6, 1)) == pledges(entries, reports, date(2021, 6, 1))


@settings(max_examples=60, deadline=None)
@given(st.lists(readings(), max_size=8), st.dates(date(2020, 1, 1), date(2022, 1, 1)))
def test_what_is_published_later_changes_nothing_before(found: list, day: date) -> None:  # type: ignore[type-arg]
    reports = {told.report.id: told.report for told, _ in found}
    entries = list({e.id: e for _, lines in found for e in lines}.values())
    out = [e for e in entries if e.statement and (reports[e.statement.report].published or day) <= day]
    assert pledges(entries, reports, day) == pledges(out, reports, day)


@settings(max_examples=60, deadline=None)
@given(st.lists(readings(), max_size=8))
def test_every_pledge_stands_on_statements_and_has_a_name_of_its_own(found: list) -> None:  # type: ignore[type-arg]
    reports = {told.report.id: told.report for told, _ in found}
    entries = list({e.id: e for _, lines in found for e in lines}.values())
    made = pledges(entries, reports, date(2025, 1, 1))
    known = {e.statement.id for e in entries if e.statement}
    assert all(p.basis and {*p.basis, *p.deciding, *p.evidence} <= known for p in made)
    assert all(p.verdict in (Verdict.OPEN, Verdict.DUE, Verdict.UNVERIFIABLE) or p.deciding for p in made)
    assert {p.replaced_by for p in made} - {None} <= {p.id for p in made}


def test_a_scoreboard_counts_verdicts_and_shows_no_share_without_its_interval(tell: Chronicle) -> None:
    for month in (1, 2, 3):
        tell(
            f"2020-0{month}-01", "announced", f"2020-1{month - 1}-28", before=9000, after=9000 - month * 1000
        )
    tell("2020-11-20", level=7000)
    (score,) = scoreboard(tell.pledges())
    assert (score.of, score.total, dict(score.counts)) == (
        "AUR",
        3,
        {Verdict.KEPT: 2, Verdict.UNVERIFIABLE: 1},
    )
    assert (score.kept, score.judged) == (2, 2)
    assert score.low is not None
    assert 0.4 < score.low < 0.5


def test_nothing_judged_gives_no_interval(tell: Chronicle) -> None:
    tell("2020-03-01", "announced", after=4000)
    (score,) = scoreboard(tell.pledges("2020-04-01"), "speaker")
    assert (score.of, score.judged, score.low, score.high) == ("Gen. Rose", 0, None, None)


def test_a_joint_place_counts_for_each_of_its_hosts(tell: Chronicle) -> None:
    tell("2020-03-01", "announced", after=4000, place="VEL+MOR")
    assert {score.of for score in scoreboard(tell.pledges(), "place")} == {"VEL", "MOR"}


def test_the_interval_is_wilsons() -> None:
    low, high = interval(8, 10)
    assert (round(low, 3), round(high, 3)) == (0.541, 0.931)


def test_recent_is_what_is_open_or_was_decided_within_a_year(tell: Chronicle) -> None:
    tell("2020-03-01", "announced", "2020-09-30", after=4000)
    seen = [
        is_recent(tell.pledge(day), date.fromisoformat(day))
        for day in ("2020-09-01", "2021-10-01", "2022-01-01")
    ]
    assert seen == [True, True, False]
