"""What a later announcement makes of an earlier one: it replaces it, reverses it, or leaves it to its day.

Two announcements about one contingent go together where one is a step to the other: "3,000 by September" on the way to
"all by May". Increments add up. A promise that is put off is not replaced: its own day judges it. A strength without a
day gives way to one that is announced for a whole area around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from musterbook.reckoning.pledges.aims import agree
from musterbook.reckoning.pledges.cases import DOWN, STAY, THERE, UP, WATCHED, Case
from musterbook.reckoning.pledges.evidence import HALT
from musterbook.values import Period

SUPERSEDED, REVERSED = "superseded", "reversed"
OCCASION = timedelta(days=3)  # what is said within is said together
SAME_TIME = timedelta(days=14)  # deadlines so near are one time
UNDUE = timedelta(days=60)  # its day is so near that a strength without a day is no step to it
STILL = timedelta(days=60)  # after its day, that it is given up is still told of it
OF_CHANGE = 0.25  # of a change: what the contrary must have to reverse it
NEXT = timedelta(days=400)  # the next link of a chain follows within


@dataclass(frozen=True, slots=True)
class Turn:
    """A later announcement that ends an earlier one."""

    by: Case
    how: str  # SUPERSEDED or REVERSED
    day: date


def turn_of(case: Case, later: Sequence[Case], wider: Sequence[Case] = ()) -> Turn | None:
    """The first later announcement that ends a case, None where none does; ``wider`` are those for areas around it."""
    own = (Turn(o, how, o.start) for o in later if o.start and (how := bearing(case, o)))
    around = (Turn(o, SUPERSEDED, o.start) for o in wider if o.start and _takes_in(case, o))
    found = [turn for turn in (next(own, None), next(around, None)) if turn]
    return min(found, key=lambda turn: turn.day, default=None)


def _takes_in(case: Case, other: Case) -> bool:
    """Whether a strength announced for a whole area takes the place of one that was to be somewhere in it, some day."""
    both = case.announcement.states_strength and other.announcement.states_strength
    is_free = case.deadline is None and not case.is_all and not other.is_all
    return both and is_free and has_weight(other) and _is_later(case, other) and _is_open(case, other)


def next_of(case: Case, later: Sequence[Case]) -> Case | None:
    """The next announcement in the chain: the one that says anew how many shall be there in the end."""
    if case.goal is None or not (case.announcement.states_strength or case.is_all):
        return None
    return next((o for o in later if bearing(case, o) or _follows(case, o)), None)


def bearing(case: Case, other: Case) -> str:
    """What a later announcement makes of an earlier one; empty where it leaves it alone."""
    if not _is_later(case, other) or not _is_open(case, other) or not has_weight(other):
        return ""
    if case.direction and other.direction and case.direction != other.direction:
        return _contrary(case, other)
    if (
        case.goal is None
        or other.goal is None
        or not other.announcement.states_strength
        or is_same(case, other)
    ):
        return ""
    if case.deadline and other.start and other.start > (case.due or other.start):
        return REVERSED if case.is_all and other.goal > 0 else ""
    return _further(case, other) if _goes_further(case, other) else _less_far(case, other)


def is_same(case: Case, other: Case) -> bool:
    """Whether both aim at the same strength, so that who reaches one has reached the other."""
    if case.goal is None or other.goal is None:
        return agree(case.aim, other.aim, case.before)
    larger = max(case.goal, other.goal)
    return abs(case.goal - other.goal) <= THERE * larger


def is_put_off(case: Case, other: Case) -> bool:
    """Whether the same is promised again for a later day."""
    own, new = case.deadline, other.deadline
    return bool(
        _is_later(case, other) and own and new and new.last > own.last + SAME_TIME and is_same(case, other)
    )


def family(case: Case, later: Sequence[Case]) -> list[Case]:
    """The case and its later rewordings, whose halt is its halt."""
    return [case, *(o for o in later if _is_later(case, o) and _is_open(case, o) and is_same(case, o))]


def halts(case: Case, later: Sequence[Case]) -> list[str]:
    """Ids of the statements that it is halted, in order of publication; one without figures halts everything."""
    kin = family(case, later)
    return [
        fact.statement
        for fact in case.facts
        if fact.kind == HALT and (fact.aim.is_empty or any(agree(k.aim, fact.aim, k.before) for k in kin))
    ]


def _is_later(case: Case, other: Case) -> bool:
    """Whether it was announced on a later occasion; what is only recalled was announced before."""
    if case.start is None or other.start is None or other.is_recalled:
        return False
    return other.start - case.start > OCCASION


def _is_open(case: Case, other: Case) -> bool:
    """Whether the earlier could still be kept when the later was announced, or had just failed."""
    if case.start is None or other.start is None:
        return False
    return other.start <= (case.due + STILL if case.due else case.start + WATCHED)


def has_weight(other: Case) -> bool:
    """Whether it may overturn an earlier one: what is only expected, or said by nobody, does so only for a day."""
    promises = other.announcement.promises
    is_said = len({p.statement.report for p in promises}) > 1 or any(p.statement.speaker for p in promises)
    return (other.announcement.is_binding and is_said) or other.deadline is not None


def _contrary(case: Case, other: Case) -> str:
    """A change the other way reverses; a reinforcement without a day leaves a withdrawal to its own day."""
    if case.deadline and (other.deadline is None or _before(other.deadline, case.deadline)):
        return ""
    moved, back = abs(case.aim.delta or 0), abs(other.aim.delta or 0)
    return REVERSED if not moved or not back or back >= OF_CHANGE * moved else ""


def _goes_further(case: Case, other: Case) -> bool:
    """Whether the later goes beyond the earlier in its direction."""
    down = other.direction if case.direction in (None, STAY) else case.direction
    further = (other.goal or 0) < (case.goal or 0)
    return further if down == DOWN else not further


def _further(case: Case, other: Case) -> str:
    """More of the same replaces what it goes beyond, unless it is the next step."""
    if not case.announcement.states_strength:
        return ""
    if other.is_all and not (case.deadline and other.deadline and _before(other.deadline, case.deadline)):
        return ""
    is_step = case.deadline and other.deadline and _before(case.deadline, other.deadline)
    return "" if is_step else SUPERSEDED


def _less_far(case: Case, other: Case) -> str:
    """Less than was promised replaces it; that some stay where all should go reverses it."""
    own, new = case.deadline, other.deadline
    if not case.announcement.states_strength and case.direction == UP:
        return ""
    if new and (own is None or _before(new, own)) and (own or case.is_all):
        return ""
    if own and new is None and other.start and other.start < own.last - UNDUE:
        return ""
    if case.is_all:
        return REVERSED
    return "" if own and new and _before(own, new) else SUPERSEDED


def _before(one: Period, other: Period) -> bool:
    """Whether one deadline is clearly before the other."""
    return one.last + SAME_TIME < other.last


def _follows(case: Case, other: Case) -> bool:
    """Whether the later says anew how many shall be there, be it after the earlier was kept."""
    if not _is_later(case, other) or case.start is None or other.start is None or other.goal is None:
        return False
    if not other.announcement.states_strength:
        return False
    own, new = case.deadline, other.deadline
    is_farther = own and (new is None or _before(new, own)) and _goes_further(other, case)
    return other.start - case.start <= NEXT and not is_farther
