"""How well pages are read: words of the main text and the day, by both paths and by trafilatura and htmldate alone.

On invented pages in ten designs (``pages_made.py``). The source distributions of trafilatura and htmldate hold no pages
with labels; where the second is at hand (``--htmldate FOLDER``, unpacked), the short pages in its own tests count too:
each was written to show what htmldate can do, so that nobody should do better there than htmldate.

usage: python bench/pages.py [--number N] [--seed N] [--htmldate FOLDER] [--freeze]
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from htmldate import find_date
from trafilatura import extract, load_html

from musterbook.intake import Given, from_bytes
from musterbook.intake.page_data import Told
from musterbook.intake.publication import day_of
from musterbook.model import Report
from pages_made import Made, pages

FROZEN = Path(__file__).with_name("pages.json")
WORD = re.compile(r"\w+")
TODAY = date(2026, 11, 29)  # when the invented pages were fetched
Found = tuple[str, date | None]


@dataclass(slots=True)
class Score:
    """Sums over pages; the mean F1, since a page is a page."""

    pages: int = 0
    f1: float = 0.0
    days: int = 0
    seconds: float = 0.0

    def add(self, found: Found, made: Made, seconds: float) -> None:
        """One page."""
        self.pages += 1
        self.f1 += word_f1(found[0], made.article.text)
        self.days += found[1] == made.article.day
        self.seconds += seconds

    def told(self) -> dict[str, float]:
        """The shares, and the milliseconds a page."""
        return {
            "main text, F1": round(self.f1 / self.pages, 4),
            "days exact": round(self.days / self.pages, 4),
            "milliseconds a page": round(1_000 * self.seconds / self.pages, 2),
        }


def word_f1(found: str, wanted: str) -> float:
    """How far the words agree, as often as they stand there."""
    one, other = Counter(WORD.findall(found)), Counter(WORD.findall(wanted))
    common = (one & other).total()
    return 2 * common / (one.total() + other.total()) if common else 0.0


def by_quality(made: Made) -> Found:
    """Our quality path."""
    return _ours(made, fast=False)


def by_speed(made: Made) -> Found:
    """Our fast path."""
    return _ours(made, fast=True)


def _ours(made: Made, fast: bool) -> Found:
    given = Given(language="en", url=made.article.url, retrieved=TODAY, fast=fast)
    report = next(iter(from_bytes(made.raw, "page", given, "text/html")))
    return (report.text, report.published) if isinstance(report, Report) else ("", None)


def alone(made: Made) -> Found:
    """What trafilatura and htmldate say of the same page."""
    page = made.raw.decode()
    words = find_date(page, url=made.article.url, original_date=True, max_date=TODAY.isoformat())
    text = extract(page, url=made.article.url, include_comments=False) or ""
    return text, date.fromisoformat(words) if words else None


WAYS: dict[str, Callable[[Made], Found]] = {
    "quality path": by_quality,
    "trafilatura and htmldate alone": alone,
    "fast path": by_speed,
}


def measured(number: int, seed: int) -> dict[str, object]:
    """All ways over the same pages, and each design by itself."""
    whole: dict[str, Score] = defaultdict(Score)
    designs: dict[str, dict[str, Score]] = defaultdict(lambda: defaultdict(Score))
    for made in pages(seed, number):
        for name, way in WAYS.items():
            begun = time.process_time()
            found = way(made)
            spent = time.process_time() - begun
            whole[name].add(found, made, spent)
            designs[made.design][name].add(found, made, spent)
    return {
        "pages": number,
        "all": {name: score.told() for name, score in whole.items()},
        "by design": {
            design: {
                name: [score.told()["main text, F1"], score.told()["days exact"]]
                for name, score in by.items()
            }
            for design, by in designs.items()
        },
    }


def tested_pages(folder: Path) -> Iterator[tuple[str, str]]:
    """The pages in htmldate's own tests for which no option is set, each with the day that it should give."""
    for file in folder.rglob("unit_tests.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Compare)
                and isinstance(node.left, ast.Call)
                and len(node.comparators) == 1
            ):
                call, wanted = node.left, node.comparators[0]
                is_plain = getattr(call.func, "id", "") == "find_date" and not call.keywords
                if is_plain and len(call.args) == 1 and isinstance(call.args[0], ast.Constant):
                    page, day = call.args[0].value, getattr(wanted, "value", None)
                    if isinstance(page, str) and isinstance(day, str) and page.lstrip().startswith("<"):
                        yield page, day


def on_tested_pages(folder: Path) -> dict[str, float]:
    """The share of these pages' days that we and htmldate, as we call it, find."""
    found = list(tested_pages(folder))
    ours = sum(_our_day(page) == day for page, day in found)
    theirs = sum(find_date(page, original_date=True, extensive_search=False) == day for page, day in found)
    as_tested = sum(find_date(page) == day for page, day in found)
    return {
        "pages": len(found),
        "ours": round(ours / len(found), 4),
        "htmldate, the first day of a page": round(theirs / len(found), 4),
        "htmldate, as its tests call it": round(as_tested / len(found), 4),
    }


def _our_day(page: str) -> str:
    tree = load_html(page)
    if tree is None:
        return ""
    day = day_of(
        tree, Told(), "", None, lambda: find_date(tree, original_date=True, extensive_search=False) or ""
    ).day
    return day.isoformat() if day else ""


def main() -> int:
    """Measure, print, and freeze where asked."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--number", type=int, default=500)
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--htmldate", type=Path)
    parser.add_argument("--freeze", action="store_true")
    asked = parser.parse_args()
    list(map(by_quality, pages(1, 2)))  # what loads lazily is loaded
    list(map(by_speed, pages(1, 2)))
    result = measured(asked.number, asked.seed)
    if asked.htmldate:
        result["pages of htmldate's tests"] = on_tested_pages(asked.htmldate)
    print(json.dumps(result, indent=2))
    if asked.freeze:
        FROZEN.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
