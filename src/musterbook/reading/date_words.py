"""The pack's words of time, indexed by their first word, so that most words of a report cost one look-up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from musterbook.lexicon.pack import Pack
from musterbook.reading.sheet import Token

TABLES = (
    "months", "weekdays", "seasons", "units", "numbers", "ordinals", "edges", "shifts", "relative",
    "closings", "openings", "holidays", "portions", "weekends", "weeks", "decades",
)  # fmt: skip
STARTS = frozenset((*TABLES, "fiscal.names", "quarters.names", "vague.soon")) - {
    "units",
    "portions",
}  # what an expression starts with
LISTS = (
    "suffixes",
    "fiscal",
    "quarters",
    "windows",
    "counting",
    "relations",
    "fillers",
    "joins",
    "dayparts",
    "vague",
    "elections",
    "strict",
)
Phrase = tuple[tuple[str, ...], Any]


@dataclass(frozen=True)
class Words:
    """Phrases by kind and first word, longest first; ``kinds`` says which kinds a first word may open."""

    phrases: dict[str, dict[str, list[Phrase]]]
    endings: dict[str, dict[str, list[Phrase]]]
    kinds: dict[str, frozenset[str]]
    seconds: dict[str, frozenset[str] | None]  # words that may follow a first word; None where anything may
    ahead: frozenset[str]
    back: frozenset[str]
    back_endings: tuple[str, ...]
    saying: frozenset[str]
    first_month: int

    def match(self, kind: str, tokens: Sequence[Token], at: int) -> tuple[Any, int] | None:
        """The value of the longest phrase of that kind that starts there, and the index after it."""
        if at >= len(tokens):
            return None
        for phrase, value in self.phrases[kind].get(tokens[at].lower, ()):
            if starts_with(tokens, at, phrase):
                return value, at + len(phrase)
        return None

    def match_back(self, kind: str, tokens: Sequence[Token], end: int) -> tuple[Any, int] | None:
        """The value of the longest phrase of that kind that ends there, and the index of its first word."""
        if end <= 0:
            return None
        for phrase, value in self.endings[kind].get(tokens[end - 1].lower, ()):
            at = end - len(phrase)
            if at >= 0 and starts_with(tokens, at, phrase):
                return value, at
        return None

    def skip(self, kind: str, tokens: Sequence[Token], at: int) -> int:
        """The index after such a phrase, or the same index where none stands."""
        found = self.match(kind, tokens, at)
        return found[1] if found else at


def starts_with(tokens: Sequence[Token], at: int, phrase: tuple[str, ...]) -> bool:
    """Whether the words of the phrase stand there one after the other."""
    if at + len(phrase) > len(tokens):
        return False
    for word in phrase:
        found = tokens[at].lower
        if found != word and found.replace("’", "'") != word:
            return False
        at += 1
    return True


def words_of(pack: Pack) -> Words:
    """The compiled words of a pack; compiled once."""
    return _compiled(_Key(pack))


class _Key:
    """A pack by identity of its language, since its tables cannot be hashed."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack

    def __hash__(self) -> int:
        return hash(self.pack.language)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.pack.tables.get("dates") is self.pack.tables.get("dates")


@lru_cache(maxsize=32)
def _compiled(key: _Key) -> Words:
    pack = key.pack
    entries = list(_entries(pack))
    phrases: dict[str, dict[str, list[Phrase]]] = defaultdict(lambda: defaultdict(list))
    endings: dict[str, dict[str, list[Phrase]]] = defaultdict(lambda: defaultdict(list))
    kinds: dict[str, set[str]] = defaultdict(set)
    for kind, words, value in sorted(entries, key=lambda e: -len(e[1])):
        phrases[kind][words[0]].append((words, value))
        endings[kind][words[-1]].append((words, value))
        kinds[words[0]].add(kind)
    tense = pack.table("dates", "tense")
    return Words(
        phrases, endings, {word: frozenset(held) for word, held in kinds.items()}, _seconds(entries),
        frozenset(tense["ahead"]), frozenset(tense["back"]), tuple(tense["back_endings"]),
        frozenset(pack.words("dates", "saying", "verbs")), pack.table("dates", "fiscal", "first_month"),
    )  # fmt: skip


def _seconds(entries: Iterable[tuple[str, tuple[str, ...], Any]]) -> dict[str, frozenset[str] | None]:
    """For each word that may start an expression, what may stand second; None where it may stand alone."""
    found: dict[str, set[str] | None] = {}
    for kind, words, _ in entries:
        if kind not in STARTS:
            continue
        held = found.setdefault(words[0], set())
        if len(words) == 1 or held is None:
            found[words[0]] = None
        else:
            held.add(words[1])
    return {word: None if held is None else frozenset(held) for word, held in found.items()}


def _entries(pack: Pack) -> Iterable[tuple[str, tuple[str, ...], Any]]:
    for table in TABLES:
        for words, value in pack.table("dates", table).items():
            yield table, tuple(words.split()), value
    for table in LISTS:
        for name, listed in pack.table("dates", table).items():
            for words in listed if isinstance(listed, list) else ():
                yield f"{table}.{name}", tuple(words.split()), name
                yield table, tuple(words.split()), name
