"""What the page of a contingent tells: its figure and curve, its statements and announcements, what was learned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from musterbook.api import BookView, moment_of
from musterbook.api.charting import name_of
from musterbook.api.tracing import promises_of
from musterbook.charts import Picture, Shape, curve, timeline
from musterbook.desk.evidence import support_in_words
from musterbook.desk.views import View, contingent_view, estimate_view, pledge_view, statement_view
from musterbook.desk.web.answering import Told
from musterbook.desk.web.asked import Asked, WrongParameterError, day_in, flag_in
from musterbook.desk.web.learning import Between
from musterbook.desk.web.picturing import Scene, others
from musterbook.desk.web.scenes import Codes, counted_here, pledges_of
from musterbook.desk.web.shelf import Shelf
from musterbook.desk.web.telling import Wish, learned_days, query_of, told
from musterbook.desk.wiring import label
from musterbook.findings import Estimate, Pledge
from musterbook.model import Contingent

ROWS = 10  # of a timeline
Query = Mapping[str, str]


def about(shelf: Shelf, scene: Scene, codes: Codes, asked: Asked, wish: Wish, query: Query) -> Told:
    """Everything but what was learned between two days."""
    view, one = scene.view, scene.contingent
    day, pledges = view.asked_for(asked.on), pledges_of(shelf, scene, asked)
    course, log = scene.course(pledges), flag_in(query, "log")
    return (
        told(view, one, wish)
        | _pledges(view, pledges, day)
        | _places(view, codes, one)
        | {
            "contingent": contingent_view(one, label),
            "name": name_of(one),
            "day": day,
            "estimate": estimate_view(figure_of(view, one, day), label),
            "picture": curve(course, Shape(log=log)),
            "is_drawn": bool(course.estimates),
            "then_name": course.then_name,
            "others": others(view, one, course),
            "wish": wish,
            "kept": _kept(asked, query, one),
            "own": query_of(wish),
            "learned_on": _learned_on(view, one, scene),
            "log": log,
        }
    )


def _kept(asked: Asked, query: Query, one: Contingent) -> dict[str, str]:
    """The parameters that links of the page take along."""
    held = {name: query.get(name, "") for name in ("then", "first", "last", "log")}
    return {name: value for name, value in (held | {"mission": one.mission}).items() if value}


def figure_of(view: BookView, one: Contingent, day: date) -> Estimate:
    """The figure of a day, quickly: without what supports it."""
    main = next(iter(view.curves(one).get(one, ())), None)
    if main is None:
        return Estimate(one, day, None, None, None, view.known, ())
    return replace(main.on([day])[0], known_at=view.known)


def _places(view: BookView, codes: Codes, chosen: Contingent) -> Told:
    """The other contingents of the force there: under missions, and of several places together."""
    counts = counted_here(view, codes)
    missions = [one for one in sorted(counts) if (one.force, one.place) == (chosen.force, chosen.place)]
    joint = [one for one in sorted(counts) if one.place != chosen.place]
    return {
        "missions": [
            contingent_view(one, label) | {"count": counts[one], "is_chosen": one == chosen}
            for one in missions
        ],
        "joint": [contingent_view(one, label) | {"count": counts[one]} for one in joint],
    }


def _pledges(view: BookView, pledges: Sequence[Pledge], day: date) -> Told:
    """The announcements, the latest first, the last ones also in time."""
    ordered = sorted(pledges, key=lambda p: (p.announced or date.min, p.id), reverse=True)
    picture: Picture | None = None
    if ordered:
        promises = promises_of(view, ordered[:ROWS][::-1], lambda identity: f"#p-{identity[:12]}")
        told_ = tuple(replace(one, told=one.told.rpartition(": ")[2]) for one in promises)
        picture = timeline(told_, day)
    rows = [pledge_view(one, label) | {"is_due": one.verdict == "due"} for one in ordered]
    return {"pledges": rows, "timeline": picture, "timeline_left": max(0, len(ordered) - ROWS)}


def _learned_on(view: BookView, one: Contingent, scene: Scene) -> tuple[date, ...]:
    """The days on which something was learned: published before the book was begun, recorded since."""
    whole = scene.then if scene.then and scene.then.asked_for() > view.asked_for() else view
    entries = whole.standing(one).entries
    reports = whole.reports_of(entries)
    recorded = {entry.recorded.date() for entry in entries}
    begun = min(recorded, default=date.min)
    published = (reports[e.statement.report].published for e in entries if e.statement)
    return learned_days([*recorded, *(day for day in published if day and day < begun)])


def learned(shelf: Shelf, scene: Scene, codes: Codes, asked: Asked, query: Query) -> Told:
    """What was learned between ``from`` and ``to``; nothing where no ``from`` is given."""
    first, last = day_in(query, "from"), day_in(query, "to")
    if first is None:
        return {"learned": None, "since": None, "until": last}
    if last and last <= first:
        raise WrongParameterError(f"to={last} must be after from={first}")
    until = moment_of(last) if last else asked.known
    old, new = Asked(known=moment_of(first), held=asked.held), Asked(known=until, held=asked.held)

    def between(before: BookView, after: BookView) -> Told:
        day = asked.on or after.asked_for()
        return Between(before, after, moment_of(first)).told(scene.contingent, day)

    found = shelf.ask(
        old, lambda before: shelf.ask(new, lambda after: between(before, after), *codes), *codes
    )
    return {"learned": found, "since": first, "until": last}


def why(scene: Scene, asked: Asked) -> Told:
    """The statements that carry the figure of a day, the weightiest first, and what each adds."""
    view, day = scene.view, scene.view.asked_for(asked.on)
    estimate = view.strength(scene.contingent, day) or figure_of(view, scene.contingent, day)
    said = {e.statement.id: e.statement for e in view.standing(scene.contingent).entries if e.statement}
    rows: list[View] = []
    for support in estimate_view(estimate, label)["supports"]:
        statement = said[support["statement"]]
        report = view.report(statement.report)
        if report:
            rows.append(
                statement_view(statement, report, label) | support | {"adds": support_in_words(support)}
            )
    return {
        "name": name_of(scene.contingent),
        "contingent": contingent_view(scene.contingent, label),
        "day": day,
        "estimate": estimate_view(estimate, label),
        "supports": rows,
        "held": len(estimate.held),
        "before": day - timedelta(30),
        "after": day + timedelta(30),
    }
