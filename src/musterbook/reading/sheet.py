"""A report cut up once, for all passes to read: words, sentences, paragraphs. Offsets are the report's own."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import add

from msgspec import Struct

from musterbook.lexicon.pack import Pack, load_pack
from musterbook.values import Span

# Numbers keep their separators; abbreviations keep their inner dots; possessive endings stand alone.
TOKEN = re.compile(
    r"""
    [^\W\d_](?:                              # most tokens begin with a letter:
        (?:\.[^\W\d_])+\.(?:[^\W\d_](?!\w))?  # U.S.  e.g.
      | [^\W\d_]*+(?:[-‐‑](?=\w))?            # words; a hyphen is kept at the end of the part before it
    )
  | \d+(?:[.,:’'\u00a0\u202f]\d+)*           # 5,200  2.5  10:30
  | ['’]s\b                                  # possessive
  | \S                                       # any other sign
    """,
    re.VERBOSE,
)
PARAGRAPH = re.compile(r"\n\s*")
FOLDED = 1 << 15  # words whose folded form is kept
LONGEST = 400  # tokens of a sentence; what goes on longer is a table or noise, and is read in pieces
BLANKS = " \t\u00a0"  # white space at the end of a line that belongs to no sentence
END = re.compile(r"[.!?…](?<![.!?…]{2})[.!?…]*+[\"'”’»)\]]*+(?=\s|$)")


class Token(Struct, frozen=True, gc=False):
    """One word, number or sign. ``lower`` is its folded form without a trailing hyphen."""

    start: int
    end: int
    text: str
    lower: str

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its characters, and its tokens as ``tokens[first:last]``."""

    span: Span
    first: int
    last: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A text with its tokens and sentences."""

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    lowers: tuple[str, ...]  # folded form of every token
    starts: tuple[int, ...]  # start of every token
    sentence_starts: tuple[int, ...]

    def token_at(self, offset: int) -> int:
        """Index of the last token that starts at or before the offset; 0 where none does."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def sentence_at(self, offset: int) -> int:
        """Index of the sentence that holds the offset."""
        return max(0, bisect_right(self.sentence_starts, offset) - 1)


@lru_cache(maxsize=FOLDED)
def folded(word: str) -> str:
    """A word as it is compared; the same few thousand come again and again."""
    return word.rstrip("-‐‑").casefold() or word


def tokens_of(text: str) -> tuple[Token, ...]:
    """The tokens of a text. Only blanks lie between two, so each is found at once behind the one before."""
    words = TOKEN.findall(text)
    starts, at = [], 0
    for word in words:
        at = text.index(word, at)
        starts.append(at)
        at += len(word)
    ends = map(add, starts, map(len, words))
    return tuple(map(Token, starts, ends, words, map(folded, words)))


def cut_up(text: str, pack: Pack) -> Sheet:
    """The text as a sheet; linear in its length."""
    tokens = tokens_of(text)
    lowers, starts = tuple(token.lower for token in tokens), tuple(token.start for token in tokens)
    sentences = []
    for number, paragraph in enumerate(paragraphs(text)):
        for span in sentences_of(text, paragraph, pack):
            first, last = bisect_right(starts, span.start - 1), bisect_right(starts, span.end - 1)
            sentences += pieces(tokens, Sentence(span, first, last, number))
    return Sheet(text, tokens, tuple(sentences), lowers, starts, tuple(s.span.start for s in sentences))


def pieces(tokens: tuple[Token, ...], whole: Sentence) -> list[Sentence]:
    """The sentence, in pieces where no sentence is that long: every pass may look all over one."""
    if whole.last - whole.first <= LONGEST:
        return [whole] if whole.first < whole.last else []
    found, first = [], whole.first
    while first < whole.last:
        last = min(first + LONGEST, whole.last)
        start = whole.span.start if first == whole.first else tokens[first].start
        end = whole.span.end if last == whole.last else tokens[last - 1].end
        found.append(Sentence(Span(start, end), first, last, whole.paragraph))
        first = last
    return found


def paragraphs(text: str) -> list[Span]:
    """Lines with words on them; a line break always ends a sentence."""
    found, start = [], 0
    for line in PARAGRAPH.finditer(text):
        words = text[start : line.start()]
        if words.strip():
            found.append(Span(start, start + len(words.rstrip(BLANKS))))
        start = line.end()
    if text[start:].strip():
        found.append(Span(start, len(text)))
    return found


def sentences_of(text: str, paragraph: Span, pack: Pack) -> list[Span]:
    """The sentences of one paragraph, without the white space around them."""
    found, start = [], paragraph.start
    for stop in END.finditer(text, paragraph.start, paragraph.end):
        if not is_end(text, stop, paragraph.end, pack):
            continue
        found.append(Span(start, stop.end()))
        start = stop.end()
        while start < paragraph.end and text[start].isspace():
            start += 1
    if start < paragraph.end:
        found.append(Span(start, paragraph.end))
    return found


def is_end(text: str, stop: re.Match[str], limit: int, pack: Pack) -> bool:
    """Whether a sentence ends at this sign: not after an abbreviation or initial, not before small letters."""
    after = text[stop.end() : min(limit, stop.end() + 40)].lstrip()
    if not after:
        return True
    first = after.lstrip("\"'“‘«([")[:1]
    if stop.group()[0] != ".":
        return not first.islower()
    if first.islower():
        return False
    before = [w.lstrip("(\"'“‘") for w in text[max(0, stop.start() - 24) : stop.start()].split()]
    word = before[-1].casefold() if before else ""
    words = stop_words(pack)
    opener = OPENER.match(after.lstrip("\"'“‘«(["))
    starts = bool(opener) and opener.group().casefold() in words["starters"] if opener else False
    if word in words["may_end"] or (before and before[-1] in words["capitals"]):
        return starts
    if (
        len(before) > 1
        and word in words["torn_by"]
        and before[-2].casefold() in words["given"]
        and after.split()[0][-1] == ","
    ):
        return False
    return not ((len(word) == 1 and word.isalpha()) or word in words["abbreviations"])


OPENER = re.compile(r"\w+")
LISTS = (
    ("abbreviations", "sentences", "abbreviations"),
    ("may_end", "sentences", "may_end"),
    ("capitals", "sentences", "capitals"),
    ("starters", "sentences", "starters"),
    ("torn_by", "sentences", "torn_by"),
    ("given", "voices", "given"),
)


def stop_words(pack: Pack) -> dict[str, frozenset[str]]:
    """The word lists that tell whether a full stop ends a sentence."""
    return _stop_words(pack.language)


@cache
def _stop_words(language: str) -> dict[str, frozenset[str]]:
    pack = load_pack(language)
    return {name: frozenset(pack.words(file, key)) for name, file, key in LISTS}
