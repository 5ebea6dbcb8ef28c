"""The first look at a report: its words, numbers and names, before anything is bound to anything."""

from __future__ import annotations

from musterbook.lexicon.pack import Pack
from musterbook.lexicon.register import Register
from musterbook.reading.candidates import find_candidates
from musterbook.reading.context import Context, prepare
from musterbook.reading.names import find_names
from musterbook.reading.numbers import find_quantities
from musterbook.reading.quotations import find_quotations
from musterbook.reading.sheet import cut_up


def look(text: str, title: str, pack: Pack, register: Register) -> Context:
    """A text with everything that the binding passes need."""
    sheet = cut_up(text, pack)
    names = find_names(sheet, register, pack)
    candidates = find_candidates(sheet, find_quantities(sheet, pack), pack)
    heading = cut_up(title, pack) if title else None
    title_names = find_names(heading, register, pack) if heading else ()
    return prepare(sheet, names, candidates, pack, find_quotations(sheet, pack), heading, title_names)
