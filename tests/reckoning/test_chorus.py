"""Ten thousand fake reports of one claim move nothing; what a wire sends out is held by nobody."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest

from books import IRAQ, line, statement
from chronicle import as_read, labelled
from musterbook.model import Entry, Report, Status
from musterbook.reckoning.chorus import CHORUS, MANY, chorus
from musterbook.reckoning.curve.estimates import estimates
from musterbook.reckoning.curve.gather import Told, curves
from musterbook.reckoning.guards import without
from musterbook.reckoning.regulars import Regulars, regulars
from musterbook.values import Attribution, Figures

BEGIN = date(2026, 3, 1)
WORDINGS = (
    "There are {n} troops in Iraq, says {who}.",
    "{who}: {n} Americans stand in Iraq.",
    "Only {n} left in Iraq.",
)
Book = tuple[list[Entry], dict[str, Report]]


def told(
    text: str, level: int, day: date, publisher: str = "", url: str = "", who: str = ""
) -> tuple[Report, Entry]:
    of = Report(text, published=day, publisher=publisher, url=url)
    speaker = Attribution(who, who) if who else None
    return of, line(statement(of, Figures(level=level), Status.CURRENT, speaker=speaker))


def accepted() -> Iterator[tuple[Report, Entry]]:
    """A year of counts by an agency, and by a paper that tells of two countries every month."""
    for month in range(12):
        day = BEGIN - timedelta(days=30 * (12 - month))
        yield told(f"{2500 + month} troops are in Iraq.", 2500 + month, day, "Reuters")
        yield told(
            f"Some {2400 + 100 * month} there in month {month}.",
            2400 + 100 * month,
            day,
            "Daily Star",
            "https://daily.star/n",
        )


@cache
def fakes(level: int, count: int = 10_000, days: int = 3) -> tuple[tuple[Report, Entry], ...]:
    return tuple(_fakes(level, count, days))


def _fakes(level: int, count: int, days: int) -> Iterator[tuple[Report, Entry]]:
    for n in range(count):
        who = ("", "Gen. Frank McKenzie", "Col. Nobody Else")[n % 3]
        text = f"{n}: {WORDINGS[n % 3].format(n=level, who=who)} " + " ".join(
            f"w{n * k % 997}" for k in range(n % 40)
        )
        day = BEGIN + timedelta(days=n * days // count)
        yield told(
            text, level, day, "Reuters" if n % 5 == 0 else "", f"https://site{n % 200}.example/{n}", who
        )


def book(*parts: Iterable[tuple[Report, Entry]]) -> Book:
    pairs = [pair for part in parts for pair in part]
    return [entry for _, entry in pairs], {report.id: report for report, _ in pairs}


def sung(
    entries: list[Entry], reports: dict[str, Report], released: frozenset[str] = frozenset()
) -> set[str]:
    holds = chorus(entries, reports, released, lambda: regulars(entries, reports))
    assert {hold.code for hold in holds} <= {CHORUS}
    return {hold.statement for hold in holds}


def ids(pairs: Iterable[tuple[Report, Entry]]) -> set[str]:
    return {entry.statement.id for _, entry in pairs if entry.statement}


@pytest.mark.parametrize(("level", "days"), [(2511, 1), (2511, 90), (3700, 3), (9000, 90), (0, 1)])
def test_ten_thousand_fakes_move_nothing(level: int, days: int) -> None:
    """Near the accepted figure or far from it, within days or a season, however worded: all are held, in seconds."""
    entries, reports = book(accepted(), fakes(level, days=days))
    begun = time.perf_counter()
    held = sung(entries, reports)
    assert time.perf_counter() - begun < 10
    assert held == ids(fakes(level, days=days))
    alone, said = book(accepted())
    day = BEGIN + timedelta(days=200)
    kept = without(entries, chorus(entries, reports, (), lambda: regulars(entries, reports)))
    now, before = (
        estimates(curves(Told(some, those)), some, those, day)
        for some, those in ((kept, reports), (alone, said))
    )
    assert now == before


def test_two_claims_at_a_time_are_two_choruses() -> None:
    """Half say 1,000 and half 5,000."""
    entries, reports = book(accepted(), fakes(1000, 5000), fakes(5000, 5000, 90))
    assert sung(entries, reports) == ids(fakes(1000, 5000)) | ids(fakes(5000, 5000, 90))


def test_a_borrowed_name_does_not_help() -> None:
    """Every fifth fake calls itself Reuters, from an address that is not."""
    entries, reports = book(accepted(), fakes(3700, 500))
    borrowed = {
        e.statement.id for e in entries if e.statement and reports[e.statement.report].publisher == "Reuters"
    }
    assert borrowed & ids(fakes(3700, 500)) <= sung(entries, reports)


def test_a_wire_story_in_forty_papers_is_not_held() -> None:
    """Forty outlets carry it, two of which the book knows."""
    papers = (
        told("3,000 left.", 3000, BEGIN, f"Paper {n}", f"https://paper{n}.example/x") for n in range(38)
    )
    known = (told("3,000 left, it says.", 3000, BEGIN, name) for name in ("Reuters", "AFP"))
    assert not sung(*book(accepted(), papers, known))


def test_a_paper_that_the_book_knows_counts_as_known() -> None:
    """It told of Iraq every month for a year, under its own address."""
    papers = (told(f"{n}: 3,000.", 3000, BEGIN, url=f"https://p{n}.example") for n in range(MANY + 5))
    own = [told("3,000 left.", 3000, BEGIN, "Daily Star", "https://daily.star/m")]
    assert not sung(*book(accepted(), papers, iter(own)))


def test_known_sources_are_never_held_for_what_a_chorus_says() -> None:
    """The agency says what ten thousand fakes say: theirs wait, its own does not."""
    own = told("3,700 troops.", 3700, BEGIN, "Reuters")
    entries, reports = book(accepted(), fakes(3700), iter([own]))
    assert sung(entries, reports) == ids(fakes(3700))


def test_what_was_there_before_the_chorus_is_none_of_it() -> None:
    """An unknown paper gave the figure six weeks before."""
    early = told(
        "2,700 troops.", 2700, BEGIN - timedelta(days=45), "Village Voice", "https://village.example"
    )
    entries, reports = book(accepted(), iter([early]), fakes(2700))
    assert sung(entries, reports) == ids(fakes(2700))


def test_an_editor_who_confirms_one_lets_the_claim_go() -> None:
    """One of ten thousand is confirmed: the claim is believed."""
    entries, reports = book(accepted(), fakes(3700, 200))
    one = frozenset([min(ids(fakes(3700, 200)))])
    assert not sung(entries, reports, one)


def test_few_are_no_chorus_and_ask_for_nothing() -> None:
    """Below the threshold nobody asks whom the book knows."""

    def never() -> Regulars:
        raise AssertionError("asked")

    entries, reports = book(accepted(), fakes(3700, MANY - 13))
    assert not chorus([e for e in entries if e.contingent == IRAQ], reports, (), never)


def test_the_order_of_reports_changes_no_hold() -> None:
    """Backwards the same."""
    entries, reports = book(accepted(), fakes(3700, 300))
    assert sung(entries[::-1], reports) == sung(entries, reports)


@pytest.mark.parametrize("lines", [labelled, as_read])
def test_the_chronicle_is_no_chorus(lines: object) -> None:
    """183 publishers, most with one report."""
    entries, reports = lines()  # type: ignore[operator]
    assert not sung(entries, reports)
    assert not sung([replace(e, reason="again") for e in entries], reports)
