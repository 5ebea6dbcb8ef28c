"""A copy shares its words, whatever was cut, turned round or dated anew; numbers and names survive a translation.

What is compared are pairs of neighbouring words: an edit of one word costs two of them, a sentence that was moved
costs one, and two reports that only share a subject have hardly any in common.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from sys import intern
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
WIDE = 8  # bytes of the hash of a pair
Key = tuple[int, ...]
T = TypeVar("T")
NONE: frozenset[Any] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Likeness:
    """What of a report's words is compared with another's; packed, since a book keeps hundreds of thousands."""

    pairs: bytes = (
        b""  # neighbouring words, in small letters and without accents: the hash of each pair, once
    )
    sketch: bytes = b""  # of the same, by which near copies are found
    names: frozenset[str] = frozenset()  # words that begin with a capital letter inside a sentence
    numbers: frozenset[str] = frozenset()  # in digits; no year and no day of a month
    weekdays: frozenset[int] = frozenset()  # Monday is 0; none where we have no pack of the language

    def copied(self, other: Likeness) -> float:
        """The share of the shorter one's pairs of words that the other has as well; 0 where it is too short to tell."""
        fewer = min(len(self.pairs), len(other.pairs)) // WIDE
        return len(_unpacked(self.pairs) & _unpacked(other.pairs)) / fewer if fewer >= FEWEST else 0.0


NOTHING = Likeness()


def likenesses_of(reports: Sequence[Report]) -> list[Likeness]:
    """What of each report's words is compared; sketched together, as one by one takes forty times as long."""
    spelt = [plain(f"{one.title}. {one.text}" if one.title else one.text) for one in reports]
    words = [WORD.findall(text.lower()) for text in spelt]
    pairs = [list(dict.fromkeys(map(" ".join, pairwise(several)))) for several in words]
    sketches = RMinHash.digests_from_token_sets(pairs, BANDS * ROWS, SEED)
    return [
        Likeness(
            array("q", map(hash, pairs[i])).tobytes(),
            array("I", sketch).tobytes() if pairs[i] else b"",
            few(intern(name.lower()) for name in NAME.findall(spelt[i]) if name[0].isupper()),
            few(number for number in FIGURE.findall(spelt[i].lower()) if is_figure(int(number))),
            few(number for word, number in weekdays_in(report.language).items() if word in words[i]),
        )
        for i, (report, sketch) in enumerate(zip(reports, sketches, strict=True))
    ]


def few(found: Iterable[T]) -> frozenset[T]:
    """A set that is kept by the hundred thousand: all empty ones are the same, as each takes 200 bytes."""
    return frozenset(found) or NONE


@lru_cache(maxsize=1024)
def _unpacked(pairs: bytes) -> frozenset[int]:
    """The hashes of pairs; a report is held against many others, one after the other."""
    return frozenset(memoryview(pairs).cast("q"))


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


def bands(alike: Sequence[Likeness]) -> list[tuple[Key, ...]]:
    """For each text the keys under which its near copies are found: they share one at least, most likely."""
    return [tuple(_keys(array("I", one.sketch))) if one.sketch else () for one in alike]


def _keys(sketch: Sequence[int]) -> Iterator[Key]:
    return ((band, *sketch[band * ROWS : (band + 1) * ROWS]) for band in range(BANDS))
