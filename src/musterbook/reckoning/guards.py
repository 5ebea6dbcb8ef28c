"""Nothing is published that nobody would believe: a slip of a digit, or a jump that nothing announced leads to.

Statements are judged in the order of their publication, each contingent for itself. What passes is trusted, and is
what others are compared with; what is held never is, so that one misprint does not hold the true figures after it.

- *ten-times*: a strength that is ten times most of the trusted ones around it, or a tenth of them, where nothing
  announced leads there. Where one that stood alone is contradicted by two that agree, it is that one which is held.
  A target is held only where it is ten times too high: a plan to leave few is no misprint.
- *jump*: a strength more than half above or below every trusted one around it, counted in the same way, where
  nothing announced leads there from the last. However many unknown pages say so: a false report has many copies. Two
  established sources that agree release each other, and so does a figure of another source that is trusted later.

An editor's confirmation releases a statement, and with it what is near to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations

from musterbook.findings import Hold
from musterbook.model import Contingent, CountingRule, Entry, Report
from musterbook.reckoning.counts import Count, Telling, is_ten_times, jumps, telling_of, tenfold
from musterbook.reckoning.outlook import YEAR, Outlook
from musterbook.reckoning.shelf import Shelf

TEN_TIMES, JUMP = "ten-times", "jump"
SEASON = timedelta(days=120)  # official counts come by the quarter: each finds the one before it
DAYS = timedelta(days=14)  # within which two established sources tell one thing
LASTING = 2 * YEAR  # a strength that somebody gives so much later may bear out an earlier one
OUTVOTE = 2  # so many that agree, of different sources or days, outvote one that stands alone
Whole = tuple[object, ...]
CURE = "read its words, then confirm the statement or retract it"


def held(
    entries: Iterable[Entry], reports: Mapping[str, Report], released: Collection[str] = ()
) -> tuple[Hold, ...]:
    """The statements to be kept back, in the order of contingents and then of publication.

    ``entries`` are those that stand (``Book.entries``), of all contingents or of one; ``released`` are the ids of
    statements that an editor has confirmed.
    """
    told: dict[Contingent, list[Telling]] = defaultdict(list)
    for entry in entries:
        if telling := telling_of(entry, reports):
            told[telling.contingent].append(telling)
    confirmed = frozenset(released)
    return tuple(hold for contingent in sorted(told) for hold in _held(told[contingent], confirmed))


def published(
    entries: Sequence[Entry], reports: Mapping[str, Report], released: Collection[str] = ()
) -> tuple[Entry, ...]:
    """The entries that figures may be reckoned from: those that are not held."""
    return without(entries, held(entries, reports, released))


def without(entries: Iterable[Entry], holds: Iterable[Hold]) -> tuple[Entry, ...]:
    """The entries whose statements are not among the held ones."""
    kept_back = {hold.statement for hold in holds}
    return tuple(e for e in entries if e.statement is None or e.statement.id not in kept_back)


def _held(told: list[Telling], released: frozenset[str]) -> list[Hold]:
    """The holds of one contingent, judged anew after each count that others have outvoted."""
    told = sorted(told, key=lambda telling: telling.order)
    confirmed = [c for telling in told if telling.statement.id in released for c in telling.counts]
    outvoted: dict[str, list[Count]] = {}
    borne_out: set[str] = set()
    while True:
        watch = Watch(released, confirmed, outvoted, frozenset(borne_out))
        for telling in told:
            watch.judge(telling)
        more, others = watch.outvoted_now(), watch.borne_out_now()
        if not more and not others:
            return watch.holds
        outvoted |= more
        borne_out |= others


@dataclass(slots=True)
class Watch:
    """One pass over a contingent's statements in the order of publication."""

    released: frozenset[str]
    confirmed: list[Count]
    outvoted: Mapping[str, list[Count]]  # statements that an earlier pass found outvoted, and by whom
    borne_out: frozenset[str]  # statements whose jump an earlier pass found borne out
    holds: list[Hold] = field(default_factory=list)
    outlook: Outlook = field(default_factory=Outlook)
    strengths: dict[bool, Shelf] = field(default_factory=lambda: defaultdict(Shelf))  # by is_cap
    targets: dict[bool, Shelf] = field(default_factory=lambda: defaultdict(Shelf))  # by is_cap
    counted: dict[CountingRule, Shelf] = field(default_factory=lambda: defaultdict(Shelf))
    wholes: set[Whole] = field(default_factory=set)
    leaps: list[Count] = field(default_factory=list)  # held for their jump
    opposed: dict[Count, list[Count]] = field(
        default_factory=dict
    )  # trusted strengths, with the held against them

    def judge(self, telling: Telling) -> None:
        """Hold the statement, or trust what it says; a part of a trusted whole is neither."""
        counts = [count for count in telling.counts if count.whole not in self.wholes]
        for count in counts if telling.statement.id not in self.released else ():
            code, against = self._objection(count)
            if against and not self._is_confirmed(count):
                self._hold(telling, code, count, against)
                return
        for count in counts:
            self._trust(count)
        strength = self.strengths[False].last(telling.published)
        self.outlook.add(telling.statement, telling.published, strength)

    def outvoted_now(self) -> dict[str, list[Count]]:
        """The first trusted strength that stands alone against two held ones which agree, if there is one."""
        for lone in filter(self._stands_alone, self.opposed):
            votes = {count.vote: count for count in reversed(self.opposed[lone])}.values()
            pairs = ((one, other) for one, other in combinations(votes, OUTVOTE) if not tenfold(one, other))
            if pair := next(pairs, None):
                return {lone.statement: list(pair)}
        return {}

    def borne_out_now(self) -> frozenset[str]:
        """The held jumps that an established source tells as well, or that a trusted figure bears out later."""
        return frozenset(
            leap.statement for leap in self.leaps if self._is_told_again(leap) or self._is_so(leap)
        )

    def _is_told_again(self, leap: Count) -> bool:
        """Whether two established sources tell it within days, and no trusted figure after them speaks against it."""
        return any(
            leap.is_established
            and other.is_established
            and other.source != leap.source
            and abs(other.published - leap.published) <= DAYS
            and self._agree(leap, other)
            for other in self.leaps
        ) and not self._is_taken_back(leap)

    def _is_taken_back(self, leap: Count) -> bool:
        """Whether a trusted figure of the season after it does not agree."""
        near = self.counted[leap.counting].around(leap, leap.day, SEASON)
        return any(other.published > leap.published and not self._agree(leap, other) for other in near)

    def _is_so(self, leap: Count) -> bool:
        """Whether a figure that another source gave later is trusted, and agrees."""
        later = self.counted[leap.counting].around(leap, leap.day, LASTING)
        return not self._is_taken_back(leap) and any(
            other.published > leap.published and other.source != leap.source and self._agree(leap, other)
            for other in later
        )

    def _agree(self, one: Count, other: Count) -> bool:
        """Whether two strengths of about the same time, counted alike, are of about the same size."""
        near = abs(one.day - other.day) <= LASTING and one.counting == other.counting
        return near and not jumps(*(c.plain for c in sorted((one, other), key=_in_time)))

    def _objection(self, count: Count) -> tuple[str, list[Count]]:
        """Why a count is not to be trusted, and the counts that speak against it; none when it may be."""
        if count.statement in self.outvoted:
            return TEN_TIMES, self.outvoted[count.statement]
        if count.is_target:
            return TEN_TIMES, self._below(count)
        near = self.strengths[count.is_cap].around(count, count.day, YEAR)
        apart = [other for other in near if self._is_slip(other, count)]
        alike = [other for other in near if not tenfold(other.plain, count.plain)]
        if len(apart) > len(alike):
            return TEN_TIMES, apart
        return JUMP, [] if count.statement in self.borne_out else self._left_behind(count)

    def _below(self, target: Count) -> list[Count]:
        """What a target is ten times too high for: most of the targets for that time and the strengths of its own."""
        near = self.targets[target.is_cap].around(target, target.day, YEAR)
        near += self.strengths[target.is_cap].around(target, target.published, YEAR)
        below = [other for other in near if is_ten_times(target, other)]
        return below if 2 * len(below) > len(near) else []

    def _is_slip(self, trusted: Count, count: Count) -> bool:
        """Whether a strength is ten times apart from a trusted one, and nothing leads from the earlier to the later."""
        before, after = sorted((trusted, count), key=_in_time)
        return tenfold(before, after) and not self.outlook.prepares(before, after)

    def _left_behind(self, count: Count) -> list[Count]:
        """The trusted strengths that a strength jumps from; none where it is near to one, or led to from the last."""
        near = self.counted[count.counting].around(count, count.day, SEASON)
        last = max((other.day for other in near if other.day <= count.day), default=None)
        pairs = [sorted((other, count), key=_in_time) for other in near]
        is_near = any(not jumps(before.plain, after.plain) for before, after in pairs)
        is_led_to = any(self.outlook.prepares(other, count) for other in near if other.day == last)
        if last is None or is_near or is_led_to:
            return []
        return [other for other, (before, after) in zip(near, pairs, strict=True) if jumps(before, after)]

    def _is_confirmed(self, count: Count) -> bool:
        """Whether an editor has confirmed a count of about the same size and time."""
        return any(
            c.is_target == count.is_target
            and c.counting == count.counting
            and abs(c.day - count.day) <= SEASON
            and not jumps(*sorted((c, count), key=_in_time))
            for c in self.confirmed
        )

    def _stands_alone(self, count: Count) -> bool:
        """Whether nobody confirmed a strength, and no other trusted one around it is of its size."""
        near = self.strengths[count.is_cap].around(count, count.day, YEAR)
        return count.statement not in self.released and all(tenfold(count, other) for other in near)

    def _trust(self, count: Count) -> None:
        """Let others be compared with a count; what only bounds from above is no measure for any."""
        self.wholes.add(count.whole)
        if count.is_open_below:
            return
        if count.is_target:
            self.targets[count.is_cap].add(count)
        else:
            self.strengths[count.is_cap].add(count)
            self.counted[count.counting].add(count)

    def _hold(self, telling: Telling, code: str, count: Count, against: list[Count]) -> None:
        """Keep a statement back, and remember whom it speaks against in its turn."""
        for other in against if code == TEN_TIMES and not count.is_target else ():
            self.opposed.setdefault(other, []).append(count)
        if code == JUMP:
            self.leaps.append(count)
        ids = tuple(dict.fromkeys(other.statement for other in against))
        words = f"{_words(code, count, against[0])}: {CURE}"
        self.holds.append(Hold(telling.statement.id, telling.contingent, code, words, ids))


def _words(code: str, count: Count, other: Count) -> str:
    """The two figures and their days, and what is odd about them."""
    told, known = f"{count.number:,} on {count.day}", f"{other.number:,} on {other.day}"
    way = "more" if count.number > other.number else "less"
    if code == TEN_TIMES:
        times = max(count.number, other.number) / max(1, min(count.number, other.number))
        return f"{'planned ' if count.is_target else ''}{told} is {times:,.0f} times {way} than {known}"
    change = f"is {abs(count.number / other.number - 1):.0%} {way} than" if other.number else "follows"
    return f"{told} {change} {known}, and nothing announced leads there"


def _in_time(count: Count) -> tuple[date, date]:
    """By the day that a count is of, then by that of its report."""
    return count.day, count.published
