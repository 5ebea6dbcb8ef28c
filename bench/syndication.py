"""Copies at scale: how well, how fast and in how much memory the reports of a large book are put to their origins.

usage: python bench/syndication.py [--reports 60000] [--freeze]

Invented announcements with their rewrites and neighbours (``rewrites.py``), each printed by many more papers: word for
word, cut, or under another date. What is measured is what every question to the book does: families, utterances and
origins over all of its reports.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from math import comb
from pathlib import Path
from random import Random
from typing import Any

from book_rates import machine, peak
from musterbook.model import Entry, Report, Statement
from musterbook.reckoning.echoes import utterances_of
from musterbook.reckoning.families import kin_of
from musterbook.reckoning.origins import origins
from rewrites import Told, rewrites

FROZEN = Path(__file__).with_suffix(".json")
SEED = 500  # none that the rules were tuned on
PRINTED = 12  # more papers to an announcement, up to
TOWNS, NAMES = ("Daily", "Free", "Lake", "Hill", "River"), ("News", "Echo", "Mail")
SHARES = (4, 2, 1)  # the growth: a quarter, a half and all of the reports


def main() -> None:
    """Measure each size in a process of its own, show, freeze."""
    asked = ArgumentParser(description=__doc__)
    asked.add_argument("--reports", type=int, default=60_000)
    asked.add_argument("--freeze", action="store_true")
    asked.add_argument("--one", type=int, help="measure one size in this process")
    given = asked.parse_args()
    if given.one:
        print(json.dumps(measured(given.one)))
        return
    rows = []
    for share in SHARES:
        call = [sys.executable, __file__, "--one", str(given.reports // share)]
        done = subprocess.run(call, check=True, capture_output=True, text=True)
        rows.append(json.loads(done.stdout))
        print(json.dumps(rows[-1]), flush=True)
    if given.freeze:
        told = {"machine": machine(), "sizes": rows}
        FROZEN.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


def measured(reports: int) -> dict[str, Any]:
    """One book's worth."""
    told = list(printed(reports))
    held = {one.report.id: one.report for one in told}
    entries = [entry for one in told for entry in one.entries]
    truth = {one.report.id: one.origin for one in told}
    before, began = peak(), time.process_time()
    kin = kin_of(entries, held)
    families = time.process_time() - began
    said = utterances_of(kin)
    found = origins(entries, held, kin, said)
    seconds = time.process_time() - began
    groups = {report: n for n, one in enumerate(found) for report in one.reports}
    return {
        "reports": len(held),
        "origins": len(set(truth.values())),
        "origins found": len(found),
        **pairs(truth, groups),
        "seconds": round(seconds, 1),
        "seconds, of it families": round(families, 1),
        "megabytes before": before,
        "megabytes": peak(),
    }


def printed(reports: int) -> Iterator[Told]:
    """So many reports, heavily syndicated."""
    luck, made, seed = Random(SEED), 0, SEED  # noqa: S311 -- to be the same each time
    while made < reports:
        for one in rewrites(seed, 60):
            for copy in (one, *copies(luck, one)):
                made += 1
                if made > reports:
                    return
                yield copy
        seed += 1


def copies(luck: Random, told: Told) -> Iterator[Told]:
    """The same in other papers: some cut the end, some add a line of their own, some print it later."""
    if told.how != "first":
        return
    for n in range(luck.randrange(PRINTED + 1)):
        day = told.report.published
        report = replace(
            told.report,
            text=cut(luck, told) if luck.random() < 0.4 else told.report.text,
            publisher=f"{luck.choice(TOWNS)} {luck.choice(NAMES)} {luck.randrange(400)}",
            published=day + timedelta(days=luck.choice((0, 0, 0, 1, 1, 2))) if day else None,
            name=f"{told.report.name}-{n}",
        )
        if luck.random() < 0.2:
            report = replace(report, text=f"{report.text} Read more in our weekend issue.")
        yield Told(told.origin, "copy", report, tuple(moved(entry, report) for entry in told.entries))


def cut(luck: Random, told: Told) -> str:
    """The text up to some full stop behind what it states."""
    text, said = told.report.text, told.entries[0].statement
    last = said.evidence[0].end if said else 0
    return text[: luck.choice([at + 1 for at, sign in enumerate(text) if sign == "." and at >= last - 1])]


def moved(entry: Entry, report: Report) -> Entry:
    """The entry as it stands in a copy."""
    said = entry.statement
    return replace(entry, statement=replace(said, report=report.id) if isinstance(said, Statement) else None)


def pairs(truth: Mapping[str, str], groups: Mapping[str, int]) -> dict[str, Any]:
    """Precision and recall of pairs of reports, without writing the pairs down."""
    true, found = two(truth.values()), two(groups.values())
    right = two((truth[report], group) for report, group in groups.items())
    return {
        "pairs": true,
        "precision": round(right / found, 4) if found else None,
        "recall": round(right / true, 4) if true else None,
    }


def two(names: Iterable[object]) -> int:
    """How many pairs have one name."""
    return sum(comb(count, 2) for count in Counter(names).values())


if __name__ == "__main__":
    main()
