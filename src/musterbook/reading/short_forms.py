"""Short forms are traced to the full one: a surname, "he", "the general", "its prime minister"."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from musterbook.reading.people import STOPS, People, is_capital
from musterbook.reading.sheet import Sheet, Token
from musterbook.values import Attribution, Span

REACH = 80  # tokens back to an office that "he" may mean
NEAR = 400  # characters back to the owner of "its prime minister"
CLAUSES = frozenset('.!?;:"“”»,/')


def attribute(
    sheet: Sheet,
    phrase: tuple[int, int],
    people: People,
    last: Attribution | None,
    somebody: Attribution | None,
) -> Attribution | None:
    """The speaker in full: a name by its surname, a pronoun or "the general" by who was meant before."""
    tokens, (first, end) = sheet.tokens, phrase
    span = Span(tokens[first].start, tokens[end - 1].end)
    person = people.named_in(tokens[first:end])
    if person is not None:
        return replace(person, span=span)
    beside = named_beside(tokens, end, people)
    if beside is not None:
        return replace(beside, span=span)
    if end - first == 1 and tokens[first].lower in people.words["pronouns"]:
        return pronoun(tokens[first], span, people, last, somebody)
    owned = owner_of(sheet, first, end, people)
    if owned is not None:
        return replace(owned, span=span)
    known = short_form(tokens, first, end, people, last) or short_form(tokens, first, end, people, somebody)
    if known is not None:
        return replace(known, span=span)
    return plain(sheet, first, end, people)


def owner_of(sheet: Sheet, first: int, end: int, people: People) -> Attribution | None:
    """Whose "its prime minister" or "his deputy" is: the state, body or person named last before it."""
    tokens, words = sheet.tokens, people.words
    if tokens[first].lower not in words["shapes.owners"] or not 1 < end - first < 6:
        return None
    if tokens[end - 1].lower not in words["offices|unnamed|bodies"]:
        return None
    rest = " ".join(sheet.text[tokens[first + 1].start : tokens[end - 1].end].split())
    plural = tokens[first].lower in words["shapes.their"]
    at = bisect_right(people.party_starts, tokens[first].start - 1) - 1
    if plural and at >= 0 and tokens[first].start - people.party_starts[at] < NEAR:
        owner = people.parties[at]
        said = owner.span.cut(sheet.text)
        link = " " if owner.form in ("adjective", "people") else "'s "
        return Attribution(f"{said.rstrip('s') if owner.form == 'people' else said}{link}{rest}")
    person = people.before(tokens[first].start)
    if not plural and person is not None and person.name:
        return Attribution(f"{rest} of {person.words}")
    return None


def named_beside(tokens: tuple[Token, ...], end: int, people: People) -> Attribution | None:
    """The name that follows an office after a comma: "said its commander, Gen. X"."""
    if (
        end + 1 >= len(tokens)
        or tokens[end].text != ","
        or tokens[end - 1].lower in people.words["pronouns|saying"]
    ):
        return None
    near = []
    for token in tokens[end + 1 : end + 8]:
        if not (is_capital(token) or token.text == "."):
            break
        near.append(token)
    return (
        people.named_in(near) if near and tokens[end - 1].lower in people.words["unnamed|offices"] else None
    )


def pronoun(
    token: Token, span: Span, people: People, last: Attribution | None, somebody: Attribution | None
) -> Attribution | None:
    """Who "he", "she" or "they" is: the last speaker who fits, else the person named last."""
    if token.lower in people.words["shapes.plural"]:
        return (
            replace(last, span=span)
            if last is not None
            else (
                Attribution(token.text, named=False, span=span)
                if token.lower in people.words["shapes.plural"] and len(token.lower) > 2
                else None
            )
        )
    near, officer = people.before(token.start), officer_before(token, people)
    known = [
        p for p in (somebody, officer) if p is not None and p.span is not None and p.span.start < token.start
    ]
    found = max(known, key=lambda p: p.span.start if p.span else 0) if known else somebody or near or last
    return replace(found, span=span) if found is not None else None


def officer_before(token: Token, people: People) -> Attribution | None:
    """The holder of an office spoken of last without a name: "The PM is up ... he says"."""
    tokens, words = people.tokens, people.words
    at = bisect_right(people.token_starts, token.start) - 2
    for first in range(at, max(0, at - REACH) - 1, -1):
        opens = first == 0 or tokens[first - 1].text in CLAUSES
        if not opens or tokens[first].lower not in words["determiners"]:
            continue
        for head in range(first + 1, min(first + 5, at)):
            if not tokens[head].text[0].isalpha():
                break
            if tokens[head].lower in words["offices"] and tokens[head + 1].text not in ("'s", "’s"):
                span = Span(tokens[first].start, tokens[head].end)
                return Attribution(
                    " ".join(t.text for t in tokens[first : head + 1]),
                    named=tokens[first].lower in words["shapes.the"],
                    span=span,
                )
    return None


def is_person(speaker: Attribution, people: People) -> bool:
    """Whether the words stand for somebody rather than for a body or a state."""
    return speaker.name is not None or any(
        w in people.words["unnamed"] for w in speaker.words.casefold().split()
    )


def short_form(
    tokens: tuple[Token, ...], first: int, end: int, people: People, last: Attribution | None
) -> Attribution | None:
    """ "The general", "the spokesman": the last speaker or the one person who holds such a title."""
    words = people.words
    if tokens[first].lower not in words["shapes.the"] or end - first > 3:
        return None
    noun = tokens[end - 1].lower
    if noun not in words["offices|unnamed"]:
        return None
    if last is not None and noun.rstrip("s") in people.styles(last):
        return last
    return people.holding(noun)


def clause_end(tokens: tuple[Token, ...], end: int, people: People) -> int:
    """One past the clause that tells more of somebody unnamed: "an official who saw the order"."""
    words = people.words
    at = end + (end < len(tokens) and tokens[end].text == ",")
    if at >= len(tokens) or tokens[at].lower not in words["relative"]:
        return end
    stop = at + 1
    while stop < min(len(tokens), at + 14) and tokens[stop].text not in STOPS and tokens[stop].text != ",":
        if (
            stop > at + 1
            and tokens[stop].lower in words["saying"]
            and tokens[stop].lower.endswith(("d", "s"))
            and tokens[stop - 1].lower not in words["to_whom|relative"]
        ):
            break
        stop += 1
    return stop


def plain(sheet: Sheet, first: int, end: int, people: People) -> Attribution:
    """A speaker without a personal name, in the words of the text."""
    tokens, words = sheet.tokens, people.words
    span = Span(tokens[first].start, tokens[end - 1].end)
    phrase = tokens[first:end]
    heads = [t for t in phrase if t.lower in words["unnamed"]]
    unnamed = bool(heads) and not any(t.lower in words["bodies"] for t in phrase[-1:])
    stop = clause_end(tokens, end, people) if unnamed else end
    said = " ".join(sheet.text[span.start : tokens[stop - 1].end].split())
    return Attribution(said, organisation=None if unnamed else said, named=not unnamed, span=span)
