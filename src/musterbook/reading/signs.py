"""A plain sign decides: what "may" go, is "weighed" or was "frozen" is not announced, whatever else stands around it.

From a figure the way leads back, over its noun, to the verb that governs it and to what governs that verb; a figure
that is the subject has its verb behind it. The first sign on the way leaves some statuses open and closes the rest;
a verb that states a fact ends the way, and then nothing is closed. The signs stand in the pack (``signs.toml``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from musterbook.lexicon.pack import Pack, load_pack
from musterbook.model import Status
from musterbook.reading.phrases import ByFirst, by_first
from musterbook.reading.sheet import Token
from musterbook.reading.verbs import Verbs, inflected, verbs_of

REACH = 30  # tokens back from the figure
AHEAD = 25  # tokens behind it in which its verb must begin
ASIDE = 15  # tokens between two commas
GROUP = 6  # tokens from the first helper to the participle
LONGEST = 9  # words of a phrase
APOSTROPHES = frozenset("'’")
NOT = "not"  # the helper of verbs.toml, and the word that the pack's phrases write for it
PLANS = ("decision", "plan", "option", "change")  # cue nouns of verbs.toml
FATES = frozenset({"stopped", "weighed", "refused"})  # what befalls a plan
BURIED = ("weighed", "stopped")  # "a request to send 300 was turned down"
SAYING = frozenset({"say", "decide", "plan"})  # classes that state what somebody did, also in the present


@dataclass(frozen=True)
class Signs:
    """The pack's signs, by the last word before the figure and by the first behind it, and the words of the way."""

    before: ByFirst  # phrases turned round: the first word is the one nearest to the figure
    after: ByFirst
    kinds: dict[tuple[str, tuple[str, ...]], str]  # ("before" or "after", phrase) -> kind
    open: dict[str, frozenset[Status]]
    way: dict[str, frozenset[str]]
    plans: frozenset[str]  # nouns of a plan or a change
    verbs: frozenset[tuple[str, ...]]  # signs that may have the figure itself as their object


@dataclass(frozen=True, slots=True)
class Back:
    """What the way back met: a sign if any, whether a verb governs the figure, whether a fact ended it."""

    kind: str = ""
    verb: bool = False
    plan: bool = False
    fact: bool = False
    would: bool = False
    opener: bool = False


def left_open(
    tokens: Sequence[Token], sentence: tuple[int, int], number: tuple[int, int], pack: Pack
) -> frozenset[Status]:
    """The statuses that the sign governing a figure leaves open; all where there is none."""
    kind = sign_of(tokens, sentence, number, pack)
    return signs_of(pack).open[kind] if kind else frozenset(Status)


def sign_of(tokens: Sequence[Token], sentence: tuple[int, int], number: tuple[int, int], pack: Pack) -> str:
    """The kind of the sign that governs a figure; empty where there is none."""
    signs, verbs = signs_of(pack), verbs_of(pack)
    words = spelled(tokens[sentence[0] : sentence[1]], signs)
    first, last = number[0] - sentence[0], number[1] - sentence[0]
    back = way_back(words, first, signs, verbs)
    if back.fact:
        return ""
    ahead = way_ahead(words, last, back, signs, verbs)
    if ahead.kind and (not back.kind or (back.kind, ahead.kind) == BURIED):
        return ahead.kind
    if back.kind:
        return back.kind
    would = back.would or (ahead.would and not back.verb)
    return "conditional" if would and is_conditional(words, signs) else ""


def spelled(tokens: Sequence[Token], signs: Signs) -> list[str]:
    """The words as the signs spell them: the month is no "may", and "n't" is "not"."""
    words = [t.text if t.lower in signs.way["capital"] else t.lower for t in tokens]
    for at in range(2, len(words)):
        if words[at] in signs.way["clipped"] and words[at - 1] in APOSTROPHES:
            words[at - 1 : at + 1] = ["", NOT]
    return words


def way_back(words: Sequence[str], first: int, signs: Signs, verbs: Verbs) -> Back:
    """From a figure back to the first sign, fact or end of the clause."""
    at, met, edge = first - 1, Back(), max(0, first - REACH)
    while at >= edge:
        word = words[at]
        phrase = ending(words, at, signs.before)
        if phrase and (kind := kind_here(words, at, phrase, met, signs)) is not None:
            return replace(met, kind=kind, fact=not kind)
        if word in signs.way["ends"] or word[:1].isdigit():
            return met
        if word == ",":
            at = before_aside(words, at, edge, verbs)
            continue
        if word in signs.way["finite"] or is_fact(words, at, signs, verbs):
            return replace(met, verb=True, fact=True)
        met = noted(met, word, signs, verbs)
        at -= 1
    return met


def kind_here(words: Sequence[str], at: int, phrase: tuple[str, ...], met: Back, signs: Signs) -> str | None:
    """What a phrase that ends here is a sign of; "" where a "not" takes it away, None where it is none here."""
    kind, way = signs.kinds["before", phrase], signs.way
    opens = bool(way["openers"].intersection(phrase))
    if not (met.plan or (met.opener and kind != "stopped") or opens or phrase in signs.verbs):
        return None
    if opens and words[at + 1 : at + 2] and words[at + 1] in way["or"]:
        return ""
    begins = at - len(phrase) + 1
    if kind == "possible" and (met.opener or is_permitted(words, signs)):
        return ""
    if kind not in ("refused", "stopped") and way["denials"].intersection(words[:begins]):
        return ""
    beside = [*words[max(0, begins - 2) : begins], *words[at + 1 : at + 2]]
    if opens or not way["not"].intersection(beside):
        return kind
    return "refused" if kind == "weighed" and phrase in signs.verbs else ""


def is_permitted(words: Sequence[str], signs: Signs) -> bool:
    """Whether the sentence speaks of what is allowed."""
    told = " ".join(words)
    return bool(signs.way["permits"].intersection(words)) or any(p in told for p in signs.way["at_most"])


def ending(words: Sequence[str], at: int, phrases: ByFirst) -> tuple[str, ...]:
    """The longest phrase that ends with a word, turned round; empty where none does."""
    turned = tuple(words[at::-1][:LONGEST])
    return next((p for p in phrases.get(words[at], ()) if turned[: len(p)] == p), ())


def before_aside(words: Sequence[str], at: int, edge: int, verbs: Verbs) -> int:
    """Where the way goes on before a comma: over an aside, if a verb stands behind the comma; else nowhere."""
    follows = words[at + 1] if at + 1 < len(words) else ""
    if follows not in verbs.helpers and follows not in verbs.forms:
        return -1
    return next((i - 1 for i in range(at - 1, max(edge, at - ASIDE) - 1, -1) if words[i] == ","), -1)


def is_fact(words: Sequence[str], at: int, signs: Signs, verbs: Verbs) -> bool:
    """Whether a verb states what was done or what somebody decided."""
    verb = verbs.forms.get(words[at])
    before = words[at - 1] if at else ""
    if verb is None or before in signs.way["determiners"]:
        return False
    if verb.form in ("ed", "en"):
        return not signs.way["unfinished"].intersection(words[max(0, at - 3) : at])
    return verb.kind in SAYING and verb.form in ("base", "s") and before not in verbs.helpers


def noted(met: Back, word: str, signs: Signs, verbs: Verbs) -> Back:
    """What was met, with one word more."""
    acts = word in verbs.forms
    return replace(
        met,
        verb=met.verb or acts,
        plan=met.plan or acts or word in signs.plans,
        would=met.would or verbs.helpers.get(word) == "would",
        opener=met.opener or word in signs.way["openers"],
    )


def way_ahead(words: Sequence[str], last: int, back: Back, signs: Signs, verbs: Verbs) -> Back:
    """From a figure on to the verb that it, or the plan for it, is the subject of."""
    at = last
    while at < min(len(words), last + AHEAD):
        word = words[at]
        if word in signs.way["ends"] - signs.way["asides"] or word in signs.way["subjects"]:
            return Back()
        if word == "," or word in signs.way["asides"]:
            at = next(
                (i + 1 for i in range(at + 1, min(len(words), at + ASIDE)) if words[i] == ","), len(words)
            )
            continue
        if verbs.helpers.get(word, "to") != "to":
            return of_group(words, at, back, signs, verbs)
        if (verb := verbs.forms.get(word)) and verb.form in ("ed", "s"):
            return Back()
        at += 1
    return Back()


def of_group(words: Sequence[str], at: int, back: Back, signs: Signs, verbs: Verbs) -> Back:
    """What a group of helpers with its verb is a sign of."""
    starts = [(i, p) for i in range(at, min(len(words), at + GROUP)) for p in signs.after.get(words[i], ())]
    for i, phrase in starts:
        kind = signs.kinds["after", phrase]
        if tuple(words[i : i + len(phrase)]) != phrase or (back.verb and kind not in FATES):
            continue
        if kind == "stopped" and not back.plan:
            continue
        if signs.way["not"].intersection((*words[at:i], *words[i + len(phrase) : i + len(phrase) + 1])):
            return Back()
        if kind == "possible" and is_permitted(words, signs):
            return Back()
        return Back(kind=kind)
    return Back(would=verbs.helpers[words[at]] == "would")


def is_conditional(words: Sequence[str], signs: Signs) -> bool:
    """Whether the sentence makes what would be done hang on something."""
    way = signs.way
    if words and words[0] in way["inverted"]:
        return True
    return any(
        w in way["conditions"] and (not i or words[i - 1] not in way["even"]) for i, w in enumerate(words)
    )


def signs_of(pack: Pack) -> Signs:
    """The signs of a pack, made once a language."""
    return _signs(pack.language)


@cache
def _signs(language: str) -> Signs:
    pack = load_pack(language)
    kinds: dict[tuple[str, tuple[str, ...]], str] = {}
    direct: set[tuple[str, ...]] = set()
    for side in ("before", "after"):
        for kind, held in pack.table("signs", side).items():
            forms = [word for base in held.get("verbs", ()) for word, _ in inflected(base, pack)]
            direct |= {(word,) for word in forms if kind != "stopped"}
            for written in (*forms, *held["phrases"]):
                words = tuple(written.split())
                kinds[side, words[::-1] if side == "before" else words] = kind
    before, after = (
        by_first(tuple(" ".join(p) for s, p in kinds if s == side)) for side in ("before", "after")
    )
    way = {name: frozenset(words) for name, words in pack.table("signs", "way").items()}
    nouns = frozenset(w for name in PLANS for w in pack.words("verbs", "nouns", name))
    opened = {kind: frozenset(map(Status, names)) for kind, names in pack.table("signs", "open").items()}
    return Signs(before, after, kinds, opened, way, nouns, frozenset(direct))
