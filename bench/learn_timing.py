"""Learns which day belongs to a claim, from statements that are not put aside; prints how well."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from learn import as_weights, fit_choice, save
from musterbook.lexicon.pack import load_pack
from musterbook.lexicon.weights import Weights
from musterbook.model import Status
from musterbook.reading.dates import find_days
from musterbook.reading.marks import Claim, Day
from musterbook.reading.sheet import Sheet, cut_up
from musterbook.reading.timing import Choice, choices_of
from musterbook.values import Figures, Mention, Span
from texts import labelled, scorer_module

PACK = load_pack("en")
FOLDS = 5


@dataclass(frozen=True)
class Case:
    """One labelled statement: its possible answers, the labelled date, and where it comes from."""

    file: str
    name: str
    fold: int
    statement: dict[str, Any]
    choices: list[Choice]


def claim_of(sheet: Sheet, statement: dict[str, Any]) -> Claim | None:
    """A claim as the binder would hand it over."""
    start = sheet.text.find(statement["evidence"])
    if start < 0:
        return None
    clause = Span(start, start + len(statement["evidence"]))
    return Claim(
        sheet.sentence_at(start), clause, numbers_in(sheet, clause, statement), Figures(), Mention("X"), None
    )


def numbers_in(sheet: Sheet, clause: Span, statement: dict[str, Any]) -> tuple[Span, ...]:
    """The figures of the label where they stand in the clause; the first number word where none does."""
    keys = ("level", "before", "after", "delta", "low", "high")
    values = {str(abs(int(statement[k]))) for k in keys if statement.get(k) is not None}
    first, last = sheet.token_at(clause.start), sheet.token_at(clause.end - 1)
    tokens = sheet.tokens[first : last + 1]
    exact = [t.span for t in tokens if t.lower.replace(",", "").replace(".", "") in values]
    words = PACK.table("dates", "numbers")
    loose = [t.span for t in tokens if t.lower[0].isdigit() or (t.lower in words and len(t.lower) > 2)]
    return tuple(exact or loose[:1])


def cases(aside: bool) -> Iterator[Case]:
    """All labelled statements of one part."""
    for number, (file, document) in enumerate(labelled(aside)):
        sheet = cut_up(document["text"], PACK)
        published = date.fromisoformat(document["published"]) if document.get("published") else None
        days = find_days(sheet, published, PACK)
        for statement in document.get("statements") or ():
            case = case_of(file, document["id"], number % FOLDS, statement, sheet, days, published)
            if case:
                yield case


def case_of(
    file: str,
    name: str,
    fold: int,
    statement: dict[str, Any],
    sheet: Sheet,
    days: tuple[Day, ...],
    published: date | None,
) -> Case | None:
    """One labelled statement with its possible answers."""
    claim = claim_of(sheet, statement)
    if claim is None:
        return None
    choices = choices_of(claim, Status(statement["status"]), sheet, days, published, PACK)
    return Case(file, name, fold, statement, choices)


def answer(case: Case) -> int | None:
    """The index of the right answer; where several fit, the one nearest to the claim."""
    fitting = [i for i, choice in enumerate(case.choices) if fits(case, choice)]
    return min(fitting, key=lambda i: rank(case.choices[i]), default=None)


def rank(choice: Choice) -> tuple[int, str]:
    """Clause before sentence before the rest; as found before turned."""
    where = choice.features[0].partition(" |")[0]
    return ("none", "publication", "clause", "sentence").index(where) if where in WHERE else 9, where


WHERE = ("none", "publication", "clause", "sentence")


def example(case: Case) -> tuple[list[tuple[str, ...]], int] | None:
    """The right answer among the wrong ones; other right ones are left out, so that they do not weaken it."""
    right = answer(case)
    if right is None:
        return None
    wrong = [c.features for c in case.choices if not fits(case, c)]
    return [case.choices[right].features, *wrong], 0


def fits(case: Case, choice: Choice) -> bool:
    """Whether an answer is the labelled one, as the scorer compares."""
    return scorer_module().same_date(
        case.statement.get("date"), choice.period.iso() if choice.period else None
    )


def fit(held: list[Case]) -> dict[str, Any]:
    """The weights learned from these cases."""
    return fit_choice([e for e in map(example, held) if e], least=LEAST, penalty=PENALTY)


LEAST = 3
PENALTY = 4.0


def right(case: Case, weights: Weights) -> bool:
    """Whether the best answer is the labelled one."""
    return fits(case, chosen(case, weights))


def chosen(case: Case, weights: Weights) -> Choice:
    """The best answer."""
    return max(case.choices, key=lambda c: weights.scores(c.features)[0])


def report(name: str, judged: list[tuple[Case, bool]]) -> None:
    """Accuracy by status, and how many have the right answer among those possible."""
    all_of, good, reach = Counter(), Counter(), Counter()
    for case, ok in judged:
        for key in ("all", case.statement["status"]):
            all_of[key] += 1
            good[key] += ok
            reach[key] += answer(case) is not None
    print(name, {k: f"{good[k] / n:.3f}/{reach[k] / n:.3f} of {n}" for k, n in all_of.most_common()})


def main() -> None:
    """Writes the weights; with --check (--wrong, --errors) cross-validates by document instead."""
    tuned = list(cases(aside=False))
    judged = []
    for fold in range(FOLDS if "--check" in sys.argv else 0):
        weights = as_weights(fit([c for c in tuned if c.fold != fold]))
        judged += [(c, right(c, weights)) for c in tuned if c.fold == fold]
        if "--wrong" in sys.argv:
            misses([c for c in tuned if c.fold == fold], weights)
    if "--check" in sys.argv:
        report("cross-validated", judged)
        errors(judged if "--errors" in sys.argv else [])
        return
    fitted = fit(tuned)
    save(fitted, "timing")
    if "--aside" in sys.argv:
        weights = as_weights(fitted)
        report("put aside", [(c, right(c, weights)) for c in cases(aside=True)])


def misses(held: list[Case], weights: Weights) -> None:
    """Statements where the right answer was possible and another one was taken."""
    for case in held:
        got = chosen(case, weights)
        if answer(case) is not None and not fits(case, got):
            s = case.statement
            took = got.period.iso() if got.period else None
            print(
                "WRONG",
                case.name,
                s["status"],
                "gold",
                s.get("date"),
                "got",
                took,
                got.reason,
                "|",
                s["evidence"][:150].replace("\n", " "),
            )


def errors(judged: list[tuple[Case, bool]]) -> None:
    """Statements whose date is not among the possible answers."""
    for case, _ in judged:
        if answer(case) is None:
            held = sorted({c.period.iso() for c in case.choices if c.period})
            s = case.statement
            print(
                case.file[:6],
                case.name,
                s["status"],
                s.get("date"),
                held,
                "|",
                s["evidence"][:200].replace("\n", " "),
            )


if __name__ == "__main__":
    main()
