"""Every number that might count heads becomes a candidate; what it is, is decided later. Recall first."""

from __future__ import annotations

from dataclasses import dataclass

from musterbook.lexicon.pack import Pack
from musterbook.reading.heads import Head, head_after, nouns
from musterbook.reading.marks import Quantity
from musterbook.reading.sheet import Sheet

FORMS = frozenset({"digits", "words", "mixed", "share", "all"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A quantity with its place among the tokens (``first:last`` of the number words) and the noun it counts."""

    quantity: Quantity
    sentence: int
    first: int
    last: int
    outer: int  # first token of the hedged phrase
    beyond: int  # token after the hedged phrase
    head: Head | None


def find_candidates(sheet: Sheet, quantities: tuple[Quantity, ...], pack: Pack) -> tuple[Candidate, ...]:
    """The quantities that may count heads, in text order."""
    known = nouns(pack)
    found = []
    for quantity in quantities:
        if quantity.kind != "count" or quantity.form not in FORMS or not sheet.sentences:
            continue
        sentence = sheet.sentence_at(quantity.span.start)
        limit = sheet.sentences[sentence].last
        first, last = sheet.token_at(quantity.span.start), sheet.token_at(quantity.span.end - 1) + 1
        outer, beyond = sheet.token_at(quantity.hedged.start), sheet.token_at(quantity.hedged.end - 1) + 1
        head = head_after(sheet, beyond, limit, known)
        found.append(Candidate(quantity, sentence, first, last, outer, beyond, head))
    return tuple(found)
