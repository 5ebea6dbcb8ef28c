"""Prints what was ever done about a statement, a contingent, a code or a person."""

from __future__ import annotations

from musterbook.desk.deeds import show_steps, step_view
from musterbook.desk.ids import matter_of
from musterbook.desk.options import Question
from musterbook.desk.screen import as_json as print_json
from musterbook.desk.wiring import asked
from musterbook.errors import UsageError
from musterbook.ledger.telling import steps


def print_history(words: str | None, by: str | None, question: Question) -> None:
    """Every line on it, or by that person, in the order written; UsageError where there is none."""
    with asked(question) as view:
        past = view.journal() if words is None else view.history(matter_of(view, words))
    told = [step for step in steps(past) if by in (None, step.entry.by)]
    if not told:
        raise UsageError(
            f"the book has no line{f' by {by!r}' if by else ''}{f' on {words!r}' if words else ''}; name a statement "
            "or decision by its first signs, a contingent (USA/IRQ), a code or a person"
        )
    if question.as_json:
        print_json({"history": [step_view(step) for step in told]})
    else:
        show_steps(told)
