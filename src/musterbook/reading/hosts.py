"""Where people serve with a mission of one host, and the sentence names no place, they are there: "600 with KFOR"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from musterbook.reading.candidates import Candidate
from musterbook.reading.context import Context
from musterbook.reading.marks import Name
from musterbook.reading.options import Option, distance

OPENING = 2  # words between a preposition and a name: "in the northern"
REACH = 12  # words between the number and the mission


def hosted(context: Context, places: tuple[Option, ...], number: Candidate) -> tuple[Option, ...]:
    """The places that a number may have: the host alone, where only a mission tells it."""
    host = host_of(context, number)
    fit = tuple(option for option in places if option.code == host)
    return fit or places


def host_of(context: Context, number: Candidate) -> str | None:
    """The one host of the missions with which a number serves, unless its sentence names a place itself.

    A contribution whose sentence names neither is one to the mission of the sentence before, in the same paragraph.
    """
    hosts, named = hosts_in(context, number.sentence, number)
    before = number.sentence - 1
    if not named and before >= 0 and is_contribution(context, number) and is_one_paragraph(context, before):
        hosts, _ = hosts_in(context, before, None)
    return hosts.pop() if len(hosts) == 1 else None


def is_contribution(context: Context, number: Candidate) -> bool:
    """Whether a number is what somebody gives to something named before: "the U.S. contribution is about 600"."""
    sentence = context.sheet.sentences[number.sentence]
    gifts = context.pack.words("grammar", "contributions")
    return any(
        context.shape(k) in gifts for k in range(max(sentence.first, number.outer - REACH), number.outer)
    )


def is_one_paragraph(context: Context, sentence: int) -> bool:
    """Whether a sentence and the next stand in one paragraph."""
    here, there = context.sheet.sentences[sentence : sentence + 2]
    return here.paragraph == there.paragraph


def hosts_in(context: Context, sentence: int, number: Candidate | None) -> tuple[set[str], bool]:
    """The hosts that the missions of a sentence give, and whether it names a mission or a place at all."""
    hosts: set[str] = set()
    named = False
    for index, name in names_in(context, sentence):
        if name.form == "mission" and name.place is None and name.hosts:
            tells = number is None or serves(context, index, number)
            hosts.update(name.hosts if tells else (*name.hosts, ""))
            named = True
        elif name.place and is_spot(context, index, name):
            return set(), True
    return hosts, named


def names_in(context: Context, sentence: int) -> Iterator[tuple[int, Name]]:
    """The names of a sentence with their numbers."""
    at = bisect_left(context.name_sentence, sentence)
    while at < len(context.names) and context.name_sentence[at] == sentence:
        yield at, context.names[at]
        at += 1


def serves(context: Context, index: int, number: Candidate) -> bool:
    """Whether a mission stands near the number behind "with", "to" or the like: "contribution to KFOR is 600"."""
    near = abs(distance(context, number.outer, number.beyond, index)) <= REACH
    return near and is_led(context, index, context.pack.words("grammar", "serving"))


def is_spot(context: Context, index: int, name: Name) -> bool:
    """Whether a name is meant as a place: what is no state or people, or stands behind "in", "from", "to"."""
    return name.force is None or is_led(context, index, context.pack.words("verbs", "qualitative", "at"))


def is_led(context: Context, index: int, words: tuple[str, ...]) -> bool:
    """Whether one of the words stands right before a name, or one word further."""
    first = context.first_token[index]
    return any(context.shape(k) in words for k in range(first - OPENING, first))
