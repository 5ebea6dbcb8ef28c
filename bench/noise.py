"""Damages clean reports in twelve named ways, as copies on the web are damaged; the labels move with the words.

Every way is a function of a text and a chance that yields edits ``(start, end, new words)``.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

from texts import Document
from vary import moved, replaced

Edit = tuple[int, int, str]
SAID = re.compile(r"\b([A-Z][a-z]+) ([A-Z][a-z]+) (said|told|announced)\b")
DOTTED = re.compile(r"\b(?:[A-Z]\.){2}(?= )")
THOUSANDS = re.compile(r"(?<![\d.,])(\d{1,3}),(\d{3})(?![\d,])")
ROUND = re.compile(r"(?<![\d.,])(\d{1,3}),([05])00(?![\d,])")
QUOTES = re.compile(r"[\"“”]")
SMALL = re.compile(r" (?:the|a|an|of|that|has|have|is|are|its|which|been)(?= )")
NUMBER = re.compile(r"(?<![\d.,$€£])\d[\d,.]*\d(?![\d,])")
WORD = re.compile(r"\b[a-z]{7,}\b")
SPUN = {
    "soldiers": "servicemen",
    "troops": "soldiers",
    "withdraw": "pull back",
    "reduce": "decrease",
    "said": "stated",
    "announced": "declared",
    "deployed": "stationed",
    "official": "functionary",
    "forces": "military",
    "plans": "intends",
    "about": "approximately",
    "send": "direct",
    "remain": "stay",
    "remaining": "leftover",
    "decision": "choice",
    "country": "nation",
    "war": "conflict",
    "fight": "battle",
    "increase": "enlarge",
    "number": "quantity",
    "withdrawal": "pullback",
    "government": "authorities",
    "also": "likewise",
    "now": "presently",
}  # fmt: skip -- a list to read across
UNSEEN = ("\u200b", "\u00ad", "\u2060", "\ufeff")
TWINS = {"a": "\u0430", "e": "\u0435", "o": "\u043e", "p": "\u0440", "c": "\u0441", "x": "\u0445"}


def torn_names(text: str, chance: random.Random) -> Iterator[Edit]:
    """ "Kenneth McKenzie said" becomes "Kenneth said. McKenzie"."""
    for m in SAID.finditer(text):
        yield m.start(), m.end(), f"{m[1]} {m[3]}. {m[2]}"


def split_abbreviations(text: str, chance: random.Random) -> Iterator[Edit]:
    """ "the U.S. in Iraq" becomes "the US . in Iraq"."""
    for m in DOTTED.finditer(text):
        yield m.start(), m.end(), f"{m.group().replace('.', '')} ."


def dotted_thousands(text: str, chance: random.Random) -> Iterator[Edit]:
    """5,200 becomes 5.200."""
    for m in THOUSANDS.finditer(text):
        yield m.start(), m.end(), f"{m[1]}.{m[2]}"


def spaced_thousands(text: str, chance: random.Random) -> Iterator[Edit]:
    """5,200 becomes 5 200."""
    for m in THOUSANDS.finditer(text):
        yield m.start(), m.end(), f"{m[1]} {m[2]}"


def magnitude_words(text: str, chance: random.Random) -> Iterator[Edit]:
    """14,000 becomes 14 thousand, 5,500 becomes 5.5 thousand."""
    for m in ROUND.finditer(text):
        yield m.start(), m.end(), f"{m[1]} thousand" if m[2] == "0" else f"{m[1]}.5 thousand"


def moved_quotes(text: str, chance: random.Random) -> Iterator[Edit]:
    """Quotation marks are lost, or slip behind the next word."""
    for m in QUOTES.finditer(text):
        space = text.find(" ", m.end() + 1)
        if chance.random() < 0.5 or space < 0 or space - m.end() > 20:
            yield m.start(), m.end(), ""
        else:
            yield m.start(), space, text[m.end() : space] + m.group()


def lost_words(text: str, chance: random.Random) -> Iterator[Edit]:
    """A third of the small words is lost."""
    for m in SMALL.finditer(text):
        if chance.random() < 0.33:
            yield m.start(), m.end(), ""


def nan_for_number(text: str, chance: random.Random) -> Iterator[Edit]:
    """Some numbers become "nan"; never those of a statement (see :func:`damaged`)."""
    for m in NUMBER.finditer(text):
        if chance.random() < 0.5:
            yield m.start(), m.end(), "nan"


def scanned(text: str, chance: random.Random) -> Iterator[Edit]:
    """Scanning takes 0 for O and 1 for l in numbers, rn for m in words, and breaks long words at line ends."""
    for m in re.finditer(r"\d[\d,]*\d|\b[a-z]{6,}\b", text):
        word = m.group()
        if word[0].isdecimal() and chance.random() < 0.3:
            yield m.start(), m.end(), word[0] + word[1:].replace("0", "O").replace("1", "l")
        elif chance.random() < 0.06 and "m" in word:
            yield m.start(), m.end(), word.replace("m", "rn", 1)
        elif chance.random() < 0.06:
            yield m.start(), m.end(), f"{word[:3]}-\n{word[3:]}"


def wrong_encoding(text: str, chance: random.Random) -> Iterator[Edit]:
    """Typographic signs and accents are UTF-8 that was read as cp1252."""
    for m in re.finditer(r"[^\x00-\x7f]|['\"]", text):
        sign = {"'": "’", '"': "“"}.get(m.group(), m.group())
        try:
            yield m.start(), m.end(), sign.encode().decode("cp1252")
        except UnicodeDecodeError:
            continue


def unseen_signs(text: str, chance: random.Random) -> Iterator[Edit]:
    """Unseen signs inside words and numbers, and letters of other scripts that look the same."""
    for m in re.finditer(r"\w{3,}|\d,\d", text):
        word, cut = m.group(), chance.randrange(1, len(m.group()))
        if chance.random() < 0.15:
            yield m.start(), m.end(), word[:cut] + chance.choice(UNSEEN) + word[cut:]
        elif chance.random() < 0.1 and word[0].isalpha():
            yield m.start(), m.end(), "".join(TWINS.get(sign, sign) for sign in word)


def spun_words(text: str, chance: random.Random) -> Iterator[Edit]:
    """Words are exchanged for others of about the same meaning, as sites do that hide where a text is from."""
    for m in re.finditer(r"\b[a-z]+\b", text):
        if m.group() in SPUN and chance.random() < 0.7:
            yield m.start(), m.end(), SPUN[m.group()]


WAYS: dict[str, Callable[[str, random.Random], Iterator[Edit]]] = {
    way.__name__.replace("_", " "): way
    for way in (
        torn_names,
        split_abbreviations,
        dotted_thousands,
        spaced_thousands,
        magnitude_words,
        moved_quotes,
        lost_words,
        nan_for_number,
        scanned,
        wrong_encoding,
        unseen_signs,
        spun_words,
    )
}


def damaged(document: Document, way: str, seed: int = 1) -> Document:
    """A copy damaged in one way; the same for the same seed. Labels keep their figures and get the damaged words."""
    text = document["text"]
    chance = random.Random(f"{seed} {way} {document['id']}")  # noqa: S311 -- a seeded choice, no secret
    edits = list(WAYS[way](text, chance))
    if way == "nan for number":
        said = [evidence_of(text, s["evidence"]) for s in document["statements"]]
        edits = [e for e in edits if not any(a <= e[0] < b for a, b in said)]
    made, edges = replaced(text, edits)
    statements = []
    for statement in document["statements"]:
        start, end = evidence_of(text, statement["evidence"])
        statements.append(statement | {"evidence": made[moved(start, edges) : moved(end, edges)]})
    return document | {"text": made, "statements": statements}


def evidence_of(text: str, words: str) -> tuple[int, int]:
    """Where the evidence stands."""
    start = text.find(words)
    return (start, start + len(words)) if start >= 0 else (0, 0)
