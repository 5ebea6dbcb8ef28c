"""The same charts as Vega-Lite: a description that notebooks and other tools can go on with.

Words in it are harmless text; gaps are gaps, since each stretch that is known is a line of its own.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from musterbook.charts.atlas import land_file, load_atlas
from musterbook.charts.records import Course, Holding
from musterbook.charts.signs import COLOURS
from musterbook.charts.world import told_once
from musterbook.findings import Estimate
from musterbook.safe import on_one_line

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"  # an identifier; nothing is fetched
Spec = dict[str, Any]
COURSE_TIPS = ("told", "kind", "day", "speaker", "publisher", "published")
HOLDING_TIPS = ("name", "low", "best", "high", "last_confirmed")


def course_spec(course: Course, log: bool = False) -> Spec:
    """The curve with its band and dots; drag and scroll move along the days, a click on the legend picks a kind."""
    x = {"field": "day", "type": "temporal", "title": None, "axis": {"format": "%b %Y"}}
    scale = {"type": "symlog" if log else "linear"}
    y = {"type": "quantitative", "title": "persons", "scale": scale}
    band = {
        "mark": {"type": "area", "interpolate": "step-after", "opacity": 0.3, "color": COLOURS[0]},
        "encoding": {"x": x, "y": y | {"field": "low"}, "y2": {"field": "high"}, "detail": {"field": "run"}},
    }
    best = {
        "mark": {"type": "line", "interpolate": "step-after", "color": "#14181c"},
        "encoding": {"x": x, "y": y | {"field": "best"}, "detail": {"field": "run"}},
    }
    return {
        "$schema": SCHEMA,
        "title": on_one_line(course.title),
        "width": 720,
        "height": 380,
        "layer": [
            {"data": {"values": list(_days(course.estimates))}, "layer": [band, best]},
            {"data": {"values": _dots(course)}, **_points(x, y)},
        ],
    }


def _points(x: Spec, y: Spec) -> Spec:
    kind = {"field": "kind", "type": "nominal", "title": "status"}
    return {
        "params": [
            {"name": "days", "select": {"type": "interval", "encodings": ["x"]}, "bind": "scales"},
            {"name": "picked", "select": {"type": "point", "fields": ["kind"]}, "bind": "legend"},
        ],
        "mark": {"type": "point", "filled": True, "size": 60},
        "encoding": {
            "x": x,
            "y": y | {"field": "value"},
            "shape": kind,
            "color": kind | {"scale": {"range": list(COLOURS)}},
            "opacity": {"condition": {"param": "picked", "value": 1}, "value": 0.1},
            "tooltip": [{"field": name} for name in COURSE_TIPS],
        },
    }


def _days(estimates: Sequence[Estimate]) -> Iterator[Spec]:
    """The days that are known, with the number of their stretch."""
    for run, (known, several) in enumerate(groupby(estimates, lambda e: e.best is not None)):
        for e in several if known else ():
            yield {"day": str(e.day), "low": e.low, "best": e.best, "high": e.high, "run": run}


def _dots(course: Course) -> list[Spec]:
    return [
        {
            "day": str(d.day),
            "value": d.value,
            "kind": d.kind,
            "told": on_one_line(d.told),
            "speaker": on_one_line(d.speaker),
            "publisher": on_one_line(d.publisher),
            "published": str(d.published) if d.published else None,
            "statement": d.statement,
        }
        for d in course.dots
    ]


def world_spec(holdings: Sequence[Holding], title: str) -> Spec:
    """The map: the land as a picture, the contingents as circles by strength, unknown ones as open circles."""
    atlas = load_atlas()
    picture = base64.b64encode(land_file().encode()).decode()
    ground = {
        "data": {"values": [{"url": f"data:image/svg+xml;base64,{picture}"}]},
        "mark": {
            "type": "image",
            "width": atlas.width,
            "height": atlas.height,
            "align": "left",
            "baseline": "top",
        },
        "encoding": {"x": {"value": 0}, "y": {"value": 0}, "url": {"field": "url"}},
    }
    circles = {
        "data": {"values": list(_circles(holdings))},
        "mark": {"type": "circle", "opacity": 0.75},
        "encoding": {
            "x": {"field": "x", "type": "quantitative", "axis": None, "scale": {"domain": [0, atlas.width]}},
            "y": {"field": "y", "type": "quantitative", "axis": None, "scale": {"domain": [atlas.height, 0]}},
            "size": {
                "field": "best",
                "type": "quantitative",
                "scale": {"rangeMax": 2500},
                "title": "persons",
            },
            "color": {"field": "force", "type": "nominal", "scale": {"range": list(COLOURS)}},
            "tooltip": [{"field": name} for name in HOLDING_TIPS],
        },
    }
    return {
        "$schema": SCHEMA,
        "title": on_one_line(title),
        "width": atlas.width,
        "height": atlas.height,
        "layer": [ground, circles],
        "config": {"view": {"stroke": None}},
    }


def _circles(holdings: Sequence[Holding]) -> Iterator[Spec]:
    for h in told_once([h for h in holdings if h.best != 0]):
        if (place := load_atlas().place(h.hosts)) is not None:
            yield {
                "x": place[0],
                "y": place[1],
                "contingent": h.contingent,
                "name": on_one_line(h.name),
                "force": on_one_line(h.force_name),
                "low": h.low,
                "best": h.best,
                "high": h.high,
                "last_confirmed": str(h.last_confirmed) if h.last_confirmed else None,
            }
