"""The gate: a page that cannot hold a statement is dropped by its bytes, before anything is parsed.

A page passes where a word of the gate (``packs/<language>/gate.toml``) stands with a number near it, or where several
different ones stand anywhere. What is hidden by encodings, entities or tags is looked at a second time, bare.
"""

from __future__ import annotations

import re
from functools import cache

from musterbook.intake.disguise import SIGNS, in_ascii_order, undisguised
from musterbook.intake.scan import scanner
from musterbook.lexicon.gate import gate_words
from musterbook.model import Report

NEAR = 120  # characters between a word and a number
AROUND = 1500  # bytes looked at on either side, tags included
ENOUGH = 3  # different words that let a page pass without a number near any
LEGACY = (
    "windows-1250",
    "windows-1251",
    "windows-1252",
    "windows-1254",
    "windows-1256",
    "iso-8859-6",
    "iso-8859-9",
    "koi8-r",
)
_TAG = re.compile(rb"<[^<>]*>|&[#\w]{2,9};")
_WORD = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")


class Gate:
    """The words of all packs made ready for one engine: ``hyperscan``, ``re2``, or whichever runs here."""

    def __init__(self, engine: str = "") -> None:
        words = gate_words()
        written = [(form, False) for word in words.beginnings for form in spellings(word)]
        written += [(form, True) for word in words.whole for form in spellings(word)]
        self._lengths = [len(form) for form, _ in written]
        self._is_whole = [is_whole for _, is_whole in written]
        self._numbers = words.numbers
        self._scanner = scanner([*(re.escape(form) for form, _ in written), *SIGNS], engine)

    def lets_pass(self, raw: bytes, charset: str = "") -> bool:
        """Whether a page may hold a statement; ``charset`` is what its sender says of it."""
        plain = in_ascii_order(raw, charset)
        passes, is_disguised = self._look(plain)
        return passes or (is_disguised and self._look(undisguised(plain))[0])

    def _look(self, raw: bytes) -> tuple[bool, bool]:
        """Whether the page passes as it is, and whether it hides something."""
        lengths, seen = self._lengths, set[int]()
        passes = is_disguised = False

        def told(pattern: int, end: int) -> bool:
            nonlocal passes, is_disguised
            if pattern >= len(lengths):
                is_disguised = True
                return False
            start = end - lengths[pattern]
            if not self._stands(raw, start, end, self._is_whole[pattern]):
                return False
            seen.add(pattern)
            passes = len(seen) >= ENOUGH or self._has_number(raw, start, end)
            return passes

        self._scanner.scan(raw, told)
        return passes, is_disguised

    @staticmethod
    def _stands(raw: bytes, start: int, end: int, is_whole: bool) -> bool:
        """Whether a word begins there, and ends there where it must."""
        before = start == 0 or not raw[start - 1 : start].isalpha()
        return before and not (is_whole and raw[end : end + 1].isalpha())

    def _has_number(self, raw: bytes, start: int, end: int) -> bool:
        """Whether digits or a word for a number stand near."""
        before = _TAG.sub(b" ", raw[max(0, start - AROUND) : start]).rpartition(b">")[2]
        after = _TAG.sub(b" ", raw[end : end + AROUND]).partition(b"<")[0]
        text = (before[-NEAR:] + b" " + after[:NEAR]).decode("utf-8", "ignore")
        return bool(_DIGIT.search(text)) or not self._numbers.isdisjoint(_WORD.findall(text.lower()))


def spellings(word: str) -> set[bytes]:
    """The word in bytes: in UTF-8, and where it has letters beyond ASCII, capitals and older encodings, too."""
    if word.isascii():
        return {word.encode()}
    forms = {word, word.capitalize(), word.upper()}
    return {
        form.encode(encoding) for form in forms for encoding in ("utf-8", *LEGACY) if _fits(form, encoding)
    }


def _fits(word: str, encoding: str) -> bool:
    try:
        word.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


@cache
def the_gate() -> Gate:
    """The gate of this process, made once."""
    return Gate()


def lets_pass(report: Report) -> bool:
    """Whether the title and main text of a page may hold a statement: what let it pass may have stood in its menus."""
    return the_gate().lets_pass(f"{report.title}\n{report.text}".encode("utf-8", "replace"))
