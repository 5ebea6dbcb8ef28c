"""What is set beside each other: a figure of a series, what somebody else said, the estimate, and a verdict."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from musterbook.findings import Estimate
from musterbook.model import Contingent, CountingRule

AGREE, PART, OTHER_RULE = "agree", "part", "other rule"
NO_STATEMENT, NOT_COMPARABLE = "no statement", "not comparable"
VERDICTS = (AGREE, PART, OTHER_RULE, NOT_COMPARABLE, NO_STATEMENT)
TENTH = 0.1  # statements are rounded: so near is the same


@dataclass(frozen=True, slots=True)
class Official:
    """What the series gives for one contingent on one day, in persons; the largest where a row gives several counts."""

    contingent: Contingent
    day: date
    number: int
    rule: CountingRule
    is_floor: bool  # the series leaves some out: at least so many
    published: date | None
    statements: tuple[str, ...]  # ids


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody else said of the same contingent at about that time; several where parts are added up."""

    day: date
    number: int
    low: int | None
    high: int | None
    rule: CountingRule
    statements: tuple[str, ...]  # ids


@dataclass(frozen=True, slots=True)
class Comparison:
    """One figure of the series, the statement beside it, and the estimate from all statements but the series."""

    official: Official
    said: Said | None
    estimate: Estimate | None
    verdict: str
    repeats: int = 0  # statements that repeat the table
    also: tuple[Said, ...] = ()  # what others said of the same day as ``said``, where it is another number

    @property
    def ratio(self) -> float | None:
        """What was said as a share of the table's figure; None where there is nothing to divide, or a floor."""
        if self.said is None or not self.official.number or self.official.is_floor:
            return None
        return self.said.number / self.official.number

    @property
    def gap(self) -> int:
        """Persons by which the table goes beyond what was said; negative where more was said."""
        return self.official.number - self.said.number if self.said else 0

    @property
    def is_within(self) -> bool | None:
        """Whether the estimate's bounds hold the table's figure; None without bounds, or with a table that has none."""
        found = self.estimate
        if found is None or found.low is None or found.high is None or self.official.is_floor:
            return None
        return found.low <= self.official.number <= found.high


def verdict_on(one: Official, said: Said | None) -> str:
    """How the two stand to each other, in one of ``VERDICTS``."""
    if said is None:
        return NO_STATEMENT
    if one.is_floor:
        return NOT_COMPARABLE
    if agrees(one.number, said):
        return AGREE
    return PART if are_alike(said.rule, one.rule) else OTHER_RULE


def agrees(number: int, said: Said) -> bool:
    """Whether what was said is the table's figure but for a tenth, or between bounds that hold it."""
    if said.low is not None and said.high is not None and said.low <= number <= said.high:
        return True
    return abs(said.number - number) <= TENTH * number


def are_alike(rule: CountingRule, other: CountingRule) -> bool:
    """Whether two rules are the same, or one of them is not told."""
    return CountingRule.UNSPECIFIED in (rule, other) or rule is other
