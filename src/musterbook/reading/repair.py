"""Damaged text is mended before it is read; every span that comes out stands in the text as it was published.

A repair proposes, keeps where it stood, and has a name; nothing is mended that does not make plainly better text.
"""

from __future__ import annotations

import html
import re
import unicodedata
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from typing import Any

from musterbook.lexicon.pack import Pack, load_pack
from musterbook.lexicon.register import Register, load_register
from musterbook.model import Reading, Repair, Report
from musterbook.values import Span

INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202d\u2060-\u2064\u2066-\u2069\ufeff]+")
TURNED = re.compile("\u202e([^\u202c\n]{1,200})\u202c?|[\u202c\u202e]")  # shown from right to left
SIGNS = re.compile(r"[\w,.]+")
MISREAD = re.compile(
    "(?:[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{1,3})+"
)
ENTITY = re.compile(r"&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z]{2,8});")
BROKEN_WORD = re.compile(r"(?<=[a-z]{2})[-\u2010\u00ac]\n[ \t]*(?=[a-z]{2})")
BROKEN_LINE = re.compile(r"(?<=[a-z,])[ \t]*\n[ \t]*(?=\S)(?!\n)")
APART = re.compile(r"(?<=\d)[ \u00a0]+(?=,\d{3}(?!\d))")
PARAGRAPH = re.compile(r"[^\n]+")
WORD = re.compile(r"[^\W\d_]+")
FULL_LINE = 40  # characters of a line that was broken only because it was full
SHOUTED = 0.9  # share of capitals from which a paragraph is shouted
ENOUGH = 30  # letters that a paragraph needs to be judged by its capitals
LONGEST_SHORT, LEAST_NAME = 9, 3  # letters of a name in capitals, of one raised from small letters
LOOKS_LIKE = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0406\u0408\u0405"
    "\u03bf\u03b1\u03bd\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7",
    "aeopcyxijshABEKMHOPCTXIJSoavABEZHIKMNOPTYX",
)  # fmt: skip -- Cyrillic, then Greek letters above the Latin ones they look like


@dataclass(frozen=True, slots=True)
class Edit:
    """New words for a stretch of the text."""

    start: int
    end: int
    words: str
    name: str


@dataclass(frozen=True, slots=True)
class Mended:
    """A mended text; ``starts`` and ``ends`` say of each of its characters where in the old text it came from."""

    text: str
    starts: array[int]
    ends: array[int]
    repairs: tuple[Repair, ...]

    def before(self, span: Span) -> Span:
        """Where a span of the mended text stands in the old one; a mended stretch counts whole."""
        if span.start >= len(self.text):
            last = self.ends[-1] if self.ends else 0
            return Span(last, last)
        start = self.starts[span.start]
        return Span(start, max(start, self.ends[span.end - 1]) if span.end > span.start else start)


def mend(text: str, pack: Pack, register: Register) -> Mended | None:
    """The text with what is plainly damaged put right, in three passes; None where nothing is. Linear in length."""
    made: Mended | None = None
    for finder in (letters, breaks, capitals):
        now = made.text if made else text
        edits = list(finder(now, pack, register))
        if edits:
            made = applied(made or untouched(text), edits)
    return made


def untouched(text: str) -> Mended:
    """A text that stands for itself."""
    return Mended(text, array("l", range(len(text))), array("l", range(1, len(text) + 1)), ())


def applied(old: Mended, edits: list[Edit]) -> Mended:
    """One more pass of edits, in text order and apart from each other."""
    parts, at = [], 0
    starts, ends, repairs = array("l"), array("l"), list(old.repairs)
    for edit in edits:
        whole = old.before(Span(edit.start, edit.end))
        parts += [old.text[at : edit.start], edit.words]
        starts += old.starts[at : edit.start]
        ends += old.ends[at : edit.start]
        if len(edit.words) == edit.end - edit.start:  # signs for signs: every one keeps its own place
            starts += old.starts[edit.start : edit.end]
            ends += old.ends[edit.start : edit.end]
        else:
            starts.extend([whole.start] * len(edit.words))
            ends.extend([whole.end] * len(edit.words))
        repairs.append(Repair(edit.name, whole, edit.words))
        at = edit.end
    parts.append(old.text[at:])
    starts += old.starts[at:]
    ends += old.ends[at:]
    return Mended("".join(parts), starts, ends, tuple(repairs))


def restored(reading: Reading, report: Report, mended: Mended) -> Reading:
    """A reading of the mended text as one of the report: every span moved back, every id the report's own."""
    moved: Reading = moved_back(reading, reading.report.id, report.id, mended)
    published = replace(
        report,
        published=reading.report.published,
        published_reason=reading.report.published_reason,
        credits=reading.report.credits,
    )
    return replace(moved, report=published, repairs=mended.repairs)


def moved_back(value: Any, old: str, new: str, mended: Mended) -> Any:  # noqa: ANN401 -- any record of the model
    """A record with its spans in the text as published."""
    if isinstance(value, Span):
        return mended.before(value)
    if isinstance(value, tuple):
        return tuple(moved_back(v, old, new, mended) for v in value)
    if isinstance(value, str):
        return new if value == old else value
    if not is_dataclass(value) or isinstance(value, (Report, type)):
        return value
    changed = {
        f.name: made
        for f in fields(value)
        for was in [getattr(value, f.name)]
        for made in [moved_back(was, old, new, mended)]
        if made is not was and made != was
    }
    return replace(value, **changed) if changed else value


def letters(text: str, pack: Pack, register: Register) -> Iterator[Edit]:
    """Signs that are not what they look like: unseen ones, look-alikes, turned runs, misread bytes, entities."""
    found: list[Edit] = []
    if not text.isascii():
        found += (Edit(m.start(), m.end(), "", "unseen signs") for m in INVISIBLE.finditer(text))
        found += (
            Edit(m.start(), m.end(), (m[1] or "")[::-1], "turned direction") for m in TURNED.finditer(text)
        )
        found += alike(text)
        found += (
            Edit(m.start(), m.end(), words, "wrong encoding")
            for m in MISREAD.finditer(text)
            for words in [reread(m.group())]
            if words != m.group()
        )
    if "&" in text:
        found += (
            Edit(m.start(), m.end(), words, "entity")
            for m in ENTITY.finditer(text)
            for words in [html.unescape(m.group())]
            if words != m.group()
        )
    yield from apart(sorted(found, key=lambda e: (e.start, e.end)))


def apart(edits: list[Edit]) -> Iterator[Edit]:
    """The edits without those that overlap an earlier one."""
    at = -1
    for edit in edits:
        if edit.start >= at:
            yield edit
            at = max(edit.end, edit.start)


def alike(text: str) -> Iterator[Edit]:
    """Letters of other scripts inside Latin words, and digits of any script, as the Latin ones they look like."""
    for match in SIGNS.finditer(text):
        word = match.group()
        if word.isascii():
            continue
        plain = "".join(as_seen(sign) for sign in word)
        if any("a" <= sign.lower() <= "z" or sign.isdecimal() for sign in plain):
            latin = plain.translate(LOOKS_LIKE)
            plain = latin if latin.isascii() else plain
        if plain != word:
            yield Edit(match.start(), match.end(), plain, "look-alike signs")


def as_seen(sign: str) -> str:
    """A sign as the plain letter or digit that it is a form of, where there is one."""
    if sign.isascii():
        return sign
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    plain = unicodedata.normalize("NFKC", sign)
    same = len(plain) == 1 and plain.isascii() and plain.isalnum()
    return plain if same and unicodedata.decomposition(sign).startswith(("<font>", "<wide>")) else sign


def reread(words: str) -> str:
    """UTF-8 that was taken for a Western encoding, read as what it is; the words themselves where it is not."""
    try:
        raw = b"".join(byte_of(sign) for sign in words)
        return raw.decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return words


def byte_of(sign: str) -> bytes:
    """The byte behind a sign of cp1252, or of Latin-1 where that has none."""
    try:
        return sign.encode("cp1252")
    except UnicodeEncodeError:
        return sign.encode("latin-1")


def breaks(text: str, pack: Pack, register: Register) -> Iterator[Edit]:
    """Words and lines that were broken because the line was full, and thousands torn from their comma."""
    found = [Edit(m.start(), m.end(), "", "broken word") for m in BROKEN_WORD.finditer(text)]
    for match in BROKEN_LINE.finditer(text):
        if is_full(text, match.start(), match.end()):
            width = match.end() - match.start()
            found.append(Edit(match.start(), match.end(), " " * width, "broken line"))
    found += (Edit(m.start(), m.end(), "", "torn number") for m in APART.finditer(text))
    yield from apart(sorted(found, key=lambda e: (e.start, e.end)))


def is_full(text: str, end: int, after: int) -> bool:
    """Whether the line up to ``end`` ended for want of room: it is long, and the next goes on in small letters."""
    start = text.rfind("\n", max(0, end - 4 * FULL_LINE), end) + 1
    length = end - max(start, end - 4 * FULL_LINE)
    if length < FULL_LINE:
        return False
    if text[after].islower():
        return True
    follows = text.find("\n", after, after + 4 * FULL_LINE)
    return length <= 3 * FULL_LINE and text[after].isalnum() and follows > after + FULL_LINE // 2


def capitals(text: str, pack: Pack, register: Register) -> Iterator[Edit]:
    """Paragraphs in capitals in ordinary writing, names in a text without any capital with theirs."""
    if text and not any(map(str.isupper, text)):
        yield from raised(text, register)
        return
    for paragraph in PARAGRAPH.finditer(text):
        words = [w for w in WORD.finditer(text, paragraph.start(), paragraph.end()) if len(w.group()) > 1]
        size = sum(len(w.group()) for w in words)
        if size >= ENOUGH and sum(len(w.group()) for w in words if w.group().isupper()) >= SHOUTED * size:
            yield from lowered(words, pack, register)


def lowered(words: list[re.Match[str]], pack: Pack, register: Register) -> Iterator[Edit]:
    """Shouted words as a headline writes them: short forms stay, small words are small."""
    small, short = small_words(pack), short_names(register)
    for match in words:
        word = match.group()
        if word.isupper() and word not in short:
            folded = word.lower()
            yield Edit(
                match.start(), match.end(), folded if folded in small else word[0] + folded[1:], "capitals"
            )


def raised(text: str, register: Register) -> Iterator[Edit]:
    """The names of states, adjectives, capitals and missions in a text of small letters only."""
    names = plain_names(register)
    words = list(WORD.finditer(text))
    at = 0
    for index, match in enumerate(words):
        if match.start() < at:
            continue
        for count in (3, 2, 1):
            last = words[min(index + count, len(words)) - 1]
            name = names.get(text[match.start() : last.end()])
            if name:
                yield Edit(match.start(), last.end(), name, "capitals")
                at = last.end()
                break


def small_words(pack: Pack) -> frozenset[str]:
    """The function words of a pack."""
    return _small_words(pack.language)


@cache
def _small_words(language: str) -> frozenset[str]:
    return frozenset(load_pack(language).words("function_words", "words"))


def short_names(register: Register) -> frozenset[str]:
    """Names that are written in capitals: NATO, US, UNIFIL."""
    return _names()[0]


def plain_names(register: Register) -> dict[str, str]:
    """Names of one to three words by their small letters; those that are common words too are left out."""
    return _names()[1]


@cache
def _names() -> tuple[frozenset[str], dict[str, str]]:
    words = [phrase.words for phrase in load_register().phrases if "[" not in phrase.words]
    short = frozenset(w for w in words if w.isupper() and len(w) <= LONGEST_SHORT and w.isalpha())
    proper = {w.lower(): w for w in words if len(w) > LEAST_NAME and w != w.lower()}
    return short, proper
