"""Bars with their bounds: the largest contingents, or how often somebody's figures held.

A whisker goes from the low to the high end. What is unknown has a hatched stub and the word, never a bar of no length.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from musterbook.charts.picture import Picture
from musterbook.charts.records import Bar
from musterbook.charts.svg import Given, line, rect, tag, text, titled

WIDTH, ROW, THICK = 720, 40, 12
SIDE = 8
FILL, WHISKER = "#0072b2", "#14181c"


@dataclass(frozen=True, slots=True)
class Scale:
    """Lengths of bars; ``percent``: the values are shares, and the axis ends at all."""

    most: float
    width: float
    percent: bool = False

    def at(self, value: float) -> float:
        """How far a value reaches."""
        return self.width * min(1.0, value / self.most) if self.most else 0.0

    def told(self, value: float) -> str:
        """A value in words."""
        return f"{value:.0%}" if self.percent else f"{value:,.0f}"


def bars(found: Sequence[Bar], title: str, percent: bool = False, width: int = WIDTH) -> Picture:
    """The bars in the order given, the name of each above it, so that long names need no column."""
    ends = [end for bar in found for end in (bar.value, bar.high) if end is not None]
    most = 1.0 if percent else max(ends, default=1.0)
    usual = max((bar.value for bar in found if bar.value), default=most)
    scale = Scale(most if percent else min(most, usual * 1.8), width - SIDE, percent)
    parts = [_row(bar, i * ROW + 4, scale) for i, bar in enumerate(found)]
    hatch = tag("path", d="M0 4 4 0", stroke="#8b949c", class_="mb-hatching")
    defs = tag(
        "defs", tag("pattern", hatch, id="bars-hatch", width=4, height=4, patternUnits="userSpaceOnUse")
    )
    desc = "; ".join(_sentence(bar, scale) for bar in found) or "Nothing to compare"
    body = defs + "".join(parts)
    return Picture(title, f"{desc}.", width, max(ROW, len(found) * ROW), body, name=f"bars {title}")


def _row(bar: Bar, top: float, scale: Scale) -> str:
    """The name with the figure, and below them the bar."""
    note = f" ({bar.note})" if bar.note else ""
    told = scale.told(bar.value) if bar.value is not None else "unknown"
    name = text(0, top + 10, f"{bar.name}: {told}{note}", font_size=13, fill="#14181c", class_="mb-strong")
    y = top + 17
    drawn = _unknown(y) if bar.value is None else _known(bar, y, scale)
    held = titled(_sentence(bar, scale)) + name + drawn
    return tag("a", held, href=bar.href, class_="mb-bar") if bar.href else tag("g", held, class_="mb-bar")


def _unknown(y: float) -> str:
    return tag("rect", x=0, y=y, width=36, height=THICK, fill="url(#bars-hatch)")


def _known(bar: Bar, y: float, scale: Scale) -> str:
    end, middle = scale.at(bar.value or 0.0), y + THICK / 2
    parts = [rect(0, y, end, THICK, fill="currentColor", color=FILL, fill_opacity=0.75, class_="mb-f1")]
    if bar.low is not None and bar.high is not None:
        low, far = scale.at(bar.low), scale.at(bar.high)
        look: dict[str, Given] = {"stroke": WHISKER, "stroke_width": 1.4, "class_": "mb-edge"}
        parts += [line(low, middle, far, middle, **look)]
        parts += [line(x, middle - 4, x, middle + 4, **look) for x in (low, far)]
    return "".join(parts)


def _sentence(bar: Bar, scale: Scale) -> str:
    if bar.value is None:
        return f"{bar.name}: unknown"
    bounds = ""
    if bar.low is not None and bar.high is not None:
        bounds = f", between {scale.told(bar.low)} and {scale.told(bar.high)}"
    note = f" ({bar.note})" if bar.note else ""
    return f"{bar.name}: {scale.told(bar.value)}{note}{bounds}"
