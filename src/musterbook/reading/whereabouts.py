"""Where and when it was said: "told reporters in Baghdad on Tuesday", "… said McKenzie, the commander, in Baghdad."

A place name counts only where it belongs to the saying itself: right behind the verb, the speaker's bare name
or those who were told, or behind a comma at the very end of a sentence that names its speaker last.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

from musterbook.lexicon.pack import Pack
from musterbook.reading.marks import Day, Voice
from musterbook.reading.sheet import Sheet, Token
from musterbook.values import Span

LONGEST = 4  # words of a place name
SPOKEN = 2  # words from the verb or the name to the day of speaking: "said on Tuesday"
TOLD = 2  # words between the verb and the place: "told reporters", "told the press"
BEFORE = 6  # days before a place of the text among which one may hold it
SIGNS = frozenset(".!?\"”’'»)…")


def sayings_by(speaker: Span, voices: Sequence[Voice], sheet: Sheet) -> tuple[Span, ...]:
    """The verbs of saying that a speaker has in the sentence that names him; the voices stand in text order."""
    sentence = sheet.sentences[sheet.sentence_at(speaker.start)].span
    first = bisect_left(voices, sentence.start, key=lambda v: v.cue.start)
    last = bisect_left(voices, sentence.end, key=lambda v: v.cue.start)
    return tuple(v.cue for v in voices[first:last] if v.speaker.span == speaker)


def said_at(
    speaker: Span | None,
    verbs: Sequence[Span],
    numbers: Sequence[Span],
    days: Sequence[Day],
    sheet: Sheet,
    pack: Pack,
) -> str | None:
    """The place where the speaker of one claim spoke, in the report's words; None where it is not said.

    ``verbs`` are this speaker's own sayings in text order, ``numbers`` those of the claim.
    """
    if speaker is None:
        return None
    sentence = sheet.sentences[sheet.sentence_at(speaker.start)]
    tokens = sheet.tokens[sentence.first : sentence.last]
    leads = frozenset(pack.words("grammar", "said_at"))
    first = bisect_left(verbs, sentence.span.start, key=lambda v: v.start)
    for verb in verbs[first:]:
        if verb.start >= sentence.span.end:
            break
        if found := _behind_verb(tokens, max(verb.end, _end_of(speaker, verb)), leads, pack):
            return _cut(sheet, found, days)
    if any(speaker.end <= n.start < sentence.span.end for n in numbers):
        return None
    found = _at_the_end(tokens, speaker, leads, days)
    return _cut(sheet, found, days) if found else None


def said_on(
    speaker: Span | None, verbs: Sequence[Span], days: Sequence[Day], sheet: Sheet, published: date | None
) -> date | None:
    """The day on which the speaker spoke: a single day right behind the verb or the name, not after publication."""
    if speaker is None or published is None:
        return None
    sentence = sheet.sentences[sheet.sentence_at(speaker.start)]
    first = bisect_left(verbs, sentence.span.start, key=lambda v: v.start)
    for verb in verbs[first:]:
        if verb.start >= sentence.span.end:
            break
        edges = [sheet.token_at(end - 1) for end in (verb.end, _end_of(speaker, verb)) if end]
        for day in days[bisect_left(days, verb.start, key=lambda d: d.span.start) :][:3]:
            near = any(0 < sheet.token_at(day.span.start) - edge <= SPOKEN for edge in edges)
            if near and day.period and day.period.first == day.period.last <= published:
                return day.period.first
    return None


def _end_of(speaker: Span, verb: Span) -> int:
    """The end of a speaker's name that follows its verb directly: "said McKenzie"."""
    return speaker.end if verb.end <= speaker.start <= verb.end + 1 else 0


def _behind_verb(tokens: Sequence[Token], at: int, leads: frozenset[str], pack: Pack) -> Span | None:
    """A place behind the verb, with no more than those who are told between them."""
    first = next((i for i, t in enumerate(tokens) if t.start >= at), len(tokens))
    told = frozenset(pack.words("grammar", "hearers"))
    for lead in range(first, min(first + TOLD + 1, len(tokens))):
        if tokens[lead].lower in leads:
            return _name(tokens, lead + 1) if lead == first or tokens[lead - 1].lower in told else None
    return None


def _at_the_end(
    tokens: Sequence[Token], speaker: Span, leads: frozenset[str], days: Sequence[Day]
) -> Span | None:
    """A place between a comma and the end of the sentence, a day behind it at most."""
    last = len(tokens)
    while last and (
        tokens[last - 1].text in SIGNS
        or any(d.span.covers(tokens[last - 1].span) for d in _days_at(days, tokens[last - 1].end))
    ):
        last -= 1
    for lead in range(max(1, last - LONGEST - 1), last - 1):
        inside = tokens[lead].start > speaker.end and tokens[lead - 1].text == ","
        if inside and tokens[lead].lower in leads:
            found = _name(tokens, lead + 1)
            return found if found and found.end == tokens[last - 1].end else None
    return None


def _name(tokens: Sequence[Token], first: int) -> Span | None:
    """The capitalised words from there on."""
    end = first
    while end < min(len(tokens), first + LONGEST) and tokens[end].text[0].isupper():
        end += 1
    return Span(tokens[first].start, tokens[end - 1].end) if end > first else None


def _cut(sheet: Sheet, found: Span, days: Sequence[Day]) -> str | None:
    """The words of the place, unless they are a day ("in March")."""
    dated = any(day.span.meets(found) for day in _days_at(days, found.end))
    return None if dated else found.cut(sheet.text)


def _days_at(days: Sequence[Day], end: int) -> Sequence[Day]:
    """The few days that may reach up to there; they stand in order."""
    upto = bisect_left(days, end, key=lambda d: d.span.start)
    return days[max(0, upto - BEFORE) : upto]
