"""Date phrases: what each tool makes of the phrases of tests/reading/date_phrases.toml on their day of publication.

exact    one of the tool's readings is the expected first and last day; or no day was expected and none was given
near     none is, but one is right as the shared scorer has it: the same last day, or the same months
wrong    a day, and none that is right
nothing  no day where one was expected
errors   an exception inside the tool

A tool may offer several readings of several expressions, and any of them counts (see peers_side_days.py); we are held
to the one that our reader would use. The phrases are our own tests: our row says that they pass, not how well we read
what we have not seen.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from musterbook.lexicon.pack import load_pack
from musterbook.reading.dates import find_days
from musterbook.reading.sheet import cut_up
from texts import scorer_module

PHRASES = Path(__file__).resolve().parents[1] / "tests/reading/date_phrases.toml"
OUTCOMES = ("exact", "near", "wrong", "nothing", "errors")


class Phrase(NamedTuple):
    """One phrase, its day of publication, and the days it means ("" for none)."""

    id: str
    text: str
    day: date
    expected: str


def phrases() -> list[Phrase]:
    """All phrases of the tests."""
    groups = tomllib.loads(PHRASES.read_text(encoding="utf-8"))["group"]
    cases = ((text, group["published"], days) for group in groups for text, days in group["cases"])
    return [Phrase(str(n), *case) for n, case in enumerate(cases)]


def ours(phrase: Phrase) -> dict[str, Any]:
    """The last expression as our finder resolves it, as a tool would answer."""
    pack = load_pack("en")
    found = find_days(cut_up(phrase.text, pack), phrase.day, pack)
    period = found[-1].period if found else None
    return {"found": [[period.first.isoformat(), period.last.isoformat()]] if period else []}


def outcome(phrase: Phrase, answer: dict[str, Any]) -> str:
    """Which of the outcomes an answer is."""
    if "error" in answer:
        return "errors"
    readings = [first if first == last else f"{first}/{last}" for first, last in answer["found"]]
    if phrase.expected in readings or not (phrase.expected or readings):
        return "exact"
    if not readings:
        return "nothing"
    same = scorer_module().same_date
    return "near" if any(same(phrase.expected, r) for r in readings) else "wrong"


def measure(known: list[Phrase], answers: dict[str, dict[str, Any]]) -> dict[str, int]:
    """How often each outcome came."""
    counts = Counter(outcome(p, answers.get(p.id, {"error": "no answer"})) for p in known)
    return {name: counts[name] for name in OUTCOMES}
