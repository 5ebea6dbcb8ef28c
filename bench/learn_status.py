"""Learns the weights that tell a status from the words around a number; never scores on what it saw."""

from __future__ import annotations

import argparse
import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.optimize import minimize

from learn import as_weights, matrix, save, table, vocabulary
from musterbook.lexicon.pack import load_pack
from musterbook.lexicon.weights import Weights
from musterbook.model import Status
from musterbook.reading.marks import Claim
from musterbook.reading.sheet import Sheet, cut_up
from musterbook.reading.status import allowed, status_features
from musterbook.values import Figures, Mention, Span
from texts import Document, labelled

PACK = load_pack("en")
FOLDS = 5
FIELDS = ("level", "before", "after", "delta", "ratio", "low", "high", "approx")
NUMBERS = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    r"|hundred|thousand|dozen|score|half|third|quarter|all|every|none|no|zero|entire|last|double|both|couple|complete|end)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Example:
    """One labelled statement, seen with its clause or with its whole sentence."""

    file: str
    fold: int
    view: str  # clause, whole (sentence) or wordless (no figures, as of a qualitative claim)
    status: str
    figures: Figures
    features: tuple[str, ...]
    text: str


def figures_of(labels: dict[str, Any]) -> Figures | None:
    """The labelled figures; None where they contradict themselves."""
    try:
        return Figures(**{f: labels[f] for f in FIELDS if labels.get(f) is not None})
    except ValueError:
        return None


def numbers_in(evidence: str, figures: Figures, offset: int) -> tuple[Span, ...]:
    """Where the figures stand in the evidence: as digits, else the first number word."""
    wanted = [v for f in FIELDS[:-1] if (v := getattr(figures, f)) is not None and f != "ratio"]
    found = set()
    for value in wanted:
        size = abs(int(value))
        for form in (f"{size:,}", f"{size:,}".replace(",", "."), f"{size:,}".replace(",", " "), str(size)):
            hit = re.search(rf"(?<![\d.,]){re.escape(form)}(?!\d)", evidence)
            if hit:
                found.add(hit.span())
                break
    if not found:
        hit = re.search(r"\d[\d.,]*", evidence) or NUMBERS.search(evidence)
        if hit:
            found.add(hit.span())
    return tuple(Span(offset + a, offset + b) for a, b in sorted(found))


def claims(document: Document, sheet: Sheet) -> Iterator[tuple[Claim, str]]:
    """The labelled statements as claims that a perfect binder would make."""
    for labels in document["statements"]:
        start, figures = document["text"].find(labels["evidence"]), figures_of(labels)
        if start < 0 or figures is None or not labels["evidence"]:
            continue
        clause = Span(start, start + len(labels["evidence"]))
        numbers = numbers_in(labels["evidence"], figures, start)
        at = sheet.sentence_at(numbers[0].start if numbers else start)
        yield Claim(at, clause, numbers, figures, Mention(labels.get("force") or ""), None), labels["status"]


def examples(aside: bool) -> Iterator[Example]:
    """All labelled statements of one part, each seen in three views."""
    for name, document in labelled(aside):
        sheet = cut_up(document["text"], PACK)
        key = document.get("origin") or document["id"]
        fold = int(hashlib.md5(key.encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS
        for claim, status in claims(document, sheet):
            wide = replace(claim, clause=sheet.sentences[claim.sentence].span)
            bare = replace(claim, figures=Figures(), numbers=())
            for view, seen in (("clause", claim), ("whole", wide), ("wordless", bare)):
                features = tuple(dict.fromkeys(status_features(seen, sheet, PACK)))
                words = claim.clause.cut(sheet.text)
                yield Example(name, fold, view, status, seen.figures, features, words)


def fitted(of: list[Example], least: int, penalty: float) -> dict[str, Any]:
    """A logistic regression in which only the statuses that the figures allow compete with the right one."""
    names = [s.value for s in Status]
    known = vocabulary([e.features for e in of], least)
    rows = matrix([e.features for e in of], known)
    columns, size = rows.T.tocsr(), len(known) * len(names)
    closed = np.array([[-1e9 * (s not in allowed(e.figures) and s != e.status) for s in Status] for e in of])
    right = np.array([[float(n == e.status) for n in names] for e in of])

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights, bias = flat[:size].reshape(-1, len(names)), flat[size:]
        scores = rows @ weights + bias + closed
        top = scores.max(1, keepdims=True)
        powers = np.exp(scores - top)
        whole = powers.sum(1, keepdims=True)
        slope = powers / whole - right
        cost = (np.log(whole) + top).sum() - (scores * right).sum() + penalty / 2 * (weights**2).sum()
        return float(cost), np.concatenate([(columns @ slope + penalty * weights).ravel(), slope.sum(0)])

    start = np.zeros(size + len(names))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 60}).x
    return table(names, known, found[:size].reshape(-1, len(names)), found[size:])


def guess(weights: Weights, example: Example) -> str:
    """The likeliest status that the figures allow."""
    chances = weights.chances(example.features)
    return max((s.value for s in allowed(example.figures)), key=lambda s: chances.get(s, 0.0))


def report(pairs: list[tuple[Example, str]], title: str) -> None:
    """Accuracy by file and view, and which statuses are taken for which."""
    print(f"\n{title}")
    for view in ("clause", "whole", "wordless"):
        seen = [(e, g) for e, g in pairs if e.view == view]
        right = Counter(e.file for e, g in seen if e.status == g)
        total = Counter(e.file for e, _ in seen)
        shares = {f: right[f] / total[f] for f in total}
        print(
            view,
            f"all {sum(right.values()) / len(seen):.3f} macro {sum(shares.values()) / len(shares):.3f}",
            " ".join(f"{f}={s:.2f}" for f, s in shares.items()),
        )
    names = [s.value for s in Status]
    taken = Counter((e.status, g) for e, g in pairs if e.view == "clause")
    print(" " * 12, *(f"{n[:6]:>7}" for n in names))
    for truth in names:
        print(f"{truth:12}", *(f"{taken[truth, g]:7}" for g in names))


def main() -> None:
    """Writes the weights; with --check cross-validates on what is not put aside instead."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--least", type=int, default=4)
    asked.add_argument("--penalty", type=float, default=20.0)
    asked.add_argument("--check", action="store_true")
    asked.add_argument("--aside", action="store_true")
    asked.add_argument("--show", action="store_true")
    options = asked.parse_args()
    known = list(examples(False))
    if options.check:
        pairs = []
        for fold in range(FOLDS):
            weights = as_weights(fitted([e for e in known if e.fold != fold], options.least, options.penalty))
            pairs += [(e, guess(weights, e)) for e in known if e.fold == fold]
        report(pairs, f"cross-validated, least {options.least}, penalty {options.penalty}")
        wrong = [(e, g) for e, g in pairs if e.status != g and e.view == "clause"] if options.show else []
        for e, g in wrong:
            print(f"{e.status:11}{g:11}{e.file[:10]:11}{e.text[:200]!r}")
        return
    final = fitted(known, options.least, options.penalty)
    save(final, "status")
    if options.aside:
        report([(e, guess(as_weights(final), e)) for e in examples(True)], "put aside")


if __name__ == "__main__":
    main()
