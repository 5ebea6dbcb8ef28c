"""A statement finds its contingent, or a doubt that says why not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from books import report, statement
from musterbook.identity.resolve import resolve
from musterbook.model import Contingent, Doubt
from musterbook.values import Mention, Period, Span

SAID = statement(report())
PUBLISHED = date(2010, 5, 1)


class Names:
    """A register of a few codes; KFOR has one host, ISAF one until 2014, the task force two."""

    def party(self, code: str) -> object | None:
        return (
            code
            if code in {"USA", "IRQ", "SYR", "Sahel", "NATO:KFOR", "NATO:ISAF", "COALITION:two"}
            else None
        )

    def hosts(self, code: str, day: date | None = None) -> tuple[str, ...]:
        if code == "NATO:ISAF":
            return ("AFG",) if day is None or day.year <= 2014 else ()
        return {"NATO:KFOR": ("XKX",), "COALITION:two": ("IRQ", "SYR")}.get(code, ())

    def label(self, code: str) -> str:
        return code


@pytest.mark.parametrize("place", ["IRQ", "Sahel", "IRQ+SYR"])
def test_force_and_place_make_the_contingent(place: str) -> None:
    said = replace(SAID, place=Mention(place))
    assert resolve(said, Names(), PUBLISHED) == Contingent("USA", place)


def test_a_mission_with_one_host_gives_the_place_that_the_report_leaves_out() -> None:
    said = replace(SAID, force=Mention("NATO:KFOR"), place=None)
    assert resolve(said, Names(), PUBLISHED) == Contingent("NATO:KFOR", "XKX")


def test_the_host_is_that_of_the_day_that_the_statement_speaks_of() -> None:
    said = replace(SAID, force=Mention("NATO:ISAF"), place=None)
    assert resolve(said, Names(), PUBLISHED) == Contingent("NATO:ISAF", "AFG")
    late = replace(said, period=Period.day(date(2020, 1, 1)))
    assert isinstance(resolve(late, Names(), PUBLISHED), Doubt)


def test_between_two_hosts_nobody_chooses() -> None:
    said = replace(SAID, force=Mention("COALITION:two"), place=None)
    found = resolve(said, Names(), PUBLISHED)
    assert isinstance(found, Doubt)
    assert (found.code, found.span) == ("many-hosts", SAID.evidence[0])


@pytest.mark.parametrize(
    ("force", "place", "code"),
    [
        ("", "IRQ", "no-force"),
        ("ATL", "IRQ", "unknown-force"),
        ("USA", "ATL", "unknown-place"),
        ("USA", "IRQ+ATL", "unknown-place"),
        ("USA", "", "no-place"),
    ],
)
def test_what_no_register_knows_is_a_doubt_with_its_place_in_the_text(
    force: str, place: str, code: str
) -> None:
    said = replace(
        SAID, force=Mention(force, Span(12, 20)), place=Mention(place, Span(35, 39)) if place else None
    )
    found = resolve(said, Names(), PUBLISHED)
    assert isinstance(found, Doubt)
    assert (found.code, found.report) == (code, SAID.report)
    assert found.span
