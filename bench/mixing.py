"""How much the document reader's views weigh beside the tables', one weight after the other, on the watched documents.

usage: MUSTERBOOK_HOLD_WATCHED=1 make learn; python bench/mixing.py

Prints what every setting gives; the chosen ones are constants in the code. Run with tables that have not seen the
watched documents, or they look better than they are.
"""

from __future__ import annotations

from types import ModuleType
from typing import Any

from musterbook.reading import attribution, learned, status, timing
from score import read_document
from texts import scorer_module, teaching

GRID: tuple[tuple[ModuleType, str, tuple[float, ...], str], ...] = (
    (learned, "TRUST", (0.5, 0.6, 0.7, 0.8, 0.9, 1.0), "core"),
    (learned, "RULES", (0.0, 0.15, 0.3, 0.5), "core"),
    (learned, "PAIRS", (0.3, 0.6, 1.0), "core"),
    (status, "TRUST", (1.0, 2.0, 4.0), "status"),
    (timing, "TRUST", (0.0, 0.5, 1.0, 2.0, 4.0), "date"),
    (attribution, "TRUST", (0.0, 0.5, 1.0, 2.0, 4.0), "speaker"),
)


def measured(gold: dict[str, Any]) -> dict[str, float]:
    """The figures that are tuned, with the settings of the moment."""
    found = scorer_module().score(gold, {i: read_document(d) for i, d in gold.items()})[0]
    return {
        "core": found["core"]["f1"],
        "figures": found["figures"]["f1"],
        "full": found["full"]["f1"],
        "status": found["status"],
        "date": found["date"],
        "speaker": found["speaker"],
        "alarms": found["false_alarms_per_100"] or 0.0,
    }


def main() -> None:
    """One weight after the other, each kept at its best."""
    gold = {d["id"]: d for _, d in teaching(watched=True)}
    for module, name, values, by in GRID:
        began = getattr(module, name)
        tried: dict[float, dict[str, float]] = {}
        for value in values:
            setattr(module, name, value)
            tried[value] = measured(gold)
            told = "  ".join(f"{k} {v:.3f}" for k, v in tried[value].items())
            print(f"{module.__name__.rpartition('.')[2]}.{name} {value:<5} {told}", flush=True)
        best = max(tried, key=lambda v: (tried[v][by], -abs(v - began)))
        setattr(module, name, best)
        print(f"best: {best} (was {began})", flush=True)


if __name__ == "__main__":
    main()
