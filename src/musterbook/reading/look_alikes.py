"""A number means what it looks like: look-alike signs are read as what is seen; what cannot be is blotted and doubted.

Nothing here guesses. A figure with a sign that is no figure ("5²00", "V,200") is covered, so that no part of it is
taken for another number, and the reading says so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import takewhile

from musterbook.reading.marks import Edit

BLOTTED = "unreadable figure"  # the name of a repair that covers a figure
BLOT = "\u25af"
SIGNS = re.compile(r"[\w,.]+")
FIGURE = re.compile(r"[\dOolI]{1,3}(?:[,.][\dOolI]{3})+|[\dOolI]{2,}")
LOOKS_LIKE = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0406\u0408\u0405"
    "\u03bf\u03b1\u03bd\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7",
    "aeopcyxijshABEKMHOPCTXIJSoavABEZHIKMNOPTYX",
)  # fmt: skip -- Cyrillic, then Greek letters above the Latin ones they look like
# In a figure alone: round letters of other scripts for 0, letters like 3, upright ones for 1.
IN_FIGURES = str.maketrans(
    "\u2c9e\u2c9f\u0555\u0585\u3007\u1d0f\u0d20\u0c20\u0417\u0437\u04e0\u04e1\u01b7\u0292\u04cf\u04c0\u01c0\u2160\u217c",
    "OOOOOOOO333333lIIIl",
)  # fmt: skip
SPACES = (
    "\u1680" + "".join(map(chr, range(0x2000, 0x2009))) + "\u200a\u205f\u3000\u2800\u3164\u115f\u1160\uffa0"
)
COMMAS = "\uff0c\u201a\u02cc\u02cf\u066c\u060c\ufe50\ufe51\u3001\u2e34\u2e41\ua4f9"
STOPS = "\uff0e\u2024\ufe52\u00b7\u2027\u2219\u22c5\u06d4\u066b"
PRIMES = "\u2032\u02b9\u02bc\uff07\u00b4\u02c8"
SEPARATORS = tuple(
    (re.compile(rf"(?<!\d)\d{{1,3}}(?P<sign>[{signs}]{{1,{most}}})(?=\d{{3}}(?!\d))"), sign, frozenset(signs))
    for signs, most, sign in (
        (SPACES, 3, "\u00a0"),
        (COMMAS, 1, ","),
        (STOPS, 1, "."),
        (PRIMES, 1, "\u2019"),
    )
)
OVERLAY = "\u0334-\u0338\u20d2\u20d3\u20e5-\u20eb"  # marks that strike a sign out
FOREIGN = (
    r"(?![\x00-\x7f\u02b0-\u02ff\u2e80-\u9fff\uac00-\ud7af])\w"  # a letter or number sign of no English word
)
AFTER_FIGURE = re.compile(r"(?<=[0-9.,])[^\x00-\x7f\s\w]+")
STRUCK = re.compile(f"[{OVERLAY}]")
UNREADABLE = re.compile(
    rf"(?<![\d.,])(?=[.,{OVERLAY}]*\d)[\d.,]+[{OVERLAY}][\d.,{OVERLAY}]*"  # struck out
    r"|(?<![\w.,'\u2019-])(?![lI\d])[^\W_],\d{3}(?!\w)"  # V,200
    rf"|(?<![\w.,])\d{{1,3}},(?=\w*\d)(?=\w*(?:[A-HJ-NP-Z]|{FOREIGN}))[^\W_a-z]{{3}}(?!\w)"  # 5,2S0
    rf"|(?<!\w)\d+(?:{FOREIGN})+\d\w*"  # 5²00
)
# What UNREADABLE finds has one of these; nearly no text has any, and this is quickly seen.
SUSPECT = re.compile(r",(?:(?<=[^\W\d_],)\d|\d{0,2}[^\W\d_a-z])")
SUSPECT_SIGN = re.compile(rf"[{OVERLAY}]|\d{FOREIGN}")


def look_alikes(text: str) -> Iterator[Edit]:
    """Letters of other scripts inside Latin words, digits of any script, and the signs that part their groups."""
    if not any(sign.isalnum() for sign in odd_signs(text)):
        return
    for match in SIGNS.finditer(text):
        word = match.group()
        if not word.isascii() and (plain := as_shown(word)) != word:
            yield Edit(match.start(), match.end(), plain, "look-alike signs")


def accents(text: str) -> Iterator[Edit]:
    """Marks set on a figure, left out; one that strikes it out stays."""
    if not any(unicodedata.category(sign)[0] == "M" for sign in odd_signs(text)):
        return
    for match in AFTER_FIGURE.finditer(text):
        marked = "".join(takewhile(lambda sign: unicodedata.category(sign)[0] == "M", match.group()))
        struck = "".join(STRUCK.findall(marked))
        if struck != marked:
            yield Edit(match.start(), match.start() + len(marked), struck, "unseen signs")


def separators(text: str) -> Iterator[Edit]:
    """Signs between groups of three digits that look like a comma, a stop, an apostrophe or a space."""
    odd = odd_signs(text)
    for form, sign, signs in SEPARATORS:
        for match in form.finditer(text) if odd & signs else ():
            yield Edit(match.start("sign"), match.end("sign"), sign, "look-alike signs")


def unreadable(text: str) -> Iterator[Edit]:
    """Figures with a sign among their digits that is no figure, covered."""
    if not SUSPECT.search(text) and (text.isascii() or not SUSPECT_SIGN.search(text)):
        return
    for match in UNREADABLE.finditer(text):
        yield Edit(match.start(), match.end(), BLOT * len(match.group()), BLOTTED)


def odd_signs(text: str) -> set[str]:
    """The signs of a text beyond ASCII: few, so that they say at once which repairs may be needed."""
    return {sign for sign in set(text) if not sign.isascii()}


def as_shown(word: str) -> str:
    """A word in the plain letters and digits that it looks like; itself where it looks like none."""
    plain = "".join(as_seen(sign) for sign in word)
    figure = plain.translate(IN_FIGURES).translate(LOOKS_LIKE).rstrip(",.")
    if any(map(str.isdecimal, plain)) and FIGURE.fullmatch(figure.lstrip(",.")):
        return figure + plain[len(figure) :]
    if any("a" <= sign.lower() <= "z" or sign.isdecimal() for sign in plain):
        latin = plain.translate(LOOKS_LIKE)
        return latin if latin.isascii() else plain
    return plain if any(map(str.isdecimal, plain)) else word


def as_seen(sign: str) -> str:
    """A sign as the plain letter or digit that it is a form of, where there is one."""
    if sign.isascii():
        return sign
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    plain = unicodedata.normalize("NFKC", sign)
    same = len(plain) == 1 and plain.isascii() and plain.isalnum()
    return plain if same and unicodedata.decomposition(sign).startswith(("<font>", "<wide>")) else sign
