"""Which number of a text carries which field of which labelled statement: the examples that the scorers learn from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from musterbook.reading.candidates import Candidate
from musterbook.reading.context import Context

FIELDS = ("level", "before", "after", "delta")
Labelled = dict[str, Any]


@dataclass
class Alignment:
    """``roles[i]`` is the role of candidate i, ``owners[i]`` the statements (by number) it belongs to."""

    roles: list[str]
    owners: list[set[int]]
    bound: dict[int, list[int]] = field(default_factory=dict)  # statement -> its candidates
    lost: list[int] = field(default_factory=list)  # statements none of whose numbers was found


def near(a: float, b: float) -> bool:
    """Equal for a reader's purposes."""
    return abs(a - b) <= max(0.5, 0.005 * abs(a))


def matches(candidate: Candidate, statement: Labelled) -> str | None:
    """The role that the candidate's number plays in the statement, if any."""
    q = candidate.quantity
    if q.form in ("share", "all"):
        return share_role(candidate, statement)
    if q.value is None:
        low, high = statement.get("low"), statement.get("high")
        hit = (
            low is not None
            and high is not None
            and q.low is not None
            and near(q.low, low)
            and q.high is not None
            and near(q.high, high)
        )
        return "level" if hit else None
    if near(abs(statement.get("before") or 0), q.value) and near(abs(statement.get("delta") or 0), q.value):
        return "last"
    for name in FIELDS:
        if statement.get(name) and near(abs(statement[name]), q.value):
            return name if name != "delta" else "gain" if statement["delta"] > 0 else "loss"
    if not any(statement.get(f) for f in FIELDS) and any(
        statement.get(f) is not None and near(statement[f], q.value) for f in ("low", "high")
    ):
        return "level"
    return None


def share_role(candidate: Candidate, statement: Labelled) -> str | None:
    """The role of a share: of what goes, of what stays, or a factor."""
    ratio, share = statement.get("ratio"), candidate.quantity.value
    if ratio is None or share is None:
        return None
    if share > 1:
        return "times" if abs(ratio - share) < 0.02 else None
    if abs(1 - share - ratio) < 0.02 and share != 0.5:
        return "gone"
    if abs(share - ratio) < 0.02:
        return "stays" if share != 0.5 else "gone"
    return None


def align(context: Context, statements: list[Labelled]) -> Alignment:
    """Every statement's numbers among the candidates of its evidence."""
    text, found = (
        context.sheet.text,
        Alignment(["none"] * len(context.candidates), [set() for _ in context.candidates]),
    )
    for number, statement in enumerate(statements):
        hits = list(hits_of(context, statement, text))
        for index, role in hits:
            if found.roles[index] == "none" or not found.owners[index]:
                found.roles[index] = role
            found.owners[index].add(number)
        found.bound[number] = [index for index, _ in hits]
        if not hits:
            found.lost.append(number)
    return found


def hits_of(context: Context, statement: Labelled, text: str) -> Iterator[tuple[int, str]]:
    """The statement's candidates inside its evidence, one a role (the nearest to the evidence's start)."""
    start = text.find(statement["evidence"])
    end, seen = start + len(statement["evidence"]), set()
    for index, candidate in enumerate(context.candidates):
        span = candidate.quantity.span
        if start <= span.start and span.end <= end:
            role = matches(candidate, statement)
            if role and role not in seen:
                seen.add(role)
                yield index, role
