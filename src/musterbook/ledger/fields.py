"""Two statements are set beside each other field by field, in words; only what is claimed counts.

The reader's own notes (marks, dating, confidence) are no claim: a newer reader may be surer and say the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from musterbook.model import Entry, Statement

FIGURES = ("level", "before", "after", "delta", "ratio", "low", "high", "approx")
NOTHING = "none"


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs, before and after, in words."""

    field: str
    before: str
    after: str

    @property
    def words(self) -> str:
        """``level 5,200 -> 5,300``."""
        return f"{self.field} {self.before} -> {self.after}"

    @property
    def reversed(self) -> Change:
        """The way back."""
        return Change(self.field, self.after, self.before)


def changes(before: Entry | None, after: Entry | None) -> tuple[Change, ...]:
    """The fields that differ between two entries that bring statements; an entry that is not there has none."""
    old, new = _words_of(before), _words_of(after)
    return tuple(
        Change(field, old.get(field, NOTHING), new.get(field, NOTHING))
        for field in {**old, **new}
        if old.get(field) != new.get(field)
    )


def _words_of(entry: Entry | None) -> dict[str, str]:
    """Every field that an entry's statement fills."""
    if entry is None or entry.statement is None:
        return {}
    held = {name: words for name, words in _fields(entry.statement) if words}
    return held | ({"contingent": entry.contingent.id} if entry.contingent else {})


def _fields(said: Statement) -> Iterator[tuple[str, str]]:
    """The fields of a statement in the order in which people look at them."""
    yield "force", said.force.code
    yield "place", said.place.code if said.place else ""
    for name in FIGURES:
        yield name, _number(getattr(said.figures, name))
    yield "unit", said.unit or ""
    yield "status", str(said.status)
    yield "period", said.period.iso() if said.period else ""
    yield "rule", str(said.rule)
    yield "speaker", said.speaker.words if said.speaker else ""
    yield "wording", said.wording
    for name in ("evidence", "reasons", "partners"):
        yield name, ", ".join(f"{span.start}-{span.end}" for span in getattr(said, name))


def _number(value: float | bool | None) -> str:
    """A figure in words; empty where there is none, or where it is not approximate."""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, int):
        return f"{value:,}"
    return "" if value is None else f"{value:g}"
