"""What was published: the reports that the book was read from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from musterbook.desk.finding import has_words, wanted_words
from musterbook.desk.views import View, source_view
from musterbook.desk.web.errors import missing
from musterbook.desk.web.pages.evidence import IDENTITY
from musterbook.desk.web.rest import parameters, shapes
from musterbook.desk.web.rest.call import Call, Source
from musterbook.desk.web.rest.operations import Part
from musterbook.desk.web.rest.paging import Key, Listing, known_or_not
from musterbook.desk.web.rest.statements import is_between
from musterbook.model import Report

part = Part("Reports")
ORDERS = ("-published", "published")
SORT = parameters.choice(
    "sort", "The order: by day of publication; with “-”, the latest first.", ORDERS, ORDERS[0]
)
SEEN = (parameters.KNOWN, parameters.PUBLIC)
LANGUAGE = parameters.text("language", "Only reports in this language, by its code of two letters.", "en")


@part.lists(
    "/reports",
    shapes.ReportHead,
    *SEEN,
    *parameters.PUBLISHED,
    parameters.PUBLISHER,
    LANGUAGE,
    parameters.WANTED,
    SORT,
)
def reports(call: Call, source: Source) -> Listing[Report]:
    """Reports, without their texts.

    `statements` is how many statements of a report stand. The words of `q` are looked for in titles, texts and
    publishers. A report by its id is told with its text.
    """
    counts = counts_by_report(source)
    found = [one for one in source.view.reports() if _is_wanted(one, call)]

    def key(one: Report) -> Key:
        return [known_or_not(one.published.isoformat() if one.published else None), one.id]

    falling = call["sort"].startswith("-")
    return Listing(found, key, lambda one: head_of(one, counts[one.id]), falling)


def counts_by_report(source: Source) -> Mapping[str, int]:
    """How many statements of each report stand."""
    return Counter(statement.report for statement in source.view.statements())


def head_of(report: Report, statements: int) -> View:
    """A report without its text."""
    view = source_view(report)
    view.pop("source")
    return view | {"id": report.id, "language": report.language, "statements": statements}


def _is_wanted(report: Report, call: Call) -> bool:
    if call["publisher"] and report.publisher.casefold() != call["publisher"].casefold():
        return False
    if call["language"] and report.language != call["language"].casefold():
        return False
    if not is_between(report, call["published_from"], call["published_to"]):
        return False
    words = wanted_words(call["q"])
    return not words or has_words(words, report.title, report.publisher, report.text)


@part.tells("/reports/{id}", shapes.ReportWhole, *SEEN, statuses=(404,))
def report(call: Call) -> View:
    """One report with its text.

    Every `start` and `end` elsewhere counts characters of this text. `statements` are the ids of those that stand.
    """
    identity = call.path["id"]

    def tell(source: Source) -> View:
        found = source.view.report(identity) if IDENTITY.fullmatch(identity) else None
        if found is None or not is_seen(source, found):
            raise missing(f"The book has no report {identity[:64]}; give the whole id, as /reports tells it.")
        said = [one.id for one in source.view.statements() if one.report == found.id]
        retrieved = found.retrieved.isoformat() if found.retrieved else None
        return head_of(found, 0) | {"text": found.text, "retrieved": retrieved, "statements": said}

    return call.through(tell)


def is_seen(source: Source, found: Report) -> bool:
    """Whether a report was there through the clocks of the question."""
    if source.asked.known is None and source.asked.public is None:
        return True
    return any(one.id == found.id for one in source.view.reports())
