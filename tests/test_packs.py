"""Every language pack ships short reports with what a careful person reads in them; the reader must agree.

What it reads wrongly today is marked ``known_wrong`` in the pack until it is right; what hangs on the learned weights
is ``fragile``. Both may fail, but most of all cases together must be right.
usage: python tests/test_packs.py   lists the cases whose mark no longer fits, after a change of weights
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

import musterbook as mb
from musterbook.lexicon.pack import cases_of, languages

ENOUGH = 60  # cases that a pack needs


@dataclass(frozen=True)
class Case:
    """A short report, the lines that it should give, and how sure we are of the reader."""

    language: str
    published: str
    text: str
    expect: tuple[str, ...]
    known_wrong: bool = False
    fragile: bool = False
    subset: bool = False  # the report says more than we ask about
    period: bool = True  # whether the days are compared


def cases() -> list[Case]:
    found = []
    for language in languages():
        table = cases_of(language)
        for case in table["case"]:
            own = {"published": table["published"]} | case | {"expect": tuple(case["expect"])}
            found.append(Case(language=language, **own))
    return found


def marked(case: Case) -> object:
    reason = "known to be read wrongly" if case.known_wrong else "hangs on the learned weights"
    loose = case.known_wrong or case.fragile
    marks = [pytest.mark.xfail(strict=False, reason=reason)] if loose else []
    return pytest.param(case, marks=marks, id=case.text[:60])


def line_of(statement: mb.Statement, case: Case) -> str:
    place = statement.place.code if statement.place else "-"
    figures, status = statement.figures, str(statement.status)
    parts = [statement.force.code, place, status, *sorted(figures.key().split()), *("~" * figures.approx)]
    dated = statement.period if case.period and any("@" in line for line in case.expect) else None
    return " ".join(part for part in (*parts, f"@{dated.iso()}" if dated else "") if part)


def tidy(line: str) -> str:
    """The line with its figures in the order in which ours stand, without the speaker."""
    words = line.partition(" | ")[0].split()
    figures, rest = [w for w in words[3:] if "=" in w], [w for w in words[3:] if "=" not in w]
    return " ".join([*words[:3], *sorted(figures), *rest])


@pytest.mark.parametrize("case", [marked(case) for case in cases()])
def test_a_report_of_the_pack_is_read_as_a_careful_person_would(case: Case) -> None:
    check(case)


def check(case: Case) -> None:
    """AssertionError where the reader gives other lines than the case."""
    found = mb.read(case.text, published=case.published, language=case.language)
    lines = {line_of(statement, case): statement for statement in found}
    wanted = {tidy(line): line.partition(" | ")[2] for line in case.expect}
    assert sorted(wanted) == sorted(line for line in lines if line in wanted or not case.subset)
    for line, speaker in wanted.items():
        said = lines[line].speaker
        assert speaker.casefold() in (said.words.casefold() if said else "")


def test_a_pack_has_enough_cases_and_no_report_twice() -> None:
    for language in languages():
        texts = [case.text for case in cases() if case.language == language]
        assert len(texts) >= ENOUGH
        assert len(set(texts)) == len(texts)


def test_three_quarters_of_the_cases_are_read_rightly(capsys: pytest.CaptureFixture[str]) -> None:
    wrong = [case for case in cases() if not is_right(case)]
    marks = f"{sum(c.known_wrong for c in cases())} known wrong, {sum(c.fragile for c in cases())} fragile"
    with capsys.disabled():
        print(f" {len(wrong)} of {len(cases())} cases of the packs are read wrongly ({marks}) ", end="")
    assert len(wrong) * 4 <= len(cases())


def is_right(case: Case) -> bool:
    """Whether the reader gives the lines of the case."""
    try:
        check(case)
    except AssertionError:
        return False
    return True


if __name__ == "__main__":
    for one in cases():
        if is_right(one) is one.known_wrong:
            advice = "unmark" if one.known_wrong else "mark (fragile)" if one.fragile else "MARK"
            print(f"{advice:15} {one.text}")
