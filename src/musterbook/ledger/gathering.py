"""Gathers from the lines what a question needs, and no others: of all contingents, of some, or of one matter."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from musterbook.ledger.asof import Standing, folded, name_of, renamed
from musterbook.ledger.lines import ACTS, Kind, entry_in, entry_of
from musterbook.ledger.store import Query, Shelf
from musterbook.model import Contingent, Entry

MANY = 200  # contingents that a database is asked for by name; of more, all lines are read


def standing(shelf: Shelf, contingent: Contingent | None, known: datetime | None) -> Standing:
    """What the entries come to, of all contingents or of one with all its names."""
    last = last_line(shelf, known)
    if contingent is None:
        return folded(map(entry_in, shelf.texts(Query(kinds=ACTS, last=last))))
    merges, names = _merges(shelf, last)
    now = renamed(contingent, names)
    return _of_those(shelf, merges, _alike(shelf, contingent, names), last, now.__eq__)


def standing_of(shelf: Shelf, wanted: Callable[[Contingent], bool], known: datetime | None) -> Standing:
    """What the entries on some contingents come to, each with all its names."""
    last = last_line(shelf, known)
    merges, names = _merges(shelf, last)
    asked = {one for one in shelf.contingents() if wanted(renamed(one, names))}
    return _of_those(shelf, merges, asked, last, wanted)


def _merges(shelf: Shelf, last: int | None) -> tuple[list[Entry], Mapping[str, str]]:
    """The entries that join names, and what each name stands for after them."""
    merges = [*map(entry_in, shelf.texts(Query(kinds=[Kind.NAME], last=last)))]
    return merges, folded(merges).names


def _of_those(
    shelf: Shelf,
    merges: Sequence[Entry],
    asked: Collection[Contingent],
    last: int | None,
    wanted: Callable[[Contingent], bool],
) -> Standing:
    """What the entries on the contingents ``asked`` for come to, of those ``wanted`` under their names."""
    query = Query(kinds=[Kind.ENTRY], contingents=asked if len(asked) <= MANY else (), last=last)
    texts = shelf.texts(query) if asked else ()
    found = folded([*merges, *map(entry_in, texts)])
    return replace(found, entries=tuple(e for e in found.entries if e.contingent and wanted(e.contingent)))


def _alike(shelf: Shelf, contingent: Contingent, names: Mapping[str, str]) -> set[Contingent]:
    """The contingents ever written that are one with it under these names."""
    now = renamed(contingent, names)
    codes = [code for code in names if name_of(code, names) in now.codes]
    alike = {one for one in shelf.contingents(codes) if renamed(one, names) == now} if codes else set()
    return {contingent, now, *alike}


def history(shelf: Shelf, matter: str | Contingent, last: int | None) -> tuple[Entry, ...]:
    """Every entry on a matter, with those by which its names, or other names for them, were joined."""
    joinings = [(line, entry_of(line)) for line in shelf.find(Query(kinds=[Kind.NAME], last=last))]
    if isinstance(matter, Contingent):
        names = folded(entry for _, entry in joinings).names
        now = renamed(matter, names).codes
        codes = matter.codes | now | {code for code in names if name_of(code, names) in now}
        query = Query(kinds=[Kind.ENTRY], contingents=_alike(shelf, matter, names), last=last)
    else:
        codes = frozenset([matter])
        query = Query(kinds=ACTS, matters=[_matter_of(shelf, matter)], last=last)
    joined = {line.matter for line, entry in joinings if line.matter in codes or entry.into in codes}
    found = {line.n: entry for line, entry in joinings if line.matter in joined}
    found |= {line.n: entry_of(line) for line in shelf.find(query)}
    return tuple(found[n] for n in sorted(found))


def _matter_of(shelf: Shelf, name: str) -> str:
    """The matter of a statement or of a decision; a code or a person is its own."""
    decisions = (line.matter for line in shelf.find(Query(kinds=ACTS, ids=[name])))
    return shelf.matters([name]).get(name) or next(decisions, name)


def last_line(shelf: Shelf, known: datetime | None) -> int | None:
    """The place of the last line written by then, None for the end of the book."""
    return None if known is None else shelf.place(known)
