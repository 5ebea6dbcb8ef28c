"""A finished drawing: as part of a page, where the page's own rules style it, or as a file that stands alone."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from functools import cache
from importlib import resources

from musterbook.charts.svg import XMLNS, group, rect, tag, text, titled, words

LINE = 18  # height of a line of words
LETTER, NARROW = 7.4, 4.2  # width of a letter of the legend, about, and of a slim one
SLIM = frozenset("filjtrI1.,:;' -()")
ICON = 24
HEAD = 21


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of a legend: a sign, drawn within 20 by 14, and what it means."""

    sign: str
    told: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing with what it is called, what it tells those who cannot see it, and what its signs mean."""

    title: str
    desc: str
    width: int
    height: int
    body: str
    keys: tuple[Key, ...] = ()
    name: str = "chart"  # for ids within a page
    note: str = ""  # under the drawing that stands alone: what it was made from

    @property
    def svg(self) -> str:
        """The drawing for a page: no style of its own, so that a strict policy lets it pass."""
        box = f"0 0 {self.width} {self.height}"
        return self._drawn(box, self.body, width=self.width, height=self.height)

    @property
    def legend(self) -> str:
        """What the signs mean, as an HTML list for beneath the drawing; empty where there is nothing to tell."""
        size = {"width": "20", "height": "14", "viewBox": "0 0 20 14", "aria-hidden": "true"}
        rows = (tag("li", tag("svg", key.sign, **size), tag("span", words(key.told))) for key in self.keys)
        return f'<ul class="mb-legend">{"".join(rows)}</ul>' if self.keys else ""

    @property
    def alone(self) -> str:
        """The drawing as a file: with its heading, its legend, its note, and rules for light and dark."""
        return self._alone(tag("style", "\n", stylesheet()))

    @property
    def plain(self) -> str:
        """The same without rules, for what draws only by attributes."""
        return self._alone("")

    def _alone(self, style: str) -> str:
        side = 12
        head = textwrap.wrap(self.title, int(self.width / 9)) or [""]
        keys, room = self._keys(self.height + 22)
        foot = textwrap.wrap(self.note, int(self.width / LETTER)) if self.note else []
        over = HEAD * len(head) + 10
        under = 12 + room + LINE * len(foot) + (6 if foot else 0)
        heading = (
            text(
                0,
                -over + HEAD * (i + 1) - 4,
                told,
                class_="mb-strong",
                font_size=17,
                font_weight="bold",
                fill="#14181c",
            )
            for i, told in enumerate(head)
        )
        last = self.height + 22 + room + 4
        notes = (text(0, last + LINE * i, told, font_size=11, fill="#5a626a") for i, told in enumerate(foot))
        box = (-side, -over - side, self.width + 2 * side, self.height + over + under + 2 * side)
        paper = rect(*box, fill="#fff", class_="mb-paper")
        return (
            self._drawn(
                " ".join(str(round(n)) for n in box),
                style + paper + "".join(heading) + self.body + keys + "".join(notes),
                width=box[2],
                height=box[3],
            )
            + "\n"
        )

    def _keys(self, top: float) -> tuple[str, float]:
        """The legend under a drawing that stands alone, and how high it is."""
        parts, x, row = [], 0.0, 0
        for key in self.keys:
            wide = ICON + 22 + width_of(key.told)
            if x and x + wide > self.width:
                x, row = 0.0, row + 1
            sign = tag("g", key.sign, transform=f"translate({round(x)} {round(top + row * LINE - 11)})")
            parts += [sign, text(x + ICON + 2, top + row * LINE, key.told, font_size=12, fill="#454b52")]
            x += wide
        return group(parts), (row + 1) * LINE if parts else 0.0

    def _drawn(self, box: str, inside: str, **size: float) -> str:
        name = ident(self.name)
        called = tag("title", words(self.title), id=f"{name}-t") + tag(
            "desc", words(self.desc), id=f"{name}-d"
        )
        wide = " mb-wide" if self.width > 520 else ""
        return tag(
            "svg",
            called,
            inside,
            xmlns=XMLNS,
            viewBox=box,
            class_=f"mb-chart{wide}",
            role="group",
            aria_labelledby=f"{name}-t",
            aria_describedby=f"{name}-d",
            font_family="system-ui, 'DejaVu Sans', sans-serif",
            **size,
        )

    def _repr_svg_(self) -> str:
        """What a notebook shows."""
        return self.alone


def width_of(told: str, size: float = 12) -> float:
    """How wide words are, about, in letters of this size."""
    return sum(NARROW if letter in SLIM else LETTER for letter in told) * size / 12


def ident(words_: str) -> str:
    """Words as an id of a page."""
    return re.sub(r"[^A-Za-z0-9]+", "-", words_).strip("-") or "chart"


@cache
def stylesheet() -> str:
    """The rules that the drawings are made for; a page links them as a file of its own."""
    return resources.files("musterbook.charts").joinpath("charts.css").read_text(encoding="utf-8")


__all__ = ["Key", "Picture", "ident", "stylesheet", "titled"]
