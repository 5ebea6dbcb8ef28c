"""How a statement without a figure stands to the world: the first rule that its sentence fits, read from the pack."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from musterbook.lexicon.pack import Pack, load_pack
from musterbook.model import Status
from musterbook.reading.marks import Claim
from musterbook.reading.sheet import Sheet
from musterbook.reading.verbs import verbs_of

NEAR = 14  # tokens before and after the words of the claim that are looked at
SURE, GUESSED = 0.8, 0.5


@dataclass(frozen=True, slots=True)
class Cues:
    """The pack's cues: phrases a status, and the small words that make tenses."""

    phrases: tuple[tuple[Status, tuple[tuple[str, ...], ...]], ...]
    acts: frozenset[str]
    be: frozenset[str]
    have: frozenset[str]
    ahead: frozenset[str]


def outlook_of(claim: Claim, sheet: Sheet, pack: Pack) -> tuple[Status, float]:
    """The status of a claim without figures, and how sure it is."""
    cues = _cues(pack.language)
    sentence = sheet.sentences[claim.sentence]
    first = max(sentence.first, sheet.token_at(claim.clause.start) - NEAR)
    last = min(sentence.last, sheet.token_at(max(claim.clause.start, claim.clause.end - 1)) + NEAR)
    words = [t.lower for t in sheet.tokens[first:last]]
    for status, phrases in cues.phrases:
        if any(stands_in(phrase, words) for phrase in phrases):
            return status, SURE
    return tense_of(words, pack, cues)


def stands_in(phrase: tuple[str, ...], words: list[str]) -> bool:
    """Whether the words hold the phrase."""
    size = len(phrase)
    return any(
        tuple(words[i : i + size]) == phrase for i in range(len(words) - size + 1) if words[i] == phrase[0]
    )


def tense_of(words: list[str], pack: Pack, cues: Cues) -> tuple[Status, float]:
    """What the form of the first verb of stationing or changing tells."""
    forms = verbs_of(pack).forms
    for index, word in enumerate(words):
        verb = forms.get(word)
        if verb is None or verb.kind not in cues.acts:
            continue
        before = set(words[max(0, index - 3) : index])
        if before & cues.ahead:
            return Status.ANNOUNCED, SURE
        if verb.form == "ing" and before & cues.be:
            return Status.UNDERWAY, SURE
        if verb.form in ("en", "ed"):
            return Status.DONE, SURE if before & cues.have else GUESSED
    return Status.CURRENT, GUESSED


@cache
def _cues(language: str) -> Cues:
    pack = load_pack(language)
    phrases = tuple(
        (status, tuple(tuple(p.split()) for p in pack.words("verbs", "outlook", status.value)))
        for status in (Status.DENIED, Status.CONSIDERED, Status.EXPECTED, Status.UNDERWAY)
    )
    sets = (frozenset(pack.words("verbs", "outlook", n)) for n in ("acts", "be", "have", "ahead"))
    return Cues(phrases, *sets)
