"""Damaged text is mended before it is read; every span that comes out stands in the text as it was published.

A repair proposes, keeps where it stood, and has a name; nothing is mended that does not make plainly better text.
"""

from __future__ import annotations

import html
import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from typing import Any

from musterbook.lexicon.pack import Pack, load_pack
from musterbook.lexicon.register import Register, load_register
from musterbook.model import Doubt, Reading, Repair, Report
from musterbook.reading.heads import nouns
from musterbook.reading.look_alikes import BLOT, BLOTTED, SPACES, accents, look_alikes, separators, unreadable
from musterbook.reading.marks import Edit
from musterbook.values import Span

# Signs that show nothing: soft hyphens, joiners, marks and isolates of direction, fillers, selectors, tags, controls.
UNSEEN = (
    "\x00-\x08\x0e-\x1b\x7f\u00ad\u034f\u061c\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a\u202b\u202d"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
INVISIBLE = re.compile(f"[{UNSEEN}]+")
TURNED = re.compile("\u202e([^\u202c\n]+)(\u202c?)|[\u202c\u202e]")  # shown from right to left
KEPT = re.compile("(\u2066[^\u2069]*\u2069?)")  # inside it, what is shown from left to right
INWARD = re.compile("[\u202b\u2067][^\u202c\u2069\n]*")  # numbers with gaps are shown in another order there
GAPPED = re.compile(r"(?<!\d)\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?!\d)")
OPEN = "direction left open"  # the name of a repair whose end is not known
DOUBTED = {
    BLOTTED: "is no figure that can be read for sure; compare the published text",
    OPEN: "is shown from right to left without an end; compare the published text",
}
LATER = "[\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"  # a byte of UTF-8 that is not the first
MISREAD = re.compile(f"(?:[\u00c2-\u00df]{LATER}|[\u00e0-\u00ef]{LATER}{{2}}|[\u00f0-\u00f4]{LATER}{{3}})+")
BYTE = re.compile("[\x80-\x9f]")  # a byte of cp1252 that was taken for a control sign
ANY_LETTER = re.compile(f"[{UNSEEN}\x80-\x9f\u00c2-\u00f4\u202c\u202e&]")  # in all of these; quickly seen
ENTITY = re.compile(r"&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z]{2,8});")
BROKEN_WORD = re.compile(r"(?<=[a-z]{2})[-\u2010\u00ac]\n[ \t]*(?=[a-z]{2})")
BROKEN_OFF = re.compile(r"\n(?<=[-\u2010\u00ac]\n)")  # in every text with a broken word; quickly found
MAY_GO_ON = frozenset("abcdefghijklmnopqrstuvwxyz,")  # a line that ends with one of these may be broken
APART = re.compile(rf"(?<=\d)[ \u00a0\u2009\u202f{SPACES}]+(?=,\d{{3}}(?!\d))")
TORN = re.compile(r"(?<![\w.,])\d{1,3},(?P<gap> )\d{3}(?:,\d{3})*(?P<after>(?: [^\W\d_][\w.-]*){1,3})")
PARTED = re.compile(rf",(?:(?<=[ \u00a0\u2009\u202f{SPACES}],)| )\d{{3}}")  # in every torn number
BEFORE = re.compile(r"(\w+)\.? $")
PARAGRAPH = re.compile(r"[^\n]+")
WORD = re.compile(r"[^\W\d_]+")
SMALL = re.compile("[a-z]{2,}")
FULL_LINE = 40  # characters of a line that was broken only because it was full
SHOUTED = 0.9  # share of capitals from which a paragraph is shouted
ENOUGH = 30  # letters that a paragraph needs to be judged by its capitals
LONGEST_SHORT, LEAST_NAME = 9, 3  # letters of a name in capitals, of one raised from small letters


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
    """The text with what is plainly damaged put right, in five passes; None where nothing is. Linear in length."""
    made: Mended | None = None
    for finder in (letters, signs, figures, breaks, capitals):
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
    published = replace(
        report,
        published=reading.report.published,
        published_reason=reading.report.published_reason,
        credits=reading.report.credits,
    )
    new = published.id  # made once: it hashes the whole text, and the day that was inferred
    moved: Reading = moved_back(reading, reading.report.id, new, mended)
    unsure = tuple(doubt_of(repair, published, new) for repair in mended.repairs if repair.name in DOUBTED)
    return replace(moved, report=published, repairs=mended.repairs, doubts=(*moved.doubts, *unsure))


def doubt_of(repair: Repair, report: Report, new: str) -> Doubt:
    """A stretch that was not read because it cannot be known what it shows."""
    words = repair.span.cut(report.text)
    message = f"“{words}” {DOUBTED[repair.name]}"
    return Doubt("reading", "unreadable-figure", message, report.name, new, repair.span, words)


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
    """Signs that are not what is shown: unseen ones, turned runs, misread bytes, entities."""
    if not ANY_LETTER.search(text):
        return
    found = [Edit(m.start(), m.end(), "", "unseen signs") for m in INVISIBLE.finditer(text)]
    if not text.isascii():
        found += turned(text)
        found += (
            Edit(m.start(), m.end(), words, "wrong encoding")
            for m in MISREAD.finditer(text)
            for words in [reread(m.group())]
            if words != m.group()
        )
        found += (
            Edit(m.start(), m.end(), m.group().encode("latin-1").decode("cp1252", "ignore"), "wrong encoding")
            for m in BYTE.finditer(text)
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


def turned(text: str) -> Iterator[Edit]:
    """Stretches shown from right to left, as they are seen; a number that changes its order inside one is covered."""
    for match in TURNED.finditer(text):
        words, last = match[1] or "", match.end()
        shown = "".join(part if part[:1] == "\u2066" else part[::-1] for part in KEPT.split(words)[::-1])
        unsure = bool(words) and not match[2] and any(map(str.isdecimal, words))
        yield Edit(
            match.start(),
            last,
            INVISIBLE.sub("", shown.replace("\u202e", "")),
            OPEN if unsure else "turned direction",
        )
    for run in INWARD.finditer(text):
        for figure in GAPPED.finditer(text, run.start(), run.end()):
            yield Edit(figure.start(), figure.end(), BLOT * len(figure.group()), BLOTTED)


def signs(text: str, pack: Pack, register: Register) -> Iterator[Edit]:
    """Signs that look like others, in words and in figures."""
    found = [] if text.isascii() else [*look_alikes(text), *accents(text)]
    yield from apart(sorted(found, key=lambda e: (e.start, e.end)))


def figures(text: str, pack: Pack, register: Register) -> Iterator[Edit]:
    """What parts the groups of a figure, and figures that nobody can read."""
    found = list(unreadable(text))
    if not text.isascii():
        found += separators(text)
    yield from apart(sorted(found, key=lambda e: (e.start, e.end)))


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
    found = [
        Edit(start, end, " " * (end - start), "broken line")
        for start, end in line_ends(text)
        if is_full(text, start, end)
    ]
    if BROKEN_OFF.search(text):
        found += (Edit(m.start(), m.end(), "", "broken word") for m in BROKEN_WORD.finditer(text))
    if PARTED.search(text):
        found += (Edit(m.start(), m.end(), "", "torn number") for m in APART.finditer(text))
        found += (
            Edit(m.start("gap"), m.end("gap"), "", "torn number")
            for m in TORN.finditer(text)
            if is_one_number(text, m, pack)
        )
    yield from apart(sorted(found, key=lambda e: (e.start, e.end)))


def line_ends(text: str) -> Iterator[tuple[int, int]]:
    """Where a line ends with a small letter or a comma and another follows: the blanks and the break between."""
    at = text.find("\n")
    while at >= 0:
        start, end = at, at + 1
        while start and text[start - 1] in " \t":
            start -= 1
        while end < len(text) and text[end] in " \t":
            end += 1
        if start and text[start - 1] in MAY_GO_ON and end < len(text) and not text[end].isspace():
            yield start, end
        at = text.find("\n", end)


def is_one_number(text: str, torn: re.Match[str], pack: Pack) -> bool:
    """Whether "5, 200 troops" is one number: soldiers follow, and no month stands before that 5 is a day of."""
    known = nouns(pack).known
    if not any(known.get((word.casefold(),), ("", ""))[1] == "strong" for word in torn["after"].split()):
        return False
    before = BEFORE.search(text, max(0, torn.start() - 20), torn.start())
    return before is not None and before[1].casefold() not in pack.words("not_heads", "day", "months")


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
        if is_quiet(text, paragraph.start(), paragraph.end()):
            continue
        words = [w for w in WORD.finditer(text, paragraph.start(), paragraph.end()) if len(w.group()) > 1]
        size = sum(len(w.group()) for w in words)
        if size >= ENOUGH and sum(len(w.group()) for w in words if w.group().isupper()) >= SHOUTED * size:
            yield from lowered(words, pack, register)


def is_quiet(text: str, start: int, end: int) -> bool:
    """Whether so much of a paragraph is in small letters that it cannot be shouted; its first words tell."""
    small, enough = 0, (1 - SHOUTED) * (end - start)
    for run in SMALL.finditer(text, start, end):
        small += run.end() - run.start()
        if small > enough:
            return True
    return False


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
