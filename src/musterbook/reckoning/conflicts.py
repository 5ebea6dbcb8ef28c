"""All that does not add up or cannot all be true, in one list: sums, parts, retellings, sources, jumps.

Nothing is changed for it. What a guard holds is told as the guard tells it, and not doubted a second time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from musterbook.findings import Conflict, Hold
from musterbook.model import Contingent, CountingRule, Entry, Report
from musterbook.reckoning.apart import RULES, apart
from musterbook.reckoning.arithmetic import order
from musterbook.reckoning.belonging import Belonging
from musterbook.reckoning.parts import MEMBER
from musterbook.reckoning.retold import retold
from musterbook.reckoning.strength import Stock, stock_of
from musterbook.reckoning.within import within_reports

JUMPS = ("ten-times", "jump")  # the holds of the guards that are about figures


def all_conflicts(
    entries: Collection[Entry],
    reports: Mapping[str, Report],
    belonging: Belonging,
    first: Mapping[str, str] | None = None,
    holds: Iterable[Hold] = (),
) -> tuple[Conflict, ...]:
    """Every conflict of the entries that stand, in the order of contingents.

    ``first`` leads from a statement to the first of its utterance (an empty mapping: each on its own); ``holds`` are
    what the guards hold (``guards.held``).
    """
    summed = (*within_reports(entries, reports, belonging.is_part), *retold(entries, reports, first))
    parted = apart(entries, reports, first)
    jumps = _jumps(holds, parted)
    told = {frozenset(pair) for jump in jumps for pair in _pairs(jump.basis) if not jump.explained}
    wrong = {conflict.misprint.statement for conflict in summed if conflict.misprint}
    others = [
        conflict
        for conflict in (*parted, *_members(entries, reports, belonging))
        if frozenset(conflict.basis) not in told and wrong.isdisjoint(conflict.basis)
    ]
    return tuple(sorted((*summed, *jumps, *others), key=order))


def _jumps(holds: Iterable[Hold], parted: Iterable[Conflict]) -> list[Conflict]:
    """What the guards hold; explained where it was counted by another rule than what it jumps from."""
    by_rule = {identity for conflict in parted if conflict.code == RULES for identity in conflict.basis}
    found = []
    for hold in holds:
        if hold.code in JUMPS:
            basis = hold.statement, *hold.against
            explained = hold.statement in by_rule and not by_rule.isdisjoint(hold.against)
            message = hold.message.partition(": ")[0]
            found.append(Conflict(hold.contingent, hold.code, message, basis, explained=explained))
    return found


def _pairs(basis: Sequence[str]) -> Iterator[tuple[str, str]]:
    return ((basis[0], other) for other in basis[1:])


def _members(
    entries: Iterable[Entry], reports: Mapping[str, Report], belonging: Belonging
) -> Iterator[Conflict]:
    """Shares of a mission or coalition that exceed it on one day; a state may have troops outside of it as well."""
    wholes: dict[tuple[str, date], list[Stock]] = defaultdict(list)
    shares: list[Stock] = []
    for entry in entries:
        stock = stock_of(entry, reports)
        if stock is None or stock.day is None or stock.size < 0:
            continue
        if stock.statement.rule is CountingRule.COALITION_SHARE or stock.contingent.mission:
            shares.append(stock)
        elif stock.contingent.force not in belonging.states:
            wholes[stock.contingent.place, stock.day].append(stock)
    for share in shares:
        for whole in wholes.get((share.contingent.place, share.day or date.min), ()):
            if _exceeds(share, whole, belonging) and share.statement.report != whole.statement.report:
                yield _member(share, whole)


def _exceeds(share: Stock, whole: Stock, belonging: Belonging) -> bool:
    mission = share.contingent.mission
    mine = (
        mission == whole.contingent.force
        if mission
        else belonging.is_member(share.contingent.force, whole.contingent.force)
    )
    return mine and whole.high is not None and (share.low or 0) > whole.high


def _member(share: Stock, whole: Stock) -> Conflict:
    basis = whole.statement.id, share.statement.id
    contingent: Contingent = whole.contingent
    message = (
        f"{share.size:,} from {share.contingent.force} cannot be a part of {whole.size:,} on {share.day}"
    )
    return Conflict(contingent, MEMBER, message, basis)
