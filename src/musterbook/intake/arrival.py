"""A document arrives as a report in a language that we read, followed by the notes on it; or as the doubt why not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, time

from musterbook.intake.decode import Decoded, decode
from musterbook.intake.given import Given
from musterbook.intake.language import has_pack, plain_code, tell_language
from musterbook.intake.limits import TEXT_LIMIT
from musterbook.intake.trouble import trouble
from musterbook.model import Doubt, Report

Note = tuple[str, str]  # the code of a trouble, and its detail
Outcomes = Iterator[Report | Doubt]
Parse = Callable[[bytes, str, str, Given], Outcomes]
"""What makes reports of bytes by their kind: ``report_of``, or what calls it in a child that may be killed."""


def decoded(raw: bytes, source: str, *charsets: str) -> Decoded | Doubt:
    """The text of these bytes, by the first encoding named that fits them; or the doubt that there is none."""
    found = decode(raw, *charsets)
    return found if found.text else trouble(found.code or "empty-file", source, found.detail)


def notes_on(found: Decoded) -> tuple[Note, ...]:
    """What is to be said of the decoding."""
    return ((found.code, found.detail),) if found.code else ()


def arrive(report: Report, given: Given, *notes: Note) -> Outcomes:
    """The report with what the caller knows of it, in its language, then the notes."""
    report, more = _in_time(_completed(report, given), given)
    for outcome in checked(report, given.language):
        yield outcome
        if isinstance(outcome, Report):
            for code, detail in (*notes, *more):
                yield trouble(code, outcome.name, detail, report=outcome.id)


def checked(outcome: Report | Doubt, language: str | None) -> Outcomes:
    """The report in its language, or the doubt that there is no text or no pack for it."""
    if isinstance(outcome, Doubt):
        yield outcome
    elif not outcome.text.strip():
        yield trouble("empty-file", outcome.name)
    elif len(outcome.text) > TEXT_LIMIT:
        yield trouble("too-long", outcome.name, f"{TEXT_LIMIT:,}")
    else:
        code = plain_code(language) if language else tell_language(outcome.text)
        wrong = "no-pack" if language else "unknown-language"
        yield replace(outcome, language=code) if has_pack(code) else trouble(wrong, outcome.name, repr(code))


def _completed(report: Report, given: Given) -> Report:
    taken = datetime.combine(given.retrieved, time(), UTC) if given.retrieved else None
    return replace(report, url=report.url or given.url, retrieved=report.retrieved or taken)


def _in_time(report: Report, given: Given) -> tuple[Report, tuple[Note, ...]]:
    """A day after the document was fetched is none."""
    day, taken = report.published, given.retrieved
    if day is None or taken is None or day <= taken or day == given.published:
        return report, ()
    return replace(report, published=None, published_reason=""), (("late-date", day.isoformat()),)
