"""Why and with whom: causes, purposes and partners that the report itself states, in its own words.

They are taken from the claim's sentence, and from a later one only where that takes the change up again
("This reduced presence enables us to ..."). What a reader might infer is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from musterbook.lexicon.pack import Pack, load_pack
from musterbook.reading.marks import Claim, Name
from musterbook.reading.phrases import ByFirst, by_first
from musterbook.reading.sheet import Sheet
from musterbook.reading.verbs import verbs_of
from musterbook.values import Span

AHEAD = 12  # sentences after the claim's in which the change may be taken up again
LONGEST = 30  # words of a reason
WIDEST = 120  # words of a sentence looked at
TAKE_UP = 5  # words at the start of a sentence that may take the change up
HAPPENING = 7  # words after "after" in which a happening or a verb makes it a cause
STOPS = frozenset('.;:!?—–()"“”«»')
OPENING = frozenset("\"“”«»'‘’")


@dataclass(frozen=True)
class Words:
    """The pack's phrases, by their first word; longest first."""

    causes: ByFirst
    after: ByFirst
    openers: ByFirst
    partners: ByFirst
    leads: frozenset[str]  # the first words of all of them
    happenings: frozenset[str]
    purposes: frozenset[str]
    softeners: frozenset[str]
    ends: frozenset[str]
    go_on: frozenset[str]
    subjects: frozenset[str]
    pointers: frozenset[str]
    weak: frozenset[str]
    describing: frozenset[str]
    nouns: frozenset[str]


def reasons_of(claim: Claim, sheet: Sheet, names: tuple[Name, ...], pack: Pack) -> tuple[Span, ...]:
    """Causes and purposes stated in the claim's sentence or where a later one takes the change up again."""
    words, found = _words(pack.language), []
    for first, last in stretches(claim, sheet, names, words):
        index = first
        while index < last:
            if sheet.tokens[index].lower not in words.leads:
                index += 1
                continue
            end = reason_end(sheet, index, last, words, pack)
            stated = end > index and not states(claim, cut(sheet, index, end))
            found += [cut(sheet, index, end)] if stated else []
            index = end if stated else index + 1
    return tuple(found)


def states(claim: Claim, span: Span) -> bool:
    """Whether the words hold the claim's own number: then they are what is stated, and no reason for it."""
    return any(span.covers(number) for number in claim.numbers)


def partners_of(claim: Claim, sheet: Sheet, names: tuple[Name, ...], pack: Pack) -> tuple[Span, ...]:
    """With whom it was agreed or is done; only phrases that name somebody or speak of partners."""
    words, found = _words(pack.language), []
    for first, last in stretches(claim, sheet, names, words):
        index = first
        while index < last:
            if sheet.tokens[index].lower not in words.leads:
                index += 1
                continue
            size = phrase_at(sheet, index, last, words.partners)
            end = phrase_end(sheet, index + size, last, words, purposes=True) if size else index
            stated = end > index + size and not states(claim, cut(sheet, index, end))
            found += [cut(sheet, index, end)] if stated else []
            index = end if stated else index + 1
    return tuple(found)


def stretches(claim: Claim, sheet: Sheet, names: tuple[Name, ...], words: Words) -> Iterator[tuple[int, int]]:
    """The claim's sentence, then later sentences that take its change up again, as token indexes."""
    if not sheet.sentences:
        return
    own = sheet.sentences[claim.sentence]
    yield around(claim, sheet, own.first, own.last)
    if not claim.figures.is_change:
        return
    for later in sheet.sentences[claim.sentence + 1 : claim.sentence + 1 + AHEAD]:
        opens = takes_up(sheet, later.first, min(later.last, later.first + TAKE_UP + 3), words)
        if opens and speaks_of(claim, names, later.span):
            yield later.first, min(later.last, later.first + WIDEST)


def speaks_of(claim: Claim, names: tuple[Name, ...], sentence: Span) -> bool:
    """Whether a sentence names the claim's place or force, or no place or force at all."""
    codes = {claim.force.code, *(claim.place.code.split("+") if claim.place else ())}
    named = [n for n in names if sentence.covers(n.span)]
    return not named or any({n.force, n.place} & codes for n in named)


def around(claim: Claim, sheet: Sheet, first: int, last: int) -> tuple[int, int]:
    """A sentence, cut around the claim where it is longer than any sentence should be."""
    if last - first <= WIDEST:
        return first, last
    middle = sheet.token_at(claim.clause.start)
    return max(first, middle - WIDEST // 2), min(last, middle + WIDEST // 2)


def takes_up(sheet: Sheet, first: int, last: int, words: Words) -> bool:
    """Whether a sentence opens with "this reduced presence", "the reduction"-like words for the change."""
    index = first
    while index < last and sheet.tokens[index].text in OPENING:
        index += 1
    if index >= last or sheet.tokens[index].lower not in words.pointers:
        return False
    pointer, index, described = sheet.tokens[index].lower, index + 1, False
    while index < last and sheet.tokens[index].lower in words.describing:
        index, described = index + 1, True
    return (
        index < last and sheet.tokens[index].lower in words.nouns and (described or pointer not in words.weak)
    )


def reason_end(sheet: Sheet, index: int, last: int, words: Words, pack: Pack) -> int:
    """One past the last token of a reason that starts at the index; the index where none does."""
    size = phrase_at(sheet, index, last, words.causes)
    if size:
        return ended(sheet, index, size, last, words)
    size = phrase_at(sheet, index, last, words.after)
    if size and is_happening(sheet, index + size, last, words, pack):
        return ended(sheet, index, size, last, words)
    size = phrase_at(sheet, index, last, words.openers)
    if size and is_purpose(sheet, index + size, last, words):
        return ended(sheet, index, size, last, words)
    return index


def ended(sheet: Sheet, index: int, size: int, last: int, words: Words) -> int:
    """The end of the phrase, or the index where nothing follows the opening words."""
    end = phrase_end(sheet, index + size, last, words)
    return end if end > index + size else index


def is_purpose(sheet: Sheet, index: int, last: int, words: Words) -> bool:
    """Whether a verb of purpose follows, softening words before it allowed."""
    while index < last and sheet.tokens[index].lower in words.softeners:
        index += 1
    return index < last and sheet.tokens[index].lower in words.purposes


def is_happening(sheet: Sheet, index: int, last: int, words: Words, pack: Pack) -> bool:
    """Whether "after" opens a cause: a happening, or a subject with a verb in the past, follows."""
    verbs = verbs_of(pack)
    for at in range(index, min(last, index + HAPPENING)):
        shown = sheet.tokens[at].lower
        if shown in words.happenings:
            return True
        if shown == "," or sheet.tokens[at].text[0].isdigit():
            return False
        verb = verbs.forms.get(shown)
        past = verb is not None and verb.form in ("ed", "en")
        if at > index and (past or (shown.endswith("ed") and len(shown) > 4)):
            return True
    return False


def phrase_at(sheet: Sheet, index: int, last: int, phrases: ByFirst) -> int:
    """How many tokens the longest of the phrases takes at the index; 0 where none stands there."""
    for phrase in phrases.get(sheet.tokens[index].lower, ()):
        end = index + len(phrase)
        if end <= last and sheet.lowers[index:end] == phrase:
            return len(phrase)
    return 0


def phrase_end(sheet: Sheet, index: int, last: int, words: Words, *, purposes: bool = False) -> int:
    """Where the words end: at a sign, a saying, a comma that no list goes on with, or another reason.

    With ``purposes`` a purpose ends them too: "alongside the army / to guard the airport".
    """
    start, limit = index, min(last, index + LONGEST)
    while index < limit:
        token = sheet.tokens[index]
        if token.text in STOPS or (index > start and token.lower in words.ends):
            break
        if token.text == "," and not goes_on(sheet, index + 1, limit, words):
            break
        leads = token.lower in words.leads
        if leads and index > start and opens_another(sheet, index, last, words):
            break
        if leads and purposes and opens_purpose(sheet, index, last, words):
            break
        index += 1
    while index > start and (
        sheet.tokens[index - 1].lower in words.go_on or sheet.tokens[index - 1].text in ",."
    ):
        index -= 1
    return index


def opens_another(sheet: Sheet, index: int, last: int, words: Words) -> bool:
    """Whether a cause or partner phrase of several words starts here."""
    return (
        phrase_at(sheet, index, last, words.partners) > 1 or phrase_at(sheet, index, last, words.causes) > 1
    )


def opens_purpose(sheet: Sheet, index: int, last: int, words: Words) -> bool:
    """Whether "to" and a verb of purpose start here."""
    size = phrase_at(sheet, index, last, words.openers)
    return size > 0 and is_purpose(sheet, index + size, last, words)


def goes_on(sheet: Sheet, index: int, limit: int, words: Words) -> bool:
    """Whether a list goes on after a comma: "to train, advise and assist"."""
    if index >= limit:
        return False
    shown = sheet.tokens[index].lower
    if shown in words.purposes:
        return True
    return shown in words.go_on and index + 1 < limit and sheet.tokens[index + 1].lower not in words.subjects


def cut(sheet: Sheet, first: int, end: int) -> Span:
    """The characters of tokens ``first:end``."""
    return Span(sheet.tokens[first].start, sheet.tokens[end - 1].end)


@cache
def _words(language: str) -> Words:
    pack = load_pack(language)
    causes, after, openers, partners = (
        by_first(pack.words("reasons", n)) for n in ("causes", "after", "openers", "partners")
    )
    names = ("happenings", "purposes", "softeners", "ends", "go_on", "subjects")
    own = [frozenset(pack.words("reasons", n)) for n in names]
    links = [
        frozenset(pack.words("reasons", "links", n)) for n in ("pointers", "weak", "describing", "nouns")
    ]
    leads = frozenset(causes.keys() | after.keys() | openers.keys() | partners.keys())
    return Words(causes, after, openers, partners, leads, *own, *links)
