"""What the guards hold of what was really reported, and how many planted faults they find.

usage: python bench/guards.py [--freeze]   (--freeze writes bench/guards.json)

chronicle  the labelled statements of ../shared/data/chronicle.jsonl as a book: what is held of them, though all are
           true retellings. Then, one at a time, a level in it gets a fault of each kind; "follow" are those before
           which another report gave a strength of that contingent within a season: without one there is no measure.
official   the U.S. counts by country and quarter since 1990 as a book: what is held of them.
replay     ninety days of invented news with twenty faults, many times (``tests/replay.py``).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date
from pathlib import Path

from musterbook.model import Entry, Report, Statement, Status
from musterbook.reckoning.counts import telling_of
from musterbook.reckoning.guards import SEASON, held
from musterbook.values import Figures, Mention, Span

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
import replay
from books import line
from chronicle import labelled

FROZEN = Path(__file__).with_name("guards.json")
QUARTERS = {"March": (3, 31), "June": (6, 30), "September": (9, 30), "December": (12, 31)}
SEEDS = range(2000, 2100)
Book = tuple[list[Entry], dict[str, Report]]


def official() -> Book:
    """The U.S. counts by country and quarter, each as a report of its last day."""
    entries, reports = [], {}
    for code, counts in replay.counts_by_quarter().items():
        for (year, month), number in counts.items():
            day = date(year, *QUARTERS[month])
            told = Report(f"{code} {day}", publisher="DMDC", published=day)
            reports[told.id] = told
            force, place, evidence = Mention("USA"), Mention(code), (Span(0, len(told.text)),)
            entries.append(
                line(Statement(told.id, force, place, Figures(level=number), Status.CURRENT, evidence))
            )
    return entries, reports


def held_of(book: Book) -> dict[str, float]:
    """How many statements give a figure that is guarded, and which share of them is held for which reason."""
    entries, reports = book
    codes = Counter(hold.code for hold in held(entries, reports))
    guarded = sum(bool(told and told.counts) for told in (telling_of(entry, reports) for entry in entries))
    shares = {f"{code}, share": round(count / guarded, 4) for code, count in sorted(codes.items())}
    return {"statements": len(entries), "guarded": guarded, **dict(sorted(codes.items())), **shares}


def found_of(book: Book) -> dict[str, dict[str, int]]:
    """Of each kind of fault in one level of a book: planted, found; and the same of those that follow another."""
    entries, reports = book
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for entry in entries:
        said = entry.statement
        if said and said.status is Status.CURRENT and (said.figures.level or 0) >= replay.FEWEST:
            others = [e for e in entries if e is not entry and e.contingent == entry.contingent]
            follows = is_next_to_another(entry, others, reports)
            for kind, fault in replay.KINDS.items():
                wrong = replace(said, figures=Figures(level=fault(said.figures.level or 0)))
                is_held = wrong.id in {hold.statement for hold in held([*others, line(wrong)], reports)}
                found[kind].update(planted=1, found=is_held, follow=follows, follow_found=follows and is_held)
    return {kind: dict(counts) for kind, counts in found.items()}


def is_next_to_another(entry: Entry, others: list[Entry], reports: dict[str, Report]) -> bool:
    """Whether a report published before gives a strength of a day within a season, which it can be compared with."""
    own = telling_of(entry, reports)
    told = [
        t
        for t in (telling_of(other, reports) for other in others)
        if t and own and t.published < own.published
    ]
    days = [count.day for one in told for count in one.counts if not count.is_target]
    return any(abs(count.day - day) <= SEASON for count in (own.counts if own else ()) for day in days)


def replayed() -> dict[str, int]:
    """Over many runs of ninety days: statements, faults planted and found, true ones held."""
    total: Counter[str] = Counter()
    for seed in SEEDS:
        news = replay.ninety_days(seed)
        holds = {hold.statement for hold in held(news.entries, news.reports)}
        faults = {fault.statement for fault in news.faults}
        total += Counter(runs=1, statements=len(news.entries), planted=len(faults), found=len(faults & holds))
        total["true ones held"] += len(holds - faults)
    return dict(total)


def main() -> None:
    """Counts, shows, freezes."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--freeze", action="store_true")
    given = ask.parse_args()
    book = labelled()
    figures = {
        "chronicle": held_of(book),
        "faults in the chronicle": found_of(book),
        "official": held_of(official()),
        "replay": replayed(),
    }
    print(json.dumps(figures, indent=1))
    if given.freeze:
        FROZEN.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
        print(f"frozen in {FROZEN.name}")


if __name__ == "__main__":
    main()
