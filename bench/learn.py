"""Fits the linear scorers that the reader uses, from the labelled texts that are not put aside."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from musterbook.lexicon.weights import Weights, packed

PACKS = Path(__file__).resolve().parents[1] / "src/musterbook/packs"
Example = tuple[Sequence[str], str]  # features, class
Choice = tuple[Sequence[Sequence[str]], int]  # features of every candidate, index of the right one


def vocabulary(bags: Iterable[Sequence[str]], least: int) -> dict[str, int]:
    """Features that stand in at least ``least`` examples, numbered in alphabetical order."""
    counts = Counter(f for bag in bags for f in set(bag))
    return {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= least))}


def matrix(bags: Sequence[Sequence[str]], known: dict[str, int]) -> csr_matrix:
    """One row an example, one column a feature."""
    rows, columns = [], []
    for row, bag in enumerate(bags):
        for column in sorted({known[f] for f in bag if f in known}):
            rows.append(row)
            columns.append(column)
    return csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(bags), len(known)))


def fit_classes(examples: Sequence[Example], *, least: int = 2, strength: float = 0.3) -> dict[str, object]:
    """A multinomial logistic regression as a table of weights; ``strength`` is the inverse of the penalty."""
    known = vocabulary((bag for bag, _ in examples), least)
    model = LogisticRegression(C=strength, max_iter=400)
    model.fit(matrix([bag for bag, _ in examples], known), [label for _, label in examples])
    weights, bias, classes = model.coef_, model.intercept_, list(model.classes_)
    if len(classes) == 2:  # scikit-learn keeps one row for two classes
        weights, bias = np.vstack([-weights[0] / 2, weights[0] / 2]), np.array([-bias[0] / 2, bias[0] / 2])
    return table(classes, known, weights.T, bias)


def fit_choice(choices: Sequence[Choice], *, least: int = 2, penalty: float = 1.0) -> dict[str, object]:
    """A conditional logit: the right candidate should outscore the others of its own list."""
    bags = [bag for candidates, _ in choices for bag in candidates]
    known = vocabulary(bags, least)
    rows = matrix(bags, known)
    sizes = np.array([len(candidates) for candidates, _ in choices])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    right = starts + np.array([answer for _, answer in choices])
    group = np.repeat(np.arange(len(choices)), sizes)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = rows @ weights
        top = np.maximum.reduceat(scores, starts)
        powers = np.exp(scores - top[group])
        whole = np.add.reduceat(powers, starts)
        chances = powers / whole[group]
        slope = chances.copy()
        slope[right] -= 1
        cost = np.sum(np.log(whole) + top - scores[right]) + penalty * weights @ weights / 2
        return float(cost), rows.T @ slope + penalty * weights

    fitted = minimize(loss, np.zeros(len(known)), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return table(["yes"], known, fitted.x.reshape(-1, 1), np.zeros(1))


def table(
    classes: list[str], known: dict[str, int], weights: np.ndarray, bias: np.ndarray
) -> dict[str, object]:
    """The weights as they ship: rounded, features that weigh next to nothing left out."""
    rows = {f: [round(float(w), 3) for w in weights[i]] for f, i in known.items()}
    rows = {f: row for f, row in rows.items() if max(map(abs, row)) >= 0.02}
    return {"classes": classes, "bias": [round(float(b), 3) for b in bias], "rows": rows}


def as_weights(fitted: dict[str, Any]) -> Weights:
    """A fitted table as the reader uses it."""
    rows = {feature: packed(row) for feature, row in fitted["rows"].items()}
    return Weights(tuple(fitted["classes"]), rows, packed(fitted["bias"]))


def save(fitted: dict[str, object], name: str, language: str = "en") -> None:
    """Writes ``packs/<language>/weights_<name>.json``, a line a feature, so that a change shows as a diff."""
    rows = fitted["rows"]
    assert isinstance(rows, dict)  # noqa: S101 -- ours, two lines above
    lines = ",\n".join(
        f"  {json.dumps(f, ensure_ascii=False)}: {json.dumps(row)}" for f, row in sorted(rows.items())
    )
    head = f'{{"classes": {json.dumps(fitted["classes"])},\n "bias": {json.dumps(fitted["bias"])},\n "rows": {{\n'
    (PACKS / language / f"weights_{name}.json").write_text(f"{head}{lines}\n}}}}\n", encoding="utf-8")
