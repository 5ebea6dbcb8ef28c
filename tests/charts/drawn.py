"""Courses and maps to draw in tests, and what a browser would look at in a drawing."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from xml.etree import ElementTree as ET

from musterbook.charts import (
    Aim,
    Bar,
    Course,
    Dot,
    Holding,
    Kin,
    Picture,
    Promise,
    bars,
    curve,
    family,
    spark,
    timeline,
    world,
)
from musterbook.charts.curve import sample_days
from musterbook.findings import Estimate, Verdict
from musterbook.model import Contingent, Status

SVG = "{http://www.w3.org/2000/svg}"
FIRST, LAST = date(2018, 1, 1), date(2021, 12, 31)
IRAQ = Contingent("USA", "IRQ")
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title></svg><svg onload=alert(1)>",
    "a & b &amp; c < d > e ' f",
    "\u202efdp.exe\u2066 \u200f",
    "bell \x07 escape \x1b[31m nul \x00",
    "]]>-->&#0;",
    "\ud800 half, \ufffe\uffff",
    "javascript:alert(1)",
    "=HYPERLINK(1)",
)


def estimate(day: date, best: int | None, spread: float = 0.2) -> Estimate:
    low = None if best is None else round(best * (1 - spread))
    high = None if best is None else round(best * (1 + spread))
    return Estimate(IRAQ, day, low, best, high, None, ())


def dot(day: date, value: int, kind: str = Status.CURRENT, name: str = "", **told: str) -> Dot:
    return Dot(name or f"{day}{value}{kind}", day, value, kind, f"{value:,}", published=day, **told)


def course(words: str = "United States in Iraq") -> Course:
    """Known until 2019, unknown in 2019, nobody from 2021; every kind of dot, an announcement, an earlier knowledge."""
    estimates = tuple(estimate(day, _best(day)) for day in sample_days(FIRST, LAST))
    kinds = (*Status, "ceiling")
    dots = tuple(
        dot(
            FIRST + timedelta(40 * i),
            3000 + 500 * (i % 5),
            kind,
            speaker=words,
            publisher=words,
            origin=f"o{i % 3}",
        )
        for i, kind in enumerate(kinds)
    )
    aim = Aim("p1", date(2018, 6, 1), date(2018, 12, 1), 5000, 2500, Verdict.BROKEN, words)
    then = tuple(estimate(day, 4000) for day in sample_days(FIRST, date(2018, 9, 1), 60))
    return Course(words, estimates, dots, (aim,), then, f"known by {words}", "USA/IRQ")


def _best(day: date) -> int | None:
    if day.year == 2019:
        return None
    return 0 if day.year == 2021 else 5000


def crowd(count: int, years: int = 20) -> Course:
    """So many dots of many origins over so many years, with a restless curve."""
    dice = random.Random(7)
    last = date(2005, 1, 1) + timedelta(365 * years)
    days = sample_days(date(2005, 1, 1), last)
    estimates = tuple(estimate(day, dice.randrange(20_000), dice.random()) for day in days)
    dots = tuple(
        Dot(
            f"{i:064x}",
            date(2005, 1, 1) + timedelta(dice.randrange(365 * years)),
            dice.randrange(30_000),
            dice.choice((*Status, "ceiling")),
            "about 5,200 → 3,000",
            origin=f"{dice.randrange(900):064x}",
            speaker="Gen. Kenneth F. McKenzie Jr., the head of U.S. Central Command",
            publisher="The Washington Post",
            published=last,
        )
        for i in range(count)
    )
    return Course("United States in Iraq", estimates, dots, name="USA/IRQ")


def holding(place: str, best: int | None, force: str = "USA", words: str = "") -> Holding:
    low = None if best is None else best // 2
    high = None if best is None else best * 2
    name = words or f"{force} in {place}"
    return Holding(f"{force}/{place}", name, force, words or force, words or place, (place,), low, best, high)


def promise(words: str, verdict: Verdict, year: int = 2018) -> Promise:
    days = date(year, 1, 1), date(year, 6, 1), date(year, 7, 1)
    return Promise(f"{words}{verdict}", words, *days, verdict, (date(year, 2, 1),), speaker=words)


def every_chart(words: str = "United States in Iraq") -> dict[str, Picture]:
    """One drawing of each kind with these words in every place where words can be."""
    told = course(words)
    kin = (Kin("a", "", FIRST, words, words), Kin("b", "a", None, words, words, words, True))
    found = (Bar(words, 0.1, 0.2, 0.4, words, "#x"), Bar(words, None, None, None))
    return {
        "curve": curve(told),
        "world": world(
            (holding("IRQ", 5000, words=words), holding("SYR", None, words=words)), LAST, title=words
        ),
        "spark": spark(told.estimates, words),
        "timeline": timeline([promise(words, verdict) for verdict in Verdict], LAST, words),
        "family": family(kin, words),
        "bars": bars(found, words, percent=True),
    }


def parsed(drawn: str) -> ET.Element:
    return ET.fromstring(drawn)  # noqa: S314 -- our own drawing


def elements(drawn: str, name: str) -> Iterator[ET.Element]:
    return parsed(drawn).iter(f"{SVG}{name}")
