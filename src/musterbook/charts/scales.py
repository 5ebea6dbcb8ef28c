"""Numbers and days to places on a drawing, with the ticks that a reader counts in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor, log10

from musterbook.charts.svg import Given, group, line, text

ROUND = (1, 2, 2.5, 5, 10)  # what a tick may be, times a power of ten
TICKS = 5  # about so many on the axis of numbers
LOG_TICKS, FEW_POWERS = (1, 2, 5), 3  # of so many powers of ten all are named, of more only the powers
FOOT = 0.4  # powers of ten between nought and the least number on such an axis
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240)  # months between ticks of days
PACE = 54  # units of the drawing that the name of a day takes, at least
FEW = 70  # days that are told one by one, by the week
HALO: dict[str, Given] = {"stroke": "#fff", "stroke_width": 3, "paint_order": "stroke"}  # around words
GRID, AXIS, INK = "#d9dde1", "#6b737b", "#454b52"


@dataclass(frozen=True, slots=True)
class Frame:
    """Where on the drawing the curve goes; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left


@dataclass(frozen=True, slots=True)
class Days:
    """The axis of days."""

    first: date
    last: date
    frame: Frame

    def at(self, day: date) -> float:
        """Where a day stands."""
        return self.frame.left + self.frame.width * self._share(day)

    def _share(self, day: date) -> float:
        return (day - self.first).days / max(1, (self.last - self.first).days)

    @property
    def _most(self) -> float:
        """So many days can be named."""
        return self.frame.width / PACE

    def ticks(self) -> Iterator[tuple[date, str]]:
        """The days that are named, with their names: years, or months, or days."""
        months = (self.last - self.first).days / 30.44
        if months * 30.44 <= FEW:
            yield from self._weeks()
            return
        step = next((s for s in STEPS if months / s <= self._most), STEPS[-1])
        start = self.first.year * 12 + self.first.month - 1
        for month in range(-(-start // step) * step, self.last.year * 12 + self.last.month, step):
            day = date(month // 12, month % 12 + 1, 1)
            if self.first <= day <= self.last:
                yield day, str(day.year) if day.month == 1 else MONTHS[day.month - 1]

    def _weeks(self) -> Iterator[tuple[date, str]]:
        """Every day of a few, else Mondays, as many of them as can be named."""
        whole = (self.last - self.first).days
        day, step = self.first, 1
        if whole > self._most:
            day += timedelta(-self.first.weekday() % 7)
            step = 7 * ceil(whole / 7 / self._most)
        while day <= self.last:
            yield day, f"{day.day} {MONTHS[day.month - 1]}"
            day += timedelta(step)

    def draw(self) -> str:
        """The axis with its ticks; every other name may go on a narrow screen."""
        y = self.frame.bottom
        named = [(day, name) for day, name in self.ticks() if self.frame.right - self.at(day) > 14]
        parts = [line(self.frame.left, y, self.frame.right, y, class_="mb-axis", stroke=AXIS)]
        for i, (day, name) in enumerate(named):
            x, minor = self.at(day), "mb-minor" if i % 2 else None
            parts.append(line(x, y, x, y + 5, class_="mb-axis", stroke=AXIS))
            parts.append(text(x, y + 20, name, text_anchor="start" if x < 14 else "middle", class_=minor))
        return group(parts, font_size=12, fill=INK)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The axis of persons, from nought, or in steps of ten times where ``log``."""

    top: float
    frame: Frame
    log: bool = False
    floor: float = 1.0  # where the steps of ten begin; what is less lies on the axis

    def at(self, number: float) -> float:
        """Where a number stands; one above the scale stands at its upper end."""
        height = self.frame.bottom - self.frame.top
        return self.frame.bottom - height * min(1.0, max(0.0, self._share(number)))

    def _share(self, number: float) -> float:
        if not self.log:
            return number / self.top
        if number < self.floor:
            return 0.0
        least, most = log10(self.floor) - FOOT, log10(self.top)
        return (log10(number) - least) / max(0.1, most - least)

    def ticks(self) -> list[int]:
        """The numbers that are named."""
        if self.log:
            powers = range(floor(log10(self.floor)), ceil(log10(self.top)) + 1)
            steps = LOG_TICKS if len(powers) <= FEW_POWERS + 1 else LOG_TICKS[:1]
            found = (round(k * 10.0**power) for power in powers for k in steps)
            return [0, *(n for n in found if self.floor <= n <= self.top)]
        step = round_step(self.top / TICKS)
        return [round(i * step) for i in range(int(self.top / step + 1e-9) + 1)]

    def draw(self) -> str:
        """Lines across, each with its number standing on it, so that names need no margin."""
        parts = []
        for i, number in enumerate(self.ticks()):
            y = self.at(number)
            if number:
                parts.append(line(self.frame.left, y, self.frame.right, y, class_="mb-grid", stroke=GRID))
            minor = "mb-minor" if i % 2 and self.log else None
            parts.append(
                text(
                    self.frame.left,
                    y - 4,
                    f"{number:,}",
                    class_=f"mb-halo {minor}" if minor else "mb-halo",
                    **HALO,
                )
            )
        return group(parts, font_size=12, fill=INK)


def numbers_for(told: Iterable[float], frame: Frame, log: bool = False) -> Numbers:
    """The axis that these numbers fit on, ending a little above the largest."""
    found = [number for number in told if number > 0] or [1]
    most = max(found)
    if log:
        least = 10.0 ** floor(log10(max(1, min(found))))
        return Numbers(max(most * 1.1, least * 10), frame, True, least)
    step = round_step(most / TICKS)
    return Numbers(max(most * 1.04, step * ceil(most / step - 0.5), 1), frame)


def round_step(number: float) -> float:
    """The next larger of 1, 2, 2.5, 5 times a power of ten; a whole number of persons."""
    power = 10.0 ** floor(log10(max(number, 1e-9)))
    return max(1.0, next(k * power for k in ROUND if k * power >= number * 0.999))
