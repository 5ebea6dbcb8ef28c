"""Draws what a view knows: the curve of one contingent, or the map of a day."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from musterbook.api.charting import course_of
from musterbook.api.drawing import Chart
from musterbook.api.mapping import holdings_of
from musterbook.charts.curve import Shape, curve
from musterbook.charts.tables import course_table, holdings_table
from musterbook.charts.vega import course_spec, world_spec
from musterbook.charts.world import world
from musterbook.errors import UsageError
from musterbook.lexicon.register import load_register
from musterbook.model import Contingent

if TYPE_CHECKING:
    from musterbook.api.view import BookView


def chart_of(
    view: BookView,
    contingent: Contingent,
    first: date | None = None,
    last: date | None = None,
    then: BookView | None = None,
    log: bool = False,
) -> Chart:
    """The strength of one contingent over time; ``then`` is drawn beneath, as an earlier state of knowledge."""
    course = course_of(view, contingent, first, last, then)
    picture = replace(curve(course, Shape(log=log)), note=note_of(view))
    return Chart(picture, course_table(course), course_spec(course, log))


def world_of(view: BookView, on: date | None = None) -> Chart:
    """The contingents of a day on a map."""
    day, holdings = view.asked_for(on), holdings_of(view, on)
    picture = replace(world(holdings, day), note=note_of(view))
    return Chart(picture, holdings_table(holdings), world_spec(holdings, picture.title))


def note_of(view: BookView) -> str:
    """Where the figures come from and by when they were known, for under a drawing."""
    return f"Musterbook, from public reports as known on {view.asked_for()}"


def contingent_of(view: BookView, force: str, place: str) -> Contingent:
    """The contingent of that force in that place, by codes or names: with most statements, where there are several.

    UsageError where no register knows the name, or the book holds nothing on it.
    """
    register = load_register()
    codes = register.resolve_force(force), register.resolve_place(place)
    for code, told, kind in zip(codes, (force, place), ("force", "place"), strict=True):
        if code is None:
            raise UsageError(
                f"no {kind} is known as {told!r}; name it by code or name, as in: us, France, IRQ, Mali"
            )
    here = tuple(view.current_name(code) for code in codes if code)
    counts = Counter(e.contingent for e in view.entries() if e.contingent)
    found = [one for one in counts if (one.force, one.place) == here]
    if not found:
        told = f"{register.label(here[0])} in {register.label(here[1])}"
        raise UsageError(f"the book has nothing on {told}; what it has: musterbook contingents")
    return max(sorted(found), key=lambda one: counts[one])
