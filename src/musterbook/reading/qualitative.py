"""A force may be said to be, stay, come or go without a number: a statement, and no figure is invented.

Precision first: a noun for troops or their presence, a verb or noun of stationing or changing, and a force
and a place that the clause itself names. A clause whose number was read already is left alone.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from musterbook.lexicon.pack import Pack, load_pack
from musterbook.reading.marks import Claim, Name
from musterbook.reading.sheet import Sheet
from musterbook.reading.verbs import verbs_of
from musterbook.values import Figures, Mention, Span

WIDEST = 150  # tokens of a sentence looked at
PHRASE = 7  # words of a noun phrase before its noun
VERB_BEFORE = 4  # words between a verb and the phrase it acts on
VERB_AFTER = 6  # words between a noun and its verb
PLACE_AFTER = 10  # words between the noun and the place
SUBJECT_VERB = 2  # words between a name and the verb that makes it the one who acts
SURE, LIKELY = 0.8, 0.6
POSSESSIVE = frozenset({"'s", "’s"})
CLAUSE_ENDS = frozenset(",;:—–()")
Taken = tuple[Span, ...]


@dataclass(frozen=True)
class Words:
    """The pack's words for statements without a figure."""

    amounts: frozenset[str]
    describing: frozenset[str]
    vague: frozenset[str]
    people: frozenset[str]
    presence: frozenset[str]
    changes: frozenset[str]
    verbs: frozenset[str]
    not_these: frozenset[str]
    particles: frozenset[str]
    between: frozenset[str]
    links: frozenset[str]
    at: frozenset[str]
    before_place: frozenset[str]
    examples: frozenset[str]
    forms: frozenset[str]
    numbers: frozenset[str]


@dataclass(frozen=True)
class Page:
    """One sentence with the names in it: what the search reads."""

    sheet: Sheet
    sentence: int
    first: int
    last: int
    name_at: dict[int, Name]
    words: Words
    pack: Pack

    def lower(self, index: int) -> str:
        """The folded word at a token of this sentence; empty outside it."""
        return self.sheet.tokens[index].lower if self.first <= index < self.last else ""

    def acts(self, index: int) -> bool:
        """Whether a verb of stationing or changing stands there."""
        verb = verbs_of(self.pack).forms.get(self.lower(index))
        return verb is not None and verb.kind in self.words.verbs and verb.base not in self.words.not_these

    def is_verb(self, index: int) -> bool:
        """Whether any verb or helper stands there."""
        known = verbs_of(self.pack)
        return self.lower(index) in known.forms or self.lower(index) in known.helpers


@dataclass(frozen=True)
class Phrase:
    """A noun phrase: its tokens ``first:last``, the noun being the last, and the name in it, if any."""

    first: int
    last: int
    name: Name | None


def find_qualitative(
    sheet: Sheet, names: tuple[Name, ...], pack: Pack, taken: Taken = ()
) -> tuple[Claim, ...]:
    """Claims without figures, one for each force and place of a sentence."""
    words = _words(pack.language)
    found: dict[tuple[int, str, str], Claim] = {}
    nouns = words.people | words.presence | words.changes
    named = tokens_of_names(sheet, names)
    starts, furthest = stretches(taken)
    for number, sentence in enumerate(sheet.sentences):
        last = min(sentence.last, sentence.first + WIDEST)
        marks = [i for i in range(sentence.first, last) if sheet.tokens[i].lower in nouns]
        if not marks:
            continue
        page = Page(sheet, number, sentence.first, last, named, words, pack)
        for claim in claims_of(page, marks):
            if claim.place and not meets_one(claim.clause, starts, furthest):
                found.setdefault((number, claim.force.code, claim.place.code), claim)
    return tuple(found.values())


def stretches(taken: Taken) -> tuple[list[int], list[int]]:
    """Where the taken stretches start, in text order, and how far those up to each reach."""
    inside = sorted((t.start, t.end) for t in taken if t.end > t.start)
    return [start for start, _ in inside], list(accumulate((end for _, end in inside), max))


def meets_one(clause: Span, starts: list[int], furthest: list[int]) -> bool:
    """Whether the clause shares characters with one of the stretches."""
    before = bisect_left(starts, clause.end)
    return before > 0 and furthest[before - 1] > clause.start


def tokens_of_names(sheet: Sheet, names: tuple[Name, ...]) -> dict[int, Name]:
    """Which name each token belongs to."""
    found: dict[int, Name] = {}
    for name in names:
        for index in range(sheet.token_at(name.span.start), sheet.token_at(max(name.span.end - 1, 0)) + 1):
            found[index] = name
    return found


def claims_of(page: Page, marks: list[int]) -> Iterator[Claim]:
    """The claims of one sentence."""
    for index in marks:
        phrase = phrase_of(page, index)
        if phrase is None:
            continue
        claim = (
            change_claim(page, phrase)
            if page.lower(index) in page.words.changes
            else stay_claim(page, phrase)
        )
        if claim is not None:
            yield claim


def phrase_of(page: Page, noun: int) -> Phrase | None:
    """The noun phrase that ends at the noun; None where it holds a number or an unknown describing word."""
    first, name, words = noun, None, page.words
    while first > page.first and noun - first < PHRASE:
        before = first - 1
        shown, held = page.lower(before), page.name_at.get(before)
        if shown in words.numbers or shown[:1].isdigit():
            return None
        if held is not None and held.force is not None:
            name = name or held
        elif not (
            describes(shown, words, name) or (shown in words.links and page.lower(before - 1) in words.vague)
        ):
            break
        first = before
    while first > page.first and page.lower(first - 1) in words.vague:
        first -= 1
    return Phrase(first, noun + 1, name)


def describes(shown: str, words: Words, name: Name | None) -> bool:
    """Whether a word may stand in such a phrase; a possessive ending only after a name still to come."""
    return shown in words.amounts or shown in words.describing or (shown in POSSESSIVE and name is None)


def stay_claim(page: Page, phrase: Phrase) -> Claim | None:
    """ "Will maintain a limited presence in Syria", "more troops will be sent to Mali"."""
    verb = verb_before(page, phrase.first)
    if verb is None:
        if page.lower(phrase.last - 1) in page.words.presence and phrase.name is None:
            return None
        verb = verb_after(page, phrase.last)
    if verb is None:
        return None
    return made(page, phrase, phrase, verb)


def change_claim(page: Page, phrase: Phrase) -> Claim | None:
    """ "A further reduction in US troops in Iraq", "the withdrawal of its forces from Niger"."""
    if page.lower(phrase.last) not in page.words.links:
        return None
    nouns = page.words.people | page.words.presence
    ahead = range(phrase.last + 1, min(page.last, phrase.last + PHRASE))
    noun = next((i for i in ahead if page.lower(i) in nouns), None)
    inner = phrase_of(page, noun) if noun is not None else None
    if inner is None or inner.first > phrase.last + 1:
        return None
    return made(page, phrase, inner, phrase.first)


def verb_before(page: Page, first: int) -> int | None:
    """The verb that acts on a phrase starting there, particles between allowed."""
    for index in range(first - 1, max(page.first, first - VERB_BEFORE) - 1, -1):
        if page.acts(index):
            return index
        if page.lower(index) not in page.words.particles:
            return None
    return None


def verb_after(page: Page, last: int) -> int | None:
    """The verb whose subject the phrase is, helpers between allowed."""
    helpers = verbs_of(page.pack).helpers
    for index in range(last, min(page.last, last + VERB_AFTER)):
        if page.acts(index):
            return index
        if page.lower(index) not in helpers and page.lower(index) not in page.words.between:
            return None
    return None


def made(page: Page, outer: Phrase, inner: Phrase, verb: int) -> Claim | None:
    """The claim, where force and place stand in the sentence and are not the same."""
    place = place_after(page, max(inner.last, outer.last))
    if place is None:
        return None
    name, chance = (inner.name, SURE) if inner.name else who_acts(page, min(verb, outer.first), place[0])
    if name is None or name.force is None or name.force in place[0].split("+"):
        return None
    tokens = page.sheet.tokens
    starts = [tokens[min(outer.first, verb)].start]
    if page.sheet.sentence_at(name.span.start) == page.sentence:
        starts.append(name.span.start)
    clause = Span(min(starts), place[1].end)
    wording = Span(tokens[outer.first].start, tokens[outer.last - 1].end).cut(page.sheet.text)
    noun = page.lower(inner.last - 1)
    unit = singular(noun) if noun in page.words.people else None
    force, host = Mention(name.force, name.span), Mention(place[0], place[1])
    return Claim(page.sentence, clause, (), Figures(), force, host, unit, wording, chance)


def singular(noun: str) -> str:
    """The noun as the interchange form writes it."""
    return noun[:-1] if noun.endswith("s") else noun


def place_after(page: Page, index: int) -> tuple[str, Span] | None:
    """Code and words of the place behind the noun: "in Syria", "to Iraq and Syria", "in countries such as Mali"."""
    words = page.words
    for at in range(index, min(page.last, index + PLACE_AFTER)):
        if page.lower(at) in CLAUSE_ENDS:
            return None
        if page.lower(at) not in words.at:
            continue
        spot, examples = at + 1, False
        while page.lower(spot) in words.before_place or page.lower(spot) in words.examples:
            examples = examples or page.lower(spot) in words.examples
            spot += 1
        name = page.name_at.get(spot)
        if name is not None and name.place is not None:
            return joined(page, name, examples)
    return None


def joined(page: Page, name: Name, examples: bool) -> tuple[str, Span]:
    """The place, with those listed after it; what opens a list of examples is none where a broken sign follows."""
    go_on = (*page.pack.words("reasons", "go_on"), ",")
    places, end = [name.place or ""], name.span.end
    spot = page.sheet.token_at(max(end - 1, 0)) + 1
    while spot < page.last and (page.lower(spot) in go_on or (examples and page.lower(spot) == ".")):
        other = page.name_at.get(spot + 1)
        if other is None or other.place is None:
            spot += 1
            if page.lower(spot) not in go_on:
                break
            continue
        if page.lower(spot) == ".":
            places = []
        places.append(other.place)
        end = other.span.end
        spot = page.sheet.token_at(end - 1) + 1
    return "+".join(sorted(set(places))), Span(name.span.start, end)


def who_acts(page: Page, before: int, place: str) -> tuple[Name | None, float]:
    """The nearest name to the left that a verb follows; else the only force of the sentence so far."""
    seen: dict[str, Name] = {}
    for index in range(before - 1, page.first - 1, -1):
        name = page.name_at.get(index)
        if name is None or name.force is None or name.form not in page.words.forms:
            continue
        if name.force not in place.split("+"):
            seen.setdefault(name.force, name)
            if page.name_at.get(index + 1) is not name and is_subject(page, index + 1):
                return name, SURE
    return (next(iter(seen.values())), LIKELY) if len(seen) == 1 else (None, 0.0)


def is_subject(page: Page, index: int) -> bool:
    """Whether a verb follows directly or after one or two words, no sign or pronoun between."""
    for at in range(index, min(page.last, index + SUBJECT_VERB)):
        if page.is_verb(at):
            return True
        if page.lower(at) in CLAUSE_ENDS or not page.lower(at).isalpha() or page.lower(at) in page.words.at:
            return False
    return False


@cache
def _words(language: str) -> Words:
    pack = load_pack(language)
    return Words(*(frozenset(pack.words("verbs", "qualitative", n)) for n in Words.__dataclass_fields__))
