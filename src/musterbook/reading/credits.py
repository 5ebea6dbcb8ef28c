"""A report that credits an agency is no independent second source beside its wire."""

from __future__ import annotations

import re
from functools import cache

from musterbook.lexicon.pack import Pack
from musterbook.reading.people import nouns
from musterbook.reading.sheet import Sheet, Token

HEAD, TAIL = 260, 260  # characters at the start and the end of a report where credits stand
BRACKETS = {"(": ")", "[": "]"}
SLASHES = frozenset("/-–—")


def credits_of(sheet: Sheet, pack: Pack) -> tuple[str, ...]:
    """The agencies credited: in brackets or before a dash at the start, or behind a word of credit."""
    if not sheet.tokens:
        return ()
    known = agency_names(pack)
    limit = len(sheet.text) - TAIL
    found: dict[str, None] = {}
    for at, token in enumerate(sheet.tokens):
        if HEAD < token.start < limit:
            continue
        length = agency_length(sheet.tokens, at, known)
        if length and is_credited(sheet, at, at + length, pack):
            found[sheet.text[token.start : sheet.tokens[at + length - 1].end]] = None
    return tuple(found)


@cache
def cut_names(names: tuple[str, ...]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Names as tuples of words, by their first word, longest first."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for name in sorted(set(names), key=len, reverse=True):
        parts = tuple(re.findall(r"[^\W\d_]+-?|[^\w\s]", name))
        found[parts[0]] = (*found.get(parts[0], ()), parts)
    return found


def agency_names(pack: Pack) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The agencies' names by their first word, as written."""
    return cut_names(pack.words("voices", "agencies", "names"))


def agency_length(tokens: tuple[Token, ...], at: int, known: dict[str, tuple[tuple[str, ...], ...]]) -> int:
    """How many tokens from here make an agency's name; 0 where none does."""
    for parts in known.get(tokens[at].text, ()):
        if tuple(t.text for t in tokens[at : at + len(parts)]) == parts:
            return len(parts)
    return 0


def is_credited(sheet: Sheet, first: int, end: int, pack: Pack) -> bool:
    """Whether an agency's name stands where credits stand, not where it is told something."""
    tokens = sheet.tokens
    before = tokens[first - 1] if first else None
    after = tokens[end] if end < len(tokens) else None
    if before is not None and before.text in BRACKETS and after is not None:
        return after.text == BRACKETS[before.text] or after.text in SLASHES
    if before is not None and before.text in SLASHES and after is not None and after.text in ")]":
        return True
    lead = line_start(sheet, first)
    credit = nouns(pack)["agencies.credit"]
    listed = all(
        t.lower in credit
        or not t.text[0].isalpha()
        or t.text[0].isupper()
        or t.lower in nouns(pack)["shapes.and"] | nouns(pack)["by"]
        for t in tokens[lead:first]
    )
    opens = lead == first or tokens[lead].lower in credit
    closes = (
        after is None
        or line_start(sheet, end) == end
        or after.lower in credit | nouns(pack)["shapes.and"]
        or after.text in ",./"
    )
    return listed and opens and closes and line_length(sheet, lead) <= 14


def line_start(sheet: Sheet, at: int) -> int:
    """The first token of the line that holds this token."""
    start = (
        sheet.text.rfind("\n", 0, sheet.tokens[at].start) + 1 if at < len(sheet.tokens) else len(sheet.text)
    )
    if at >= len(sheet.tokens):
        return at
    sentence = sheet.sentences[sheet.sentence_at(sheet.tokens[at].start)]
    low = sheet.token_at(max(start, sentence.span.start))
    return low if sheet.tokens[low].start >= start else low + 1


def line_length(sheet: Sheet, first: int) -> int:
    """How many tokens the line or sentence that starts here has."""
    sentence = sheet.sentences[sheet.sentence_at(sheet.tokens[first].start)]
    return sentence.last - first
