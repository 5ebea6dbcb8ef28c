"""A text is English when its small words are; only when they are rare is a language identifier asked."""

from __future__ import annotations

import re
from functools import cache

from musterbook.lexicon.pack import languages, load_pack

WORD = re.compile(r"[^\W\d_]+")
SAMPLE = 6_000  # characters
ENOUGH = 0.2  # share of function words in ordinary prose of the language
FEW = 8  # words: too short to tell, taken for the first pack's language
DEFAULT = "en"


def tell_language(text: str) -> str:
    """The ISO 639-1 code of the language a text is most likely in."""
    words = WORD.findall(text[:SAMPLE].lower())
    if len(words) < FEW:
        return DEFAULT
    share, language = max((_share(words, code), code) for code in languages())
    return language if share >= ENOUGH else _identify(text[:SAMPLE])


def has_pack(language: str) -> bool:
    """Whether we can read this language."""
    return language in languages()


def plain_code(language: str) -> str:
    """``en`` for ``en-US``, ``EN`` or ``en_GB``."""
    return re.split(r"[-_]", language.strip().lower())[0]


def _share(words: list[str], language: str) -> float:
    known = _function_words(language)
    return sum(map(known.__contains__, words)) / len(words)


@cache
def _function_words(language: str) -> frozenset[str]:
    return frozenset(load_pack(language).words("function_words", "words"))


def _identify(text: str) -> str:
    import py3langid  # half a second to load, so only where it is needed

    language, _ = py3langid.classify(text)
    return str(language)
