"""Names are looked up without what people type differently: case, accents, full stops and hyphens."""

from __future__ import annotations

import unicodedata


def fold(words: str) -> str:
    """Words without case, accents, full stops and doubled spaces, for looking things up."""
    words = " ".join(words.casefold().replace("’", "'").replace(".", "").replace("-", " ").split())
    return words if words.isascii() else plain(words)


def plain(words: str) -> str:
    """Words without accents and with straight apostrophes."""
    taken_apart = unicodedata.normalize("NFKD", words.replace("’", "'"))
    return "".join(c for c in taken_apart if not unicodedata.combining(c))
