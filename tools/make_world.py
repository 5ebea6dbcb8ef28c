"""Makes the map's shapes, src/musterbook/charts/world.json, from Natural Earth (public domain).

usage: python tools/make_world.py countries-110m.json countries-50m.json

Both files come with the npm package world-atlas 2.0.2, which is Natural Earth as TopoJSON; get them once with
`npm pack world-atlas@2.0.2`. Outlines are taken from the coarse file, where to put a circle from the finer one, which
knows small states. Everything is drawn on one grid of whole numbers in the Equal Earth projection (Šavrič, Patterson,
Jenny 2018), so that nothing is projected when a map is drawn. A state is named by its code in our register: the files
give UN numbers, and for territories without a number a name, which the register resolves or which stays nameless.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any

from musterbook.lexicon.register import load_register

TARGET = Path(__file__).resolve().parents[1] / "src/musterbook/charts/world.json"
WIDTH = 1000
NORTH, SOUTH = 84.0, -56.0  # degrees of latitude that are drawn
LEAST = 3  # corners; an outline that has fewer on the grid is left out
FACTORS = (1.340264, -0.081106, 0.000893, 0.003796)  # of the Equal Earth projection
PACE = 40  # steps across a state in looking for the point farthest from its borders

Point = tuple[float, float]
Ring = list[Point]


def equal_earth(longitude: float, latitude: float) -> Point:
    """Where a place lies on the plane; x to the east, y to the north."""
    a, b, c, d = FACTORS
    t = asin(sqrt(3) / 2 * sin(radians(latitude)))
    t2, t6 = t * t, t**6
    y = t * (a + b * t2 + t6 * (c + d * t2))
    slope = 9 * d * t6 * t2 + 7 * c * t6 + 3 * b * t2 + a
    return 2 * sqrt(3) * radians(longitude) * cos(t) / (3 * slope), y


EAST = equal_earth(180, 0)[0]
TOP, BOTTOM = equal_earth(0, NORTH)[1], equal_earth(0, SOUTH)[1]
SCALE = WIDTH / (2 * EAST)


def on_grid(place: Point) -> Point:
    """A longitude and latitude as a point of the drawing, y downwards."""
    x, y = equal_earth(*place)
    return (x + EAST) * SCALE, (TOP - y) * SCALE


@dataclass(frozen=True)
class Atlas:
    """A TopoJSON file: borders as arcs, each shared by the two states that it parts."""

    arcs: list[Ring]
    states: list[Mapping[str, Any]]

    @classmethod
    def read(cls, path: Path) -> Atlas:
        """The file with its arcs in degrees."""
        told = json.loads(path.read_text(encoding="utf-8"))
        (kx, ky), (tx, ty) = told["transform"]["scale"], told["transform"]["translate"]
        arcs = []
        for steps in told["arcs"]:
            x = y = 0
            arc: Ring = []
            for dx, dy in steps:
                x, y = x + dx, y + dy
                arc.append((x * kx + tx, y * ky + ty))
            arcs.append(arc)
        return cls(arcs, told["objects"]["countries"]["geometries"])

    def rings(self, state: Mapping[str, Any]) -> Iterator[Ring]:
        """The outlines of a state, islands and enclaves too, in degrees."""
        several = [state["arcs"]] if state["type"] == "Polygon" else state.get("arcs", [])
        for polygon in several:
            for ring in polygon:
                whole: Ring = []
                for number in ring:
                    arc = self.arcs[number] if number >= 0 else self.arcs[~number][::-1]
                    whole.extend(arc[1:] if whole else arc)
                yield from unfolded(whole)


def unfolded(ring: Ring) -> Iterator[Ring]:
    """An outline that crosses the date line as its two sides, each within the drawing; any other as it is."""
    whole: Ring = []
    for longitude, latitude in ring:
        turn = round(((whole[-1][0] if whole else longitude) - longitude) / 360) * 360
        whole.append((longitude + turn, latitude))
    for turn in (0.0, 360.0, -360.0):
        moved = [(longitude + turn, latitude) for longitude, latitude in whole]
        side = _cut(_cut(moved, 180.0, 1), -180.0, -1)
        if side:
            yield side


def _cut(ring: Ring, edge: float, sign: int) -> Ring:
    """What of an outline lies on this side of a meridian."""
    kept: Ring = []
    for before, after in zip([*ring[-1:], *ring[:-1]], ring, strict=True):
        inner, outer = sign * (before[0] - edge) <= 0, sign * (after[0] - edge) <= 0
        if inner != outer:
            share = (edge - before[0]) / (after[0] - before[0])
            kept.append((edge, before[1] + share * (after[1] - before[1])))
        if outer:
            kept.append(after)
    return kept


def code_of(state: Mapping[str, Any]) -> str:
    """The register's code of a state; empty where it knows none."""
    register = load_register()
    numbers = {int(party.m49): party.code for party in register.parties.values() if party.m49}
    if "id" in state:
        return numbers.get(int(state["id"]), "")
    name = state["properties"]["name"]
    return register.resolve_place(name.replace("N. ", "Northern ")) or ""


def path_of(rings: Iterable[Ring]) -> str:
    """The outlines as one path of whole numbers, each corner told from the one before."""
    return "".join(filter(None, (_outline(ring) for ring in rings)))


def _outline(ring: Ring) -> str:
    """One outline without corners that fall together; empty where too little is left to see."""
    corners: list[tuple[int, int]] = []
    for place in ring:
        x, y = on_grid(place)
        corner = round(x), round(y)
        if not corners or corner != corners[-1]:
            corners.append(corner)
    if len(set(corners)) < LEAST or all(latitude < SOUTH for _, latitude in ring):
        return ""
    corners = corners[:-1] if corners[0] == corners[-1] else corners
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(corners)]
    return f"M{corners[0][0]} {corners[0][1]}l" + " ".join(f"{dx} {dy}" for dx, dy in steps) + "z"


def heart(rings: list[Ring]) -> Point:
    """The point of the largest outline that is farthest from its border: where a circle sits best."""
    largest = max(([on_grid(place) for place in ring] for ring in rings), key=_size)
    xs, ys = [x for x, _ in largest], [y for _, y in largest]
    middle = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    tried = (
        (min(xs) + (max(xs) - min(xs)) * i / PACE, min(ys) + (max(ys) - min(ys)) * j / PACE)
        for i in range(1, PACE)
        for j in range(1, PACE)
    )
    inside = [point for point in tried if _is_inside(point, largest)]
    return max(inside, key=lambda point: _room(point, largest), default=middle)


def _size(ring: Ring) -> float:
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs)) / 2


def _is_inside(point: Point, ring: Ring) -> bool:
    x, y = point
    crossed = False
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            crossed = not crossed
    return crossed


def _room(point: Point, ring: Ring) -> float:
    """How near the nearest corner is, squared."""
    return min((x - point[0]) ** 2 + (y - point[1]) ** 2 for x, y in ring)


def make(coarse: Atlas, fine: Atlas) -> dict[str, Any]:
    """The data file: the size of the drawing, the shapes by code, and where each state's circle sits."""
    shapes: dict[str, str] = {}
    for state in coarse.states:
        code, drawn = code_of(state), path_of(coarse.rings(state))
        shapes[code] = shapes.get(code, "") + drawn
    outlines: dict[str, list[Ring]] = {}
    for state in fine.states:
        outlines.setdefault(code_of(state), []).extend(fine.rings(state))
    hearts = {code: heart(rings) for code, rings in outlines.items() if code}
    points = {code: [round(x, 1), round(y, 1)] for code, (x, y) in hearts.items()}
    return {
        "source": "Natural Earth 1:110m and 1:50m, public domain; Equal Earth projection",
        "width": WIDTH,
        "height": round((TOP - BOTTOM) * SCALE),
        "shapes": {code: path for code, path in sorted(shapes.items()) if path},
        "points": dict(sorted(points.items())),
    }


def main() -> None:
    """Write the data file and tell what it holds."""
    coarse, fine = (Atlas.read(Path(name)) for name in sys.argv[1:3])
    made = make(coarse, fine)
    TARGET.write_text(json.dumps(made, separators=(",", ":"), ensure_ascii=False) + "\n", encoding="utf-8")
    nameless = [s["properties"]["name"] for s in (*coarse.states, *fine.states) if not code_of(s)]
    print(f"{len(made['shapes'])} shapes, {len(made['points'])} points, {TARGET.stat().st_size:,} bytes")
    print(f"without a code: {', '.join(nameless)}")


if __name__ == "__main__":
    main()
