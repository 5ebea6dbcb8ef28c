"""The verdict on an announced change, by rules in the order in which they are asked: the first that applies decides.

What was reached stays reached, whatever grows again later. Nothing is broken by silence, and nothing by an echo.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from musterbook.model import Verdict
from musterbook.reckoning.pledges.cases import (
    BROKEN_BOUND,
    LATE,
    MISSED,
    OVERDUE,
    PARTLY,
    STAY,
    WATCHED,
    Case,
)
from musterbook.reckoning.pledges.chains import REVERSED, SUPERSEDED, Turn, halts, has_weight, is_put_off, turn_of
from musterbook.reckoning.pledges.evidence import STRENGTH, Fact
from musterbook.model import Status

JUST_DUE = timedelta(days=60)  # so long after its day nobody is asked yet why nothing tells
NEARBY = timedelta(days=3)  # reports so near speak of one time
SOME_LEFT = 0.1  # of the strength before: so many there, and not all have left


@dataclass(frozen=True, slots=True)
class Ruling:
    """A verdict with the day on which it could be known and the statements that decide it."""

    verdict: Verdict
    decided: date | None
    deciding: tuple[str, ...] = ()
    because: str = ""


@dataclass(frozen=True)
class Hearing:
    """A case with the later announcements of its contingent, as known on a day."""

    case: Case
    later: Sequence[Case]
    day: date

    @cached_property
    def turn(self) -> Turn | None:
        """The later announcement that ends it."""
        return turn_of(self.case, self.later)

    @cached_property
    def reached(self) -> Fact | None:
        """The first fact that shows it reached, before another target took its place."""
        end = self.turn.day if self.turn and self.turn.how == SUPERSEDED else date.max
        facts = (f for f in self.watched if self.case.is_there(f) and _is_before(f, end))
        return next((f for f in facts if not self._is_contested(f)), None)

    @cached_property
    def nearly(self) -> Fact | None:
        """The first strength after its day that is nearly the promised one, where none was reached in time."""
        due, end = self.case.due, self.turn.day if self.turn else date.max
        facts = (f for f in self.watched if due and f.day > due and f.published <= end)
        return next((f for f in facts if self.case.is_nearly_there(f)), None)

    @cached_property
    def watched(self) -> list[Fact]:
        """The facts that still speak of this announcement, in order of publication."""
        case = self.case
        if case.start is None:
            return []
        until = (case.deadline.last if case.deadline else case.start) + WATCHED
        return [fact for fact in case.facts if fact.day <= until]

    @cached_property
    def missing(self) -> list[Fact]:
        """The strengths that show it not reached when it should have been, before anything contrary was decided."""
        case, facts = self.case, self.case.facts
        if case.start is None:
            return []
        if case.deadline and case.due:
            first, last, known = case.deadline.middle, case.deadline.last + LATE, case.due
        else:
            waiting = BROKEN_BOUND if case.aim.is_bound else OVERDUE
            first, last, known = case.start + waiting, case.start + MISSED, case.start
        contrary = min((o.start for o in self.later if self._is_contrary(o)), default=date.max)
        return [f for f in facts if first <= f.day <= min(last, contrary) and f.published > known and case.is_missing(f)]

    def _is_contrary(self, other: Case) -> bool:
        """Whether a later announcement goes the other way, so that strengths after it tell nothing."""
        case = self.case
        is_later = bool(case.start and other.start and other.start > case.start and not other.is_recalled)
        goes_back = bool(case.direction and other.direction and case.direction != other.direction)
        return is_later and goes_back and has_weight(other)

    def _is_contested(self, fact: Fact) -> bool:
        """Whether another report of those days counts many where this one says that all have left."""
        case = self.case
        if fact.kind != STRENGTH or fact.best != 0 or fact.high or not case.before:
            return False
        beside = (f for f in case.facts if abs(f.published - fact.published) <= NEARBY and f.report != fact.report)
        return any(
            f.kind == STRENGTH and f.day >= fact.day and (f.low or f.best or 0) > SOME_LEFT * case.before
            for f in beside
        )

    @property
    def is_late(self) -> bool:
        """Whether what was reached was not there on its day."""
        fact, due = self.reached, self.case.due
        if fact is None or due is None or fact.day <= due:
            return False
        return fact.is_event or self._was_seen_missing(fact) or self._was_put_off(fact) or self._went_on(due, fact)

    def _was_seen_missing(self, fact: Fact) -> bool:
        deadline = self.case.deadline
        before = (f for f in self.case.facts if f.published < fact.published and f.day <= fact.day)
        return any(deadline and f.day >= deadline.middle and self.case.is_missing(f) for f in before)

    def _was_put_off(self, fact: Fact) -> bool:
        return any(is_put_off(self.case, o) and o.start and o.start <= fact.published for o in self.later)

    def _went_on(self, due: date, fact: Fact) -> bool:
        """Whether it was still under way after its day."""
        promises = self.case.announcement.promises
        under_way = (p.published for p in promises if p.statement.status is Status.UNDERWAY and p.published)
        return any(due < day < fact.published for day in under_way)


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
    against = [o for o in hearing.later if hearing._is_contrary(o) and o.start and o.start >= day]
    if not against:
        return None
    return Ruling(Verdict.REVERSED, against[0].start, (halted[0], *_of(against[0])), "halted, then the contrary was decided")


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
    again = [p for p in case.announcement.promises if p.statement.status is Status.UNDERWAY and p.published and p.published > day]
    if again:
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
    return Ruling(Verdict.OPEN, None, (), "its day is to come" if case.deadline else "no day was named") if is_open else None


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
    return Ruling(Verdict.UNVERIFIABLE, end + timedelta(1) if end else None, (), "nothing tells what became of it")


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


def _is_before(fact: Fact, end: date) -> bool:
    """Whether it came out before another target took the place; a finished change may be told on the same day."""
    return fact.published < end or (fact.published == end and bool(fact.is_event or fact.aim.names_strength))


def _of(case: Case) -> tuple[str, ...]:
    """The statement that stands for a later announcement."""
    return (case.announcement.promises[0].statement.id,)

