"""Reports that go back to one announcement are a family; each joins, in the order of publication, the one it fits best.

A report is held against the families that share a figure, a speaker, words or the day with it, and against a few
members of each, so that ten thousand reports of one claim cost little more than ten thousand times one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from musterbook.model import Contingent, Entry, Report
from musterbook.reckoning.alike import beside
from musterbook.reckoning.kinship import ENOUGH, Pair, kinship
from musterbook.reckoning.likeness import Key, bands
from musterbook.reckoning.sheets import Sheet, sheets_by_contingent

LATEST = 8  # families under one key that a report is held against, the latest ones
MOST = 12  # families that a report is held against, those with most keys in common
HEARD = 6  # members of a family that it is held against: the first ones and the last ones
BEGINNING = 3  # how many of those are the first ones


@dataclass(slots=True, eq=False)
class Family:
    """Reports of one announcement about one contingent, first published first."""

    sheets: list[Sheet] = field(default_factory=list)

    @property
    def heard(self) -> list[Sheet]:
        """The members that another is held against."""
        if len(self.sheets) <= HEARD:
            return self.sheets
        return self.sheets[:BEGINNING] + self.sheets[BEGINNING - HEARD :]

    def fit(self, sheet: Sheet) -> float:
        """How well it fits: its kinship with whom it copies, else the mean of that with all but the farthest third."""
        pairs = [Pair(one, sheet) for one in self.heard]
        if all(pair.is_hopeless for pair in pairs):
            return 0.0
        weights = [kinship(pair) for pair in pairs]
        copied = max((w for w, pair in zip(weights, pairs, strict=True) if pair.is_copy), default=0.0)
        nearer = sorted(weights)[len(pairs) // 3 :]
        return max(copied, sum(nearer) / len(nearer))


Kin = Mapping[Contingent, Sequence[Family]]


KeptKin = dict[
    Contingent, tuple[tuple[Entry, ...], Sequence[Family]]
]  # families with the entries they are of


def kin_of(entries: Iterable[Entry], reports: Mapping[str, Report], kept: KeptKin | None = None) -> Kin:
    """The families of every contingent, contingents in their order; ``entries`` are those that stand.

    ``kept`` is filled with the families and the entries they are of: given again, only what changed is looked at.
    """
    kept, told = {} if kept is None else kept, defaultdict[Contingent, list[Entry]](list)
    for entry in entries:
        if entry.statement and entry.contingent:
            told[entry.contingent].append(entry)
    new = {c: tuple(told[c]) for c in told if c not in kept or kept[c][0] != tuple(told[c])}
    sheets = sheets_by_contingent((entry for several in new.values() for entry in several), reports)
    for contingent, several in new.items():
        kept[contingent] = several, families(sheets[contingent])
    return {contingent: kept[contingent][1] for contingent in sorted(told)}


def families(sheets: Iterable[tuple[Sheet, bytes]]) -> list[Family]:
    """The families of one contingent's reports, first published first, as ``sheets`` are."""
    found: list[Family] = []
    index: dict[Hashable, list[Family]] = defaultdict(list)
    for sheet, sketch in sheets:
        copies = bands(sketch)
        if sheet.is_table:
            found.append(Family([sheet]))
            continue
        family = _best(sheet, _candidates(sheet, copies, index))
        if family is None:
            found.append(family := Family())
        family.sheets.append(sheet)
        for key in _keys(sheet, copies):
            _shelve(index[key], family)
    return found


def _best(sheet: Sheet, candidates: Sequence[Family]) -> Family | None:
    """The family that a report fits best, the earlier one of two; none where it fits none."""
    best, most = None, ENOUGH
    for family in candidates:
        if (fit := family.fit(sheet)) > most or (best is None and fit >= most):
            best, most = family, fit
    return best


def _candidates(sheet: Sheet, copies: Sequence[Key], index: dict[Hashable, list[Family]]) -> list[Family]:
    """The families that share most keys with a report, first published first."""
    found = [family for key in _asked(sheet, copies) for family in index.get(key, ())]
    shared = Counter(map(id, found))
    nearest = {id(family): family for family in found}
    if len(nearest) > MOST:
        ranked = sorted(nearest.values(), key=lambda family: (-shared[id(family)], family.sheets[0].order))
        return sorted(ranked[:MOST], key=lambda family: family.sheets[0].order)
    return sorted(nearest.values(), key=lambda family: family.sheets[0].order)


def _keys(sheet: Sheet, copies: Sequence[Key]) -> Iterator[Hashable]:
    """What a report is found under."""
    yield sheet.published
    yield from copies
    yield from sheet.voices
    for said in sheet.said:
        yield from said.drawers


def _asked(sheet: Sheet, copies: Sequence[Key]) -> Iterator[Hashable]:
    """Under which keys a report looks for its kin."""
    yield from _keys(sheet, copies)
    if sheet.published and sheet.published > date.min:
        yield sheet.published - timedelta(days=1)
    for said in sheet.said:
        for drawer in said.drawers:
            yield from beside(drawer)


def _shelve(held: list[Family], family: Family) -> None:
    """Put a family behind the others under a key, which remembers the latest ones."""
    if family in held:
        held.remove(family)
    held.append(family)
    del held[:-LATEST]
