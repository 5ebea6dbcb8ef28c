"""Who says it: the same person under any title, an agency under any name, or nobody but the writer.

A speaker goes by the last name in what the report calls them: "Gen. Kenneth F. McKenzie Jr., the head of Central
Command" is McKenzie. Two reports speak of one voice where either names the other's speaker.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from musterbook.lexicon.register import fold, load_register
from musterbook.model import Report, Statement
from musterbook.reckoning.likeness import WORD, few, plain

HEADS = re.compile(
    r"\s[a-z]+\s|[/(),]"
)  # between the names in "AP via WXOW", "AFP/AP" and "junge Welt (dpa)"
LETTERS = 4  # of the shortest name that tells one person from another
END = re.compile(r"[,;(]|\s[-–—]\s")  # what follows explains who it is


@dataclass(frozen=True, slots=True)
class Sayer:
    """Whom a statement names as its source; no key where it is nobody, or nobody in particular."""

    key: str  # the last name, folded
    on: date | None  # the day of saying, where the report tells it
    is_person: bool  # no ministry, command or government
    outlet: (
        str  # the agency's code or the publisher, where the speaker is one: a credit, and no voice of its own
    )

    @property
    def is_own(self) -> bool:
        """Whether a named voice speaks, and no other outlet."""
        return bool(self.key) and not self.outlet


NOBODY = Sayer("", None, False, "")


def sayer_of(statement: Statement) -> Sayer:
    """The source that a statement names."""
    speaker = statement.speaker
    if speaker is None:
        return NOBODY
    if not speaker.named:
        return Sayer("", speaker.on, False, next(iter(speaker.via), ""))
    key = _last_name(speaker.name or speaker.words)
    unclear = speaker.organisation is None and load_register().resolve_force(key) is None
    is_person = bool(speaker.name) or key in _holders() or unclear
    return Sayer(key, speaker.on, bool(key) and is_person, agency_named(speaker.words))


def agencies_of(report: Report) -> frozenset[str]:
    """The agencies that a report is from or credits, by code."""
    found = (agency_named(head) for head in (*HEADS.split(report.publisher), *report.credits))
    return few(filter(None, found))


def heads_of(outlet: str) -> frozenset[str]:
    """Everybody whom the name of an outlet names, folded: "ABC News via WLEA" is ABC News and WLEA."""
    return frozenset(bare(head) for head in HEADS.split(outlet) if head.strip())


def bare(words: str) -> str:
    """A name folded, without a short first word: "the", "die", "le"."""
    first, _, rest = fold(words).partition(" ")
    return rest if rest and len(first) < LETTERS else f"{first} {rest}".strip()


def agency_named(words: str) -> str:
    """The code of the agency that is called so, with or without an article; empty where none is."""
    plain = words.strip().casefold()
    known = _agencies()
    return known.get(plain) or known.get(plain.partition(" ")[2], "")


@cache
def _agencies() -> dict[str, str]:
    """Every name of every agency of the registers."""
    known = load_register().agencies
    return {name.casefold(): one.code for one in known for name in (one.code, one.name, *one.aliases)}


@cache
def _holders() -> frozenset[str]:
    """The last names of all who hold or held an office of the registers."""
    return frozenset(_last_name(one.holder) for one in load_register().offices)


def _last_name(words: str) -> str:
    """The last word with a capital letter before what explains who it is; empty where there is none."""
    head = END.split(words, maxsplit=1)[0]
    capital = [word for word in WORD.findall(plain(head)) if word[0].isupper() and len(word) >= LETTERS]
    return capital[-1].lower() if capital else ""
