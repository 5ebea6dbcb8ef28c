"""The quarterly tables of U.S. troops beside what the chronicle's reports said: how often they agree, where they part.

usage: python bench/compare.py [--freeze]   (--freeze writes bench/compare.json)

The labelled statements of ../shared/data/chronicle.jsonl are the public side, so that no reader's slip counts; the
tables are read from ../shared/data/troopdata_reports.csv. Estimates stand on the public side alone.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from musterbook.api import OpenBook
from musterbook.api.comparing import compare_with
from musterbook.api.series import SeriesTally
from musterbook.desk.comparing import summary_view
from musterbook.ledger.book import Book
from musterbook.ledger.stores.memory import MemoryStore
from musterbook.model import Entry, Report
from musterbook.reckoning.partings import sum_up

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
from chronicle import labelled
from replay import OFFICIAL

FROZEN = Path(__file__).with_name("compare.json")
PLACES = ("AFG", "IRQ", "SYR", "DEU", "POL", "KOR", "NER", "SOM")
LISTED = ("contingent", "day", "table", "said", "verdict")


def tables() -> tuple[SeriesTally, list[Entry], dict[str, Report]]:
    """The tables as a book, and what became of the rows of their file."""
    book = OpenBook(Book(MemoryStore()))
    tally = book.add_series("dmdc", OFFICIAL)
    return tally, list(book.entries()), {report.id: report for report in book.reports()}


def measured() -> dict[str, Any]:
    """What the comparison comes to, for each place and for all."""
    start = time.perf_counter()
    tally, entries, reports = tables()
    seconds = time.perf_counter() - start
    said, told = labelled()
    found = compare_with("dmdc", [*entries, *said], reports | told, (), lambda c: c.force == "USA")
    kept = [one for one in found if one.official.contingent.place in PLACES]
    print(f"{tally.rows} rows read into a book in {seconds:.1f} seconds")
    return {
        "rows": {"all": tally.rows, "taken": tally.taken} | {one.code: len(one.lines) for one in tally.left},
        "all": _plain(summary_view(sum_up(kept))),
        **{
            place: _few(summary_view(sum_up([o for o in kept if o.official.contingent.place == place])))
            for place in PLACES
        },
    }


def _plain(summary: dict[str, Any]) -> dict[str, Any]:
    """The summary with its widest partings in a line each."""
    lines = [{name: one[name] for name in LISTED} for one in summary["largest"]]
    for line in lines:
        line["said"] = {name: line["said"][name] for name in ("number", "day")}
    return summary | {"largest": lines}


def _few(summary: dict[str, Any]) -> dict[str, Any]:
    """The counts alone."""
    return {
        name: summary[name]
        for name in ("figures", "compared", "verdicts", "median_ratio", "estimated", "within")
    }


def main() -> None:
    """Compares, shows, freezes."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--freeze", action="store_true")
    wanted = ask.parse_args()
    found = measured()
    for name in ("all", *PLACES):
        held = found[name]
        counts = ", ".join(f"{verdict} {count}" for verdict, count in held["verdicts"].items())
        print(
            f"{name:>4}  {held['compared']:>3} of {held['figures']:>3} compared: {counts}; "
            f"said/table {held['median_ratio']}"
        )
    for one in found["all"]["by_day"]:
        print(
            f"{one['day']}  table {one['table']:,}, said {one['said']:,} in {', '.join(one['contingents'])}"
        )
    if wanted.freeze:
        FROZEN.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        print(f"frozen in {FROZEN.name}")


if __name__ == "__main__":
    main()
