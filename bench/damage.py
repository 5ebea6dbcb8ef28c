"""What damage costs: the reader on clean reports and on twelve damaged copies of each, and on the seed report.

usage: python bench/damage.py [--freeze]   (--freeze writes bench/damage.json)

Clean reports are those put aside of dev_real, short_news and chronicle; only sums are shown.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from musterbook.model import Report
from musterbook.reading.reader import read
from noise import WAYS, damaged
from score import read_document
from texts import SHARED, Document, documents, scorer_module

FROZEN = Path(__file__).with_name("damage.json")
CLEAN = ("dev_real", "short_news", "chronicle")
SEEDS = (1, 2)


def core(gold: dict[str, Document]) -> float:
    """Core F1 of a set of documents."""
    return float(scorer_module().score(gold, {i: read_document(d) for i, d in gold.items()})[0]["core"]["f1"])


def facts(text: str) -> dict[str, str]:
    """Who, where and how many, as read from a text, with the words that say so."""
    found = read(Report(text)).statements
    return {
        f"{s.force.code} {s.place.code if s.place else '-'} {s.figures.key()}": s.evidence[0].cut(text)
        for s in found
    }


def measure() -> dict[str, Any]:
    """Clean and damaged, way by way."""
    gold = {d["id"]: d for name in CLEAN for d in documents(name, aside=True)}
    clean = core(gold)
    seed = (SHARED / "reports/seed.txt").read_text(encoding="utf-8")
    whole = facts(seed)
    ways: dict[str, Any] = {}
    for way in WAYS:
        scores = [core({i: damaged(d, way, n) for i, d in gold.items()}) for n in SEEDS]
        labels = [{"evidence": words} for words in whole.values()]
        copy = damaged({"id": "seed", "text": seed, "statements": labels}, way)
        mean = sum(scores) / len(scores)
        lost = sorted(set(whole) - set(facts(copy["text"])))
        ways[way] = {"core": round(mean, 4), "lost": round(clean - mean, 4), "seed lost": lost}
        print(f"{way:>20}  core {mean:.3f}  lost {100 * (clean - mean):5.1f} points  seed {lost}", flush=True)
    mean = sum(w["lost"] for w in ways.values()) / len(ways)
    print(f"{'clean':>20}  core {clean:.3f}; mean loss {100 * mean:.1f} points; seed {len(whole)} facts")
    return {
        "documents": len(gold),
        "clean": round(clean, 4),
        "mean lost": round(mean, 4),
        "seed facts": sorted(whole),
        "ways": ways,
    }


def main() -> None:
    """Measures and freezes."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--freeze", action="store_true")
    found = measure()
    if ask.parse_args().freeze:
        FROZEN.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        print(f"frozen in {FROZEN.name}")


if __name__ == "__main__":
    main()
