"""What surrounds the numbers of one report, prepared once: which token is part of which name or number."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from musterbook.lexicon.pack import Pack, load_pack
from musterbook.model import Quotation
from musterbook.reading.candidates import Candidate
from musterbook.reading.marks import Name
from musterbook.reading.sheet import Sheet
from musterbook.reading.verbs import Verb, verbs_of


@dataclass(frozen=True, slots=True)
class Context:
    """A sheet with its names and candidates, and a word for every token as the scorers see it.

    ``shapes`` replaces names by their form (``<state>``) and numbers by ``#``, so that what is learned of one
    country's troops holds for another's.
    """

    sheet: Sheet
    names: tuple[Name, ...]
    candidates: tuple[Candidate, ...]
    shapes: tuple[str, ...]
    name_at: dict[int, int]  # token -> index into names
    first_token: tuple[int, ...]  # of every name
    last_token: tuple[int, ...]  # one past the last of every name
    name_sentence: tuple[int, ...]
    quotations: tuple[Quotation, ...]
    title: frozenset[str]  # folded words of the title
    title_names: tuple[Name, ...]
    repeated: tuple[bool, ...]  # whether a candidate's number stood before
    strong: int  # candidates that count a noun for people under arms
    topics: tuple[
        tuple[str, ...], ...
    ]  # what every sentence is about, and last the whole report with its title
    verbs: tuple[Verb | None, ...]  # what every token is as a verb, if anything
    verb_places: tuple[int, ...]  # the tokens that are verbs
    pack: Pack

    def shape(self, index: int) -> str:
        """The word at a token, or a border sign outside the text."""
        return self.shapes[index] if 0 <= index < len(self.shapes) else "<edge>"


def prepare(
    sheet: Sheet,
    names: tuple[Name, ...],
    candidates: tuple[Candidate, ...],
    pack: Pack,
    quotations: tuple[Quotation, ...] = (),
    title: Sheet | None = None,
    title_names: tuple[Name, ...] = (),
) -> Context:
    """The context of one report."""
    shapes = ["#" if token.text[0].isdigit() else token.lower for token in sheet.tokens]
    name_at: dict[int, int] = {}
    firsts, lasts, sentences = [], [], []
    for number, name in enumerate(names):
        first, last = sheet.token_at(name.span.start), sheet.token_at(name.span.end - 1) + 1
        firsts.append(first)
        lasts.append(last)
        sentences.append(sheet.sentence_at(name.span.start))
        for index in range(first, last):
            name_at[index] = number
            shapes[index] = f"<{name.form}>"
    for candidate in candidates:
        sign = (
            "#" if candidate.quantity.form in ("digits", "words", "mixed") else f"<{candidate.quantity.form}>"
        )
        for index in range(candidate.first, candidate.last):
            shapes[index] = sign
    words = frozenset(title.lowers) if title else frozenset()
    verbs = list(map(verbs_of(pack).forms.get, sheet.lowers))
    for index in name_at:
        verbs[index] = None
    return Context(
        sheet=sheet,
        names=names,
        candidates=candidates,
        shapes=tuple(shapes),
        name_at=name_at,
        first_token=tuple(firsts),
        last_token=tuple(lasts),
        name_sentence=tuple(sentences),
        quotations=quotations,
        title=words,
        title_names=title_names,
        repeated=repeats(candidates),
        strong=sum(1 for c in candidates if c.head and c.head.kind == "strong"),
        topics=topics_of(sheet, words, pack),
        verbs=tuple(verbs),
        verb_places=tuple(i for i, verb in enumerate(verbs) if verb is not None),
        pack=pack,
    )


def repeats(candidates: tuple[Candidate, ...]) -> tuple[bool, ...]:
    """For every candidate whether its number stood in the report before."""
    seen: set[float] = set()
    found = []
    for candidate in candidates:
        value = candidate.quantity.value
        found.append(bool(value) and value in seen)
        if value:
            seen.add(value)
    return tuple(found)


def topics_of(sheet: Sheet, title: frozenset[str], pack: Pack) -> tuple[tuple[str, ...], ...]:
    """The topics of each sentence, and of the whole report behind them."""
    topic_of = topic_words(pack.language)
    found = []
    for sentence in sheet.sentences:
        told = map(topic_of.get, sheet.lowers[sentence.first : sentence.last])
        found.append(tuple(sorted(topic for topic in set(told) if topic)))
    everything = {topic for topics in found for topic in topics} | {
        topic_of[w] for w in title & topic_of.keys()
    }
    return (*found, tuple(sorted(everything)))


@cache
def topic_words(language: str) -> dict[str, str]:
    """The topic of each single word that tells one."""
    topics = load_pack(language).table("topics")
    return {word: topic for topic, words in topics.items() for word in words if " " not in word}
