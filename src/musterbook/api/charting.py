"""Gathers what a chart shows from a view of a book; the drawing itself is in ``musterbook.charts``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from musterbook.charts.curve import sample_days
from musterbook.charts.records import CEILING, Aim, Course, Dot, figures_told
from musterbook.findings import Estimate, Pledge
from musterbook.lexicon.register import load_register
from musterbook.model import Contingent, CountingRule, Report, Statement, Status

if TYPE_CHECKING:
    from musterbook.api.view import BookView
    from musterbook.reckoning.curve.curve import Curve

Link = Callable[[str], str]  # an id to the address that tells more of it
CEILINGS = (CountingRule.AUTHORISED_CAP, CountingRule.MANDATE_CEILING)
AHEAD = (Status.ANNOUNCED, Status.EXPECTED, Status.CONSIDERED, Status.UNDERWAY)
ROOM = 0.03  # of the whole time, left free at both ends


def nowhere(_: str) -> str:
    """No address: dots lead to the statement's id on the same page."""
    return ""


def name_of(contingent: Contingent) -> str:
    """A contingent in English: "United States in Iraq", "Germany in Mali under MINUSMA (UN)"."""
    label = load_register().label
    under = f" under {label(contingent.mission)}" if contingent.mission else ""
    return f"{label(contingent.force)} in {label(contingent.place)}{under}"


def course_of(
    view: BookView,
    contingent: Contingent,
    first: date | None = None,
    last: date | None = None,
    then: BookView | None = None,
    link: Link = nowhere,
    pledges: Sequence[Pledge] | None = None,
) -> Course:
    """The course of one contingent between two days, or over all that is known of it.

    ``then`` is the same book as it was known earlier, to be drawn beneath. ``pledges`` are those of the whole book
    where they are at hand; else they are judged by what was said of this contingent alone.
    """
    pledges = view.pledges(contingent=contingent) if pledges is None else pledges
    curve = _main(view, contingent)
    dots = tuple(dots_of(view, contingent, link))
    aims = tuple(aims_of(pledges, contingent, link))
    ends = _ends(dots, aims, first, last)
    days = sample_days(*ends) if ends else ()
    before = _main(then, contingent) if then else None
    inside = _between(*ends) if ends else _nothing
    return Course(
        name_of(contingent),
        _estimates(curve, contingent, days),
        tuple(dot for dot in dots if inside(dot.day)),
        tuple(aim for aim in aims if inside(aim.announced) or inside(aim.deadline)),
        before.on(days) if before else (),
        f"known on {then.asked_for()}" if then else "",
        contingent.id,
    )


def _estimates(curve: Curve | None, contingent: Contingent, days: Sequence[date]) -> tuple[Estimate, ...]:
    """The estimates of these days; unknown on all of them where no number was ever told."""
    if curve:
        return curve.on(days)
    return tuple(Estimate(contingent, day, None, None, None, None, ()) for day in days)


def _main(view: BookView, contingent: Contingent) -> Curve | None:
    """The main curve; None where no number is known."""
    return next(iter(view.curves(contingent).get(contingent, ())), None)


def _between(first: date, last: date) -> Callable[[date], bool]:
    return lambda day: first <= day <= last


def _nothing(_: date) -> bool:
    return False


def _ends(
    dots: Iterable[Dot], aims: Iterable[Aim], first: date | None, last: date | None
) -> tuple[date, date] | None:
    """The first and the last day of a chart, with a little room where nobody asked for a day."""
    found = [*(dot.day for dot in dots), *(day for aim in aims for day in (aim.announced, aim.deadline))]
    if not found and not (first and last):
        return None
    begin, end = first or min(found), last or max(found)
    room = timedelta(max(10, round((end - begin).days * ROOM)))
    begin, end = first or begin - room, last or end + room
    return begin, max(end, begin + timedelta(1))


def dots_of(view: BookView, contingent: Contingent, link: Link = nowhere) -> Iterable[Dot]:
    """The statements of a contingent that have a figure and a day, but for what is held for review."""
    found = view.standing(contingent)
    reports, first = view.reports_of(found.entries), view.echoes(contingent)
    held = frozenset(hold.statement for hold in view.holds(contingent))
    told = (e.statement for e in found.entries if e.statement and e.contingent == contingent)
    dots = (
        _dot(said, reports[said.report], first, link)
        for said in told
        if said.id not in held and said.report in reports
    )
    return sorted((dot for dot in dots if dot), key=lambda dot: (dot.day, dot.statement))


def _dot(said: Statement, report: Report, first: Mapping[str, str], link: Link) -> Dot | None:
    """One statement as a dot; None where it gives no strength, or no day."""
    value, day = _value(said), _day(said, report)
    if value is None or day is None:
        return None
    return Dot(
        said.id,
        day,
        value,
        CEILING if said.rule in CEILINGS else str(said.status),
        figures_told(said.figures),
        said.figures.low,
        said.figures.high,
        first.get(said.id, said.id),
        said.speaker.words if said.speaker else "",
        report.publisher or report.name,
        report.published,
        link(said.id),
    )


def _value(said: Statement) -> int | None:
    """The strength that a statement gives; of a range the middle, of a bound its end."""
    figures = said.figures
    if figures.is_change:
        return 0 if figures.after is None and figures.ratio == 0 else figures.after
    if figures.level is not None:
        return figures.level
    if figures.low is not None and figures.high is not None:
        return (figures.low + figures.high) // 2
    return figures.low if figures.low is not None else figures.high


def _day(said: Statement, report: Report) -> date | None:
    """The day that a figure is for: of what is to come its deadline, of an earlier level only a day that is told."""
    if said.period is None:
        return None if said.status is Status.PAST else report.published
    return said.period.last if said.status in AHEAD else said.period.middle


def aims_of(pledges: Iterable[Pledge], contingent: Contingent, link: Link = nowhere) -> Iterable[Aim]:
    """The announcements of a contingent that name a strength and have both days."""
    for pledge in pledges:
        if pledge.contingent != contingent or pledge.target is None:
            continue
        if pledge.announced and pledge.deadline and pledge.announced <= pledge.deadline:
            yield Aim(
                pledge.id,
                pledge.announced,
                pledge.deadline,
                pledge.figures.before,
                pledge.target,
                pledge.verdict,
                figures_told(pledge.figures),
                link(pledge.id),
            )
