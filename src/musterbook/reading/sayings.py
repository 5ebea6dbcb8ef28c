"""Every verb or phrase of saying, deciding, promising or denying has a speaker and a stretch it governs."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date

from musterbook.lexicon.pack import Pack
from musterbook.lexicon.register import Office
from musterbook.model import Quotation
from musterbook.reading.cues import agency_names, cue_kinds, openings
from musterbook.reading.marks import Name, Voice
from musterbook.reading.people import Nouns, People, is_capital, is_cut
from musterbook.reading.sheet import Sentence, Sheet, Token
from musterbook.reading.short_forms import attribute, is_person
from musterbook.reading.speakers import (
    QUOTES,
    can_speak,
    owner_before,
    speaker_after,
    subject_before,
)
from musterbook.reading.turns import find_author, find_turns, holder_of, title_people
from musterbook.values import Attribution, Span

OTHER = frozenset((":", "'s", "’s", "'", "’"))
LATE = frozenset(("announce", "decide", "promise", "deny", "write"))
INVERTED = frozenset(("say", "announce", "promise", "deny", "write", "reckon"))


@dataclass(slots=True)
class Reading:
    """What the search for voices knows while it goes through the text."""

    sheet: Sheet
    people: People
    parties: frozenset[int]
    quotations: tuple[Quotation, ...]
    quote_starts: tuple[int, ...]
    kinds: dict[str, str]
    phrases: dict[str, tuple[tuple[str, ...], ...]]
    agencies: frozenset[str]
    inside: frozenset[int] = frozenset()  # words inside names, which are no verbs: "the United States"
    labels: frozenset[int] = frozenset()  # where the turns of a transcript begin
    last: Attribution | None = None  # the last speaker of any kind
    person: Attribution | None = None  # the last speaker who is somebody


@dataclass(frozen=True, slots=True)
class Cue:
    """A saying and its speaker as tokens, and whether the words said stand before it."""

    first: int
    end: int
    phrase: tuple[int, int]
    backward: bool


def find_voices(
    sheet: Sheet,
    names: tuple[Name, ...],
    people: tuple[Attribution, ...],
    quotations: tuple[Quotation, ...],
    pack: Pack,
    title: str = "",
    published: date | None = None,
    offices: tuple[Office, ...] = (),
) -> tuple[Voice, ...]:
    """All voices in text order: turns and authors with their whole stretch, then each saying."""
    book = People(sheet, title_people(title, people, published, offices, pack), pack, names)
    turns = find_turns(sheet, book, pack, title)
    reading = Reading(
        sheet,
        book,
        frozenset(n.span.start for n in names),
        quotations,
        tuple(q.span.start for q in quotations),
        cue_kinds(pack),
        openings(pack),
        agency_names(pack.words("voices", "agencies", "names")),
        inside_names(sheet, names),
        frozenset(t.cue.start for t in turns),
    )
    found = find_author(sheet, title, book, holder_of(title, published, offices, pack)) + turns
    starts = [t.content.start for t in turns]
    for sentence in mended(sheet, book):
        at = bisect_right(starts, sentence.span.end) - 1
        if at >= 0 and turns[at].cue.start >= sentence.span.start:
            remember(reading, turns[at].speaker)
        found += voices_in(reading, sentence)
    return tuple(sorted(found, key=lambda v: (v.cue.start, -v.content.end)))


def inside_names(sheet: Sheet, names: tuple[Name, ...]) -> frozenset[int]:
    """Where the words of names start, but for the first of each."""
    found = []
    for name in names:
        at = sheet.token_at(name.span.start) + 1
        while at < len(sheet.tokens) and sheet.tokens[at].start < name.span.end:
            found.append(sheet.tokens[at].start)
            at += 1
    return frozenset(found)


def mended(sheet: Sheet, people: People) -> list[Sentence]:
    """The sentences, those joined again that a full stop inside a name has parted."""
    found: list[Sentence] = []
    for sentence in sheet.sentences:
        if found and is_torn(sheet, found[-1], sentence, people):
            before = found.pop()
            sentence = Sentence(
                Span(before.span.start, sentence.span.end), before.first, sentence.last, before.paragraph
            )
        found.append(sentence)
    return found


def is_torn(sheet: Sheet, before: Sentence, after: Sentence, people: People) -> bool:
    """Whether the full stop between two sentences stands inside a name ("Leon. Panetta")."""
    stop = before.last - 1
    if stop <= before.first or before.paragraph != after.paragraph or sheet.tokens[stop].text != ".":
        return False
    words, word = people.words, sheet.tokens[stop - 1].lower
    if is_cut(sheet.tokens, stop, words):
        return True
    given = sheet.tokens[stop - 2].lower if stop - 2 >= before.first else ""
    return (
        word in words["verbs.say"]
        and given in words["given"]
        and sheet.tokens[after.first].lower in people.by_name
    )


def voices_in(reading: Reading, sentence: Sentence) -> list[Voice]:
    """The voices of one sentence, each governing up to the next."""
    found: list[Voice] = []
    floor = sentence.span.start
    tokens, kinds, phrases = reading.sheet.tokens, reading.kinds, reading.phrases
    for at in range(sentence.first, sentence.last):
        word = tokens[at].lower
        if word not in kinds and word not in phrases and word not in OTHER:
            continue
        cue = cue_at(reading, sentence, at)
        if cue is None:
            continue
        speaker = attribute(reading.sheet, cue.phrase, reading.people, reading.last, reading.person)
        if speaker is None:
            continue
        voice = voice_of(reading, sentence, cue, speaker, floor)
        found.append(voice)
        remember(reading, speaker)
        floor = max(floor, voice.cue.end) if cue.backward else floor
    return found


def remember(reading: Reading, speaker: Attribution) -> None:
    """Keeps the speaker for the pronouns to come."""
    reading.last = speaker
    if is_person(speaker, reading.people):
        reading.person = speaker


def cue_at(reading: Reading, sentence: Sentence, at: int) -> Cue | None:
    """The saying that this token starts, if its speaker can be found."""
    word = reading.sheet.tokens[at].lower
    kind = reading.kinds.get(word)
    if kind is not None:
        return verb_cue(reading, sentence, at, kind)
    for parts in reading.phrases.get(word, ()):
        if reading.sheet.lowers[at : at + len(parts)] == parts:
            return phrase_cue(reading, sentence, at, at + len(parts))
    if word == ":":
        return colon_cue(reading, sentence, at)
    if word in ("'s", "’s", "'", "’"):
        return held_cue(reading, sentence, at)
    return None


def verb_cue(reading: Reading, sentence: Sentence, at: int, kind: str) -> Cue | None:
    """A verb with its subject before it, behind it, or behind "by"."""
    tokens, words = reading.sheet.tokens, reading.people.words
    before = tokens[at - 1] if at > sentence.first else None
    after = tokens[at + 1] if at + 1 < sentence.last else None
    in_name = before is not None and is_capital(before) and not tokens[at].text.isupper()
    if tokens[at].start in reading.inside or (is_capital(tokens[at]) and in_name):
        return None
    if kind == "base" and (before is None or before.lower not in words["verbs.modals"]):
        return None
    if tokens[at].lower in words["shapes.bare"] and not (before is not None and is_plural(before, words)):
        return None
    if before is not None and before.lower in words["to_whom|determiners"]:
        return None
    if after is not None and after.lower in words["by"] and tokens[at].lower not in words["shapes.idle"]:
        phrase = usable(reading, speaker_after(reading.sheet, sentence, at + 2, reading.people))
        return Cue(at, at + 2, phrase, True) if phrase else None
    late = (
        late_by(reading, sentence, at)
        if kind in LATE and before is not None and is_participle(reading, sentence, at)
        else None
    )
    if late is not None:
        return late
    if (
        before is not None
        and before.lower in words["passives"]
        and tokens[at].lower not in words["participles"]
    ):
        return None
    if (
        kind in INVERTED
        and before is not None
        and (before.text == "," or before.text in QUOTES or before.text in ("—", "–", "?", "!"))
    ):
        phrase = inverted(reading, sentence, at)
        if phrase:
            return Cue(at, at + 1, phrase, True)
    plainly = tokens[at].lower in words["verbs.plain"]
    phrase = usable(reading, subject_before(reading.sheet, sentence, at, reading.people), plainly)
    if phrase and phrase[0] and tokens[phrase[0] - 1].lower in words["keeping"]:
        return None  # "keep the Congress informed": those who are told
    if phrase:
        return Cue(at, at + 1, phrase, is_backward(reading, sentence, phrase[0], at + 1))
    phrase = inverted(reading, sentence, at) if kind in INVERTED else None
    if phrase and any(t.text[0].isdigit() for t in tokens[phrase[0] : phrase[1]]):
        return None  # "has maintained a force of 1,400": an object
    return Cue(at, at + 1, phrase, True) if phrase else None


def is_participle(reading: Reading, sentence: Sentence, at: int) -> bool:
    """Whether the verb may be passive here: behind a form of "be", or opening a phrase of its own."""
    tokens, words = reading.sheet.tokens, reading.people.words
    at -= 1
    while at > sentence.first and tokens[at].lower.endswith("ly"):
        at -= 1
    return tokens[at].lower in words["passives"] or tokens[at].text in (",", "(", "—", "–")


def late_by(reading: Reading, sentence: Sentence, at: int) -> Cue | None:
    """A passive whose doer comes later: "announced with fanfare in May by the minister"."""
    tokens, words = reading.sheet.tokens, reading.people.words
    for place in range(at + 2, min(at + 10, sentence.last - 1)):
        token = tokens[place]
        if token.text in '.;:,“”"' or token.lower in reading.kinds:
            return None
        if token.lower in words["by"]:
            phrase = usable(reading, speaker_after(reading.sheet, sentence, place + 1, reading.people))
            return (
                Cue(at, at + 1, phrase, True)
                if phrase and tokens[place + 1].lower not in words["times"]
                else None
            )
    return None


def colon_cue(reading: Reading, sentence: Sentence, at: int) -> Cue | None:
    """A speaker and a colon at a sentence's start, after a clock time at most: "14:15 Berlin: ..."."""
    tokens = reading.sheet.tokens
    first = sentence.first
    if at - first > 14:
        return None
    while first < at and not tokens[first].text[0].isalpha():
        first += 1
    words = reading.people.words
    if tokens[first].start in reading.labels or any(is_verb(t, words) for t in tokens[first:at]):
        return None
    if not 0 < at - first <= 7 or at + 1 >= sentence.last:
        return None
    phrase = usable(reading, (first, at))
    return Cue(at, at + 1, phrase, False) if phrase else None


def is_verb(token: Token, words: Nouns) -> bool:
    """Whether a word in small letters can only be a verb in front of a colon."""
    return token.lower in words["shapes.finite"] or (
        token.lower in words["saying"] and token.lower not in words["papers"] and not is_capital(token)
    )


def is_plural(token: Token, words: Nouns) -> bool:
    """Whether a verb's bare form may follow this word; forms in -s follow singular subjects as well."""
    return token.lower in words["pronouns|helpers"] or token.lower.endswith("s") or is_capital(token)


def inverted(reading: Reading, sentence: Sentence, verb: int) -> tuple[int, int] | None:
    """The subject behind its verb: "said Gen. X", "promised the minister"."""
    at = verb + 1
    tokens, words = reading.sheet.tokens, reading.people.words
    while at + 1 < sentence.last and at < verb + 4 and tokens[at].lower in words["times"]:
        at += 1
    if at >= sentence.last or tokens[at].lower in words["openers|times|breaks"]:
        return None
    starts = is_capital(tokens[at]) or tokens[at].lower in words["determiners|pronouns|quantifiers"]
    if not starts and tokens[at].lower not in words["unnamed|title_parts"]:
        return None
    plainly = tokens[verb].lower in words["verbs.plain"]
    return usable(reading, speaker_after(reading.sheet, sentence, at, reading.people), plainly)


def phrase_cue(reading: Reading, sentence: Sentence, first: int, end: int) -> Cue | None:
    """ "According to X": the words said stand before it, or behind it where it opens the sentence."""
    phrase = usable(reading, speaker_after(reading.sheet, sentence, end, reading.people))
    return Cue(first, end, phrase, first > sentence.first + 1) if phrase else None


def held_cue(reading: Reading, sentence: Sentence, at: int) -> Cue | None:
    """ "The ministry's count": the owner of a count, statement or estimate speaks."""
    tokens, words = reading.sheet.tokens, reading.people.words
    near = tokens[at + 1 : min(at + 4, sentence.last)]
    held = next((i for i, t in enumerate(near) if t.lower in words["phrases.held"]), None)
    if held is None:
        return None
    phrase = usable(reading, owner_before(reading.sheet, sentence, at, reading.people))
    return Cue(at, at + 2 + held, phrase, False) if phrase else None


def usable(reading: Reading, phrase: tuple[int, int] | None, plainly: bool = False) -> tuple[int, int] | None:
    """The phrase if it stands for somebody who can speak."""
    if phrase is None:
        return None
    if not can_speak(reading.sheet.tokens, *phrase, reading.people, reading.parties, plainly):
        return None
    return phrase


def is_backward(reading: Reading, sentence: Sentence, first: int, end: int) -> bool:
    """Whether the words said stand before "X said": behind a comma or quotation, nothing more to come."""
    tokens, words = reading.sheet.tokens, reading.people.words
    before = tokens[first - 1].text if first > sentence.first else ""
    after = tokens[end] if end < sentence.last else None
    if after is not None and (after.lower in words["breaks"] or after.text in (":", "“", "«", "„")):
        return False
    if before not in (",", "—", "–") and before not in QUOTES:
        return False
    return after is None or after.text in ".,;!?" or after.lower in words["openers|times|enders"]


def voice_of(reading: Reading, sentence: Sentence, cue: Cue, speaker: Attribution, floor: int) -> Voice:
    """The voice with its stretch: up to the cue or from it, widened over quotations that it touches."""
    tokens = reading.sheet.tokens
    start = min(tokens[cue.first].start, tokens[cue.phrase[0]].start)
    end = max(tokens[cue.end - 1].end, tokens[cue.phrase[1] - 1].end)
    content = Span(min(floor, start), start) if cue.backward else Span(end, max(end, sentence.span.end))
    quoted = touching(reading, content)
    if quoted:
        low, high = min(q.span.start for q in quoted), max(q.span.end for q in quoted)
        content = (
            Span(min(low, content.start), content.end)
            if cue.backward
            else Span(content.start, max(high, content.end))
        )
    span = Span(tokens[cue.first].start, tokens[cue.end - 1].end)
    return Voice(replace(speaker, via=via(reading, cue.end)), span, content, bool(quoted))


def touching(reading: Reading, content: Span) -> list[Quotation]:
    """The quotations that share characters with a stretch."""
    first = max(0, bisect_right(reading.quote_starts, content.start) - 1)
    last = bisect_right(reading.quote_starts, content.end)
    return [q for q in reading.quotations[first:last] if q.span.meets(content)]


def via(reading: Reading, at: int) -> tuple[str, ...]:
    """The agency that was told ("told Reuters")."""
    tokens = reading.sheet.tokens
    for length in (3, 2, 1):
        if at + length <= len(tokens):
            name = reading.sheet.text[tokens[at].start : tokens[at + length - 1].end]
            if name.casefold() in reading.agencies and is_capital(tokens[at]):
                return (name,)
    return ()
