"""What a whole book comes to at one moment, by contingent: a page about one looks at none of the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from musterbook.ledger.asof import Standing
from musterbook.model import Contingent, Entry

Placed = tuple[int, Entry]
"""An entry with its place among all."""


@dataclass(frozen=True)  # without slots: the order by contingents is kept beside the field
class Still:
    """A standing that no later line changes."""

    found: Standing

    def of(self, wanted: Callable[[Contingent], bool] | None) -> Standing:
        """The same of these contingents, in the order written; of all where it is None."""
        if wanted is None:
            return self.found
        placed = [
            one for contingent, several in self._shelves.items() if wanted(contingent) for one in several
        ]
        return replace(
            self.found, entries=tuple(entry for _, entry in sorted(placed, key=lambda one: one[0]))
        )

    def after(self, last: Still) -> Still:
        """The same; what stood before is the very record of then, so that what is kept of it is kept once."""
        before = {entry.statement.id: entry for entry in last.found.entries if entry.statement}
        same = (before.get(e.statement.id, e) if e.statement else e for e in self.found.entries)
        pairs = zip(same, self.found.entries, strict=True)
        return Still(replace(self.found, entries=tuple(old if old == new else new for old, new in pairs)))

    def alone(self, contingent: Contingent) -> Standing:
        """The same of one contingent."""
        return replace(self.found, entries=tuple(entry for _, entry in self._shelves.get(contingent, ())))

    @cached_property
    def _shelves(self) -> Mapping[Contingent, Sequence[Placed]]:
        """The entries of each contingent."""
        found: dict[Contingent, list[Placed]] = defaultdict(list)
        for place, entry in enumerate(self.found.entries):
            if entry.contingent:
                found[entry.contingent].append((place, entry))
        return dict(found)
