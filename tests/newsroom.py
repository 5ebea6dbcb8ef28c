"""Official counts turned into the kind of news that would have carried them, for estimates to be held against.

A country's quarterly counts (../shared, rows of DMDC's own reports, without countries whose contingency forces come and
go from the tables) are told by papers: rounded, hedged, late, with long gaps, repeated from old stories, misprinted.
Counts of quarters that no paper tells are the truth that an estimate never saw.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from books import line
from musterbook.model import Contingent, Entry, Report, Statement, Status
from musterbook.values import Attribution, Figures, Mention, Span
from official import official_counts

FEWEST = 100  # persons on the average: below, a handful of guards comes and goes
MANY = 12  # counts, for a history
PAPERS = tuple(f"Paper {n}" for n in range(40))
SPOKESMAN = Attribution("Col. Ann Lee, a Pentagon spokeswoman", name="Ann Lee")
OFFICIAL = Attribution("a U.S. official", named=False)


@dataclass(frozen=True, slots=True)
class Habits:
    """How the papers of one simulation are: shares of reports, and how often a quarter is told at all."""

    told: float = 0.35  # of the quarters
    rounded: float = 0.6  # to two digits, or to one
    hedged: float = 0.35  # about, nearly, more than
    misprinted: float = 0.03
    repeated: float = 0.3  # again later, as background
    wrong: float = 0.03  # another number altogether, of a part or of a region


@dataclass(slots=True)
class World:
    """What was told, and what was kept out: contingent and day with the official count."""

    entries: list[Entry] = field(default_factory=list)
    reports: dict[str, Report] = field(default_factory=dict)
    truth: list[tuple[Contingent, date, int]] = field(default_factory=list)


def countries() -> dict[str, list[tuple[date, int]]]:
    """The official counts by country in order of days, of countries with enough troops and a history."""
    counted = {contingent.place: sorted(counts.items()) for contingent, counts in official_counts().items()}
    return {
        code: counts
        for code, counts in counted.items()
        if len(counts) >= MANY and sum(number for _, number in counts) >= FEWEST * len(counts)
    }


def told(seed: int, habits: Habits = Habits()) -> World:
    """What the papers of this seed tell of every country, and what they leave out."""
    world, chance = World(), Random(seed)
    for code, counts in sorted(countries().items()):
        Newsroom(world, code, habits, chance).cover(counts)
    return world


@dataclass(slots=True)
class Newsroom:
    """Writes about the troops in one country."""

    world: World
    code: str
    habits: Habits
    chance: Random
    written: int = 0

    def cover(self, counts: list[tuple[date, int]]) -> None:
        """Tell some of the quarters, and keep the others out; the ends of the series are always told."""
        for i, (day, number) in enumerate(counts):
            if i in (0, len(counts) - 1) or self.chance.random() < self.habits.told:
                self.tell(day, number)
            else:
                self.world.truth.append((Contingent("USA", self.code), day, number))

    def tell(self, day: date, number: int) -> None:
        """One count in a paper of the days around, and perhaps again months later."""
        figures, speaker = self.figures(number), self.chance.choice((SPOKESMAN, SPOKESMAN, OFFICIAL, None))
        self.write(day + timedelta(self.chance.randint(-10, 25)), figures, speaker)
        if self.chance.random() < self.habits.repeated:
            for _ in range(self.chance.randint(1, 4)):
                self.write(day + timedelta(self.chance.randint(20, 300)), figures, None)

    def write(self, day: date, figures: Figures, speaker: Attribution | None) -> None:
        """One report with one statement."""
        self.written += 1
        words = f"{self.code} {self.written}: {figures.key()} {day}"
        told = Report(words, publisher=self.chance.choice(PAPERS), published=day, name=words)
        force, place = Mention("USA"), Mention(self.code)
        said = Statement(
            told.id, force, place, figures, Status.CURRENT, (Span(0, len(words)),), speaker=speaker
        )
        self.world.reports[told.id] = told
        self.world.entries.append(line(said))

    def figures(self, number: int) -> Figures:
        """The number as a paper prints it."""
        number = self._slipped(number)
        if self.chance.random() < self.habits.rounded:
            keep = self.chance.choice((1, 2, 2)) if number >= 100 else 1
            step = 10 ** max(0, len(str(number)) - keep)
            hedge = (
                self.chance.choice(("about", "about", "nearly", "more than"))
                if self.chance.random() < self.habits.hedged
                else ""
            )
            if hedge == "more than":
                number = number // step * step
                return Figures(level=number, low=number)
            number = -(-number // step) * step if hedge == "nearly" else round(number / step) * step
            return Figures(level=number, approx=bool(hedge))
        return Figures(level=number, approx=self.chance.random() < self.habits.hedged)

    def _slipped(self, number: int) -> int:
        """The number, or now and then another one."""
        draw = self.chance.random()
        if draw < self.habits.misprinted:
            return max(1, self.chance.choice((number // 10, number * 10, self._digit_changed(number))))
        if draw < self.habits.misprinted + self.habits.wrong:
            return max(1, round(number * self.chance.uniform(0.2, 3)))
        return number

    def _digit_changed(self, number: int) -> int:
        digits = list(str(number))
        digits[self.chance.randrange(len(digits))] = str(self.chance.randint(1, 9))
        return int("".join(digits))
