"""No statement enters the book unless every piece of its evidence cuts words from its own report."""

from __future__ import annotations

from collections.abc import Iterable

from musterbook.errors import BookError
from musterbook.model import Act, Entry, Reading, Report, Statement
from musterbook.values import Span


def accept(reading: Reading, entries: Iterable[Entry]) -> None:
    """BookError unless the entries record statements of this report, with evidence that cuts words."""
    for entry in entries:
        if entry.act is not Act.RECORD or entry.statement is None:
            raise BookError(
                f"only statements are recorded with a report, not a {entry.act}; append it instead"
            )
        prove(entry.statement, reading.report)


def prove(statement: Statement, report: Report) -> None:
    """BookError unless the statement is of this report and its evidence cuts words from the text."""
    if statement.report != report.id:
        raise BookError(
            f"statement {statement.id[:12]} is of report {statement.report[:12]}, not {report.id[:12]}"
        )
    bad = first_bad(statement.evidence, report.text)
    if bad is not None:
        raise BookError(f"evidence {bad.start}..{bad.end} of statement {statement.id[:12]} cuts no words")


def first_bad(spans: Iterable[Span], text: str) -> Span | None:
    """The first span that reaches beyond the text or cuts only blanks, if any."""
    return next((s for s in spans if s.end > len(text) or not s.cut(text).strip()), None)
