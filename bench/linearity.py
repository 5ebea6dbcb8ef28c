"""How reading time grows with the text: twice the text may take little more than twice the time, whatever it holds.

usage: python bench/linearity.py [--largest 1048576] [--seconds 4] [--only NAME] [--freeze]

Every kind of strange text is read by rules at 64 KB, 128 KB and so on, the better of two runs each, until the next
size would take more than ``--seconds`` or ``--largest`` is reached. Printed are the seconds at the largest size and
the worst ratio of two neighbouring sizes; what comes out too high is measured once more. Ratios alone are frozen in
``linearity.json``, since seconds are the machine's.
"""

from __future__ import annotations

import argparse
import gc
import json
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random

from musterbook.model import Report
from musterbook.reading.reader import read

FROZEN = Path(__file__).with_name("linearity.json")
SMALLEST = 65_536
RUNS = 2
DAY = date(2021, 6, 30)
ALLOWED = 2.3
TICK = 0.05  # seconds below which the clock tells more of the machine than of us
Maker = Callable[[int], str]
PIECES = {
    "ones": "1 ",
    "digits": "7",
    "grouped digits": "1,000,",
    "from": "from ",
    "quotation marks": '"',
    "opening quotation marks": "“ ",
    "opening brackets": "(",
    "a state": "US ",
    "troops": "troops ",
    "sayings": "said. ",
    "ranks": "Gen. ",
    "first names": "Leon. ",
    "capital letters": "A",
    "line breaks": "\n",
    "blanks": " ",
    "stops": ".",
    "stops before a letter": "........a",
    "hyphens": "ten-",
    "days": "January 5, ",
    "of the": "of the ",
    "zero-width signs": "\u200b",
    "direction overrides": "\u202e5",
    "combining marks": "e\u0301",
    "one giant word": "abcdefgh",
    "one giant word of hyphens": "a-",
    "shares": "half of ",
    "table cells": "5,200\t",
    "labels of a transcript": "SMITH: yes\n",
    "damaged encoding": "â€™",
    "entities": "&amp;",
    "ordinary sentences": "The US has about 5,200 troops in Iraq, Gen. John Smith said on Monday. ",
    "quoted sentences": '"We have 300 troops in Mali," Defence Minister Anna Berg said on 5 March. ',
}
SYLLABLES = ("ba", "ke", "li", "mo", "nu", "ra", "si", "to", "ve", "za", "der", "man", "son", "lov")
PLACES = ("Iraq", "Syria", "Mali", "Niger", "Poland", "Estonia", "Kosovo", "Lebanon", "Chad", "Latvia")


def repeated(piece: str) -> Maker:
    """A text of one piece over and over."""
    return lambda size: (piece * (size // len(piece) + 1))[:size]


def mixed(size: int) -> str:
    """Signs of many scripts without any order."""
    chance = Random(7)  # noqa: S311 -- always the same text
    blocks = ((32, 0x250), (0x370, 0x600), (0x2000, 0x2100), (0x4E00, 0x4F00), (0x1F300, 0x1F600))
    return "".join(chr(chance.randrange(*chance.choice(blocks))) for _ in range(size))


def crowded(size: int) -> str:
    """Reports in which everybody is new: names, offices, quotations, days and numbers."""
    chance, parts, length = Random(3), [], 0  # noqa: S311 -- always the same text
    while length < size:
        first, last = ("".join(chance.choices(SYLLABLES, k=3)).capitalize() for _ in range(2))
        place, number = chance.choice(PLACES), chance.randrange(100, 9000)
        parts.append(
            f"Gen. {first} {last}, commander of the {last} Corps, told reporters in {place} on Monday that {number}"
            f" French troops would leave. “We have {number // 2} soldiers,” Minister {last} {first} said.\n\n"
        )
        length += len(parts[-1])
    return "".join(parts)[:size]


MAKERS: dict[str, Maker] = {
    **{name: repeated(piece) for name, piece in PIECES.items()},
    "signs of many scripts": mixed,
    "a crowd of names": crowded,
}


def seconds(text: str) -> float:
    """The best CPU time of some runs."""
    best = float("inf")
    for _ in range(RUNS):
        gc.collect()
        start = time.process_time()
        read(Report(text, published=DAY), learned=False)
        best = min(best, time.process_time() - start)
    return best


def measured(make: Maker, largest: int, patience: float) -> tuple[float, int, float]:
    """The worst ratio of two neighbouring sizes, the largest size read and its seconds."""
    size, before = SMALLEST, seconds(make(SMALLEST))
    worst = 1.0
    while size < largest and (size == SMALLEST or before * 2 < patience):  # two sizes at least
        size *= 2
        now = seconds(make(size))
        if now >= TICK:
            worst = max(worst, now / max(before, TICK / 2))
        before = now
    return worst, size, before


def main() -> None:
    """Print all kinds, the worst last; freeze the ratios where asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--largest", type=int, default=1_048_576)
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--only", default="")
    parser.add_argument("--freeze", action="store_true")
    given = parser.parse_args()
    seconds("The US has 5 troops in Iraq.")  # packs and registers are loaded once
    ratios = {}
    for name, make in MAKERS.items():
        if given.only not in name:
            continue
        ratio, size, spent = measured(make, given.largest, given.seconds)
        if ratio > ALLOWED:  # another program may have stood in the way
            ratio, size, spent = min((ratio, size, spent), measured(make, given.largest, given.seconds))
        ratios[name] = round(ratio, 2)
        mark = " over" if ratio > ALLOWED else ""
        print(f"{name:28} {size // 1024:5} KB {spent:7.2f} s   ratio {ratio:.2f}{mark}", flush=True)
    if given.freeze:
        frozen = {"allowed": ALLOWED, "ratios": ratios, "worst": max(ratios.values())}
        FROZEN.write_text(json.dumps(frozen, indent=1) + "\n", encoding="utf-8")
    print(f"linearity_ratio {max(ratios.values()):.2f}")


if __name__ == "__main__":
    main()
