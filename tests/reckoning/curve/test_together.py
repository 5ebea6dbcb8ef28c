"""Many curves on one day come to the very figures of each of them alone: of invented contingents, on any day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from books import line, report, statement
from musterbook.findings import Pledge, Verdict
from musterbook.model import Contingent, CountingRule, Entry, Report, Status
from musterbook.reckoning.curve.curve import BACK, NONE_ON, ON, Choir, Curve
from musterbook.reckoning.curve.estimates import LightEstimates
from musterbook.reckoning.curve.gather import Told, curves
from musterbook.values import Attribution, Figures

PLACES = ("IRQ", "SYR", "AFG", "MLI", "NER", "DJI", "KWT", "JOR", "LBN", "TCD", "SOM", "LBY")
SPEAKERS = (None, Attribution("Gen. Ann Lee", name="Ann Lee"), Attribution("an official", named=False))
FIRST = date(2005, 1, 1)
seeds = st.integers(0, 100_000)


def told_by(seed: int) -> Told:
    """Of each place between none and thirty statements, years apart or days, with ceilings, ends and promises."""
    chance = Random(seed)
    entries: list[Entry] = []
    reports: dict[str, Report] = {}
    pledges: list[Pledge] = []
    for place in PLACES:
        size, day = 10 ** chance.uniform(0.5, 5.2), FIRST + timedelta(chance.randrange(3000))
        ceilings_only = chance.random() < 0.15
        for _ in range(chance.choice((0, 1, 2, 5, 30))):
            day += timedelta(chance.choice((0, 1, 9, 40, 200, 1500)))
            told = report(f"{place} {len(reports)}", day)
            said = statement(
                told, _figures(chance, size), Status.CURRENT, place, None, chance.choice(SPEAKERS)
            )
            cap = ceilings_only or chance.random() < 0.1
            rule = CountingRule.AUTHORISED_CAP if cap else CountingRule.UNSPECIFIED
            reports[told.id] = told
            entries.append(line(replace(said, rule=rule)))
            if chance.random() < 0.3 and (contingent := entries[-1].contingent):
                pledges.append(_promise(chance, contingent, day, size))
    return Told(entries, reports, pledges)


def _figures(chance: Random, size: float) -> Figures:
    number = round(size * chance.uniform(0.5, 1.5))
    return chance.choice(
        (
            Figures(level=number),
            Figures(level=number, approx=True),
            Figures(level=0),
            Figures(low=number, high=3 * number),
            Figures(high=number),
        )
    )


def _promise(chance: Random, contingent: Contingent, day: date, size: float) -> Pledge:
    target, until = round(size * chance.choice((0, 0.5, 2))), day + timedelta(chance.randrange(1, 900))
    verdict = chance.choice((Verdict.OPEN, Verdict.KEPT, Verdict.BROKEN))
    judged = target, None, verdict, None if verdict is Verdict.OPEN else until, ""
    return Pledge(
        contingent, Figures(after=target), Status.ANNOUNCED, day, until, *judged, None, None, (), (), ()
    )


def days_of(curve: Curve, chance: Random) -> list[date]:
    """Days of statements, next to them, before the first, at the ends of what they say, and any."""
    first, last = curve.days[0], curve.days[-1]
    heard = chance.choice(curve.days)
    ends = (first - BACK, first - BACK - timedelta(1), last + ON, last + NONE_ON, date(1990, 1, 1))
    return [heard, heard + timedelta(1), chance.choice(ends), FIRST + timedelta(chance.randrange(9000))]


@given(seeds)
@settings(deadline=None, max_examples=25)
def test_many_on_one_day_are_each_as_it_is_alone(seed: int) -> None:
    several = [one for found in curves(told_by(seed)).values() for one in found]
    chance, choir = Random(seed), Choir(several)
    for curve in chance.sample(several, min(4, len(several))):
        for day in days_of(curve, chance):
            assert choir.on(day) == tuple(one.on([day])[0] for one in several)


def test_none_are_none() -> None:
    assert Choir([]).on(FIRST) == ()


def test_what_is_told_of_a_day_names_the_moment_of_the_view() -> None:
    told, known, day = told_by(3), datetime(2020, 1, 1, tzinfo=UTC), date(2012, 5, 17)
    found = curves(told)
    light = LightEstimates(found, told.entries, told.reports).on(day, known)
    assert len(light) > 4
    for one in light:
        alone = found[one.contingent][0].on([day])[0]
        assert one == replace(alone, known_at=known)
