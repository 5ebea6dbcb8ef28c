"""Writes the frozen figures of bench/peers.json as tables into docs/scoring.md; none is typed by hand.

usage: python bench/peers_table.py [--check]
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from blocks import renew

ROOT = Path(__file__).resolve().parents[1]
FROZEN = ROOT / "bench/peers.json"
PAGE = ROOT / "docs/scoring.md"
SETS = {"dev_real": "real passages", "chronicle": "retellings", "train, English": "composed", "all": "all"}
PARTS = {"aside": "put aside", "tune": "tuned on"}
OUTCOMES = ("exact", "near", "wrong", "nothing", "errors")
Figures = dict[str, Any]


def figures_table(figures: Figures) -> str:
    """Recall, precision and F1 over everything, and F1 set by set."""
    head = "| figures | recall | precision | F1 | " + " | ".join(f"F1 {n}" for n in list(SETS.values())[:3])
    lines = [head + " | errors |", "|---" * 8 + "|"]
    for name, row in figures.items():
        every = row.get("all")
        if every is None:
            lines.append(f"| {name} | {row['reason']} " + "| – " * 6 + "|")
            continue
        shares = [every["recall"], every["precision"], every["f1"], *(row[s]["f1"] for s in list(SETS)[:3])]
        lines.append(f"| {name} | " + " | ".join(f"{v:.2f}" for v in shares) + f" | {row['errors']} |")
    return "\n".join(lines) + "\n"


def days_table(days: Figures) -> str:
    """How often each outcome came."""
    lines = ["| date phrases | " + " | ".join(OUTCOMES) + " |", "|---" * 6 + "|"]
    for name, row in days.items():
        cells = [str(row[o]) for o in OUTCOMES] if "exact" in row else [row["reason"], *"––––"]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def statements_table(statements: Figures) -> str:
    """The shared scorer's figures set by set."""
    lines = ["| whole statements | texts | core | figures | full | false alarms |", "|---" * 6 + "|"]
    for name, sets in statements.items():
        for one, words in SETS.items():
            row = sets[one]
            scores = " | ".join(f"{row[what]:.2f}" for what in ("core", "figures", "full"))
            alarms = "–" if row["false alarms"] is None else f"{row['false alarms']:.0f}"
            lines.append(f"| {name} | {words} | {scores} | {alarms} |")
    return "\n".join(lines) + "\n"


def tables(frozen: Figures) -> str:
    """The three tables, with what each was measured on."""
    documents, part = frozen["documents"], PARTS[frozen["part"]]
    wanted = frozen["figures"]["Musterbook"]["all"]["wanted"]
    count = sum(frozen["days"]["Musterbook"][o] for o in OUTCOMES)
    return (
        f"{documents} documents {part}, {wanted} personnel numbers:\n\n{figures_table(frozen['figures'])}\n"
        f"{count} phrases:\n\n{days_table(frozen['days'])}\n"
        f"The same {documents} documents:\n\n{statements_table(frozen['statements'])}"
    )


def write(frozen: Figures, *, check: bool = False) -> int:
    """Write the tables into the page, or only say whether they are as they should be; the exit code."""
    return renew(PAGE, "peers", tables(frozen), FROZEN, check=check)


if __name__ == "__main__":
    sys.exit(write(json.loads(FROZEN.read_text(encoding="utf-8")), check="--check" in sys.argv))
