"""Speakers and days as the document reader sees them: where each option stands, its kind, how far from the number.

The options are those of the tables (``attribution.options``, ``timing.choices_of``), in their order; the reader
only gives each of them a second chance of being meant.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from musterbook.reading.attribution import Option
from musterbook.reading.context import Context
from musterbook.reading.encoder import Spots
from musterbook.reading.marks import Voice
from musterbook.reading.timing import Choice
from musterbook.reading.voice_view import is_saying, is_turn
from musterbook.values import Span

VOICE_KINDS = ("writer", "saying", "turn", "author", "party")
DAY_KINDS = (
    "none",
    "publication",
    "as found",
    "turned back",
    "turned ahead",
    "carried",
    "up to publication",
)
LIES = ("", "undated", "around", "ahead", "back")  # how a day lies to the day of publication
NEAR = (1, 2, 3, 5, 9, 16)
GAPS = 2 * (len(NEAR) + 1) + 5  # steps after and before the number, three classes earlier, later, nowhere
NOWHERE = (-1, -1, -1)


@dataclass(frozen=True, slots=True)
class Pointer:
    """One option: its first and last piece and that of its cue (-1: nowhere), its kind, distance and time."""

    spots: tuple[int, int, int]
    kind: int
    gap: int
    lies: int = 0


def voice_pointers(context: Context, spots: Spots, index: int, options: Sequence[Option]) -> list[Pointer]:
    """The speakers that may stand behind a candidate; the writer has no place in the text."""
    return [voice_pointer(context, spots, index, option.voice) for option in options]


def voice_pointer(context: Context, spots: Spots, index: int, voice: Voice | None) -> Pointer:
    """One speaker with the words that mark it as speaking."""
    span = voice.speaker.span if voice else None
    kind = VOICE_KINDS.index(kind_of(voice))
    if voice is None or span is None:
        return Pointer(NOWHERE, kind, GAPS - 1)
    first, last = spots.pair(span.start, span.end, 1)
    cue = spots.pair(voice.cue.start, voice.cue.end, 1)[0] if voice.cue.end > voice.cue.start else last
    return Pointer((first, last, cue), kind, gap_class(context, index, span))


def kind_of(voice: Voice | None) -> str:
    """Which of the ways of being a speaker this is."""
    if voice is None:
        return "writer"
    if is_turn(voice):
        return "author" if voice.cue.end == 0 else "turn"
    return "saying" if is_saying(voice) else "party"


def day_pointers(context: Context, spots: Spots, index: int, choices: Sequence[Choice]) -> list[Pointer]:
    """The days that may belong to a candidate, the day of publication and none among them."""
    return [day_pointer(context, spots, index, choice) for choice in choices]


def day_pointer(context: Context, spots: Spots, index: int, choice: Choice) -> Pointer:
    """One day with how it was read and how it lies to the day of publication."""
    kind, lies = DAY_KINDS.index(choice.form), LIES.index(choice.lies)
    if choice.span is None:
        return Pointer(NOWHERE, kind, GAPS - 1, lies)
    first, last = spots.pair(choice.span.start, choice.span.end, 1)
    return Pointer((first, last, first), kind, gap_class(context, index, choice.span), lies)


def gap_class(context: Context, index: int, span: Span) -> int:
    """How far a stretch stands from a number: after or before it in the sentence, sentences earlier, or later."""
    candidate, sheet = context.candidates[index], context.sheet
    there, wide = sheet.sentence_at(span.start), len(NEAR) + 1
    if there > candidate.sentence:
        return GAPS - 2
    if there < candidate.sentence:
        return 2 * wide + min(candidate.sentence - there, 3) - 1
    steps = sheet.token_at(span.start) - candidate.beyond
    if steps >= 0:
        return bisect_left(NEAR, steps + 1)
    return wide + bisect_left(NEAR, max(1, candidate.outer - sheet.token_at(max(span.start, span.end - 1))))
