"""No statement without its words: every span must cut something real from the report, or it becomes a doubt."""

from __future__ import annotations

from collections.abc import Iterable

from musterbook.model import Doubt, Report, Statement
from musterbook.values import Span


def grounded(
    report: Report, statements: Iterable[Statement]
) -> tuple[tuple[Statement, ...], tuple[Doubt, ...]]:
    """The statements that the text bears out, and a doubt for each that it does not."""
    kept, doubts = [], []
    for statement in statements:
        if all(cuts_words(report.text, span) for span in (*statement.evidence, *statement.marks)):
            kept.append(statement)
        else:
            span = statement.evidence[0]
            doubts.append(
                Doubt(
                    "reading",
                    "not-grounded",
                    "the words of a statement are not in the report",
                    report.name,
                    statement.report,
                    span,
                )
            )
    return tuple(kept), tuple(doubts)


def cuts_words(text: str, span: Span) -> bool:
    """Whether the span lies inside the text and holds more than white space."""
    return span.end <= len(text) and bool(span.cut(text).strip())
