"""The verdict on an announced change, by rules in the order in which they are asked: the first that applies decides.

What was reached stays reached, whatever grows again later. Nothing is broken by silence, and nothing by an echo.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from musterbook.findings import Verdict
from musterbook.model import Status
from musterbook.reckoning.pledges.cases import LATE, PARTLY, STAY, WATCHED, Case
from musterbook.reckoning.pledges.chains import REVERSED, SUPERSEDED, halts
from musterbook.reckoning.pledges.hearing import Hearing

JUST_DUE = timedelta(days=60)  # so long after its day nobody is asked yet why nothing tells


@dataclass(frozen=True, slots=True)
class Ruling:
    """A verdict with the day on which it could be known and the statements that decide it."""

    verdict: Verdict
    decided: date | None
    deciding: tuple[str, ...] = ()
    because: str = ""


Rule = Callable[[Hearing], Ruling | None]


def superseded(hearing: Hearing) -> Ruling | None:
    """Another target took its place before it was reached or fell due."""
    turn, reached = hearing.turn, hearing.reached
    if turn is None or turn.how != SUPERSEDED or reached:
        return None
    if hearing.missing and hearing.missing[0].published < turn.day:
        return None
    return Ruling(Verdict.SUPERSEDED, turn.day, _of(turn.by), "another target took its place")


def kept(hearing: Hearing) -> Ruling | None:
    """It was reached by its day, or seen reached with no sign that it had not been by then."""
    fact = hearing.reached
    if fact is None or hearing.is_late:
        return None
    if hearing.turn and hearing.turn.day < fact.published and hearing.case.deadline is None:
        return None
    return Ruling(Verdict.KEPT, fact.published, (fact.statement,), "reached by its day")


def reversed_(hearing: Hearing) -> Ruling | None:
    """The contrary was decided, or it was halted and then something contrary was decided."""
    turn = hearing.turn
    if turn and turn.how == REVERSED:
        return Ruling(Verdict.REVERSED, turn.day, _of(turn.by), "the contrary was decided")
    halted = halts(hearing.case, hearing.later)
    if not halted:
        return None
    day = next(f.published for f in hearing.case.facts if f.statement == halted[0])
    against = [o for o in hearing.later if hearing.is_contrary(o) and o.start and o.start >= day]
    if not against:
        return None
    words = "halted, then the contrary was decided"
    return Ruling(Verdict.REVERSED, against[0].start, (halted[0], *_of(against[0])), words)


def kept_late(hearing: Hearing) -> Ruling | None:
    """It was reached after its day, within a year."""
    deadline, fact = hearing.case.deadline, hearing.reached or hearing.nearly
    if fact is None or deadline is None or fact.day > deadline.last + LATE:
        return None
    words = "reached after its day" if hearing.reached else "nearly reached after its day"
    return Ruling(Verdict.KEPT_LATE, fact.published, (fact.statement,), words)


def frozen(hearing: Hearing) -> Ruling | None:
    """It was halted, and nobody has taken it up again."""
    case = hearing.case
    halted = halts(case, hearing.later)
    if not halted:
        return None
    day = next(f.published for f in case.facts if f.statement == halted[-1])
    promises = case.announcement.promises
    if any(p.statement.status is Status.UNDERWAY and p.published and p.published > day for p in promises):
        return None
    return Ruling(Verdict.FROZEN, day, (halted[-1],), "halted, and nothing since")


def partly_kept(hearing: Hearing) -> Ruling | None:
    """After its day a good part of the change was done, and no more."""
    case, missing = hearing.case, hearing.missing
    if not missing or case.aim.is_bound or case.direction in (None, STAY) or case.moved(missing[-1]) < PARTLY:
        return None
    first = next(fact for fact in missing if case.moved(fact) >= PARTLY)
    return Ruling(Verdict.PARTLY_KEPT, first.published, (first.statement,), "partly done after its day")


def broken(hearing: Hearing) -> Ruling | None:
    """After its day the strength was not what had been promised."""
    if not hearing.missing:
        return None
    case, last = hearing.case, hearing.missing[-1]
    first = next((f for f in hearing.missing if case.moved(f) < PARTLY or case.aim.is_bound), last)
    return Ruling(Verdict.BROKEN, first.published, (first.statement,), "not there after its day")


def waiting(hearing: Hearing) -> Ruling | None:
    """Its day is to come, or it has none and is not old."""
    case = hearing.case
    if case.deadline:
        is_open = hearing.day <= case.deadline.last
    else:
        is_open = case.start is not None and hearing.day <= case.start + WATCHED
    because = "its day is to come" if case.deadline else "no day was named"
    return Ruling(Verdict.OPEN, None, (), because) if is_open else None


def due(hearing: Hearing) -> Ruling | None:
    """Its day has just passed, and nothing tells yet."""
    deadline = hearing.case.deadline
    if deadline is None or hearing.day > deadline.last + JUST_DUE:
        return None
    return Ruling(Verdict.DUE, None, (), "its day has just passed")


def unverifiable(hearing: Hearing) -> Ruling:
    """Nothing tells, and nothing is to be awaited."""
    case = hearing.case
    end = case.deadline.last + JUST_DUE if case.deadline else case.start + WATCHED if case.start else None
    return Ruling(
        Verdict.UNVERIFIABLE, end + timedelta(1) if end else None, (), "nothing tells what became of it"
    )


RULES: tuple[Rule, ...] = (
    superseded,
    kept,
    reversed_,
    kept_late,
    frozen,
    partly_kept,
    broken,
    waiting,
    due,
)


def judge(hearing: Hearing) -> Ruling:
    """The ruling of the first rule that applies; without any, that nobody can tell."""
    return next((ruling for rule in RULES if (ruling := rule(hearing))), None) or unverifiable(hearing)


def _of(case: Case) -> tuple[str, ...]:
    """The statement that stands for a later announcement."""
    return (case.announcement.promises[0].statement.id,)
