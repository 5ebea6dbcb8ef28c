"""The contingents of a day on a map: circles by strength, hatched where the strength is unknown.

A circle's area is the best figure, the thin ring around it the high one, the line within it the low one. Circles give
way to each other, largest first, and a line leads to the host where one had to move. Where nobody is, nothing is drawn,
and a figure for several hosts together is left out where one of them has a figure of its own: nobody is shown twice.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import cos, pi, sin, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from musterbook.charts.atlas import land, load_atlas
from musterbook.charts.picture import Key, Picture
from musterbook.charts.records import Holding, counted
from musterbook.charts.scales import HALO, round_step
from musterbook.charts.signs import ALONE, COLOURS
from musterbook.charts.svg import Given, group, line, tag, text, titled

LARGEST, LEAST, UNKNOWN = 30.0, 2.6, 5.0  # radii
WAYS, STRIDE, FARTHEST = 16, 2.5, 100.0  # in which directions and how far a circle may give way
RINGS = 6  # of places around a host that are looked at together
GAP = 0.8
ROOM = 5.0  # so many circles of the largest size have room on the map
NAMED = 9  # of the largest get their name beside them
LOOK: dict[str, Given] = {"fill": "currentColor", "fill_opacity": 0.75, "stroke_width": 0.6}
BY_FORCE, BY_SIZE = "force", "size"


@dataclass(frozen=True, slots=True)
class Circle:
    """A contingent in its place."""

    holding: Holding
    x: float
    y: float
    r: float
    home: tuple[float, float]  # where its host is


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large a circle stands for how many."""

    most: int
    largest: float

    def radius(self, number: int | None) -> float:
        """By area; unknown is a size of its own, and nobody so small that he cannot be seen."""
        if number is None:
            return UNKNOWN
        return max(LEAST, self.largest * sqrt(number / self.most)) if self.most else LEAST


def world(
    holdings: Sequence[Holding], day: date, by: str = BY_FORCE, land_at: str | None = None, title: str = ""
) -> Picture:
    """The map of a day. ``land_at`` is the address of ``land_file`` on a page's server; None draws the land itself."""
    atlas = load_atlas()
    shown = told_once([h for h in holdings if h.best != 0 and atlas.place(h.hosts)])
    sizes = sizes_for(shown)
    circles = placed(shown, sizes)
    colours = _colours(shown) if by == BY_FORCE else {}
    ground = tag("image", href=land_at, width=atlas.width, height=atlas.height) if land_at else land()
    leads = (_lead(circle) for circle in circles)
    parts = [
        tag("defs", _hatching()),
        ground,
        group(leads, stroke="#454b52", stroke_width=0.6, class_="mb-axis"),
        group(_by_colour(circles, colours, sizes), **LOOK),
        group(_names(circles), font_size=11, fill="#14181c"),
        _corner(sizes, atlas.height),
    ]
    heading = title or f"Troops abroad on {day}"
    keys = (*_keys(circles), *_force_keys(shown, colours))
    return Picture(heading, describe(holdings, day), atlas.width, atlas.height, "".join(parts), keys, "world")


def describe(holdings: Sequence[Holding], day: date) -> str:
    """What the map shows, in sentences."""
    known = sorted((h for h in holdings if h.best), key=lambda h: -(h.best or 0))
    unknown = sum(h.best is None for h in holdings)
    off = sum(load_atlas().place(h.hosts) is None for h in holdings)
    parts = [
        f"{counted(len(known), 'contingent')} with a known strength on {day}, and {unknown} of unknown strength"
    ]
    if known:
        parts.append("The largest: " + "; ".join(h.title for h in known[:5]))
    if off:
        parts.append(f"{counted(off, 'contingent')} in no place that the map shows")
    return ". ".join(parts) + "."


def told_once(holdings: Sequence[Holding]) -> list[Holding]:
    """The contingents without those for several hosts of which one has a figure of its own."""
    alone = {(h.force, h.hosts[0]) for h in holdings if len(h.hosts) == 1 and h.best is not None}
    return [h for h in holdings if len(h.hosts) == 1 or not any((h.force, host) in alone for host in h.hosts)]


def sizes_for(holdings: Sequence[Holding]) -> Sizes:
    """The scale for these: the more large ones there are, the smaller all are drawn."""
    found = [h.best for h in holdings if h.best]
    most = max(found, default=0)
    crowd = sum(found) / most if most else 1.0
    return Sizes(most, LARGEST * min(1.0, sqrt(ROOM / crowd)))


def placed(holdings: Sequence[Holding], scale: Sizes) -> list[Circle]:
    """The circles, largest first, each as near its host as those before it leave room."""
    atlas, found = load_atlas(), list[Circle]()
    sizes = sorted(
        ((scale.radius(h.best), h) for h in holdings), key=lambda pair: (-pair[0], pair[1].contingent)
    )
    taken = np.empty((3, len(sizes)))  # x, y and r of the circles that have their place
    for r, holding in sizes:
        home = atlas.place(holding.hosts)
        if home is not None:
            x, y = _spot(home, r, taken[:, : len(found)])
            taken[:, len(found)] = x, y, r
            found.append(Circle(holding, x, y, r, home))
    return found


_EAST, _SOUTH = (np.array([turn(2 * pi * i / WAYS) for i in range(WAYS)]) for turn in (cos, sin))


def _spot(home: tuple[float, float], r: float, taken: NDArray[Any]) -> tuple[float, float]:
    """The free place that is nearest to a host; the host's own where there is none far and wide."""
    x, y = home
    near = taken[:, np.abs(taken[:2] - np.array([[x], [y]])).max(axis=0) < FARTHEST + LARGEST + r]
    room = (near[2] + r + GAP) ** 2
    if ((near[0] - x) ** 2 + (near[1] - y) ** 2 >= room).all():
        return home
    stride = max(STRIDE, r * 0.6)
    rings = np.arange(1, int(FARTHEST / stride) + 1)
    for first in range(0, len(rings), RINGS):
        far = (rings[first : first + RINGS] * stride)[:, None]
        across, down = (x + far * _EAST).ravel(), (y + far * _SOUTH).ravel()
        apart = (near[0] - across[:, None]) ** 2 + (near[1] - down[:, None]) ** 2
        free = (apart >= room).all(axis=1)
        if free.any():
            place = int(free.argmax())
            return float(across[place]), float(down[place])
    return home


def _by_colour(circles: Sequence[Circle], colours: Mapping[str, int], sizes: Sizes) -> Iterator[str]:
    """The circles of each colour together, largest first; all of one colour where forces have none."""
    several: dict[int, list[Circle]] = defaultdict(list)
    for circle in circles:
        several[colours.get(circle.holding.force, 0) if colours else 1].append(circle)
    for number in sorted(several, key=lambda n: (n == 0, n)):
        colour = COLOURS[number - 1] if number else ALONE
        yield group(
            (_drawn(circle, sizes) for circle in several[number]), class_=f"mb-f{number}", color=colour
        )


def _drawn(circle: Circle, sizes: Sizes) -> str:
    """One circle with its rings, as a link that tells its strength."""
    holding = circle.holding
    at = {"cx": circle.x, "cy": circle.y}
    parts = [titled(holding.title)]
    if holding.best is None:
        dashed: dict[str, Given] = {"stroke": "currentColor", "stroke_dasharray": "2 1.5"}
        parts.append(tag("circle", **at, r=circle.r, fill="url(#world-hatch)", **dashed))
    else:
        parts.append(tag("circle", **at, r=circle.r))
        parts += _rings(holding, circle, sizes, at)
    name = "a" if holding.href else "g"
    return tag(name, *parts, href=holding.href or None, data_c=holding.contingent)


def _rings(holding: Holding, circle: Circle, sizes: Sizes, at: dict[str, float]) -> Iterator[str]:
    """How little and how much it may be, where that shows."""
    low, high = sizes.radius(holding.low), sizes.radius(holding.high)
    if holding.high is not None and high > circle.r + 0.7:
        yield tag("circle", **at, r=min(high, 2 * LARGEST), fill="none", stroke="currentColor")
    if holding.low is not None and LEAST < low < circle.r - 0.7:
        yield tag("circle", **at, r=low, fill="none", stroke="#fff")


def _lead(circle: Circle) -> str:
    """From a circle that gave way to its host."""
    x, y = circle.home
    far = sqrt((circle.x - x) ** 2 + (circle.y - y) ** 2)
    if far <= circle.r + 1:
        return ""
    share = circle.r / far
    return line(x, y, circle.x + (x - circle.x) * share, circle.y + (y - circle.y) * share)


def _names(circles: Sequence[Circle]) -> Iterator[str]:
    """The places of the largest, beside their circles, as far as there is room."""
    boxes = [(c.x - c.r, c.y - c.r, c.x + c.r, c.y + c.r) for c in circles]
    named: set[str] = set()
    for circle in circles:
        place = circle.holding.place_name
        if len(named) == NAMED or place in named or circle.holding.best is None:
            continue
        told = f"{place} {circle.holding.best:,}"
        for x, y, anchor in (
            (circle.x + circle.r + 3, circle.y + 4, "start"),
            (circle.x - circle.r - 3, circle.y + 4, "end"),
            (circle.x, circle.y - circle.r - 4, "middle"),
        ):
            box = _box(x, y, told, anchor)
            if not any(_meets(box, other) for other in boxes):
                boxes.append(box)
                named.add(place)
                yield text(x, y, told, text_anchor=anchor, class_="mb-strong mb-halo mb-minor", **HALO)
                break


Box = tuple[float, float, float, float]


def _box(x: float, y: float, told: str, anchor: str) -> Box:
    wide = 6.2 * len(told)
    left = x - {"start": 0.0, "end": wide, "middle": wide / 2}[anchor]
    return left, y - 10, left + wide, y + 3


def _meets(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _colours(holdings: Sequence[Holding]) -> Mapping[str, int]:
    """The forces with most troops, each with the number of its colour; all others share none."""
    sums = Counter[str]()
    for holding in holdings:
        sums[holding.force] += holding.best or 0
    first = sorted(sums, key=lambda force: (-sums[force], force))[: len(COLOURS)]
    return {force: i + 1 for i, force in enumerate(first)}


def _corner(sizes: Sizes, height: int) -> str:
    """How large a circle stands for how many, in a corner of the sea."""
    parts, bottom = [], height - 4
    for share in (0.6, 0.18, 0.03) if sizes.most else ():
        number = round(round_step(sizes.most * share))
        top = bottom - 2 * sizes.radius(number)
        circle: dict[str, Given] = {
            "cx": 40,
            "cy": (top + bottom) / 2,
            "r": (bottom - top) / 2,
            "fill": "none",
        }
        parts.append(tag("circle", **circle, stroke="#6b737b", class_="mb-axis"))
        parts.append(line(40, top, 82, top, stroke="#6b737b", stroke_width=0.5, class_="mb-axis"))
        parts.append(text(86, top + 4, f"{number:,}", class_="mb-minor"))
    return group(parts, font_size=11, fill="#454b52")


def _hatching() -> str:
    slanted = tag("path", d="M0 4 4 0", stroke="#5a626a", stroke_width=0.8, class_="mb-hatching")
    return tag("pattern", slanted, id="world-hatch", width=4, height=4, patternUnits="userSpaceOnUse")


def _keys(circles: Sequence[Circle]) -> Iterator[Key]:
    """What sizes, rings and hatching mean."""
    if circles:
        ring = tag("circle", cx=10, cy=7, r=6.5, fill="none", stroke="#454b52", class_="mb-axis")
        yield Key(
            ring + tag("circle", cx=10, cy=7, r=4, fill="#8b949c"), "best figure, and the high one as a ring"
        )
    if any(c.holding.best is None for c in circles):
        slants = "".join(
            line(x, 10, x + 6, 4, stroke="#5a626a", stroke_width=0.8, class_="mb-axis") for x in (5, 8)
        )
        edge: dict[str, Given] = {"stroke": "#5a626a", "stroke_dasharray": "2 1.5", "class_": "mb-axis"}
        yield Key(slants + tag("circle", cx=10, cy=7, r=5, fill="none", **edge), "unknown strength")


def _force_keys(holdings: Sequence[Holding], colours: Mapping[str, int]) -> Iterator[Key]:
    """Whose circles are whose."""
    names = {h.force: h.force_name for h in holdings}
    for force, number in colours.items():
        dot = tag(
            "circle", cx=10, cy=7, r=5, fill="currentColor", color=COLOURS[number - 1], class_=f"mb-f{number}"
        )
        yield Key(dot, names[force])
    if len(names) > len(colours) > 0:
        yield Key(
            tag("circle", cx=10, cy=7, r=5, fill="currentColor", color=ALONE, class_="mb-f0"), "all others"
        )
