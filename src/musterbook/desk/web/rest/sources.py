"""Who publishes, who speaks, and what goes back to what."""

from __future__ import annotations

from collections.abc import Mapping

from musterbook.desk.finding import has_words, wanted_words
from musterbook.desk.origins import origin_view, utterance_view
from musterbook.desk.recording import record_view
from musterbook.desk.views import View, by_publisher
from musterbook.desk.web.rest import parameters, shapes
from musterbook.desk.web.rest.call import Call, Source
from musterbook.desk.web.rest.operations import Part
from musterbook.desk.web.rest.paging import Listing, known_or_not
from musterbook.desk.web.rest.reports import SEEN, counts_by_report
from musterbook.findings import Origin, Utterance
from musterbook.model import Statement
from musterbook.reckoning.record import Record

part = Part("Sources and speakers")
WHOSE = parameters.choice("by", "Whose records.", ("speaker", "office", "publisher"), "speaker")
NAME = parameters.text("name", "Only names that hold these words.", "McKenzie")


@part.lists("/publishers", shapes.Publisher, *SEEN)
def publishers(call: Call, source: Source) -> Listing[View]:
    """Publishers, and how much of the book stands on each.

    How many reports and statements, and the days of the first and the last report.
    """
    rows = by_publisher(source.view.reports(), dict(counts_by_report(source)))
    return Listing(rows, lambda row: [-row["statements"], -row["reports"], row["publisher"]], lambda row: row)


@part.lists("/records", shapes.Record, parameters.KNOWN, parameters.PUBLIC, WHOSE, NAME)
def records(call: Call, source: Source) -> Listing[Record]:
    """How figures compared with what came out later.

    Of speakers, offices or publishers: counts with 90 % intervals, never a score. What was counted by another rule is
    told in `comparisons` with `same_rule` false, and judges nobody.
    """
    words = wanted_words(call["name"])
    found = [one for one in source.view.record(call["by"]) if not words or has_words(words, one.name)]
    return Listing(
        found,
        lambda one: [-len(one.compared), -len(one.other_rule), -one.figures, one.name],
        record_view,
        order=call["by"],
    )


@part.lists("/utterances", shapes.Utterance, *parameters.CLOCKS, *parameters.WHERE)
def utterances(call: Call, source: Source) -> Listing[Utterance]:
    """What was said, each once.

    An utterance holds all statements that go back to it: copies, retellings, and repeats of an old figure. The latest
    comes first.
    """
    said = _said(source)
    found = [one for one in source.view.utterances() if source.fits(one.contingent)]
    return Listing(
        found,
        lambda one: [_first(one), one.id],
        lambda one: utterance_view(source.view, one, said),
        falling=True,
    )


@part.lists("/origins", shapes.Origin, *parameters.CLOCKS)
def origins(call: Call, source: Source) -> Listing[Origin]:
    """Reports by the announcement that they go back to.

    With what was said there for the first time. The latest comes first.
    """
    said, told = _said(source), {one.id: one for one in source.view.utterances()}

    def show(one: Origin) -> View:
        here = {name: utterance_view(source.view, told[name], said) for name in one.utterances}
        view = origin_view(source.view, one, here)
        for report in view["reports"]:
            report.pop("source")
        return view

    return Listing(source.view.origins(), lambda one: [_first(one), one.reports[0]], show, falling=True)


def _said(source: Source) -> Mapping[str, Statement]:
    """The statements that stand, by id."""
    return {one.id: one for one in source.view.statements()}


def _first(one: Utterance | Origin) -> list[object]:
    return known_or_not(one.first_published.isoformat() if one.first_published else None)
