"""Writes the frozen figures of bench/accuracy.json as the table in the README; none is typed by hand.

usage: python bench/accuracy_table.py [--check]
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from blocks import renew

ROOT = Path(__file__).resolve().parents[1]
FROZEN = ROOT / "bench/accuracy.json"
README = ROOT / "README.md"
SETS = {  # the name in accuracy.json: what it is
    "dev_real": "passages of real reports and hearings",
    "chronicle": "short retellings of real reports",
    "train, English": "composed texts, made to be hard",
}
HEAD = """| texts | put aside: documents | core | figures | full | false alarms | tuned on: core |
|---|---|---|---|---|---|---|
"""
Figures = dict[str, Any]


def table(frozen: Figures) -> str:
    """A line a set of texts: the part put aside first, since only that measures us."""
    return HEAD + "".join(row(name, frozen["aside"][name], frozen["tune"][name]) for name in SETS)


def row(name: str, aside: Figures, tune: Figures) -> str:
    """One set of texts."""
    scores = " | ".join(f"{aside[what]['f1']:.2f}" for what in ("core", "figures", "full"))
    alarms = "–" if aside["false_alarms_per_100"] is None else f"{aside['false_alarms_per_100']:.0f}"
    return f"| {SETS[name]} | {aside['documents']} | {scores} | {alarms} | {tune['core']['f1']:.2f} |\n"


if __name__ == "__main__":
    figures = json.loads(FROZEN.read_text(encoding="utf-8"))
    sys.exit(renew(README, "accuracy", table(figures), FROZEN, check="--check" in sys.argv))
