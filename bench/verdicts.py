"""How often the verdicts on announced changes agree with what became of them.

usage: python bench/verdicts.py [--freeze] [--all]   (--freeze writes bench/verdicts.json; --all prints every pledge)

Each line of ../shared/data/outcomes.jsonl is looked for among the pledges as somebody outside would: the same force and
place, announced within a week, the same strength, change or withdrawal within rounding; of several the nearest day,
then the nearest figure. What is not found so is looked for within ``FAR`` days: reports of some announcements in the
chronicle come weeks later. What the outcomes call "unknown" agrees with unverifiable, open and due.

labels   the pledges of the labelled statements, on the day after the last report.
as read  those of the same texts as the installed reader reads them.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from musterbook.api.reckoned import areas_of
from musterbook.findings import Pledge, Verdict
from musterbook.reckoning.pledges import pledges
from musterbook.reckoning.pledges.aims import near

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
from chronicle import Lines, as_read, labelled, outcomes

FROZEN = Path(__file__).with_name("verdicts.json")
WEEK, FAR = 7, 250  # days between announcements that are one
DAY = date(2026, 2, 20)  # the day after the last report of the chronicle
UNKNOWN = {Verdict.UNVERIFIABLE, Verdict.OPEN, Verdict.DUE}
Outcome = dict[str, Any]


def fits(outcome: Outcome, pledge: Pledge) -> bool:
    """Whether the figures are those of the outcome."""
    kind, number = outcome["kind"], outcome["target"]
    if kind.startswith("out") and number == 0:
        return pledge.target == 0 or pledge.figures.ratio == 0
    if kind in ("increase", "decrease"):
        return pledge.delta is not None and _near(abs(pledge.delta), number)
    return pledge.target is not None and _near(pledge.target, number)


def _near(one: float, other: float) -> bool:
    return near(one, other) or abs(one - other) <= 0.02 * max(one, other)


def distance(outcome: Outcome, pledge: Pledge) -> tuple[int, float, str]:
    """How far a pledge is from an outcome: days, then figures."""
    announced = date.fromisoformat(outcome["announced"])
    number = pledge.delta if outcome["kind"] in ("increase", "decrease") else pledge.target
    days = abs((pledge.announced - announced).days) if pledge.announced else FAR + 1
    by = 0 if str(pledge.deadline) == str(outcome["deadline"]) else 1
    return days, by + abs(abs(number or 0) - outcome["target"]), pledge.id


def found(outcome: Outcome, made: tuple[Pledge, ...], within: int) -> Pledge | None:
    """The pledge that an outcome speaks of, None where there is none."""
    force = outcome["force"].partition(":")[0]
    here = [
        p
        for p in made
        if p.contingent.force.partition(":")[0] == force and p.contingent.place == outcome["place"]
    ]
    fitting = [p for p in here if fits(outcome, p) and distance(outcome, p)[0] <= within]
    return min(fitting, key=lambda p: distance(outcome, p), default=None)


def agrees(outcome: Outcome, pledge: Pledge) -> bool:
    """Whether the verdict is the outcome's."""
    if outcome["outcome"] == "unknown":
        return pledge.verdict in UNKNOWN
    return bool(pledge.verdict == outcome["outcome"])


def judged(lines: Lines) -> tuple[Pledge, ...]:
    """The pledges of a book, as a view of it makes them."""
    return pledges(*lines, DAY, areas=areas_of(lines[0]))


def measured(lines: Lines) -> dict[str, Any]:
    """Shares of agreement, and every outcome that disagrees with the reason."""
    made = judged(lines)
    counts: Counter[str] = Counter()
    told, matched = [], set()
    for outcome in outcomes():
        near_by = found(outcome, made, WEEK)
        pledge = near_by or found(outcome, made, FAR)
        counts.update(outcomes=1, found=near_by is not None, found_far=pledge is not None)
        right = pledge is not None and agrees(outcome, pledge)
        counts.update(agree=right and near_by is not None, agree_far=right)
        matched |= {pledge.id} if pledge else set()
        if not right:
            told.append(_line(outcome, pledge))
    others = Counter(str(p.verdict) for p in made if p.id not in matched)
    return {
        "outcomes": counts["outcomes"],
        "found within a week": counts["found"],
        "agree, found within a week": counts["agree"],
        "found at all": counts["found_far"],
        "agree": counts["agree_far"],
        "share of all": round(counts["agree_far"] / counts["outcomes"], 4),
        "share of found": round(counts["agree_far"] / counts["found_far"], 4),
        "pledges": len(made),
        "other pledges by verdict": dict(sorted(others.items())),
        "disagree": told,
    }


def _line(outcome: Outcome, pledge: Pledge | None) -> str:
    """One disagreement in a line."""
    told = (
        f"{outcome['force']} {outcome['place']} {outcome['announced']} {outcome['kind']} {outcome['target']}"
    )
    if pledge is None:
        return f"{told}: {outcome['outcome']}, no such pledge"
    return f"{told}: {outcome['outcome']}, here {pledge.verdict} ({pledge.because}; announced {pledge.announced})"


def shown(pledge: Pledge) -> str:
    """One pledge in a line, for reading."""
    words = pledge.figures.key()
    promised = f"[{words}] by {pledge.deadline} -> {pledge.target} ({pledge.delta})"
    judged = f"{pledge.verdict} {pledge.decided_on} | {pledge.because} | seen {pledge.reached}"
    told = f"{len(pledge.basis)} {pledge.status} | {pledge.speaker}"
    return f"{pledge.contingent.id} {pledge.announced} {promised} {judged} | {told}"


def main() -> None:
    """Print the figures, or write them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--freeze", action="store_true")
    parser.add_argument("--all", action="store_true")
    given = parser.parse_args()
    books: dict[str, Lines] = {"labels": labelled(), "as read": as_read()}
    if given.all:
        for name, lines in books.items():
            print(f"# {name}", *map(shown, judged(lines)), sep="\n")
        return
    figures = {name: measured(lines) for name, lines in books.items()}
    written = json.dumps(figures, indent=2, ensure_ascii=False) + "\n"
    print(written, end="")
    if given.freeze:
        FROZEN.write_text(written, encoding="utf-8")


if __name__ == "__main__":
    main()
