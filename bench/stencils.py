"""Fills the stencils of composed/stencils.txt: short reports whose force, place and figures are drawn by chance.

Binding a number to whose and where is grammar, not geography: any state can stand in any slot. A report is one to
three stencils about the same force and place, in one paragraph or two, with sentences that say nothing between them.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from texts import Document
from vary import Forms

FILE = Path(__file__).parent / "composed/stencils.txt"
PARTIES = {"F": "force", "G": "second", "P": "place", "Q": "other place", "X": "bystander"}
FORM = {"": "state", "a": "adjective", "c": "capital"}
NOUNS = ("troops", "soldiers", "troops", "soldiers", "military personnel", "peacekeepers", "service members")
WHO = (
    "a spokesman",
    "an official",
    "the general",
    "a defence ministry spokeswoman",
    "Col. Aldo Brandt",
    "the minister",
    "a diplomat",
    "a senior officer",
    "Foreign Minister Ines Carvel",
    "the command",
    "the Pentagon",
    "a lawmaker",
)  # fmt: skip -- a list to read across
DEADLINES = (
    "the end of the year",
    "June",
    "next spring",
    "the end of next month",
    "mid-January",
    "September 30",
)
SLOT = re.compile(r"\{([^}]+)\}")


def stencils() -> list[tuple[str, list[str]]]:
    """The sentences with their labels."""
    found = []
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            words, _, labels = line.partition("||")
            found.append((words.strip(), [part.strip() for part in labels.split(";") if part.strip()]))
    return found


def size(chance: random.Random) -> int:
    """A number of people as reports have them: mostly round."""
    digits = chance.choice((2, 3, 3, 3, 4, 4, 4, 5))
    core = chance.choice((1, 1, 2, 2, digits))
    made = chance.randint(10 ** (core - 1), 10**core - 1) * 10 ** max(0, digits - core)
    return made if not 1900 <= made <= 2049 else 2500


def figures(chance: random.Random) -> dict[str, int]:
    """Numbers for the slots: n > m > k, m2 above n."""
    n = max(30, size(chance))
    m = max(12, min(n - 5, int(float(f"{n * chance.uniform(0.2, 0.8):.1g}"))))
    above = int(float(f"{n * chance.uniform(1.3, 3):.2g}"))
    return {"n": n, "m": m, "m2": above, "n-m": n - m, "noise": chance.randint(3, 19)}


def cast(forms: Forms, chance: random.Random) -> dict[str, str]:
    """Which state plays whom."""
    return dict(zip(PARTIES, chance.sample(sorted(forms), len(PARTIES)), strict=True))


def filled(
    words: str, parts: dict[str, str], numbers: dict[str, int], forms: Forms, chance: random.Random
) -> str:
    """A stencil with its slots filled."""
    plain = chance.random() < 0.2
    noun = chance.choice(NOUNS)

    def fill(match: re.Match[str]) -> str:
        slot = match[1]
        if slot in numbers:
            return str(numbers[slot]) if plain else f"{numbers[slot]:,}"
        if slot == "u":
            return noun
        if slot == "s":
            return chance.choice(WHO)
        if slot == "d":
            return chance.choice(DEADLINES)
        if slot == "y":
            return str(chance.randint(1992, 2021))
        alias = {"A": "Fa", "C": "Fc"}.get(slot, slot)
        return forms[parts[alias[0]]][FORM[alias[1:]]]

    made = SLOT.sub(fill, words)
    return made[:1].upper() + made[1:]


def labelled(label: str, parts: dict[str, str], numbers: dict[str, int], sentence: str) -> dict[str, Any]:
    """The statement that a label stands for."""
    made: dict[str, Any] = {"force": parts["F"], "place": parts["P"], "evidence": sentence}
    for word in label.split():
        name, _, value = word.partition("=")
        if name in ("force", "place"):
            made[name] = "+".join(parts[slot] for slot in value.split("+"))
        elif not value:
            made.update({"approx": True} if name == "approx" else {"status": name})
        else:
            sign = -1 if value.startswith("-") else 1
            key = value.removeprefix("-")
            made[name] = sign * numbers[key] if key in numbers else float(value)
    return made


def filled_stencils(forms: Forms, chance: random.Random, count: int) -> Iterator[Document]:
    """``count`` short reports."""
    known = stencils()
    telling, idle = [s for s in known if s[1]], [s for s in known if not s[1]]
    for number in range(count):
        parts = cast(forms, chance)
        picked = chance.sample(telling, chance.choice((0, 1, 1, 1, 2, 2, 3)))
        picked += chance.sample(idle, chance.choice((0, 1, 1, 2)) if picked else 2)
        chance.shuffle(picked)
        sentences: list[str] = []
        statements: list[dict[str, Any]] = []
        for words, labels in picked:
            numbers = figures(chance)
            sentence = filled(words, parts, numbers, forms, chance)
            statements += [labelled(label, parts, numbers, sentence) for label in labels]
            sentences.append(sentence)
        text = chance.choice((" ", " ", "\n\n")).join(sentences)
        yield {
            "id": f"stencil-{number:05d}",
            "lang": "en",
            "text": text,
            "title": "",
            "statements": statements,
        }
