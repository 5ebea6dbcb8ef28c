"""How many planted misprints the arithmetic desk finds, and how often it doubts a sum that comes out.

usage: python bench/misprints.py [--freeze] [--show]   (--freeze writes bench/misprints.json)

statements     changes with one slip as a careful person would enter them, without any reader
texts          500 consistent briefs and 500 with one slip each (``sums_told``), read by the reader that is installed
unseen frames  the same in frames that were composed after the desk was written
real           every labelled text of ../shared, as labelled, and the real ones as read: what is doubted of each file
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from musterbook.api.reading import read_report
from musterbook.findings import Conflict
from musterbook.identity.resolve import resolve
from musterbook.lexicon.register import load_register
from musterbook.model import Doubt, Entry, Report
from musterbook.reckoning.arithmetic import contradiction
from musterbook.reckoning.belonging import Belonging
from musterbook.reckoning.within import within_reports
from musterbook.values import Figures

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
from books import line
from chronicle import as_read, labelled, report_of, stated
from sums_told import FRAMES, PUBLISHED, UNSEEN, Brief, Frame, brief, planted, printed
from texts import Document, documents, files

FROZEN = Path(__file__).with_name("misprints.json")
SEED = 5200
TEXTS = 500


def consistent(count: int, frames: Sequence[Frame] = FRAMES, seed: int = SEED) -> Iterator[Brief]:
    """So many briefs in which every sum comes out."""
    draw = random.Random(seed)  # noqa: S311 -- texts, no secrets
    for number in range(count):
        yield brief(draw, frames[number % len(frames)])


def with_slips(count: int, frames: Sequence[Frame] = FRAMES, seed: int = SEED + 1) -> Iterator[Brief]:
    """So many briefs with one slip each."""
    draw, number = random.Random(seed), 0  # noqa: S311 -- texts, no secrets
    while number < count:
        for frame in frames:
            told = planted(draw, frame)
            if told is not None and number < count:
                number += 1
                yield told


def read_in(text: str) -> tuple[list[Entry], dict[str, Report]]:
    """A text as lines of a book, as the reader that is installed reads it."""
    told = Report(text, published=PUBLISHED)
    found = [(said, resolve(said, load_register(), PUBLISHED)) for said in read_report(told).statements]
    return [line(said, where) for said, where in found if not isinstance(where, Doubt)], {told.id: told}


def flags(text: str) -> tuple[Conflict, ...]:
    """What the desk doubts about one text."""
    entries, reports = read_in(text)
    return within_reports(entries, reports, Belonging(load_register()).is_part)


def measure(frames: Sequence[Frame], show: bool) -> dict[str, object]:
    """Texts: planted and found by frame, the misprint named rightly, and false flags."""
    found: dict[str, Counter[str]] = {frame.name: Counter() for frame in frames}
    for told in consistent(TEXTS, frames):
        doubts = flags(printed(told))
        found[told.name].update(consistent=1, false=bool(doubts))
        if doubts and show:
            print("FALSE", told.name, "|", printed(told), "|", [d.message for d in doubts])
    for told in with_slips(TEXTS, frames):
        doubts = flags(printed(told))
        named = [d.misprint for d in doubts if d.misprint]
        right = any((m.printed, m.likely) == (told.printed, told.meant) for m in named)
        found[told.name].update(planted=1, found=bool(doubts), named=bool(named), rightly=right)
        if not doubts and show:
            read = [e.statement.figures.key() for e in read_in(printed(told))[0] if e.statement]
            print(
                "MISSED", told.name, told.slip, told.meant, "->", told.printed, "|", printed(told), "|", read
            )
    total = sum(found.values(), Counter())
    share = total["found"] / total["planted"]
    return {
        "all": dict(total),
        "share found": round(share, 4),
        "by frame": {n: dict(c) for n, c in found.items()},
    }


def entered() -> dict[str, int]:
    """Changes with one slip, entered by hand as one statement each: how many the sums of one statement find."""
    counts: Counter[str] = Counter()
    changes = [frame for frame in FRAMES if frame.sums and frame.sums[0] in ("A-D=B", "A+D=B")]
    for told in with_slips(TEXTS, changes):
        sign = -1 if any(f.name == told.name and "A-D=B" in f.sums for f in changes) else 1
        given = told.values
        figures = Figures(
            before=given["A"], after=given["B"], delta=sign * given["D"], approx="about" in told.text
        )
        counts.update(planted=1, found=bool(contradiction(figures)))
    return dict(counts)


def real() -> dict[str, dict[str, int]]:
    """Of every file of labelled texts: statements, and sums that are doubted; each was looked at by eye."""
    found = {"chronicle, labels": _doubted(labelled()), "chronicle, as read": _doubted(as_read())}
    for name in files():
        if name != "chronicle":
            told = [document for document in documents(name) if document["published"]]
            reports = {one["id"]: _report(one) for one in told}
            lines = [_line(reports[one["id"]], label) for one in told for label in one["statements"]]
            by_id = {report.id: report for report in reports.values()}
            found[f"{name}, labels"] = _doubted(([entry for entry in lines if entry], by_id))
    return found


def _report(document: Document) -> Report:
    return report_of({"title": "", "url": "", "publisher": ""} | document)


def _line(told: Report, label: Document) -> Entry | None:
    """A label as a line; None where its evidence is not one stretch of text, or it has no place."""
    given = dict.fromkeys(
        ("level", "before", "after", "delta", "ratio", "low", "high", "date", "speaker", "unit")
    )
    if not (label.get("place") and label.get("force")) or label["evidence"] not in told.text:
        return None
    return line(stated(told, given | {"approx": False} | {k: v for k, v in label.items() if v is not None}))


def _doubted(book: tuple[list[Entry], dict[str, Report]]) -> dict[str, int]:
    entries, reports = book
    is_part = Belonging(load_register()).is_part
    return {"statements": len(entries), "doubted": len(within_reports(entries, reports, is_part))}


def main() -> None:
    """Counts, shows, freezes."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--freeze", action="store_true")
    ask.add_argument("--show", action="store_true", help="print what is missed and what is doubted wrongly")
    given = ask.parse_args()
    figures = {
        "statements": entered(),
        "texts": measure(FRAMES, given.show),
        "unseen frames": measure(UNSEEN, given.show),
        "real": real(),
    }
    print(json.dumps(figures, indent=1))
    if given.freeze:
        FROZEN.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
        print(f"frozen in {FROZEN.name}")


if __name__ == "__main__":
    main()
