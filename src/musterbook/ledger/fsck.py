"""All that can be looked at in a book: ``verify``, every line made anew, and the database underneath."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from musterbook.errors import BookError
from musterbook.ledger.checking import LISTED, Fault, Verdict, inspect, inspector_of, verify
from musterbook.ledger.checkpoints import Checkpoint
from musterbook.ledger.slices import Progress
from musterbook.ledger.store import Store


@dataclass(frozen=True, slots=True)
class Health:
    """What was found, and what the book is kept in."""

    verdict: Verdict
    kinds: Mapping[str, int]  # lines of each kind
    facts: Mapping[str, str]  # about the database


def fsck(store: Store, notes: Sequence[Checkpoint] = (), progress: Progress | None = None) -> Health:
    """Look at everything."""
    verdict = verify(store, notes, progress)
    inspector = inspector_of(store)
    found = {fault.line: fault for fault in verdict.faults if fault.line}
    others = [fault for fault in verdict.faults if not fault.line]
    count = verdict.count
    try:
        for fault in inspect(store, inspector, progress):
            if fault.line not in found:
                count += 1
                found |= {fault.line: fault} if len(found) < LISTED else {}
    except BookError as trouble:
        others.append(Fault(0, str(trouble)))
        count += 1
    damage = store.damage()
    others += [Fault(0, words) for words in damage[:LISTED]]
    faults = (*(found[line] for line in sorted(found)), *others)
    seen = Verdict(
        verdict.lines, verdict.checkpoints, None if faults else verdict.now, faults, count + len(damage)
    )
    return Health(seen, dict(sorted(inspector.kinds.items())), store.facts())
