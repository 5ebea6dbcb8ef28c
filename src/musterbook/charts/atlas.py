"""The world's outlines and where each state's circle sits, as tools/make_world.py drew them; read once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from musterbook.charts.svg import XMLNS, Given, group, tag

SEA_LAND, BORDER = "#7d8790", "#7d8790"  # shows on white and on black, so that one file serves both


@dataclass(frozen=True, slots=True)
class Atlas:
    """Outlines on a grid of this size, by code of the state; the ones without a code are of nobody we know."""

    width: int
    height: int
    shapes: Mapping[str, str]
    points: Mapping[str, tuple[float, float]]

    def place(self, hosts: tuple[str, ...]) -> tuple[float, float] | None:
        """Where the circle of a contingent sits: at its host, or amid several; None where no host is on the map."""
        known = [self.points[host] for host in hosts if host in self.points]
        if not known:
            return None
        return sum(x for x, _ in known) / len(known), sum(y for _, y in known) / len(known)


@cache
def load_atlas() -> Atlas:
    """The data file of the package."""
    held = json.loads(resources.files("musterbook.charts").joinpath("world.json").read_text(encoding="utf-8"))
    points = {code: (float(x), float(y)) for code, (x, y) in held["points"].items()}
    return Atlas(held["width"], held["height"], held["shapes"], points)


@cache
def land() -> str:
    """All outlines as one group of paths."""
    shapes = (tag("path", d=path) for path in load_atlas().shapes.values())
    look: dict[str, Given] = {
        "fill": SEA_LAND,
        "fill_opacity": 0.28,
        "stroke": BORDER,
        "stroke_opacity": 0.6,
        "stroke_width": 0.5,
    }
    return group(shapes, class_="mb-land", id="land", **look)


@cache
def land_file() -> str:
    """The outlines as a file of their own, which pages keep: the same for every map, in light and in dark."""
    atlas = load_atlas()
    return tag("svg", land(), xmlns=XMLNS, viewBox=f"0 0 {atlas.width} {atlas.height}") + "\n"
