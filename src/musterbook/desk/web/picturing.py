"""The curves of one contingent as a page shows them: through its clocks, with another state of knowledge beneath."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from musterbook.api import BookView
from musterbook.api.charting import course_of, name_of
from musterbook.api.charts import note_of
from musterbook.api.drawing import Chart
from musterbook.charts import Course, Picture, Shape, curve
from musterbook.charts.tables import course_table
from musterbook.charts.vega import course_spec
from musterbook.findings import Pledge
from musterbook.model import Contingent

SMALL = Shape(720, 190)


@dataclass(frozen=True, slots=True)
class Scene:
    """One contingent, as it is asked for and as it was known otherwise."""

    view: BookView
    then: BookView | None
    contingent: Contingent
    first: date | None = None
    last: date | None = None

    def course(self, pledges: Sequence[Pledge]) -> Course:
        """Its course over all that is known of it, or between the days asked for; the axis stays as knowledge moves."""
        first, last = self._ends()
        made = {pledge.id for pledge in pledges}

        def link(identity: str) -> str:
            return f"#p-{identity[:12]}" if identity in made else evidence_at(identity)

        return course_of(self.view, self.contingent, first, last, self.then, link, pledges)

    def _ends(self) -> tuple[date | None, date | None]:
        """The days asked for; else, beside a later state of knowledge, those of the later one."""
        if (self.first and self.last) or self.then is None or self.then.asked_for() < self.view.asked_for():
            return self.first, self.last
        whole = course_of(self.then, self.contingent, link=evidence_at).estimates
        if not whole:
            return self.first, self.last
        return self.first or whole[0].day, self.last or whole[-1].day


def evidence_at(identity: str) -> str:
    """Where the evidence of a statement stands."""
    return f"/statement/{identity}"


def chart(course: Course, view: BookView, log: bool) -> Chart:
    """A course in all its forms, for download."""
    picture = replace(curve(course, Shape(log=log)), note=note_of(view))
    return Chart(picture, course_table(course), course_spec(course, log))


def others(view: BookView, contingent: Contingent, course: Course) -> list[Picture]:
    """What is counted by other rules, each apart, on the same days."""
    days = [estimate.day for estimate in course.estimates]
    curves = view.curves(contingent).get(contingent, ())[1:]
    told = ((one, one.on(days)) for one in curves)
    return [
        curve(
            Course(f"{name_of(contingent)}: {one.rule}", figures, name=f"{contingent.id} {one.rule}"), SMALL
        )
        for one, figures in told
        if any(estimate.best is not None for estimate in figures)  # a ceiling is a line of the main chart
    ]
