"""Numbers that make one statement: "from 5,200 to 3,000", "of the 300, half", "2,200 fewer, leaving 3,000"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from musterbook.reading.candidates import Candidate
from musterbook.reading.context import Context
from musterbook.reading.roles import size_order

FURTHEST = 1  # sentences between two numbers of one statement
SAME_FIELD = ({"gain", "loss", "last"}, {"gone", "stays", "times"}, {"level"}, {"before", "last"}, {"after"})


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate with its role, the chance that it is of ours, and that of the role if it is."""

    index: int
    role: str
    chance: float
    share: float = 1.0


def link_features(context: Context, one: Found, other: Found) -> list[str]:
    """What speaks for two numbers, in text order, belonging to one statement."""
    a, b = context.candidates[one.index], context.candidates[other.index]
    roles = f"{one.role}>{other.role}"
    gap = range(a.beyond, b.outer)
    found = [
        f"roles={roles}",
        f"roles={roles} apart={b.sentence - a.sentence}",
        f"roles={roles} order={size_order(b, a)}",
    ]
    found.append(f"roles={roles} next={other.index - one.index}")
    found.append(f"gap={min(len(gap) // 3, 6)} apart={b.sentence - a.sentence}")
    found += [f"between:{context.shapes[i]}" for i in list(gap)[:14]]
    if len(gap) <= 5:
        found.append(f"bridge={' '.join(context.shapes[i] for i in gap)}")
    found += [
        f"first w-1={context.shape(a.outer - 1)}",
        f"second w-1={context.shape(b.outer - 1)}",
        f"second w-12={context.shape(b.outer - 2)} {context.shape(b.outer - 1)}",
    ]
    found.append(f"second then={context.shape(b.beyond)} {context.shape(b.beyond + 1)}")
    found.append(f"heads={a.head.kind if a.head else '-'}>{b.head.kind if b.head else '-'}")
    return found


def fits(candidates: Sequence[Candidate], group: Sequence[Found], other: Found) -> bool:
    """Whether the statement has room for one more number and its arithmetic holds."""
    roles = {f.role for f in group}
    if any(other.role in field and roles & field for field in SAME_FIELD):
        return False
    if "level" in roles or other.role == "level":
        return False
    return adds_up({f.role: candidates[f.index].quantity.value for f in (*group, other)})


def adds_up(values: dict[str, float | None]) -> bool:
    """Before plus change is after, where all three are given."""
    before, after = values.get("before"), values.get("after")
    change = values.get("gain") or -(values.get("loss") or 0) or None
    if before is not None and after is not None and change is not None:
        return abs(before + change - after) <= max(1.0, 0.06 * abs(change))
    if before is not None and after is not None and before == after:
        return False
    return not (before is not None and change is not None and before + change < 0)


def group(
    context: Context, found: Sequence[Found], linked: Callable[[Found, Found], float], least: float = 0.5
) -> list[list[Found]]:
    """The found numbers in groups, each a statement; text order, at most one group a number."""
    groups: list[list[Found]] = []
    for one in found:
        best, chance = None, least
        for made in groups[-3:]:
            last = made[-1]
            apart = context.candidates[one.index].sentence - context.candidates[last.index].sentence
            if apart > FURTHEST or not fits(context.candidates, made, one):
                continue
            likely = linked(last, one)
            if likely > chance:
                best, chance = made, likely
        if best is None:
            groups.append([one])
        else:
            best.append(one)
    return groups
