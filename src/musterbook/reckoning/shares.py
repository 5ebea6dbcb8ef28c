"""A share told in one sentence must fit the numbers told beside it: a third of the 12,000 is 4,000.

It is flagged only where the whole stands with the share or before it, the number after it is called the same ("the
4,000", "leaving 8,000"), no number of the report fits the share, and one slip of the hand explains it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice, product

from musterbook.findings import Conflict
from musterbook.model import Contingent, Report, Statement
from musterbook.reckoning.arithmetic import SHARE, misses, share_misprint
from musterbook.reckoning.cues import cues_of, language_of, place_of, words_of
from musterbook.reckoning.facts import END, FLOW, START, Fact, tense_of
from musterbook.reckoning.voices import is_said_by_one


def shares(
    contingent: Contingent,
    statements: Sequence[Statement],
    told: Sequence[Fact],
    reports: Mapping[str, Report],
) -> Iterator[Conflict]:
    """Shares that do not fit the numbers told beside them: "a third of the 12,000", and then "3,000 will leave"."""
    for said in statements:
        if said.figures.ratio not in (None, 0, 1):
            yield from islice(_of_share(contingent, said, statements, told, reports), 1)


def _of_share(
    contingent: Contingent,
    said: Statement,
    statements: Sequence[Statement],
    told: Sequence[Fact],
    reports: Mapping[str, Report],
) -> Iterator[Conflict]:
    """What does not fit one share: a number that one slip makes fit, where no number of the report fits."""
    figures, ratio = said.figures, said.figures.ratio
    tense = tense_of(said)
    of_tense = [f for f in told if f.tense == tense]
    wholes = [f for f in of_tense if f.kind == START and (figures.before in (None, f.number.value))]
    heard = cues_of(language_of(said, reports))
    rounded = figures.approx or bool(heard.rounded.search(words_of(said, reports)))
    wholes = [f for f in wholes if not f.weak] or wholes
    outs = [f for f in of_tense if f.kind in (FLOW, END) and not f.weak]
    outs += [_as_flow(f, ratio) for f in of_tense if f.kind == START and is_bare(f) and ratio and not f.weak]
    pairs = [(w, o) for w, o in product(wholes, outs) if w.number.value != o.number.value]
    if ratio is None or any(_fits(w, o, ratio, rounded=True) for w, o in pairs):
        return
    for whole, out in pairs:
        way = out.kind == END or (out.number.value < 0) == (ratio < 1)
        other = out.statement if whole.statement is said else whole.statement
        told_once = whole.statement is said and out.statement is said
        beside = (
            said in (whole.statement, out.statement) and not told_once and is_next(said, other, statements)
        )
        in_order = whole.at <= said.evidence[0].start <= out.at
        if not (way and beside and in_order and out.is_near(whole)):
            continue
        if out.statement is not said and not _is_same(out, reports):
            continue
        if out.statement is said and not is_said_by_one(said, whole.statement, reports):
            continue
        slack = rounded or out.number.approx or whole.number.approx
        misprint = share_misprint(out.number, whole.number, ratio, approx=False)
        if misprint and not _fits(whole, out, ratio, rounded=slack):
            message = _share_in_words(whole, out, ratio)
            yield Conflict(
                contingent, SHARE, message, basis([said, whole.statement, out.statement]), misprint
            )


def _is_same(out: Fact, reports: Mapping[str, Report]) -> bool:
    """Whether the words before a number point back: "the 1,000", "or 1,000", "leaving 1,000"."""
    report = reports.get(out.statement.report)
    at = place_of(out.number.size, out.statement, report.text) if report else None
    return report is None or (
        at is not None and bool(cues_of(report.language).same.search(report.text[: at[0]][-40:]))
    )


def is_next(one: Statement, other: Statement, statements: Sequence[Statement]) -> bool:
    """Whether two statements follow each other in the report."""
    return abs(statements.index(one) - statements.index(other)) == 1


def is_bare(fact: Fact) -> bool:
    """Whether it is the only number of its statement: a start without a change may be what goes."""
    figures = fact.statement.figures
    only = figures.after is None and figures.delta is None and figures.ratio is None
    return only and (figures.before is not None or figures.level is not None)


def _as_flow(fact: Fact, ratio: float) -> Fact:
    """A bare number beside a share, taken for what comes or goes."""
    number = replace(fact.number, value=fact.number.size * (-1 if ratio < 1 else 1))
    return replace(fact, kind=FLOW, number=number)


def _fits(whole: Fact, out: Fact, ratio: float, *, rounded: bool) -> bool:
    before = whole.number.value
    after = before + out.number.value if out.kind == FLOW else out.number.value
    return not misses(before, ratio, after, rounded)


def _share_in_words(whole: Fact, out: Fact, ratio: float) -> str:
    share = abs(1 - ratio) if out.kind == FLOW else ratio
    before = whole.number.value
    return f"{share:.0%} of {before:,} is {before * share:,.0f}, not {out.number.size:,}"


def basis(said: Iterable[Statement]) -> tuple[str, ...]:
    """The ids of statements, each once."""
    return tuple(dict.fromkeys(statement.id for statement in said))
