"""A statement with other fields, as people write them: ``level=500``, ``place=SYR``, ``period=2020-09-30``.

The evidence stays unless other words are named: a correction says what the words mean. ``none`` empties a field.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from musterbook.errors import UsageError
from musterbook.lexicon.register import load_register
from musterbook.model import CountingRule, Statement, Status
from musterbook.values import Attribution, Figures, Mention, Period, Span

NONE = "none"
FIGURES = ("level", "before", "after", "delta", "ratio", "low", "high", "approx")
NAMING = frozenset(("force", "place"))  # these decide the contingent
YES_OR_NO = {"yes": True, "no": False}


def corrected(said: Statement, fields: Mapping[str, str]) -> Statement:
    """The statement with these fields; UsageError naming the field and how it is written."""
    figures = {name: _read(name, words) for name, words in fields.items() if name in FIGURES}
    others = {name: _read(name, words) for name, words in fields.items() if name not in FIGURES}
    try:
        held = replace(said.figures, **figures)
    except ValueError as wrong:
        raise UsageError(f"these figures do not fit together: {wrong}") from wrong
    if "period" in others:
        others["dating"] = ""  # it told how the reader came to the old one
    better = replace(said, figures=held, **others)
    return better if better == said else replace(better, confidence=1.0)


def resting_on(said: Statement, words: Span) -> Statement:
    """The same claim read from other words of its report."""
    return replace(said, evidence=(words,), marks=(words,))


def stated(report: str, words: Span, fields: Mapping[str, str]) -> Statement:
    """A statement as a person reads it in the words of a report; UsageError naming what is missing."""
    for name in ("force", "place"):
        if name not in fields:
            raise UsageError(f"a statement needs a {name}, as in {name}={FIELDS[name][1]}")
    bare = Statement(report, Mention(""), None, Figures(), Status.CURRENT, (words,), marks=(words,))
    said = corrected(bare, fields)
    if said.figures.is_empty:
        raise UsageError(f"a statement needs a figure: one of {', '.join(FIGURES[:-1])}")
    return said


def current(said: Statement) -> dict[str, str]:
    """The fields of a statement as a person would write them; empty where it does not say."""
    figures = {name: _written(getattr(said.figures, name)) for name in FIGURES}
    return figures | {
        "status": str(said.status),
        "force": said.force.code,
        "place": said.place.code if said.place else "",
        "period": said.period.iso() if said.period else "",
        "rule": str(said.rule),
        "speaker": said.speaker.words if said.speaker else "",
        "unit": said.unit or "",
    }


def _written(value: float | bool | None) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _read(name: str, words: str) -> Any:  # noqa: ANN401 -- fields are of many types
    """The value of one field."""
    if name not in FIELDS:
        raise UsageError(f"a statement has no field {name!r}; its fields are {', '.join(FIELDS)}")
    read, example = FIELDS[name]
    if words == NONE and name in EMPTIABLE:
        return False if name == "approx" else None
    try:
        return read(words)
    except (ValueError, KeyError) as wrong:
        raise UsageError(f"{words!r} is no {name}; write it as in {name}={example}") from wrong


def _number(words: str) -> int:
    return int(words.replace(",", ""))


def _force(words: str) -> Mention:
    if (code := load_register().resolve_force(words)) is None:
        raise ValueError(words)
    return Mention(code)


def _place(words: str) -> Mention:
    if (code := load_register().resolve_place(words)) is None:
        raise ValueError(words)
    return Mention(code)


FIELDS: Mapping[str, tuple[Callable[[str], Any], str]] = {  # how each is read, and an example
    "level": (_number, "2500"),
    "before": (_number, "5200"),
    "after": (_number, "3000"),
    "delta": (_number, "-2200"),
    "ratio": (float, "0.5"),
    "low": (_number, "2000"),
    "high": (_number, "3000"),
    "approx": (YES_OR_NO.__getitem__, "yes"),
    "status": (Status, "announced"),
    "force": (_force, "USA"),
    "place": (_place, "IRQ"),
    "period": (Period.parse, "2020-09-01/2020-09-30"),
    "rule": (CountingRule, "authorised cap"),
    "speaker": (Attribution, "the Pentagon"),
    "unit": (str, "soldier"),
}
EMPTIABLE = frozenset(FIELDS) - {"status", "force", "rule"}
