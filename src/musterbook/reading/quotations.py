"""Words in quotation marks are kept whole; a lost or moved mark is damage, not silence."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from musterbook.lexicon.pack import Pack
from musterbook.model import Quotation
from musterbook.reading.marks import Voice
from musterbook.reading.sheet import Sheet
from musterbook.values import Attribution, Span

MARKS = re.compile(r"[\"“”„«»‘’']|\n\s*")
OPENING, CLOSING, SINGLE = "“„«", "”»", "‘’'"
# After a moved mark the words go on in small letters: `significant, “he concluded`.
MOVED = re.compile(r"[^\W\d_]")
STOP = re.compile(r"[.!?]\s+")
LONGEST_SINGLE = 600
REACH = 6  # sayings looked at on either side of a quotation


@dataclass(slots=True)
class Open:
    """Where a double and a single quotation stand open; -1 where none does."""

    double: int = -1
    single: int = -1
    repaired: bool = False


def find_quotations(sheet: Sheet, pack: Pack) -> tuple[Quotation, ...]:
    """Every quotation in text order, marks included; single marks inside double ones belong to the outer."""
    found: list[Quotation] = []
    held = Open()
    for mark in MARKS.finditer(sheet.text):
        step(sheet, mark, held, found)
    if held.double >= 0:
        found.append(Quotation(Span(held.double, len(sheet.text.rstrip())), damaged=True))
    return tuple(found)


def step(sheet: Sheet, mark: re.Match[str], held: Open, found: list[Quotation]) -> None:
    """One mark or line break: opens, closes, goes on, or shows damage."""
    sign = mark.group()[0]
    if sign.isspace():
        break_line(sheet.text, mark, held, found)
    elif sign in SINGLE:
        step_single(sheet.text, mark.start(), held, found)
    elif is_opening(sheet.text, mark.start(), sign, held):
        open_double(sheet, mark.start(), held, found)
    else:
        close_double(sheet, mark.end(), held, found)


def break_line(text: str, mark: re.Match[str], held: Open, found: list[Quotation]) -> None:
    """A quotation lives on over a paragraph's end only if the next one opens with its mark again."""
    held.single = -1
    if held.double < 0 or text[mark.end() : mark.end() + 1] in ('"', "“", "„", "«"):
        return
    if "\n" not in mark.group()[1:]:
        return  # a line wrapped inside a paragraph
    found.append(Quotation(Span(held.double, mark.start()), damaged=True))
    held.double = -1


def is_opening(text: str, at: int, sign: str, held: Open) -> bool:
    """Whether a double mark opens: by its shape, or by the space around it; a moved mark closes."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    spaced = not before or before.isspace() or before in "([—–-"
    if sign in OPENING:
        moved = spaced and text[max(0, at - 2) : at].strip() in (",", "?", "!") and after.islower()
        return not (moved and held.double >= 0)
    if sign in CLOSING:
        return False
    if held.double < 0:
        return True
    return (
        spaced
        and not after.isspace()
        and bool(after)
        and text[max(0, at - 2) : at].strip() not in (",", "?", "!")
    )


def open_double(sheet: Sheet, at: int, held: Open, found: list[Quotation]) -> None:
    """Opens a quotation; a second opening mark goes on at a paragraph's start and is damage elsewhere."""
    text = sheet.text
    if held.double >= 0:
        if opens_line(text, at):
            return
        found.append(Quotation(Span(held.double, at), damaged=True))
    if is_moved_close(text, at):
        start = sheet.sentences[sheet.sentence_at(at)].span.start if sheet.sentences else at
        start = max([start, *(q.span.end for q in found[-1:])])
        start = max([start, *(stop.end() for stop in STOP.finditer(text, start, at))])
        found.append(Quotation(Span(min(start, at), at + 1), damaged=True))
        held.double = -1
        return
    held.double = at


def opens_line(text: str, at: int) -> bool:
    """Whether nothing but blanks stands between the line's start and this place."""
    while at > 0 and text[at - 1] in " \t":
        at -= 1
    return at == 0 or text[at - 1] == "\n"


def is_moved_close(text: str, at: int) -> bool:
    """``significant, “he concluded``: an opening mark after a comma and a space, glued to small letters."""
    window = text[max(0, at - 2) : at]
    return (
        text[at] in OPENING
        and window == ", "
        and bool(re.match(r"(?:[^\W\d_]+ ){1,3}[^\W\d_]+\s*[.:]", text[at + 1 : at + 60]))
    )


def close_double(sheet: Sheet, end: int, held: Open, found: list[Quotation]) -> None:
    """Closes what is open; a closing mark alone is damage from the sentence's start."""
    if held.double >= 0:
        found.append(Quotation(Span(held.double, end)))
        held.double = held.single = -1
        return
    start = (
        sheet.sentences[bisect_right(sheet.sentence_starts, end - 1) - 1].span.start if sheet.sentences else 0
    )
    if found and found[-1].span.end > start:
        start = found[-1].span.end
    if start < end:
        found.append(Quotation(Span(start, end), damaged=True))


def step_single(text: str, at: int, held: Open, found: list[Quotation]) -> None:
    """Single marks quote only outside double ones and only when both ends stand at a word's edge."""
    if held.double >= 0:
        return
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if held.single >= 0 and not after.isalnum() and before and not before.isspace():
        if at - held.single <= LONGEST_SINGLE:
            found.append(Quotation(Span(held.single, at + 1)))
        held.single = -1
    elif text[at] != "’" and (not before or before.isspace() or before in "([—–") and after.isalpha():
        held.single = at


def with_speakers(quotations: tuple[Quotation, ...], voices: tuple[Voice, ...]) -> tuple[Quotation, ...]:
    """The quotations with the speaker whose words they are: the nearest saying that holds each of them."""
    said = [v for v in voices if v.quoted]
    starts = [v.cue.start for v in said]
    return tuple(replace(q, speaker=speaker_around(q, said, starts)) for q in quotations)


def speaker_around(quotation: Quotation, said: list[Voice], starts: list[int]) -> Attribution | None:
    """The speaker of the nearest saying whose words meet the quotation; None where none does."""
    near = bisect_right(starts, quotation.span.start)
    held = [v for v in said[max(0, near - REACH) : near + REACH] if v.content.meets(quotation.span)]
    if not held:
        return None
    middle = (quotation.span.start + quotation.span.end) // 2
    return min(held, key=lambda v: abs(v.cue.start - middle)).speaker
