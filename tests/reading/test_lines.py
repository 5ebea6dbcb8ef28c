"""Cases of our own for each line of what a report may say: roles, bounds, rules, status, speakers, places, reasons.

They are read as `musterbook read` reads them; ``known`` says why one is still read otherwise. By rules alone most of
them go right too. Days have their own file, ``date_phrases.toml``.
usage: python tests/reading/test_lines.py [--rules]
  lists the cases that go wrong and the ``known`` ones that go right, by the reader as installed or by rules
"""

from __future__ import annotations

import sys
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from musterbook.model import Reading, Report, Statement
from musterbook.reading.reader import read

LINES = Path(__file__).with_name("lines")
ENOUGH = 10  # cases that each line needs
FIGURES = ("level", "before", "after", "delta", "ratio", "low", "high", "approx")


@dataclass(frozen=True)
class Case:
    """A short report of one line, and of every statement in it the fields that the line is about."""

    line: str
    published: str
    text: str
    expect: tuple[dict[str, Any], ...]
    known: str = ""  # why it is still read otherwise
    more: bool = False  # the report states more than we ask about


def cases() -> list[Case]:
    found = []
    for path in sorted(LINES.glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        for case in table["case"]:
            own = {"published": table["published"]} | case | {"expect": tuple(case["expect"])}
            found.append(Case(line=path.stem, **own))
    return found


def marked(case: Case) -> object:
    marks = [pytest.mark.xfail(strict=False, reason=case.known)] if case.known else []
    return pytest.param(case, marks=marks, id=f"{case.line}: {case.text[:60]}")


def reading_of(case: Case, learned: bool) -> Reading:
    return read(Report(case.text, published=date.fromisoformat(case.published)), learned=learned)


def field(statement: Statement, name: str, text: str) -> object:
    """One field of a statement as a case writes it."""
    if name in FIGURES:
        return getattr(statement.figures, name)
    if name in ("reasons", "partners"):
        return [span.cut(text) for span in getattr(statement, name)]
    if name == "evidence":
        return " ".join(span.cut(text) for span in statement.evidence)
    plain = {
        "force": statement.force.code,
        "place": statement.place.code if statement.place else None,
        "date": statement.period.iso() if statement.period else None,
        "speaker": statement.speaker.words if statement.speaker else None,
        "rule": statement.rule.value,
        "status": statement.status.value,
    }
    return plain[name] if name in plain else getattr(statement, name)


def fits(statement: Statement, wanted: dict[str, Any], text: str) -> bool:
    """Whether a statement has every field that is asked for; a speaker and the evidence need only hold the words."""
    return all(agrees(name, field(statement, name, text), value) for name, value in wanted.items())


def agrees(name: str, found: object, value: object) -> bool:
    """Whether a field is what a case says; "" stands for none."""
    if name in ("speaker", "evidence") and value:
        return str(value).casefold() in str(found).casefold()
    if name == "ratio":
        return found == pytest.approx(value, abs=0.005)
    return found == (None if value == "" else value)


def wrong(case: Case, *, learned: bool = True) -> str:
    """What is read otherwise than the case says; empty where nothing is."""
    told = reading_of(case, learned)
    left = [s for s in told.statements if not s.wording or any("wording" in w for w in case.expect)]
    missing = []
    for wanted in case.expect:
        hit = next((s for s in left if fits(s, wanted, case.text)), None)
        if hit is None:
            missing.append(wanted)
        else:
            left.remove(hit)
    if not missing and (case.more or not left):
        return ""
    asked = {name: None for wanted in case.expect for name in wanted} or dict.fromkeys(
        ("force", "place", *FIGURES)
    )
    shown = [{name: field(s, name, case.text) for name in asked} for s in left]
    return f"missing {missing}, read instead {shown}, doubts {[d.code for d in told.doubts]}"


@pytest.mark.parametrize("case", [marked(case) for case in cases()])
def test_a_report_of_our_own_is_read_as_it_was_meant(case: Case) -> None:
    assert wrong(case) == ""


def test_by_rules_alone_most_reports_of_our_own_are_read_right() -> None:
    held = [case for case in cases() if not case.known]
    right = [case for case in held if not wrong(case, learned=False)]
    assert len(right) >= 0.8 * len(held)


def test_every_line_has_cases_enough() -> None:
    lines = [case.line for case in cases()]
    assert all(lines.count(line) >= ENOUGH for line in set(lines))


def main() -> None:
    """List what no longer fits its mark."""
    for case in cases():
        told = wrong(case, learned="--rules" not in sys.argv)
        if bool(told) != bool(case.known):
            print(f"{case.line}: {case.text}\n    {told or 'goes right: the mark may go'}")


if __name__ == "__main__":
    main()
