"""A copy shares its words, whatever was cut, turned round or dated anew; numbers and names survive a translation.

What is compared are pairs of neighbouring words: an edit of one word costs two of them, a sentence that was moved
costs one, and two reports that only share a subject have hardly any in common.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, TypeVar

from rensa import RMinHash

from musterbook.lexicon.pack import languages, load_pack
from musterbook.model import Report

WORD = re.compile(r"[^\W\d_]+|\d+")
NAME = re.compile(
    r"(?<![.!?:»”\"'] )(?<!^)(?<![\w-])(?=[^\Wa-z\d_])[^\W\d_]{4,}"
)  # not where a sentence begins
MARK = re.compile(
    r"(?<=\d)[.,'’](?=\d{3}(?!\d))"
)  # between thousands; a blank is one of them only where it binds
BLANK = str.maketrans(dict.fromkeys("\u00a0\u202f\u2009", "'"))
ACCENT = re.compile(r"[\u0300-\u036f]")
FIGURE = re.compile(r"\d{2,}")
LAST_DAY, YEARS = 31, (1900, 2100)
SHORT = 5  # letters of the longest short form of a day ("thurs")
FEWEST = 12  # pairs of words: fewer are a headline, and any two headlines may be alike
BANDS, ROWS = 24, 2  # a quarter in common is found with a chance of 0.79, a third with 0.94, half with 0.999
SEED = 7  # any: the same sketch for the same words, for ever
WIDE = 8  # bytes of a hash
Key = tuple[int, ...]
T = TypeVar("T")
NONE: frozenset[Any] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Likeness:
    """What of a report's words is compared with another's; packed, since a book keeps hundreds of thousands."""

    pairs: bytes = b""  # neighbouring words, in small letters and without accents
    names: bytes = b""  # words that begin with a capital letter inside a sentence
    numbers: bytes = b""  # in digits; no year and no day of a month
    weekdays: frozenset[int] = frozenset()  # Monday is 0; none where we have no pack of the language

    def copied(self, other: Likeness) -> float:
        """The share of the shorter one's pairs of words that the other has as well; 0 where it is too short to tell."""
        fewer = min(len(self.pairs), len(other.pairs)) // WIDE
        return len(_unpacked(self.pairs) & _unpacked(other.pairs)) / fewer if fewer >= FEWEST else 0.0

    def named(self, other: Likeness) -> int:
        """How many names they have in common."""
        return len(_unpacked(self.names) & _unpacked(other.names)) if self.names and other.names else 0

    def names_one(self, word: str) -> bool:
        """Whether a word in small letters is among the names."""
        return bool(self.names) and hash(word) in _unpacked(self.names)

    def counted(self, other: Likeness, but: Iterable[int]) -> int:
        """How many numbers they have in common, beside these."""
        both = _unpacked(self.numbers) & _unpacked(other.numbers)
        return len(both.difference(hash(str(number)) for number in but)) if both else 0


NOTHING = Likeness()


def likenesses_of(reports: Sequence[Report]) -> list[tuple[Likeness, bytes]]:
    """What of each report's words is compared, and a sketch of them, packed, by which near copies are found.

    Texts are sketched together, as one by one takes forty times as long.
    """
    spelt = [plain(f"{one.title}. {one.text}" if one.title else one.text) for one in reports]
    words = [WORD.findall(text.lower()) for text in spelt]
    pairs = [list(dict.fromkeys(map(" ".join, pairwise(several)))) for several in words]
    sketches = RMinHash.digests_from_token_sets(pairs, BANDS * ROWS, SEED)
    return [
        (_likeness(report, text, several, joined), array("I", sketch).tobytes() if joined else b"")
        for report, text, several, joined, sketch in zip(reports, spelt, words, pairs, sketches, strict=True)
    ]


def _likeness(report: Report, spelt: str, words: Sequence[str], pairs: Sequence[str]) -> Likeness:
    """That of one report."""
    names = (name.lower() for name in NAME.findall(spelt) if name[0].isupper())
    numbers = (number for number in FIGURE.findall(spelt.lower()) if is_figure(int(number)))
    days = weekdays_in(report.language)
    return Likeness(
        _packed(pairs), _packed(names), _packed(numbers), few(days[word] for word in days.keys() & set(words))
    )


def bands(sketch: bytes) -> tuple[Key, ...]:
    """The keys of a text: near copies share one at least, most likely."""
    parts = memoryview(sketch).cast("I").tolist()
    return tuple((i // ROWS, *parts[i : i + ROWS]) for i in range(0, len(parts), ROWS))


def _packed(words: Iterable[str]) -> bytes:
    """The hash of each word, once: they are held against those of this process alone."""
    return array("q", map(hash, dict.fromkeys(words))).tobytes()


@lru_cache(maxsize=4096)
def _unpacked(hashes: bytes) -> frozenset[int]:
    """The hashes; a report is held against many others, one after the other."""
    return frozenset(memoryview(hashes).cast("q"))


def few(found: Iterable[T]) -> frozenset[T]:
    """A set that is kept by the hundred thousand: all empty ones are the same, as each takes 200 bytes."""
    return frozenset(found) or NONE


def plain(words: str) -> str:
    """Words without accents, their numbers without the marks between thousands."""
    if not words.isascii():
        words = ACCENT.sub("", unicodedata.normalize("NFKD", words.translate(BLANK)))
    return MARK.sub("", words)


def is_figure(number: int) -> bool:
    """Whether a number in the words is likely to count something, and is no day or year."""
    return number > LAST_DAY and not YEARS[0] <= number <= YEARS[1]


@cache
def weekdays_in(language: str) -> Mapping[str, int]:
    """The names of the days in a language, those in full; none where no pack of it ships."""
    known = load_pack(language).table("dates", "weekdays") if language in languages() else {}
    return {word: number for word, number in known.items() if len(word) > SHORT}
