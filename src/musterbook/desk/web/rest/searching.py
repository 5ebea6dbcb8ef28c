"""Looks for words in statements and reports."""

from __future__ import annotations

from collections.abc import Iterator

from musterbook.desk.finding import has_words, wanted_words
from musterbook.desk.views import View, evidence_of
from musterbook.desk.web.rest import parameters, shapes
from musterbook.desk.web.rest.call import Call, Source
from musterbook.desk.web.rest.operations import ROOT, Part
from musterbook.desk.web.rest.paging import Listing, known_or_not
from musterbook.desk.web.rest.reports import SEEN
from musterbook.desk.web.rest.statements import Told, texts_of, told_in
from musterbook.model import Report

part = Part("Search")
WORDS = parameters.text("q", parameters.WANTED.words, parameters.WANTED.example, is_needed=True)
KIND = parameters.choice("kind", "Only statements, or only reports.", ("statement", "report"))
AROUND = 160  # signs of a report that are shown
STATEMENT, REPORT = "statement", "report"


@part.lists("/search", shapes.Found, *SEEN, WORDS, KIND)
def search(call: Call, source: Source) -> Listing[View]:
    """Statements and reports in which all the words stand.

    The latest comes first. `address` is where all of it is told.
    """
    words = wanted_words(call["q"])
    found = [*_statements(source, words)] if call["kind"] != REPORT else []
    found += _reports(source, words) if call["kind"] != STATEMENT else []
    return Listing(
        found,
        lambda row: [known_or_not(row["published"]), row["kind"], row["id"]],
        lambda row: row,
        falling=True,
    )


def _statements(source: Source, words: tuple[str, ...]) -> Iterator[View]:
    for one in told_in(source):
        if words and has_words(words, *texts_of(one)):
            yield _statement(one)


def _statement(one: Told) -> View:
    where = one.entry.contingent
    return _head(one.report) | {
        "kind": STATEMENT,
        "id": one.statement.id,
        "words": evidence_of(one.statement, one.report.text),
        "contingent": where.id if where else None,
        "address": f"{ROOT}/statements/{one.statement.id}",
    }


def _reports(source: Source, words: tuple[str, ...]) -> Iterator[View]:
    for one in source.view.reports():
        if words and has_words(words, one.title, one.publisher, one.text):
            yield _head(one) | {
                "kind": REPORT,
                "id": one.id,
                "words": one.text[:AROUND],
                "contingent": None,
                "address": f"{ROOT}/reports/{one.id}",
            }


def _head(report: Report) -> View:
    day = report.published.isoformat() if report.published else None
    return {"title": report.title, "publisher": report.publisher, "published": day}
