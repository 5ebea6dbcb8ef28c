"""A curve as small as a word, for a row of a table: the band, the line, a dot at its end, gaps as gaps."""

from __future__ import annotations

from collections.abc import Sequence

from musterbook.charts.curve import LINE, band_of, line_of
from musterbook.charts.picture import Picture
from musterbook.charts.records import strength
from musterbook.charts.scales import Days, Frame, Numbers
from musterbook.charts.svg import line, tag
from musterbook.findings import Estimate

WIDTH, HEIGHT, SIDE = 120, 28, 4


def spark(
    estimates: Sequence[Estimate],
    title: str,
    top: float | None = None,
    width: int = WIDTH,
    height: int = HEIGHT,
) -> Picture:
    """The small curve; ``top`` gives several the same scale, else each has its own, from nought."""
    frame = Frame(SIDE, SIDE, width - SIDE, height - SIDE)
    known = [e for e in estimates if e.best is not None]
    if not known:
        flat = line(
            SIDE,
            height / 2,
            width - SIDE,
            height / 2,
            stroke="#8b949c",
            stroke_dasharray="1 4",
            class_="mb-axis",
        )
        return Picture(title, "The strength is unknown.", width, height, flat, name=f"spark {title}")
    days = Days(estimates[0].day, estimates[-1].day, frame)
    most = max(max(e.best or 0, min(e.high or 0, 2 * (e.best or 1))) for e in known)
    numbers = Numbers(top or max(1, most), frame)
    base = line(SIDE, frame.bottom, frame.right, frame.bottom, stroke="#d9dde1", class_="mb-grid")
    body = base + "".join((*band_of(estimates, days, numbers), *line_of(estimates, days, numbers)))
    last = known[-1]
    if last is estimates[-1]:
        body += tag(
            "circle",
            cx=days.at(last.day),
            cy=numbers.at(last.best or 0),
            r=2.4,
            fill="currentColor",
            color=LINE,
            class_="mb-f0",
        )
    span = f"From {estimates[0].day} to {estimates[-1].day}"
    told = f"{span}, last {strength(last.low, last.best, last.high)} on {last.day}."
    return Picture(title, told, width, height, body, name=f"spark {title}")
