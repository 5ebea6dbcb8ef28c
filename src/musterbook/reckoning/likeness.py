"""A copy shares its words, whatever was cut, turned round or dated anew; numbers and names survive a translation.

What is compared are pairs of neighbouring words: an edit of one word costs two of them, a sentence that was moved
costs one, and two reports that only share a subject have hardly any in common.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

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
Key = tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Likeness:
    """What of a report's words is compared with another's."""

    pairs: frozenset[str] = frozenset()  # neighbouring words, in small letters and without accents
    names: frozenset[str] = frozenset()  # words that begin with a capital letter inside a sentence
    numbers: frozenset[str] = frozenset()  # in digits; no year and no day of a month
    weekdays: frozenset[int] = frozenset()  # Monday is 0; none where we have no pack of the language

    def copied(self, other: Likeness) -> float:
        """The share of the shorter one's pairs of words that the other has as well; 0 where it is too short to tell."""
        fewer = min(len(self.pairs), len(other.pairs))
        return len(self.pairs & other.pairs) / fewer if fewer >= FEWEST else 0.0


NOTHING = Likeness()


def likeness_of(report: Report) -> Likeness:
    """What of a report's words is compared."""
    spelt = plain(f"{report.title}. {report.text}" if report.title else report.text)
    small = spelt.lower()
    words = WORD.findall(small)
    named = weekdays_in(report.language)
    return Likeness(
        frozenset(map(" ".join, pairwise(words))),
        frozenset(name.lower() for name in NAME.findall(spelt) if name[0].isupper()),
        frozenset(number for number in FIGURE.findall(small) if is_figure(int(number))),
        frozenset(named[word] for word in named.keys() & set(words)),
    )


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
    sketches = RMinHash.digests_from_token_sets([list(one.pairs) for one in alike], BANDS * ROWS, SEED)
    return [tuple(_keys(sketch)) if one.pairs else () for one, sketch in zip(alike, sketches, strict=True)]


def _keys(sketch: Sequence[int]) -> Iterator[Key]:
    return ((band, *sketch[band * ROWS : (band + 1) * ROWS]) for band in range(BANDS))
