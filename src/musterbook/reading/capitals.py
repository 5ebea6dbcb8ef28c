"""Press offices shout names; the book writes them as names are written."""

from __future__ import annotations


def calm(word: str) -> str:
    """A word in capitals as a name is written."""
    return "-".join(part[:1] + part[1:].lower() for part in word.split("-"))


def calmed(name: str) -> str:
    """A name without shouted words: "Mr. Biden" for "MR. BIDEN"; initials and "U.S." stay."""
    return " ".join(calm(part) if is_shouted(part) else part for part in name.split())


def is_shouted(part: str) -> bool:
    """Whether a word is in capitals without being an initial or an abbreviation of several."""
    bare = part.removesuffix(".")
    return part.isupper() and "." not in bare and (len(bare) > 2 or (len(bare) == 2 and bare != part))
