"""Writes the frozen figures of bench/pages.json as the table in docs/intake.md.

usage: python bench/pages_table.py [--check]
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from blocks import renew

ROOT = Path(__file__).resolve().parents[1]
FROZEN, PAGE = ROOT / "bench/pages.json", ROOT / "docs/intake.md"
WAYS = ("quality path", "trafilatura and htmldate alone", "fast path")
TESTED = "pages of htmldate's tests"


def table(frozen: dict[str, Any]) -> str:
    """A line for each way over all pages, then one for each design, then htmldate's own pages."""
    lines = [
        f"| {frozen['pages']} pages | main text, F1 | days exact | milliseconds a page |\n|---|---|---|---|\n"
    ]
    lines += [f"| {way} | {' | '.join(map(str, frozen['all'][way].values()))} |\n" for way in WAYS]
    lines.append(f"\n| main text, F1; days exact | {' | '.join(WAYS)} |\n|---|---|---|---|\n")
    for design, by in frozen["by design"].items():
        cells = " | ".join(f"{by[way][0]:.3f}; {by[way][1]:.2f}" for way in WAYS)
        lines.append(f"| {design} | {cells} |\n")
    tested = frozen[TESTED]
    lines.append(f"\n| days of the {tested['pages']} pages in htmldate's tests | share |\n|---|---|\n")
    lines += [f"| {name} | {share} |\n" for name, share in tested.items() if name != "pages"]
    return "".join(lines)


if __name__ == "__main__":
    written = table(json.loads(FROZEN.read_text(encoding="utf-8")))
    sys.exit(renew(PAGE, "pages", written, FROZEN, check="--check" in sys.argv))
