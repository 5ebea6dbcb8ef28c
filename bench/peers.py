"""Published tools beside Musterbook: the same documents, the same run, each at the part of the job that it claims.

usage: python bench/peers.py [--freeze] [--part aside|tune]

Figures: see peers_figures.py. Date phrases: see peers_days.py. Whole statements: the shared scorer on us and on the
naive reader of peers_naive.py. Documents put aside are only counted, never shown. --freeze writes bench/peers.json and
the tables in docs/scoring.md; it is refused for the part tuned on.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import peers_days
import peers_figures
import peers_table
from peers_naive import numbers, read_naively
from peers_tools import DAY_TOOLS, FIGURE_TOOLS, ask
from score import PARTS, read_document
from texts import Document, documents, files, scorer_module

FROZEN = Path(__file__).with_name("peers.json")
US = "Musterbook"
Sets = dict[str, dict[str, Document]]
Row = dict[str, Any]


def sets(part: str) -> Sets:
    """The documents of one part by set, as bench/score.py has them."""
    found: Sets = {name: {} for name in peers_table.SETS}
    for name in files():
        gold = {d["id"]: d for d in documents(name, aside=PARTS[part])}
        found[name if name in found else "train, English"] |= gold
        found["all"] |= gold
    return found


def figure_rows(gold: Sets, read_now: dict[str, Document]) -> dict[str, Row]:
    """Us, each tool with and without our nouns, and every number in digits."""
    rows = {US: row(gold, {i: peers_figures.ours(a) for i, a in read_now.items()}, 0)}
    lines = [{"id": i, "text": d["text"]} for i, d in gold["all"].items()]
    for tool in FIGURE_TOOLS:
        name, answers = f"{tool.name} {tool.version}", ask(tool, "figures", lines)
        rows |= {name: {"reason": answers}} if isinstance(answers, str) else both(name, gold, answers)
    return rows | both(
        "every number in digits", gold, {n["id"]: {"found": numbers(n["text"])} for n in lines}
    )


def both(name: str, gold: Sets, answers: dict[str, Row]) -> dict[str, Row]:
    """A tool's row over all that it finds, and over what stands before our nouns."""
    broken = sum("found" not in answers.get(i, {}) for i in gold["all"])
    named = {name: False, f"{name}, before our nouns": True}
    return {
        words: row(gold, {i: peers_figures.theirs(answers.get(i, {}), nouns=n) for i in gold["all"]}, broken)
        for words, n in named.items()
    }


def row(gold: Sets, offers: dict[str, peers_figures.Offer], errors: int) -> Row:
    """The measure of each set."""
    return {name: peers_figures.measure(g, offers.__getitem__) for name, g in gold.items()} | {
        "errors": errors
    }


def day_rows() -> dict[str, Row]:
    """Us and each tool on the phrases."""
    known = peers_days.phrases()
    rows: dict[str, Row] = {US: dict(peers_days.measure(known, {p.id: peers_days.ours(p) for p in known}))}
    lines = [{"id": p.id, "text": p.text, "day": p.day.isoformat()} for p in known]
    for tool in DAY_TOOLS:
        answers = ask(tool, "days", lines)
        measured = {"reason": answers} if isinstance(answers, str) else peers_days.measure(known, answers)
        rows[f"{tool.name} {tool.version}"] = dict(measured)
    return rows


def statement_rows(gold: Sets, read_now: dict[str, Document]) -> dict[str, Row]:
    """Us and the naive reader, by the shared scorer."""
    readers = {US: read_now, "naive reader": {i: read_naively(d) for i, d in gold["all"].items()}}
    return {who: {name: scored(g, answers) for name, g in gold.items()} for who, answers in readers.items()}


def scored(gold: dict[str, Document], answers: dict[str, Document]) -> Row:
    """The scorer's figures that we compare."""
    result = scorer_module().score(gold, answers)[0]
    shares = {what: result[what]["f1"] for what in ("core", "figures", "full")}
    return shares | {"false alarms": result["false_alarms_per_100"]}


def main() -> None:
    """Measures, shows, freezes."""
    ask_for = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask_for.add_argument("--freeze", action="store_true")
    ask_for.add_argument("--part", choices=PARTS, default="aside")
    args = ask_for.parse_args()
    if args.freeze and args.part != "aside":
        ask_for.error("only the part put aside is frozen")
    gold = sets(args.part)
    read_now = {i: read_document(d) for i, d in gold["all"].items()}
    found = {
        "part": args.part,
        "documents": len(gold["all"]),
        "figures": figure_rows(gold, read_now),
        "days": day_rows(),
        "statements": statement_rows(gold, read_now),
    }
    print(peers_table.tables(found))
    if args.freeze:
        FROZEN.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        print(f"frozen in {FROZEN.name}")
        raise SystemExit(peers_table.write(found))


if __name__ == "__main__":
    main()
