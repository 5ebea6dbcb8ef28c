"""Who has how many troops where, on a day and over time."""

from __future__ import annotations

from datetime import date, timedelta

from musterbook.desk.ask import counts_of, strength_row
from musterbook.desk.views import View
from musterbook.desk.web.asked import WrongParameterError
from musterbook.desk.web.errors import missing
from musterbook.desk.web.rest import parameters, shapes
from musterbook.desk.web.rest.call import Call, Source
from musterbook.desk.web.rest.operations import Part
from musterbook.desk.web.rest.paging import Key, Listing, known_or_not
from musterbook.desk.wiring import label
from musterbook.findings import Estimate
from musterbook.lexicon.register import load_register
from musterbook.model import Contingent
from musterbook.reckoning.curve.curve import Curve

part = Part("Contingents")
POINTS = 2_000  # of one curve in one answer
USUAL_POINTS = 200
LONGEST_STEP = 3_660  # days
BY_NAME, BY_SIZE = "contingent", "-best"
SORT = parameters.choice("sort", "The order: by name, or the largest first.", (BY_NAME, BY_SIZE), BY_NAME)
SPAN = (
    parameters.day(
        "from", "The first day; where it is not given, the first of which anything was said.", "2020-01-01"
    ),
    parameters.day("to", "The last day; today where it is not given.", "2021-06-01"),
    parameters.number(
        "step", "So many days from point to point; 0: as many as make some 200 points.", 0, LONGEST_STEP, 0
    ),
)


@part.lists("/contingents", shapes.Strength, *parameters.CLOCKS, *parameters.WHERE, SORT)
def contingents(call: Call, source: Source) -> Listing[Estimate]:
    """Strength of every contingent on a day.

    `best` lies between `low` and `high`, the bounds of 90 %. `null` is unknown, never zero. `basis` are the ids of the
    statements that it rests on, weightiest first; `supports` says what each adds; `held` are those that wait for
    review and count for nothing until somebody confirms them.
    """
    counts, said = counts_of(source.view)

    def key(one: Estimate) -> Key:
        name = one.contingent.id
        return [known_or_not(one.best), name] if call["sort"] == BY_SIZE else [name]

    return Listing(
        source.strengths(),
        key,
        lambda one: strength_row(source.view, one, counts, said, label),
        falling=call["sort"] == BY_SIZE,
        order=call["sort"],
    )


@part.tells("/contingents/{force}/{place}", shapes.Strength, *parameters.CLOCKS, statuses=(404,))
def contingent(call: Call) -> View:
    """Strength of one contingent on a day.

    The force and the place are codes or names: `USA/IRQ` and `us/iraq` are the same.
    """
    return _one(call)


@part.tells(
    "/contingents/{force}/{place}/curve",
    shapes.Curve,
    *parameters.CLOCKS,
    *SPAN,
    rows="points",
    statuses=(404,),
)
def curve(call: Call) -> View:
    """Strength of one contingent over time.

    A curve for each counting rule; figures under different rules are never mixed. Days that no statement reaches are
    gaps: `null`, never zero. No more than 2,000 points in one answer.
    """
    return _curve(call)


@part.tells(
    "/contingents/{force}/{place}/{mission}/curve",
    shapes.Curve,
    *parameters.CLOCKS,
    *SPAN,
    rows="points",
    statuses=(404,),
)
def mission_curve(call: Call) -> View:
    """Strength of one contingent of a mission over time.

    As the curve of a contingent without a mission.
    """
    return _curve(call)


@part.tells("/contingents/{force}/{place}/{mission}", shapes.Strength, *parameters.CLOCKS, statuses=(404,))
def mission_contingent(call: Call) -> View:
    """Strength of one contingent of a mission on a day.

    The mission is its code: `DEU/MLI/UN:MINUSMA`.
    """
    return _one(call)


def wanted_contingent(call: Call) -> Contingent:
    """The contingent of a path, by its codes; 404 where the registers and the book know none of that name."""
    found, names = load_register(), call.path
    force = found.resolve_force(names["force"]) or names["force"]
    place = found.resolve_place(names["place"]) or names["place"]
    return Contingent(force, place, names.get("mission", ""))


def _one(call: Call) -> View:
    wanted = wanted_contingent(call)

    def tell(source: Source) -> View:
        counts, said = counts_of(source.view)
        here = _now(source, wanted)
        for one in source.strengths():
            if one.contingent == here:
                return strength_row(source.view, one, counts, said, label)
        raise _nothing(wanted)

    return call.through(tell, (wanted.force, wanted.place))


def _curve(call: Call) -> View:
    wanted = wanted_contingent(call)

    def tell(source: Source) -> View:
        here = _now(source, wanted)
        drawn = source.view.curves().get(here)
        if not drawn:
            raise _nothing(wanted)
        days, step = _days(call, drawn, source.day)
        return {
            "contingent": here.id,
            "step": step,
            "rules": [_rule(one) for one in drawn],
            "points": [point for one in drawn for point in _points(one, days)],
        }

    return call.through(tell, (wanted.force, wanted.place))


def _now(source: Source, wanted: Contingent) -> Contingent:
    """The contingent under its codes of today."""
    name = source.view.current_name
    return Contingent(name(wanted.force), name(wanted.place), name(wanted.mission) if wanted.mission else "")


def _nothing(wanted: Contingent) -> Exception:
    return missing(
        f"The book has no figure on a contingent {wanted.id[:80]}; those it has are listed under /api/v1/contingents."
    )


def _days(call: Call, drawn: tuple[Curve, ...], last: date) -> tuple[list[date], int]:
    """The days of the points, and the step between them."""
    start = call["from"] or min(one.days[0] for one in drawn)
    end = call["to"] or max(last, start)
    if start > end:
        raise WrongParameterError(f"from={start} comes after to={end}; turn them round")
    length = (end - start).days
    step = call["step"] or max(1, length // USUAL_POINTS)
    if (length // step + 1) * len(drawn) > POINTS:
        raise WrongParameterError(
            f"step={step} makes more than {POINTS:,} points from {start} to {end}; take a larger step or fewer days"
        )
    return [start + timedelta(days=n) for n in range(0, length + 1, step)], step


def _rule(drawn: Curve) -> View:
    days = drawn.days
    return {
        "counting_rule": str(drawn.rule),
        "heard": len(drawn.heard),
        "first": days[0].isoformat(),
        "last": days[-1].isoformat(),
    }


def _points(drawn: Curve, days: list[date]) -> list[View]:
    rule = str(drawn.rule)
    return [
        {"counting_rule": rule, "day": e.day.isoformat(), "low": e.low, "best": e.best, "high": e.high}
        for e in drawn.on(days)
    ]
