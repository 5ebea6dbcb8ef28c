"""Weights that a script in bench/ learned from labelled texts, as a readable table: feature -> weight per class."""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import repeat

from musterbook.errors import LexiconError

NOTHING = repeat(0)  # the weight of what was never seen
UNIT = 1000  # weights are thousandths
FIELD = 32  # bits of one class in a packed row
MIDDLE = 1 << (FIELD - 1)


@dataclass(frozen=True)
class Weights:
    """A linear scorer. ``rows`` gives each feature's weight for every class, in the order of ``classes``.

    A row is one whole number with a field of 32 bits for each class, in thousandths: adding rows adds all classes at
    once, exactly, and some five times as fast as class by class.
    """

    classes: tuple[str, ...]
    rows: Mapping[str, int]
    bias: int

    def scores(self, features: Iterable[str]) -> list[float]:
        """The sum of the features' weights per class; unknown features weigh nothing."""
        return unpacked(sum(map(self.rows.get, features, NOTHING), self.bias), len(self.classes))

    def score(self, features: Iterable[str]) -> float:
        """The sum for the only class of a scorer that ranks."""
        return sum(map(self.rows.get, features, NOTHING), self.bias) / UNIT

    def chances(self, features: Iterable[str]) -> dict[str, float]:
        """Probabilities per class (softmax of the scores); they add up to 1."""
        return dict(zip(self.classes, softmax(self.scores(features)), strict=True))


def packed(row: Sequence[float]) -> int:
    """A row of weights as one number."""
    fields = struct.pack(f"<{len(row)}I", *[round(weight * UNIT) + MIDDLE for weight in row])
    return int.from_bytes(fields, "little") - _lift(len(row))


def unpacked(row: int, classes: int) -> list[float]:
    """The weights that a packed row, or a sum of such, holds."""
    lifted = (row + _lift(classes)).to_bytes(classes * FIELD // 8, "little")
    return [(field - MIDDLE) / UNIT for field in struct.unpack(f"<{classes}I", lifted)]


@cache
def _lift(classes: int) -> int:
    """Added to a row, it makes every field a number without sign."""
    return sum(MIDDLE << (FIELD * n) for n in range(classes))


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
    rows = {feature: packed(row) for feature, row in held["rows"].items()}
    return Weights(tuple(held["classes"]), rows, packed(held["bias"]))
