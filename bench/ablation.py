"""Rules alone against rules with the document reader, on the part put aside: accuracy, false alarms, speed, size.

usage: python bench/ablation.py [--freeze]

Groups are those of the reading issue: real (dev_real, short_news), chronicle, hard (hard and the five theatres),
damaged, traps, spoken (official_spoken, voices_dates_status). Intervals are a bootstrap over documents, 1,000
draws, seeded.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path
from typing import Any

from score import read_document
from texts import Document, documents, scorer_module

FROZEN = Path(__file__).with_name("ablation.json")
GROUPS = {
    "real": ("dev_real", "short_news"),
    "chronicle": ("chronicle",),
    "hard": ("hard", "africa_un", "europe_nato", "middle_east", "asia_americas", "wars_1991_2014"),
    "damaged": ("damaged",),
    "traps": ("traps",),
    "spoken": ("official_spoken", "voices_dates_status"),
}
READERS = {"rules": False, "rules + document reader": True}
DRAWS = 1000


def spread(gold: dict[str, Document], read_now: dict[str, Document], chance: random.Random) -> list[float]:
    """The middle 95 % of core F1 over documents drawn again."""
    scorer = scorer_module()
    counts = {i: scorer.score({i: d}, {i: read_now[i]})[0] for i, d in gold.items()}
    triples = [
        (c["core"]["recall"] * c["gold_statements"], c["gold_statements"], c["predicted_statements"])
        for c in counts.values()
    ]
    found = []
    for _ in range(DRAWS):
        drawn = chance.choices(triples, k=len(triples))
        hit, wanted, given = (sum(column) for column in zip(*drawn, strict=True))
        found.append(2 * hit / (wanted + given) if wanted + given else 0.0)
    found.sort()
    return [round(found[int(DRAWS * 0.025)], 3), round(found[int(DRAWS * 0.975)], 3)]


def measure(learned: bool) -> dict[str, Any]:
    """The figures of one reader."""
    chance, scorer = random.Random(1), scorer_module()  # noqa: S311 -- a seeded draw, no secret
    found: dict[str, Any] = {}
    count, begun = 0, time.process_time()
    for group, names in GROUPS.items():
        gold = {d["id"]: d for name in names for d in documents(name, aside=True)}
        read_now = {i: read_document(d, learned) for i, d in gold.items()}
        count += len(gold)
        result = scorer.score(gold, read_now)[0]
        found[group] = {
            "core": result["core"]["f1"],
            "interval": spread(gold, read_now, chance),
            "figures": result["figures"]["f1"],
            "full": result["full"]["f1"],
            **{k: result[k] for k in ("status", "date", "speaker", "false_alarms_per_100")},
        }
    found["reports a second of CPU, scoring included"] = round(count / (time.process_time() - begun))
    return found


def main() -> None:
    """Measures both readers."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--freeze", action="store_true")
    args = ask.parse_args()
    found = {name: measure(learned) for name, learned in READERS.items()}
    print(f"{'':>24} {'':>10} core  (95 %)         figures full  status date  speaker alarms/100")
    for name, groups in found.items():
        for group, r in groups.items():
            if isinstance(r, dict):
                low, high = r["interval"]
                print(
                    f"{name:>24} {group:>10} {r['core']:.3f} ({low:.3f}-{high:.3f})"
                    f" {r['figures']:.3f}   {r['full']:.3f} {r['status']:.3f}"
                    f"  {r['date']:.3f} {r['speaker']:.3f}   {r['false_alarms_per_100']}"
                )
    if args.freeze:
        FROZEN.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
