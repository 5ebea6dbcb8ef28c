"""Gathers announcements for a timeline, an utterance for its family tree, track records for bars."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from musterbook.api.charting import Link, name_of, nowhere
from musterbook.charts.records import Kin, Promise, figures_told
from musterbook.findings import Pledge, Utterance
from musterbook.model import Statement

if TYPE_CHECKING:
    from musterbook.api.view import BookView


Said = Mapping[str, Statement]
"""Statements by id; who has those of a view at hand passes them on, since listing a large book takes a while."""


def promises_of(
    view: BookView, pledges: Iterable[Pledge], link: Link = nowhere, said: Said | None = None
) -> tuple[Promise, ...]:
    """Announcements with the days on which they were made, said again, due, replaced and judged."""
    pledges = tuple(pledges)
    begun = {pledge.id: pledge.announced for pledge in pledges}
    said = said if said is not None else {s.id: s for s in view.statements()}
    published = {
        id_: report.published
        for id_ in {id_ for pledge in pledges for id_ in pledge.basis}
        if id_ in said and (report := view.report(said[id_].report)) and report.published
    }
    return tuple(
        Promise(
            pledge.id,
            f"{name_of(pledge.contingent)}: {figures_told(pledge.figures)}",
            pledge.announced,
            pledge.deadline,
            pledge.decided_on,
            pledge.verdict,
            _said_again(pledge, published),
            begun.get(pledge.replaced_by) if pledge.replaced_by else None,
            pledge.speaker or "",
            link(pledge.id),
        )
        for pledge in pledges
    )


def _said_again(pledge: Pledge, published: Mapping[str, date]) -> tuple[date, ...]:
    """The later days on which the announcement was published once more."""
    told = (published[id_] for id_ in pledge.basis if id_ in published and id_ not in pledge.deciding)
    return tuple(sorted(set(told) - {pledge.announced}))


def kin_of(
    view: BookView, utterance: Utterance, link: Link = nowhere, said: Said | None = None
) -> tuple[Kin, ...]:
    """The reports of an utterance, each with what it goes back to."""
    said = said if said is not None else {s.id: s for s in view.statements()}
    whence = {one.statement: one for one in utterance.descents}
    found = []
    for id_ in utterance.statements:
        statement, descent = said[id_], whence.get(id_)
        report = view.report(statement.report)
        who = f", {statement.speaker.words}" if statement.speaker else ""
        found.append(
            Kin(
                id_,
                descent.parent if descent else "",
                report.published if report else None,
                (report.publisher or report.name) if report else "",
                (statement.wording or figures_told(statement.figures)) + who,
                descent.reason if descent else "",
                bool(descent and descent.repeats),
                link(id_),
            )
        )
    return tuple(found)
