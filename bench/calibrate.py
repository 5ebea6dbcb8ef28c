"""Fits how sure a statement is, on the watched documents, which neither tables nor document reader have seen.

usage: MUSTERBOOK_HOLD_WATCHED=1 make learn     the tables without the watched documents
       python bench/calibrate.py [--save]       fits, shows the bands and the best thresholds; --save writes the table
       make learn                               the tables as they ship

A statement is right where force, place and figures are those of a labelled one. The bands are cross-validated.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from learn import as_weights, fit_classes, save
from musterbook.lexicon.pack import load_pack
from musterbook.lexicon.register import load_register
from musterbook.reading.claims import drafts, make_claims, says_nothing
from musterbook.reading.look import look
from musterbook.reading.reader import judge_of
from texts import Document, scorer_module, teaching

FOLDS, STRENGTH = 5, 1.0
THRESHOLDS = tuple(n / 20 for n in range(4, 13))
NUMBERS = ("level", "before", "after", "delta", "ratio", "low", "high")


@dataclass(frozen=True)
class Case:
    """A statement that was read: its document, who read it, what its sureness is reckoned from, whether it is right."""

    document: str
    judge: str
    signs: tuple[str, ...]
    right: bool
    alarm: bool  # whether nothing is labelled in its document


def cases(learned: bool) -> tuple[list[Case], int]:
    """All statements read in the watched documents, however unsure, and how many are labelled there."""
    pack, register, scorer = load_pack("en"), load_register(), scorer_module()
    found, labelled = [], 0
    for _, document in teaching(watched=True):
        context = look(document["text"], document.get("title") or "", pack, register)
        judge = judge_of(context, document.get("title") or "", learned)
        gold = document["statements"]
        labelled += sum(not s.get("optional") for s in gold)
        for draft in drafts(context, judge):
            if draft.pair is None:
                continue
            claim = make_claims(context, draft.members, draft.clause, draft.pair, 0.0)[0]
            if not says_nothing(claim):
                right = any(scorer.core(g, plain(claim)) for g in gold)
                found.append(Case(document["id"], judge.name, draft.signs, right, not gold))
    return found, labelled


def plain(claim: Any) -> Document:  # noqa: ANN401 -- a claim, told as the scorer takes it
    """A claim in the interchange form, as far as core goes."""
    figures = {n: getattr(claim.figures, n) for n in NUMBERS if getattr(claim.figures, n) is not None}
    return {"force": claim.force.code, "place": claim.place.code if claim.place else None, **figures}


def fit(held: list[Case]) -> dict[str, Any]:
    """The table from these cases."""
    examples = [(c.signs, "right" if c.right else "wrong") for c in held]
    return fit_classes(examples, least=2, strength=STRENGTH)


def crossed(held: list[Case]) -> list[tuple[float, Case]]:
    """Every case with its sureness by a table that has not seen its document."""
    documents = sorted({c.document for c in held})
    fold = {name: i % FOLDS for i, name in enumerate(documents)}
    judged = []
    for number in range(FOLDS):
        weights = as_weights(fit([c for c in held if fold[c.document] != number]))
        judged += [(weights.chances(c.signs)["right"], c) for c in held if fold[c.document] == number]
    return judged


def show(name: str, judged: list[tuple[float, Case]], labelled: int) -> None:
    """The share that is right in each band of sureness, and what every threshold would give."""
    print(f"{name}: {len(judged)} statements read, {labelled} labelled")
    bands: dict[float, list[bool]] = defaultdict(list)
    for sure, case in judged:
        bands[int(sure * 10) / 10].append(case.right)
    for low, rights in sorted(bands.items()):
        print(
            f"  sure {low:.1f}-{low + 0.1:.1f}  {len(rights):>4} read  {sum(rights) / len(rights):.2f} right"
        )
    for least in THRESHOLDS:
        kept = [case for sure, case in judged if sure >= least]
        hit, alarms = sum(c.right for c in kept), sum(c.alarm for c in kept)
        precision, recall = hit / max(1, len(kept)), hit / labelled
        f1 = 2 * hit / max(1, len(kept) + labelled)
        print(f"  from {least:.2f}  P {precision:.3f} R {recall:.3f} F1 {f1:.3f}  {alarms} alarms")


def main() -> None:
    """Fits, shows, saves."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--save", action="store_true")
    save_it = ask.parse_args().save
    everything = []
    for learned in (False, True):
        held, labelled = cases(learned)
        show("document reader" if learned else "rules", crossed(held), labelled)
        everything += held
    if save_it:
        save(fit(everything), "sureness")


if __name__ == "__main__":
    main()
