"""A copy shares its words, whatever was cut, turned round or dated anew; numbers and names survive a translation.

What is compared are pairs of neighbouring words: an edit of one word costs two of them, a sentence that was moved
costs one, and two reports that only share a subject have hardly any in common.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from rensa import RMinHash

from musterbook.lexicon.pack import languages, load_pack
from musterbook.model import Report

WORD = re.compile(r"[^\W\d_]+|\d+(?:[.,'’\u00a0\u202f]\d{3})*")
SENTENCE_END = ".!?:»”\"'"
NAME = 4  # letters of the shortest name that says anything
SHORT = 5  # letters of the longest short form of a day ("thurs")
LAST_DAY, YEARS = 31, (1900, 2100)
FEWEST = 12  # pairs of words: fewer are a headline, and any two headlines may be alike
BANDS, ROWS = 24, 2  # a quarter in common is found with a chance of 0.79, a third with 0.94, half with 0.999
SEED = 7  # any: the same sketch for the same words, for ever


@dataclass(frozen=True, slots=True, eq=False)
class Likeness:
    """What of a report's words is compared with another's."""

    pairs: frozenset[str]  # neighbouring words, in small letters and without accents
    names: frozenset[str]  # words that begin with a capital letter inside a sentence
    numbers: frozenset[str]  # in digits; no year and no day of a month
    weekdays: frozenset[int] = frozenset()  # Monday is 0; none where we have no pack of the language

    def copied(self, other: Likeness) -> float:
        """The share of the shorter one's pairs of words that the other has as well; 0 where it is too short to tell."""
        fewer = min(len(self.pairs), len(other.pairs))
        return len(self.pairs & other.pairs) / fewer if fewer >= FEWEST else 0.0

    def same(self, other: Likeness) -> float:
        """The share of all pairs of words that both have: 1 for the same words, and low for a short part of a long one."""
        either = len(self.pairs | other.pairs)
        return len(self.pairs & other.pairs) / either if either >= FEWEST else 0.0


NOTHING = Likeness(frozenset(), frozenset(), frozenset())


def likeness_of(report: Report) -> Likeness:
    """What of a report's words is compared."""
    spelt = unicodedata.normalize("NFKC", f"{report.title}. {report.text}" if report.title else report.text)
    found = [(m.group(), m.start()) for m in WORD.finditer(spelt)]
    plain = [folded(word) for word, _ in found]
    names = {
        plain[n]
        for n, (word, start) in enumerate(found)
        if word[0].isupper() and len(word) >= NAME and not _begins(spelt, start)
    }
    numbers = {word for word in plain if word[0].isdigit() and is_figure(int(word))}
    named = weekdays_in(report.language)
    days = {named[word] for word in plain if word in named}
    pairs = frozenset(map(" ".join, pairwise(plain)))
    return Likeness(pairs, frozenset(names), frozenset(numbers), frozenset(days))


@cache
def weekdays_in(language: str) -> Mapping[str, int]:
    """The names of the days in a language, those in full; none where no pack of it ships."""
    known = load_pack(language).table("dates", "weekdays") if language in languages() else {}
    return {word: number for word, number in known.items() if len(word) > SHORT}


def is_figure(number: int) -> bool:
    """Whether a number in the words is likely to count something, and no day or year."""
    return number > LAST_DAY and not (YEARS[0] <= number <= YEARS[1])


def folded(word: str) -> str:
    """The word in small letters and without accents; a number without the marks between its thousands."""
    if word[0].isdigit():
        return re.sub(r"\D", "", word)
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def bands(alike: Sequence[Likeness]) -> list[tuple[tuple[int, ...], ...]]:
    """For each text the keys under which its near copies are found: they share one at least, most likely."""
    sketches = RMinHash.digests_from_token_sets([sorted(one.pairs) for one in alike], BANDS * ROWS, SEED)
    return [tuple(_keys(sketch)) if one.pairs else () for one, sketch in zip(alike, sketches, strict=True)]


def _keys(sketch: Sequence[int]) -> Iterable[tuple[int, ...]]:
    return ((band, *sketch[band * ROWS : (band + 1) * ROWS]) for band in range(BANDS))


def _begins(text: str, start: int) -> bool:
    """Whether a sentence begins there: its first word has a capital letter in any case."""
    before = text[max(0, start - 4) : start].rstrip()
    return not before or before[-1] in SENTENCE_END
