"""The rows of the desk's lists: statements with their reports, and announcements with what decided them."""

from __future__ import annotations

from collections.abc import Iterable

from musterbook.api.tracing import promises_of
from musterbook.charts import timeline
from musterbook.charts.picture import Picture
from musterbook.charts.timeline import days_of
from musterbook.desk.phrases import figures_in_words, period_in_words
from musterbook.desk.views import View, contingent_view, evidence_of, pledge_view
from musterbook.desk.web.lists import Lists, named
from musterbook.desk.wiring import label
from musterbook.findings import Pledge, Verdict
from musterbook.model import Contingent, Report, Statement
from musterbook.reckoning.record import TENTH, Record

MANY = 3  # statements that are named in one row; the rest is counted
MOST = 100  # figures of a record that are shown
PLEDGE = "/pledge/"


def statement_row(said: Statement, report: Report, where: Contingent | None) -> View:
    """One statement in a list: what, who, when, and where it leads."""
    place = said.place.code if said.place else None
    return {
        "id": said.id,
        "contingent": where.id if where else None,
        "force_name": label(where.force if where else said.force.code),
        "place_name": label(where.place) if where else label(place) if place else None,
        "words": figures_in_words(said.figures, said.wording),
        "when": period_in_words(said.period, said.status),
        "status": str(said.status),
        "evidence": evidence_of(said, report.text),
        "speaker": said.speaker.words if said.speaker else None,
        "publisher": named(report),
        "published": report.published.isoformat() if report.published else None,
        "title": report.title,
        "report": report.id,
    }


def statement_rows(lists: Lists, ids: Iterable[str]) -> list[View]:
    """The rows of these statements, those that stand, in the order given."""
    said, where = lists.of.said, lists.where
    found = [said[id_] for id_ in ids if id_ in said]
    reports = ((one, lists.view.report(one.report)) for one in found)
    return [statement_row(one, report, where.get(one.id)) for one, report in reports if report]


def pledge_row(lists: Lists, pledge: Pledge) -> View:
    """One announcement in a list, with the statements that decided it and its neighbours in the chain."""
    links = *pledge.deciding, *(id_ for id_ in pledge.basis if id_ not in pledge.deciding)
    return pledge_view(pledge, label) | {
        "voice": pledge.voice,
        "statements": statement_rows(lists, links[:MANY]),
        "more": max(0, len(links) - MANY),
        "chain": [chain_link(one, pledge) for one in chain_of(lists, pledge)],
    }


def chain_of(lists: Lists, pledge: Pledge) -> list[Pledge]:
    """The announcements of one chain, the first one first; nothing where it has no other."""
    before, after, seen = list[Pledge](), list[Pledge](), {pledge.id}
    for found, is_before in ((before, True), (after, False)):
        one: Pledge | None = pledge
        while one and (next_ := one.replaces if is_before else one.replaced_by) and next_ not in seen:
            seen.add(next_)
            one = lists.pledges.get(next_)
            found += [one] if one else []
    return [*before[::-1], pledge, *after] if before or after else []


def chain_link(one: Pledge, shown: Pledge) -> View:
    """One announcement as a link of a chain."""
    return contingent_view(one.contingent, label) | {
        "id": one.id,
        "words": figures_in_words(one.figures),
        "announced": one.announced.isoformat() if one.announced else None,
        "deadline": one.deadline.isoformat() if one.deadline else None,
        "verdict": str(one.verdict),
        "is_shown": one is shown,
    }


def timeline_of(lists: Lists, shown: Iterable[Pledge], title: str) -> Picture | None:
    """The announcements in time, up to today where any still waits; None where no day is known of any."""
    pledges = tuple(shown)
    known = {p.id for p in pledges}
    after = [one for p in pledges if (one := lists.pledges.get(p.replaced_by or ""))]
    said = lists.of.said
    found = promises_of(lists.view, (*pledges, *after), lambda id_: PLEDGE + id_, said)
    promises = [p for p in found[: len(pledges)] if p.pledge in known]
    dated = [p for p in promises if p.announced or p.deadline or p.decided_on]
    days = [day for p in dated for day in days_of(p)]
    waits = any(p.verdict in (Verdict.OPEN, Verdict.DUE) for p in dated)
    return timeline(dated, lists.of.day if waits else max(days), title) if dated else None


def comparison_rows(lists: Lists, record: Record | None) -> list[View]:
    """Every figure of a record beside what came out about it, the first ``MOST`` of them."""
    pairs = (*record.compared, *record.other_rule)[:MOST] if record else ()
    return [
        contingent_view(one.contingent, label)
        | {
            "told": one.told,
            "statement": one.statement,
            "found": one.disclosure.number,
            "kind": one.disclosure.kind,
            "shown_by": one.disclosure.statement,
            "same_rule": one.disclosure.same_rule,
            "is_close": one.is_within(TENTH),
            "published": _published(lists, one.statement),
        }
        for one in pairs
    ]


def _published(lists: Lists, statement: str) -> str | None:
    said = lists.of.said.get(statement)
    report = lists.view.report(said.report) if said else None
    return report.published.isoformat() if report and report.published else None
