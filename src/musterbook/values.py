"""The small frozen values that records are made of; each checks itself once, at birth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a report's text, counted in characters: ``text[start:end]``."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"span {self.start}..{self.end} runs backwards or starts before the text")

    def cut(self, text: str) -> str:
        """The words that the span stands for."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Whether the other span lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Mention:
    """A force or place in the report's words (None where only implied) and the register's code for it."""

    code: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of one statement, in persons; every field is None where the report does not say.

    ``level`` is a stock now or earlier; ``before``, ``after``, ``delta`` (signed) and ``ratio`` (the share
    that remains) describe a change; ``low`` and ``high`` bound the number that they stand at. A range gives
    bounds and no number. "Up to 600" has ``high`` and no invented ``low``.
    """

    level: int | None = None
    before: int | None = None
    after: int | None = None
    delta: int | None = None
    ratio: float | None = None
    low: int | None = None
    high: int | None = None
    approx: bool = False

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"bounds crossed: {self.low} > {self.high}")
        for name in ("level", "before", "after", "low", "high"):
            value = getattr(self, name)
            if value is not None and value < 0:
                raise ValueError(f"{name} is negative: {value}")
        if self.ratio is not None and self.ratio < 0:
            raise ValueError(f"ratio is negative: {self.ratio}")
        if isinstance(self.ratio, int):  # 2 and 2.0 are one ratio, and must give one id
            object.__setattr__(self, "ratio", float(self.ratio))

    @property
    def is_change(self) -> bool:
        """Whether the figures speak of a change or a target rather than of a stock."""
        return any(v is not None for v in (self.before, self.after, self.delta, self.ratio))

    @property
    def is_empty(self) -> bool:
        """Whether no number is given at all (a qualitative statement)."""
        return not self.is_change and self.level is None and self.low is None and self.high is None

    def key(self) -> str:
        """A stable text of the figures, for content ids."""
        fields = ("level", "before", "after", "delta", "ratio", "low", "high")
        return " ".join(f"{f}={getattr(self, f)}" for f in fields if getattr(self, f) is not None)


@dataclass(frozen=True, slots=True)
class Period:
    """Days of the world that a figure applies to, first and last included; a deadline is its last day.

    ``first == last`` is a single day.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"period runs backwards: {self.first} > {self.last}")

    @classmethod
    def day(cls, day: date) -> Period:
        """The period of a single day."""
        return cls(day, day)

    @classmethod
    def parse(cls, text: str) -> Period:
        """``2020-09-30`` or ``2020-09-01/2020-09-30``; ValueError on anything else."""
        first, _, last = text.partition("/")
        return cls(date.fromisoformat(first), date.fromisoformat(last or first))

    def iso(self) -> str:
        """The interchange form, an ISO day or ``first/last``."""
        return self.first.isoformat() if self.first == self.last else f"{self.first}/{self.last}"

    @property
    def middle(self) -> date:
        """The day halfway, where a chart puts the figure."""
        return self.first + timedelta(days=(self.last - self.first).days // 2)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says it, put together from the whole report.

    ``words`` is the speaker as short text with name, rank and office. ``span`` is where this sentence names
    them (None when carried over from an earlier one). ``named`` is False for "a U.S. official".
    ``via`` are the agencies or outlets it passed through; ``at`` is where it was said ("in Baghdad"),
    ``on`` the day on which it was, where the report names one.
    """

    words: str
    name: str | None = None
    rank: str | None = None
    office: str | None = None
    organisation: str | None = None
    named: bool = True
    span: Span | None = None
    via: tuple[str, ...] = ()
    at: str | None = None
    on: date | None = None
