"""Plain text and Markdown: the words stay as they were written; a letter says itself of which day it is."""

from __future__ import annotations

from musterbook.intake.arrival import Note, Outcomes, arrive, decoded, notes_on
from musterbook.intake.days import parse_day
from musterbook.intake.given import Given
from musterbook.intake.letters import head_of
from musterbook.intake.markup import strip_marks
from musterbook.model import Doubt, Report


def read_text(raw: bytes, source: str, given: Given) -> Outcomes:
    """A text is one report."""
    found = decoded(raw, source, given.charset)
    if isinstance(found, Doubt):
        yield found
        return
    yield from arrive(lettered(found.text, source, given), given, *notes_on(found))


def lettered(text: str, source: str, given: Given) -> Report:
    """The report of a text; a letter or a release says itself of which day it is, and whose."""
    head = head_of(text)
    own = head.day if given.published is None else None
    reason = f"“{head.words}” is the letter's own date" if own else ""
    return Report(
        text,
        publisher=head.publisher,
        published=given.published or own,
        published_reason=reason,
        name=source,
    )


def read_markdown(raw: bytes, source: str, given: Given) -> Outcomes:
    """A Markdown file is one report, with what its front matter says of it."""
    decoding = decoded(raw, source, given.charset)
    if isinstance(decoding, Doubt):
        yield decoding
        return
    found = strip_marks(decoding.text)
    words = found.fields.get("published") or found.fields.get("date") or ""
    day = given.published or parse_day(words)
    report = Report(
        found.text,
        title=found.title,
        url=found.fields.get("url") or found.fields.get("source") or "",
        publisher=found.fields.get("publisher", ""),
        published=day,
        name=source,
        byline=found.fields.get("author", ""),
    )
    unread: tuple[Note, ...] = (("bad-date", repr(words)),) if words and day is None else ()
    yield from arrive(report, given, *notes_on(decoding), *unread)
