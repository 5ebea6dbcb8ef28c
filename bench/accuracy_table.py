"""Writes the frozen figures of bench/accuracy.json as the table in the README; none is typed by hand.

usage: python bench/accuracy_table.py [--check]
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FROZEN = ROOT / "bench/accuracy.json"
README = ROOT / "README.md"
BLOCK = re.compile(r"(<!-- accuracy:start -->\n).*?(<!-- accuracy:end -->)", re.DOTALL)
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


def main() -> int:
    """Write the block, or with --check say whether it is as it should be."""
    before = README.read_text(encoding="utf-8")
    written = table(json.loads(FROZEN.read_text(encoding="utf-8")))
    after = BLOCK.sub(lambda found: found.group(1) + written + found.group(2), before)
    if after == before:
        return 0 if written in before else complain("README.md has no block between the accuracy marks")
    if "--check" in sys.argv:
        return complain(
            "the table in README.md is not that of bench/accuracy.json; run bench/accuracy_table.py"
        )
    README.write_text(after, encoding="utf-8")
    print("README.md renewed")
    return 0


def complain(words: str) -> int:
    """Say what is wrong; the exit code of a failure."""
    print(words, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
