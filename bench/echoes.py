"""How well reports that go back to one announcement are found: pairs of reports, precision and recall.

    python bench/echoes.py [--freeze] [--origins N]

On invented announcements and their rewrites (``rewrites.py``; other seeds than those that the rules were tuned on), and
on the chronicle in ../shared, from its labels and as our own reader reads it. Reports that are not read, as we have no
pack of their language, count as missed.
"""

from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from chronicle import as_read, documents, labelled
from musterbook.model import Entry, Report
from musterbook.reckoning.echoes import utterances_of
from musterbook.reckoning.families import kin_of
from musterbook.reckoning.origins import origins
from rewrites import Told, rewrites

FROZEN = Path(__file__).with_suffix(".json")
TUNED, KEPT = range(4), range(100, 106)  # seeds; figures are frozen on those that nothing was tuned on
Pairs = set[tuple[str, str]]


def main() -> None:
    """Print the figures, and freeze them when asked."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--freeze", action="store_true")
    parser.add_argument("--origins", type=int, default=60, help="invented announcements a seed")
    given = parser.parse_args()
    found = {
        "rewrites": on_rewrites(KEPT, given.origins),
        "rewrites, seeds it was tuned on": on_rewrites(TUNED, given.origins),
        "chronicle, labels": on_chronicle(*labelled()),
        "chronicle, as read": on_chronicle(*as_read()),
    }
    for name, figures in found.items():
        print(name, json.dumps(figures, ensure_ascii=False))
    if given.freeze:
        FROZEN.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def on_rewrites(seeds: Iterable[int], many: int = 60) -> dict[str, object]:
    """On invented announcements, with the kinds of rewrites that were missed."""
    told = [one for seed in seeds for one in rewrites(seed, many)]
    reports = {one.report.id: one.report for one in told}
    truth = pairs_of({one.report.id: one.origin for one in told})
    begun = time.perf_counter()
    found = found_pairs([entry for one in told for entry in one.entries], reports)
    seconds = time.perf_counter() - begun
    head = {"origins": len({one.origin for one in told}), "reports": len(reports)}
    return (
        head | figures(truth, found) | {"missed": _kinds(truth - found, told), "seconds": round(seconds, 1)}
    )


def on_chronicle(entries: list[Entry], reports: dict[str, Report]) -> dict[str, object]:
    """On the chronicle, by its origins; with the pairs that were missed or made too many."""
    names = {document["text"]: document["id"] for document in documents()}
    origin = {document["id"]: document["origin"] for document in documents()}
    truth = pairs_of(origin)
    known = {id_: names[report.text] for id_, report in reports.items()}
    found = {tuple(sorted((known[a], known[b]))) for a, b in found_pairs(entries, reports)}
    cases = {"missed": sorted(truth - found), "wrong": sorted(found - truth)}
    return {"origins": len(set(origin.values())), "reports": len(origin)} | figures(truth, found) | cases  # type: ignore[arg-type]


def found_pairs(entries: list[Entry], reports: Mapping[str, Report]) -> Pairs:
    """Every two reports that are said to be of one origin."""
    kin = kin_of(entries, reports)
    groups = origins(entries, reports, kin, utterances_of(kin))
    return {pair for one in groups for pair in combinations(sorted(one.reports), 2)}


def pairs_of(origin: Mapping[str, str]) -> Pairs:
    """Every two reports that are of one origin."""
    groups: dict[str, list[str]] = defaultdict(list)
    for report in sorted(origin):
        groups[origin[report]].append(report)
    return {pair for group in groups.values() for pair in combinations(group, 2)}


def figures(truth: Pairs, found: Pairs) -> dict[str, object]:
    """Precision and recall of pairs."""
    right = len(truth & found)
    return {
        "pairs": len(truth),
        "found": len(found),
        "precision": round(right / len(found), 4) if found else None,
        "recall": round(right / len(truth), 4) if truth else None,
    }


def _kinds(missed: Pairs, told: Iterable[Told]) -> dict[str, int]:
    """How often which two kinds of rewrites were not found to belong together."""
    how = {one.report.id: one.how for one in told}
    return dict(Counter(" and ".join(sorted((how[a], how[b]))) for a, b in missed).most_common())


if __name__ == "__main__":
    main()
