"""Adds a report: read at once, or refused with the reason; the same report again changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

import msgspec

from musterbook.api import OpenBook, read_report
from musterbook.cells.pool import parse
from musterbook.desk.views import View, doubt_view
from musterbook.desk.web.asked import EARLIEST, LATEST
from musterbook.desk.web.errors import WrongError
from musterbook.desk.web.render import link
from musterbook.desk.web.rest import shapes
from musterbook.desk.web.rest.call import Call
from musterbook.desk.web.rest.keys import ADD
from musterbook.desk.web.rest.operations import ROOT, Part
from musterbook.intake.kinds import Given
from musterbook.intake.limits import REPORT_LIMIT
from musterbook.model import Doubt, Report

part = Part("Adding reports")
Short = Annotated[str, msgspec.Meta(max_length=1_000)]
Long = Annotated[str, msgspec.Meta(max_length=REPORT_LIMIT)]
Code = Annotated[str, msgspec.Meta(pattern="^([A-Za-z]{2})?$")]
Day = Annotated[str, msgspec.Meta(pattern=r"^(\d{4}-\d{2}-\d{2})?$")]


class NewReport(msgspec.Struct, forbid_unknown_fields=True):
    """A report as it was published: ``text`` or ``html``, and what is known of where it comes from."""

    text: Long = ""
    html: Long = ""
    url: Short = ""
    title: Short = ""
    publisher: Short = ""
    published: Day = ""
    language: Code = ""


@part.writes("/reports", NewReport, shapes.Added, ADD, 422, news=True)
def add_report(call: Call, told: NewReport) -> tuple[int, View]:
    """Add a report.

    Give `text`, or the page as `html`; `published` is a day such as 2020-09-09, without it words such as “Tuesday” stay
    open. 201 the first time; the same report again answers 200 with the same id, statements and doubts. 422 where
    it cannot be read: the message says why. `statements` are those that were read when it came.
    """
    book = call.shelf.book.signed_by(call.person)
    name = told.url or f"sent by {call.person}"
    arrivals = [*_arrivals(told, _checked_day(told), name)]
    report = next((one for one in arrivals if isinstance(one, Report)), None)
    tally = book.add(arrivals)
    call.shelf.wrote()
    if report is None:
        raise WrongError(422, "; ".join(one.message for one in tally.notes) or "There is no text to read.")
    return 200 if tally.known else 201, _added(book, report)


def _checked_day(told: NewReport) -> date | None:
    """The day of publication; 400 where a field says what cannot be."""
    if bool(told.text.strip()) == bool(told.html.strip()):
        raise WrongError(400, "Give the report as text or as html, and not both.")
    if told.url and not link(told.url):
        raise WrongError(400, "url is no address on the web; write it as in https://example.org/report")
    try:
        day = date.fromisoformat(told.published) if told.published else None
    except ValueError:
        raise WrongError(400, f"published={told.published} is not a day; write it as 2020-09-09") from None
    if day and not EARLIEST <= day <= LATEST:
        raise WrongError(400, f"published={day} lies outside of {EARLIEST} to {LATEST}")
    return day


def _arrivals(told: NewReport, day: date | None, name: str) -> Iterator[Report | Doubt]:
    """The report with what was said of it, and notes on it; or the doubt why there is none."""
    raw, kind = (told.text, "text") if told.text.strip() else (told.html, "page")
    given = Given(day, told.language.lower() or None)
    said: dict[str, Any] = {
        field: words for field in ("url", "title", "publisher") if (words := getattr(told, field).strip())
    }
    identity = ""
    for one in parse(raw.encode("utf-8", "replace"), kind, name, given):
        if isinstance(one, Report):
            report = replace(one, **said)
            identity = report.id
            yield report
        else:
            yield replace(one, report=identity) if one.report else one


def _added(book: OpenBook, report: Report) -> View:
    """What the book holds of it; its id is another one where the reader found its day."""
    report = report if report.published else read_report(report).report
    reading = book.reading(report.id)
    if reading is None:
        raise ValueError(f"report {report.id} was added and is not there")
    return {
        "id": report.id,
        "statements": [one.id for one in reading.statements],
        "doubts": [doubt_view(doubt, report.text) for doubt in reading.doubts],
        "address": f"{ROOT}/reports/{report.id}",
    }
