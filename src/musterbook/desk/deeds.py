"""What was done to a book, in words and for programs: the same for histories, differences and collisions."""

from __future__ import annotations

from collections.abc import Iterable

from musterbook.desk.lists import short
from musterbook.desk.phrases import figures_in_words
from musterbook.desk.screen import heading, is_terminal, paragraph, table
from musterbook.desk.views import View
from musterbook.ledger.fields import Change
from musterbook.ledger.telling import Step
from musterbook.model import STATING, Act, Entry

PLAIN = {
    Act.RETRACT: "supports nothing any more",
    Act.CONFIRM: "vouched for",
    Act.HOLD: "held for review",
    Act.APART: "stands by itself",
}


def deed_in_words(step: Step) -> str:
    """What one entry did, before -> after."""
    entry = step.entry
    changed = "; ".join(change.words for change in step.changes)
    if entry.act is Act.UNDO:
        undone = f"undoes {step.about.act} by {step.about.by}" if step.about else "undoes an entry"
        return f"{undone}: {changed}" if changed else undone
    if entry.act is Act.MERGE:
        return changed or f"same as {short(entry.into)}"
    if entry.act is Act.ECHO:
        return f"echo of {short(entry.into)}"
    if entry.act is Act.RECORD:
        return said_in_words(entry)
    if entry.act is Act.SPLIT:
        return f"beside {short(entry.target)}: {said_in_words(entry)}"
    return PLAIN.get(entry.act) or changed or "nothing changed"


def said_in_words(entry: Entry) -> str:
    """The statement that an entry brings: ``USA/IRQ about 5,200, current``."""
    said = entry.statement
    if said is None:
        return ""
    where = entry.contingent.id if entry.contingent else said.force.code or "nobody in particular"
    return f"{where} {figures_in_words(said.figures, said.wording)}, {said.status}"


def step_view(step: Step) -> View:
    """One line of a history for programs."""
    return entry_view(step.entry) | {
        "words": deed_in_words(step),
        "changes": [change_view(change) for change in step.changes],
    }


def entry_view(entry: Entry) -> View:
    """Who did what when and why."""
    return {
        "entry": entry.id,
        "recorded": entry.recorded.isoformat(),
        "first": entry.first.isoformat() if entry.first else None,
        "act": str(entry.act),
        "by": entry.by,
        "reason": entry.reason,
        "reader": entry.reader,
        "target": entry.target or None,
        "into": entry.into or None,
        "statement": entry.statement.id if entry.statement else None,
        "contingent": entry.contingent.id if entry.contingent else None,
    }


def change_view(change: Change) -> View:
    """One field that differs."""
    return {"field": change.field, "before": change.before, "after": change.after}


def show_steps(steps: Iterable[Step], title: str = "") -> None:
    """The lines of a history in the order written: a few lines each in a terminal, one in a pipe."""
    if not is_terminal():
        columns = ("when", "who", "act", "what", "why", "statement", "entry")
        table(columns, [_cells(step) for step in steps], title=title)
        return
    if title:
        heading(title)
    for when, who, act, what, why, statement, entry in map(_cells, steps):
        paragraph(f"{when}  {act} by {who}  [entry {entry}" + (f" on {statement}]" if statement else "]"))
        paragraph(f"{what}; because: {why}" if why else what, indent=4)


def _cells(step: Step) -> tuple[str, ...]:
    """One line of a history."""
    entry = step.entry
    return (
        f"{entry.recorded:%Y-%m-%d %H:%M:%S}",
        entry.by,
        str(entry.act),
        deed_in_words(step),
        _why(entry),
        short(about(entry)),
        short(entry.id),
    )


def _why(entry: Entry) -> str:
    """The reason, and since when another book has it that was joined to this one."""
    joined = f"joined from a book that has it since {entry.first:%Y-%m-%d %H:%M}" if entry.first else ""
    return "; ".join(filter(None, (entry.reason, joined)))


def about(entry: Entry) -> str:
    """The id of the statement that an entry brings or speaks of; of an undoing, the entry undone."""
    if entry.act in STATING and entry.statement:
        return entry.statement.id
    return entry.target


def changes_table(
    changes: Iterable[Change], title: str = "", columns: tuple[str, str] = ("before", "after")
) -> None:
    """Fields that differ, one a line."""
    rows = [(change.field, change.before, change.after) for change in changes]
    table(("field", *columns), rows, title=title, elastic=columns)
