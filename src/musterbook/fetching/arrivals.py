"""A fetched page, or what a feed holds of an entry, becomes a report; what could not be had becomes a doubt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from musterbook.fetching.feedlist import Source
from musterbook.fetching.notebook import Waiting, host_of
from musterbook.fetching.troubles import Cause
from musterbook.fetching.visits import PAPERS, Fetched
from musterbook.intake.kinds import Given, kind_by_content, report_of
from musterbook.intake.trouble import trouble
from musterbook.model import Doubt, Report

FEED_DAY = "the feed's own date"
Arrivals = tuple[Report | Doubt, ...]


def of_page(got: Fetched, source: Source, moment: datetime, entry: Waiting | None = None) -> Arrivals:
    """The report of a page, with what is noted of it; ``entry`` is where a feed lists it."""
    given = Given(None, source.language, got.url, moment.date(), got.charset)
    found = report_of(got.body, kind_of(got), got.url, given)
    return tuple(_completed(found, source, moment, got.url, entry))


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


def kind_of(got: Fetched) -> str:
    """The kind of document, by its bytes and then by what its server says."""
    if got.body.lstrip()[:5] == b"%PDF-" or got.kind in PAPERS:
        return "pdf"
    if "html" in got.kind or kind_by_content(got.body) == "page":
        return "page"
    return "markdown" if got.kind == "text/markdown" else "text"


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
        url=report.url if is_of_one_house(report.url, url) else url,
        publisher=source.publisher or report.publisher,
        published=day,
        published_reason=reason,
        retrieved=moment,
    )


def is_of_one_house(stated: str, fetched: str) -> bool:
    """Whether the address that a page states may be its own: nobody can give himself another publisher's address."""
    stated_host, host = (host_of(one).removeprefix("www.") for one in (stated, fetched))
    if not stated.startswith(("http://", "https://")) or not stated_host:
        return False
    return stated_host == host or stated_host.endswith(f".{host}") or host.endswith(f".{stated_host}")


def _day(report: Report, listed: date | None, taken: date) -> tuple[date | None, str]:
    """The page's own day, else the feed's; nothing can have been published after it was fetched."""
    if report.published and report.published <= taken:
        return report.published, report.published_reason
    return (listed, FEED_DAY) if listed and listed <= taken else (None, "")
