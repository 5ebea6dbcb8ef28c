"""How many planted misprints the arithmetic desk finds, and how often it doubts a sum that comes out.

usage: python bench/misprints.py [--freeze] [--show] [--rules]   (--freeze writes bench/misprints.json)

texts       500 consistent briefs and 500 with one slip each (``sums_told``), read by our own reader
statements  the same sums as a careful person would enter them, without any reader
real        every labelled real or retold text as labelled and as read: flags, each looked at by eye (``seen``)
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
from musterbook.identity.resolve import resolve
from musterbook.lexicon.register import load_register
from musterbook.model import Conflict, Contingent, Doubt, Entry, Report
from musterbook.reckoning.belonging import Belonging
from musterbook.reckoning.within import within_reports

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1] / "tests")]
from books import line
from sums_told import FRAMES, PUBLISHED, UNSEEN, Brief, Frame, brief, planted, printed

FROZEN = Path(__file__).with_name("misprints.json")
SEED = 5200
TEXTS = 500


def consistent(count: int, frames: Sequence[Frame] = FRAMES, seed: int = SEED) -> Iterator[Brief]:
    """So many briefs in which every sum comes out."""
    draw = random.Random(seed)
    for number in range(count):
        yield brief(draw, frames[number % len(frames)])


def with_slips(count: int, frames: Sequence[Frame] = FRAMES, seed: int = SEED + 1) -> Iterator[Brief]:
    """So many briefs with one slip each."""
    draw, number = random.Random(seed), 0
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
            print("MISSED", told.name, told.slip, told.meant, "->", told.printed, "|", printed(told), "|", read)
    total = sum(found.values(), Counter())
    share = total["found"] / total["planted"]
    return {"all": dict(total), "share found": round(share, 4), "by frame": {n: dict(c) for n, c in found.items()}}


def main() -> None:
    """Counts, shows, freezes."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--freeze", action="store_true")
    ask.add_argument("--show", action="store_true", help="print what is missed and what is doubted wrongly")
    given = ask.parse_args()
    figures = {"texts": measure(FRAMES, given.show), "unseen frames": measure(UNSEEN, given.show)}
    print(json.dumps(figures, indent=1))
    if given.freeze:
        FROZEN.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
        print(f"frozen in {FROZEN.name}")


if __name__ == "__main__":
    main()
