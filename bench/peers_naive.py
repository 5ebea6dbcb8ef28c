"""The reader that anybody would write first: a number before a noun for people, the nearest force, the nearest place.

It has our nouns and names, so that what lies between it and us is reading, not vocabulary. It reads every figure as a
level of the day of publication on the writer's own authority.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from musterbook.lexicon.pack import load_pack
from musterbook.lexicon.register import load_register
from musterbook.reading.heads import plural
from texts import Document

NUMBER = re.compile(r"(?<![\w.,-])(?:\d{1,3}(?:,\d{3})+|\d+)(?![\w-])(?!\.\d)")
STOP = re.compile(r"(?<=[.!?])\s+")
REACH = 30  # characters from a number to its noun
Named = tuple[int, str | None, str | None]


@cache
def noun_ahead() -> re.Pattern[str]:
    """A noun for people within reach, in the same sentence."""
    pack = load_pack("en")
    singular = (*pack.words("units", "strong"), *pack.words("units", "weak"))
    odd = pack.table("units", "plurals")
    words = sorted({w for one in singular for w in (one, plural(one, odd))}, key=len, reverse=True)
    between = rf"(?:(?!{STOP.pattern}[A-Z])[^\n;\d]){{0,{REACH}}}?"
    pattern = rf"{between}[\s-](?i:{'|'.join(map(re.escape, words))})\b"
    return re.compile(pattern)


@cache
def names() -> tuple[re.Pattern[str], dict[str, Named]]:
    """Every name of the registers as it is spelled, and its codes."""
    phrases = [p for p in load_register().phrases if p.force or p.place]
    known = {p.words: (0, p.force, p.place) for p in reversed(phrases)}
    spelled = "|".join(re.escape(w) for w in sorted(known, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{spelled})(?!\w)"), known


def numbers(text: str) -> list[dict[str, Any]]:
    """Every number in digits, with the words after it."""
    found = NUMBER.finditer(text)
    return [
        {"values": [float(n[0].replace(",", ""))], "counted": True, "after": text[n.end() :][:60]}
        for n in found
    ]


def nearest(found: list[Named], at: int, column: int, other: str | None = None) -> str | None:
    """The code of the nearest name that has one and is not the other party."""
    near = sorted(
        (abs(name[0] - at), str(name[column])) for name in found if name[column] not in (None, other)
    )
    return near[0][1] if near else None


def read_naively(document: Document) -> Document:
    """A statement for each number before a noun for people."""
    text, (pattern, known) = document["text"], names()
    found = [(m.start(), *known[m[0]][1:]) for m in pattern.finditer(text)]
    statements = []
    for n in NUMBER.finditer(text):
        force = nearest(found, n.start(), 1)
        if force and noun_ahead().match(text, n.end()):
            first = max((m.end() for m in STOP.finditer(text, 0, n.start())), default=0)
            last = STOP.search(text, n.end())
            statements.append(
                {
                    "force": force,
                    "place": nearest(found, n.start(), 2, force),
                    "level": int(n[0].replace(",", "")),
                    "status": "current",
                    "date": document.get("published"),
                    "speaker": None,
                    "evidence": text[first : last.start() if last else len(text)],
                }
            )
    return {"id": document["id"], "statements": statements}
