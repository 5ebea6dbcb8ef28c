"""Weights that a script in bench/ learned from labelled texts, as a readable table: feature -> weight per class."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from itertools import repeat

from musterbook.errors import LexiconError

NOTHING = repeat(0.0)  # the weight of what was never seen


@dataclass(frozen=True)
class Weights:
    """A linear scorer. ``rows`` gives each feature's weight for every class, in the order of ``classes``."""

    classes: tuple[str, ...]
    rows: Mapping[str, tuple[float, ...]]
    bias: tuple[float, ...]

    def scores(self, features: Iterable[str]) -> list[float]:
        """The sum of the features' weights per class; unknown features weigh nothing."""
        known = filter(None, map(self.rows.get, features))
        return list(map(sum, zip(self.bias, *known, strict=True)))

    def score(self, features: Iterable[str]) -> float:
        """The sum for the only class of a scorer that ranks."""
        return self.bias[0] + sum(map(self.first.get, features, NOTHING))

    @cached_property
    def first(self) -> dict[str, float]:
        """Each feature's weight for the first class."""
        return {feature: row[0] for feature, row in self.rows.items()}

    def chances(self, features: Iterable[str]) -> dict[str, float]:
        """Probabilities per class (softmax of the scores); they add up to 1."""
        return dict(zip(self.classes, softmax(self.scores(features)), strict=True))


def softmax(scores: list[float]) -> list[float]:
    """Scores as probabilities."""
    top = max(scores)
    powers = [math.exp(s - top) for s in scores]
    whole = sum(powers)
    return [p / whole for p in powers]


def weighed(scores: Sequence[float], other: Sequence[float] | None, trust: float) -> int:
    """The best of several answers; ``other`` are log chances by somebody else, which count ``trust`` times."""
    sums = scores if other is None else [s + trust * o for s, o in zip(scores, other, strict=True)]
    return max(range(len(sums)), key=sums.__getitem__)


@cache
def load_weights(language: str, name: str) -> Weights:
    """``packs/<language>/weights_<name>.json``; LexiconError when it is missing."""
    file = resources.files("musterbook").joinpath("packs", language, f"weights_{name}.json")
    if not file.is_file():
        raise LexiconError(f"packs/{language}/weights_{name}.json is missing; bench/learn.py makes it")
    held = json.loads(file.read_text(encoding="utf-8"))
    rows = {feature: tuple(row) for feature, row in held["rows"].items()}
    return Weights(tuple(held["classes"]), rows, tuple(held["bias"]))
