"""A verb is known by its class and form: "has withdrawn" is a cut, participle, after a helper of having."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from musterbook.lexicon.pack import Pack, load_pack

VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Verb:
    """One form of a verb: its base, its class in the pack, and which form it is (base, s, ed, en, ing)."""

    base: str
    kind: str
    form: str


@dataclass(frozen=True)
class Verbs:
    """The verb forms, helpers and cue nouns of a pack, for look-up by folded word."""

    forms: dict[str, Verb]
    helpers: dict[str, str]
    cues: dict[str, tuple[str, ...]]
    meanings: dict[str, tuple[str, ...]]  # word -> classes, form, helper and cues, as a scorer's features


def verbs_of(pack: Pack) -> Verbs:
    """The look-up tables of a pack, made once a language."""
    return _verbs(pack.language)


@cache
def _verbs(language: str) -> Verbs:
    pack = load_pack(language)
    forms: dict[str, Verb] = {}
    for kind, bases in pack.table("verbs", "classes").items():
        for base in bases:
            for word, form in inflected(base, pack):
                forms.setdefault(word, Verb(base, kind, form))
    for form, words in pack.table("verbs", "forms").items():
        for word, base in words.items():
            if base in forms:
                forms[word] = Verb(base, forms[base].kind, {"third": "s", "past": "ed"}.get(form, form))
    helpers = {w: name for name, words in pack.table("verbs", "helpers").items() for w in words}
    cues: dict[str, tuple[str, ...]] = {}
    for name, words in pack.table("verbs", "nouns").items():
        for word in words:
            cues[word] = (*cues.get(word, ()), name)
    words = forms.keys() | helpers.keys() | cues.keys()
    return Verbs(forms, helpers, cues, {w: meanings_of(w, forms, helpers, cues) for w in sorted(words)})


def meanings_of(
    word: str, forms: dict[str, Verb], helpers: dict[str, str], cues: dict[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """What a scorer sees in a known word: ``V`` class and form, ``B`` base, ``H`` helper, ``N`` cue."""
    verb, found = forms.get(word), [f"N.{cue}" for cue in cues.get(word, ())]
    if word in helpers:
        found.append(f"H.{helpers[word]}")
    if verb is not None:
        found += (f"V.{verb.kind}", f"V.{verb.kind}.{verb.form}", f"B.{verb.base}")
    return tuple(found)


def inflected(base: str, pack: Pack) -> list[tuple[str, str]]:
    """The forms of a regular verb by rule, of an irregular one from the pack."""
    stem = base[:-1] if base.endswith("e") else base
    third = base + "es" if base.endswith(("s", "sh", "ch", "x", "z")) else base + "s"
    regular = base + "d" if base.endswith("e") else base + "ed"
    if base.endswith("y") and base[-2:-1] not in VOWELS:
        third, regular = base[:-1] + "ies", base[:-1] + "ied"
    past, participle = pack.table("verbs", "irregular").get(base, (regular, regular))
    ing = stem + "ing"
    if past.endswith(base[-1] * 2 + "ed"):
        ing = base + base[-1] + "ing"
    return [(base, "base"), (third, "s"), (past, "ed"), (participle, "en"), (ing, "ing")]
