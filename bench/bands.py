"""Of the statements given with so much confidence, how many are right: counted on the part put aside.

usage: python bench/bands.py [--freeze]   (--freeze writes bench/bands.json)

Right means force, place and figures. Statements of debatable labels count neither way.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

from score import interchange, reading_of
from texts import documents, files, scorer_module

FROZEN = Path(__file__).with_name("bands.json")
EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.95, 1.01)


def judged(learned: bool) -> list[tuple[float, bool]]:
    """Confidence of every statement read, and whether it is right."""
    scorer, found = scorer_module(), []
    for name in files():
        for document in documents(name, aside=True):
            reading = reading_of(document, learned)
            for statement in reading.statements:
                if not statement.figures.key():
                    continue
                plain = {k: v for k, v in interchange(reading, statement).items() if v is not None}
                hits = [g for g in document["statements"] if scorer.core(g, plain)]
                if not hits or not all(g.get("optional") for g in hits):
                    found.append((statement.confidence, bool(hits)))
    return found


def banded(pairs: list[tuple[float, bool]]) -> dict[str, dict[str, float]]:
    """How many in each band, their mean confidence, and the share that is right."""
    bands: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for sure, right in pairs:
        low, high = next((a, b) for a, b in pairwise(EDGES) if a <= sure < b)
        bands[f"{low:.2f}-{min(high, 1.0):.2f}"].append((sure, right))
    return {
        band: {
            "read": len(held),
            "confidence": round(sum(s for s, _ in held) / len(held), 3),
            "right": round(sum(r for _, r in held) / len(held), 3),
        }
        for band, held in sorted(bands.items())
    }


def main() -> None:
    """Counts, shows, freezes."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--freeze", action="store_true")
    found = {}
    for name, learned in (("rules", False), ("document reader", True)):
        found[name] = banded(judged(learned))
        for band, figures in found[name].items():
            print(f"{name:>16}  {band}  {figures['read']:>5} read  {figures['right']:.2f} right")
    if ask.parse_args().freeze:
        FROZEN.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        print(f"frozen in {FROZEN.name}")


if __name__ == "__main__":
    main()
