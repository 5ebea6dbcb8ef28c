"""An office and its holder from a day: somebody takes or leaves it, as the report tells it."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache

from musterbook.lexicon.pack import Pack
from musterbook.model import Appointment
from musterbook.reading.marks import Day
from musterbook.reading.people import Nouns, People, is_capital, nouns
from musterbook.reading.phrases import ByFirst, by_first
from musterbook.reading.sheet import Sentence, Sheet
from musterbook.values import Attribution, Period

NEAR = 30  # tokens between a person and the words of taking or leaving


def find_appointments(
    sheet: Sheet, people: tuple[Attribution, ...], days: tuple[Day, ...], pack: Pack
) -> tuple[Appointment, ...]:
    """Every change of an office whose person the report names, in text order, each once."""
    if not people:
        return ()
    acts = acts_of(pack)
    if all(phrases.keys().isdisjoint(sheet.lowers) for phrases in acts.values()):
        return ()
    book, words = People(sheet, people, pack), nouns(pack)
    found: dict[tuple[str, str], Appointment] = {}
    for sentence in sheet.sentences:
        for made in in_sentence(sheet, sentence, book, acts, days, words):
            found.setdefault((made.person, made.act), made)
    return tuple(found.values())


@cache
def acts_of(pack: Pack) -> dict[str, ByFirst]:
    """The words of taking and of leaving an office."""
    return {act: by_first(pack.words("voices", "appointments", act)) for act in ("takes", "leaves")}


def in_sentence(
    sheet: Sheet,
    sentence: Sentence,
    book: People,
    acts: dict[str, ByFirst],
    days: tuple[Day, ...],
    words: Nouns,
) -> list[Appointment]:
    """The changes of office that one sentence tells."""
    found, at = [], sentence.first
    if all(phrases.keys().isdisjoint(sheet.lowers[at : sentence.last]) for phrases in acts.values()):
        return []
    while at < sentence.last:
        hit = next(((act, n) for act, phrases in acts.items() if (n := matched(sheet, at, phrases))), None)
        if hit is None:
            at += 1
            continue
        act, length = hit
        person = person_near(sheet, sentence, at, at + length, book)
        office = office_of(sheet, sentence, at + length, person, words) if person else ""
        if person and office:
            found.append(
                Appointment(person.name or person.words, office, act, day_in(sentence, days), sentence.span)
            )
        other = replaced(sheet, sentence, at, at + length, book, words)
        if person and office and other and other.name != person.name:
            found.append(
                Appointment(
                    other.name or other.words, office, "leaves", day_in(sentence, days), sentence.span
                )
            )
        at += length
    return found


def matched(sheet: Sheet, at: int, phrases: ByFirst) -> int:
    """How many tokens of a phrase stand here; 0 where none does."""
    for parts in phrases.get(sheet.lowers[at], ()):
        if sheet.lowers[at : at + len(parts)] == parts:
            return len(parts)
    return 0


def person_near(sheet: Sheet, sentence: Sentence, first: int, end: int, book: People) -> Attribution | None:
    """The person named last before the words, else directly behind a passive ("appointed Gen. X")."""
    before = book.named_in(sheet.tokens[max(sentence.first, first - NEAR) : first])
    if before is not None:
        return before
    return book.named_in(sheet.tokens[end : min(end + 6, sentence.last)])


def replaced(
    sheet: Sheet, sentence: Sentence, first: int, end: int, book: People, words: Nouns
) -> Attribution | None:
    """Whoever is succeeded, or hands over, on the other side of the verb."""
    if sheet.tokens[end - 1].lower not in words["appointments.replaces"]:
        return None
    return book.named_in(sheet.tokens[end : min(end + 6, sentence.last)])


def office_of(sheet: Sheet, sentence: Sentence, end: int, person: Attribution, words: Nouns) -> str:
    """The office as the words behind the verb give it, else as the report gives it with the person."""
    tokens = sheet.tokens
    at = role = next(
        (i for i in range(end, min(end + 8, sentence.last)) if tokens[i].lower in words["appointments.role"]),
        end,
    )
    while (
        at < sentence.last
        and tokens[at].lower in words["determiners"] | words["appointments.role"] | words["appointments.new"]
    ):
        at += 1
    if (
        tokens[role].lower in words["appointments.role"]
        and tokens[role - 1].lower in words["appointments.posts"]
    ):
        at, end = role - 1, role - 2
    if at < sentence.last and end < at:
        stop = at
        while stop < min(sentence.last, at + 9) and (
            tokens[stop].text not in ",.;:" and tokens[stop].lower not in words["times"] | words["enders"]
        ):
            stop += 1
        is_office = any(
            t.lower in words["offices"] or t.lower in words["bodies"] or is_capital(t)
            for t in tokens[at:stop]
        )
        if is_office and not any(t.start == person.span.start for t in tokens[at:stop] if person.span):
            return sheet.text[tokens[at].start : tokens[stop - 1].end]
    return bare(person.office or "", words)


def bare(office: str, words: Nouns) -> str:
    """The office without article and "new": "commander of the anti-IS coalition"."""
    parts = office.split()
    while parts and (
        parts[0].casefold() in words["determiners"] or parts[0].casefold() in words["appointments.new"]
    ):
        parts = parts[1:]
    return " ".join(parts)


def day_in(sentence: Sentence, days: tuple[Day, ...]) -> Period | None:
    """The first resolved day that the sentence names."""
    first = bisect_left(days, sentence.span.start, key=lambda d: d.span.start)
    last = bisect_left(days, sentence.span.end, key=lambda d: d.span.start)
    inside = (d for d in days[first:last] if sentence.span.covers(d.span))
    return next((d.period for d in inside if d.period is not None), None)
