"""A fetched page, or what a feed holds of an entry, becomes a report; what could not be had becomes a doubt."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime

from musterbook.fetching.feedlist import Source
from musterbook.fetching.notebook import Waiting
from musterbook.fetching.troubles import Cause
from musterbook.fetching.visits import Fetched
from musterbook.intake import Given
from musterbook.intake.kinds import kind_of, report_of
from musterbook.intake.trouble import trouble
from musterbook.model import Doubt, Report

FEED_DAY = "the feed's own date"
PAGES = ("page", "text", "markdown", "pdf")  # the kinds that a link may lead to: one report each
Parse = Callable[[bytes, str, str, Given], Iterator[Report | Doubt]]
"""Makes reports of bytes: ``intake.kinds.report_of``, or one that does it in a child."""
Arrivals = tuple[Report | Doubt, ...]


def of_page(
    got: Fetched, source: Source, moment: datetime, parse: Parse, entry: Waiting | None = None
) -> Arrivals:
    """The report of a page, with what is noted of it; ``entry`` is where a feed lists it."""
    kind = kind_of(got.url.partition("?")[0], got.kind, got.body)
    if kind not in PAGES:
        return (Cause("fetch-type", kind or got.kind).doubt(got.url),)
    given = Given(None, source.language, got.url, moment.date(), got.charset)
    return tuple(_completed(parse(got.body, kind, got.url, given), source, moment, got.url, entry))


def of_entry(entry: Waiting, source: Source, moment: datetime) -> Arrivals:
    """The report that the feed itself holds."""
    name = entry.url or f"{source.url}#{entry.key}"
    words = entry.content or entry.title
    if not words:
        return (trouble("empty-file", name),)
    given = Given(None, source.language, entry.url, moment.date())
    found = report_of(words.encode("utf-8", "replace"), "text", name, given)
    return tuple(_completed(found, source, moment, entry.url, entry))


def of_failure(entry: Waiting, cause: Cause, source: Source, moment: datetime) -> Arrivals:
    """The doubt that a page could not be had; and what its feed holds of it, so that this is not lost."""
    doubt = cause.doubt(entry.url)
    return (doubt, *of_entry(entry, source, moment)) if entry.content else (doubt,)


def _completed(
    found: Iterator[Report | Doubt], source: Source, moment: datetime, url: str, entry: Waiting | None
) -> Iterator[Report | Doubt]:
    """The report with what only the feed knows; its notes speak of it by its new id."""
    ids: dict[str, str] = {}
    for one in found:
        if isinstance(one, Report):
            whole = _whole(one, source, moment, url, entry)
            ids[one.id] = whole.id
            yield whole
        else:
            yield replace(one, report=ids.get(one.report, one.report))


def _whole(report: Report, source: Source, moment: datetime, url: str, entry: Waiting | None) -> Report:
    day, reason = _day(report, entry.day if entry else None, moment.date())
    return replace(
        report,
        title=report.title or (entry.title if entry else ""),
        url=report.url or url,
        publisher=source.publisher or report.publisher,
        published=day,
        published_reason=reason,
        retrieved=moment,
    )


def _day(report: Report, listed: date | None, taken: date) -> tuple[date | None, str]:
    """The page's own day, else the feed's; nothing can have been published after it was fetched."""
    if report.published and report.published <= taken:
        return report.published, report.published_reason
    return (listed, FEED_DAY) if listed and listed <= taken else (None, "")
