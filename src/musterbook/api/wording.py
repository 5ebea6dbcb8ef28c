"""What somebody looks for, in words: every word and every phrase has to stand there, accents and capitals aside.

"Five thousand two hundred" in quotation marks is a phrase, ``withdr*`` the beginning of a word. Nothing else has a
meaning of its own: whatever signs are typed, they are words to look for and never commands to the index.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from musterbook.errors import UsageError

LONGEST = 400  # signs
MOST = 32  # words and phrases
BEGINNING = 2  # signs before an asterisk
PART = re.compile(r'"([^"]*)"?|([^\s"]+)')
QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″＂", '"'))
UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Wording:
    """The words looked for, as the index takes them."""

    parts: tuple[str, ...]  # each in quotation marks, which keep all that is in them from being a command

    @property
    def every(self) -> str:
        """What all of them fit."""
        return " AND ".join(self.parts)

    @property
    def some(self) -> str:
        """What any of them fits: for marking them in a text."""
        return " OR ".join(self.parts)


def wording(words: str) -> Wording:
    """The words and phrases of a question; UsageError where there is none, or far too much."""
    if len(words) > LONGEST:
        raise UsageError(f"that is too much to look for; {LONGEST} signs are the most")
    told = UNFIT.sub(" ", words.translate(QUOTES))
    parts = tuple(dict.fromkeys(part for found in PART.finditer(told) if (part := _part(*found.groups()))))
    if not parts:
        raise UsageError(
            "there is no word to look for; write one, such as: withdraw, “by the end of”, McKen*"
        )
    if len(parts) > MOST:
        raise UsageError(f"that is too much to look for; {MOST} words are the most")
    return Wording(parts)


def _part(phrase: str | None, word: str | None) -> str:
    """One word or phrase, in quotation marks; empty where no letter or figure is in it."""
    told = phrase if phrase is not None else (word or "")
    signs = sum(sign.isalnum() for sign in told)
    if not signs:
        return ""
    if phrase is not None or not told.endswith("*"):
        return f'"{told}"'
    if signs < BEGINNING:
        raise UsageError(f"{told} fits too many words; write {BEGINNING} letters or more before the asterisk")
    return f'"{told.rstrip("*")}" *'


def fit(text: str) -> str:
    """A text as the index can hold it: without the signs that no word has and no database takes."""
    return UNFIT.sub(" ", text)
