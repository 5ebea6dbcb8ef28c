"""What the choice of a speaker looks at: the claim's place, the voices around it, and who acts in its sentence."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from musterbook.reading.marks import Name, Voice
from musterbook.reading.people import Nouns, is_capital
from musterbook.reading.sheet import Sheet, Token
from musterbook.values import Attribution, Span

SIGNS = frozenset(";:,—–(-")


@dataclass(frozen=True, slots=True)
class View:
    """What is the same for all options of one claim."""

    sheet: Sheet
    words: Nouns
    kinds: dict[str, str]
    at: int  # where the claim's first number stands
    sentence: int
    around: tuple[str, ...]
    voices: tuple[Voice, ...]
    near: int  # index of the first voice after the claim
    sayings: tuple[tuple[int, int], ...] = ()  # place and sentence of the sayings around
    force: str | None = None  # code of the claim's own force
    names: tuple[Name, ...] = ()  # the names of the claim's own sentence


def names_near(view: View, names: tuple[Name, ...]) -> tuple[Name, ...]:
    """The names that the claim's own sentence holds."""
    span = view.sheet.sentences[view.sentence].span
    low = bisect_left(names, span.start, key=lambda n: n.span.start)
    high = bisect_left(names, span.end, key=lambda n: n.span.start)
    return names[low:high]


def parties(view: View) -> list[Voice]:
    """Subjects of the claim's own clauses, which speak by doing: "Malaysia responded with 500"."""
    sheet, words = view.sheet, view.words
    sentence, found = sheet.sentences[view.sentence], []
    tokens = sheet.tokens
    known = {n.span.start: n.span.end for n in view.names}
    for at in range(sentence.first, min(sentence.last, sentence.first + 60)):
        opens = (
            at == sentence.first or tokens[at - 1].text in SIGNS or tokens[at - 1].lower in words["breaks"]
        )
        if not opens or at + 1 >= sentence.last:
            continue
        first = at + (tokens[at].lower in words["determiners"])
        if first == at and tokens[first].lower in words["no_names-bodies"]:
            continue
        end = party_end(tokens, first, sentence.last, words, known)
        if end == first:
            continue
        span = Span(tokens[at].start, tokens[end - 1].end)
        said = span.cut(sheet.text)
        found.append(
            Voice(
                Attribution(said, organisation=said, span=span),
                Span(tokens[end - 1].end, tokens[end - 1].end),
                sentence.span,
            )
        )
    return found[:4]


def party_end(tokens: tuple[Token, ...], first: int, limit: int, words: Nouns, known: dict[int, int]) -> int:
    """One past a short subject: a known name or capitals, with a noun of people, bodies or papers at its end."""
    end = first
    stop = known.get(tokens[first].start, 0)
    while end < limit and end - first < 7 and tokens[end].start < stop:
        end += 1
    sure = end > first
    while (
        end < limit
        and end - first < 4
        and is_capital(tokens[end])
        and tokens[end].lower not in words["times"]
    ):
        end += 1
    for at in range(end, min(limit, first + 4)):
        if (
            tokens[at].lower in words["unnamed"]
            or tokens[at].lower in words["bodies"]
            or tokens[at].lower in words["papers"]
        ):
            return at + 1
        if not tokens[at].text[0].isalpha() or tokens[at].lower in words["shapes.finite|breaks"]:
            break
    return end if sure or end - first > 1 or (end > first and is_noun(tokens[first], words)) else first


def is_noun(token: Token, words: Nouns) -> bool:
    """Whether a capital alone at a clause's start may be a name: no adverb, number or small word."""
    small = ("breaks", "openers", "helpers", "determiners", "quantifiers", "pronouns", "times", "enders")
    return not token.lower.endswith(("ly", "ing")) and not any(token.lower in words[k] for k in small)


def code_of(view: View, voice: Voice) -> str | None:
    """The state or body that a subject's words name."""
    span = voice.speaker.span
    return next((n.force for n in view.names if span and n.force and span.covers(n.span)), None)


def is_turn(voice: Voice) -> bool:
    """Whether the voice is a transcript's turn or a whole document's author, not a saying."""
    return voice.cue.start == 0 == voice.cue.end or (
        voice.speaker.span is not None and voice.speaker.span.start == voice.cue.start
    )


def is_saying(voice: Voice) -> bool:
    """Whether words of saying mark the voice, rather than a label or its standing as a subject."""
    return not is_turn(voice) and voice.cue.start != voice.cue.end


def is_question(voice: Voice) -> bool:
    """Whether the turn is that of somebody who asks."""
    return not voice.speaker.named
