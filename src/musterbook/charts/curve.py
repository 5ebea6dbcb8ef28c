"""The strength of one contingent over time: what is known, how well, from whom, and what was promised.

Days on which nothing is known are a hatched gap, days on which nobody is there a line on the axis: unknown is not zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby, zip_longest

from musterbook.charts import signs
from musterbook.charts.picture import Key, Picture, ident
from musterbook.charts.records import CEILING, Aim, Course, Dot, counted, strength
from musterbook.charts.scales import Days, Frame, Numbers, numbers_for
from musterbook.charts.svg import Given, group, line, rect, short, tag, text, titled
from musterbook.findings import Estimate

WIDTH, HEIGHT = 720, 380
TOP, UNDER, SIDE = 16, 34, 8
GRAIN = 1.5  # units of the drawing between the days that are asked for
LINE, BAND, CAP, PATH, THEN = "#14181c", "#5b9bd0", "#a8487f", "#5a626a", "#b35c00"
HATCHING = "#b9c0c7"
OUTLYING, SHARE = (
    2,
    8,
)  # a dot so many times above the next is above the scale, if no more than one in eight is
FAR = 1.5  # a band is cut off where it goes so far beyond everything else
CEILING_HOLDS = timedelta(3 * 365)
NAMED, NAMED_ANYWHERE = 70, 200  # a gap so wide is named; one so wide on a narrow screen, too


@dataclass(frozen=True, slots=True)
class Shape:
    """How a curve is to be drawn."""

    width: int = WIDTH
    height: int = HEIGHT
    log: bool = False

    @property
    def frame(self) -> Frame:
        """Where the curve goes."""
        return Frame(0, TOP, self.width - SIDE, self.height - UNDER)


PLAIN = Shape()


def sample_days(first: date, last: date, width: int = WIDTH) -> tuple[date, ...]:
    """The days that a curve of this width is drawn from, evenly spread, both ends included."""
    whole = (last - first).days
    count = min(whole, round(width / GRAIN))
    if count < 1:
        return (first,)
    return tuple(dict.fromkeys(first + timedelta(round(whole * i / count)) for i in range(count + 1)))


def curve(course: Course, shape: Shape = PLAIN) -> Picture:
    """The chart of a course; one that holds nothing with a day gives an empty frame that says so."""
    name = ident(course.name or course.title)
    days = _days(course, shape.frame)
    numbers = _numbers(course, shape)
    parts = [
        tag("defs", _hatching(name), _clip(name, shape.frame)),
        *_gaps(course.estimates, days, name),
        numbers.draw(),
        days.draw(),
        group(
            [
                *band_of(course.estimates, days, numbers),
                *_ceilings(course.dots, days, numbers),
                *line_of(course.then, days, numbers, EARLIER),
                *line_of(course.estimates, days, numbers),
            ],
            clip_path=f"url(#{name}-clip)",
        ),
        *(_aim(aim, days, numbers, course.estimates) for aim in course.aims),
        signs.draw(course.dots, days, numbers, name),
    ]
    if not course.estimates and not course.dots:
        parts.append(
            text(shape.width / 2, shape.height / 2, "nothing is known", text_anchor="middle", font_size=14)
        )
    keys = (*_keys(course, name), *signs.keys(_on_scale(course.dots, numbers)))
    return Picture(
        course.title,
        describe(course),
        shape.width,
        shape.height,
        "".join(parts),
        keys,
        course.name or course.title,
    )


def describe(course: Course) -> str:
    """What the chart shows, in sentences, for those who cannot see it."""
    known = [e for e in course.estimates if e.best is not None]
    if not known:
        return f"{counted(len(course.dots), 'statement')}, and no estimate: the strength is unknown."
    most, last = max(known, key=lambda e: (e.best or 0, e.day)), known[-1]
    gaps = sum(1 for is_known, _ in groupby(course.estimates, lambda e: e.best is not None) if not is_known)
    told = counted(gaps, "stretch", "stretches")
    parts = [
        f"Estimated strength from {course.estimates[0].day} to {course.estimates[-1].day}",
        f"highest {strength(most.low, most.best, most.high)} on {most.day}",
        f"last known {strength(last.low, last.best, last.high)} on {last.day}",
        f"{counted(len(course.dots), 'statement')} and {counted(len(course.aims), 'announcement')}",
        *([f"{told} in which it is unknown"] if gaps else []),
    ]
    return "; ".join(parts) + "."


def _days(course: Course, frame: Frame) -> Days:
    found = [e.day for e in (*course.estimates, *course.then)] or [d.day for d in course.dots]
    found = found or [date(2000, 1, 1), date(2001, 1, 1)]
    return Days(min(found), max(max(found), min(found) + timedelta(1)), frame)


def _numbers(course: Course, shape: Shape) -> Numbers:
    """The axis that all of it fits on, but for a few dots and the far ends of a wide band."""
    firm = [e.best for e in (*course.estimates, *course.then) if e.best is not None]
    firm += [aim.target for aim in course.aims]
    values = sorted(max(d.value, d.high or 0) for d in course.dots)
    for i in range(len(values) - 1, len(values) * (SHARE - 1) // SHARE - 1, -1):
        if i and values[i] > OUTLYING * max(values[i - 1], *firm, 1):
            values = values[:i]
    firm += values
    most = max(firm, default=1) * FAR
    wide = [min(e.high, most) for e in course.estimates if e.best is not None and e.high is not None]
    return numbers_for([*firm, *wide], shape.frame, shape.log)


def _on_scale(dots: Sequence[Dot], numbers: Numbers) -> list[Dot]:
    return [replace(d, kind=signs.ABOVE) if d.value > numbers.top else d for d in dots]


def _runs(estimates: Sequence[Estimate]) -> Iterator[tuple[bool, list[Estimate], date]]:
    """Stretches of days that are known, or not, each with the day on which it ends."""
    found = [(known, list(run)) for known, run in groupby(estimates, lambda e: e.best is not None)]
    for i, (known, run) in enumerate(found):
        yield known, run, found[i + 1][1][0].day if i + 1 < len(found) else run[-1].day


Corners = list[tuple[float, float]]


def _steps(run: Sequence[Estimate], end: date, days: Days, heights: Sequence[float]) -> Corners:
    """The corners of a line that stays at each height until the next day."""
    corners = [(days.at(run[0].day), heights[0])]
    for estimate, before, y in zip(run[1:], heights, heights[1:], strict=False):
        if short(y) != short(before):
            x = days.at(estimate.day)
            corners += [(x, before), (x, y)]
    return [*corners, (days.at(end), heights[-1])]


def _path(corners: Sequence[tuple[float, float]]) -> str:
    """Corners as the shortest path: only what changes is told."""
    x, y = (short(number) for number in corners[0])
    parts = [f"M{x} {y}"]
    for there, down in ((short(a), short(b)) for a, b in corners[1:]):
        parts.append(f"H{there}" if there != x else f"V{down}" if down != y else "")
        x, y = there, down
    return "".join(parts)


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a line is drawn."""

    class_: str = "mb-best"
    colour: str = LINE
    dashes: str | None = None
    width: float = 2


NOW, EARLIER = Stroke(), Stroke("mb-then", THEN, "6 3")


def line_of(
    estimates: Sequence[Estimate], days: Days, numbers: Numbers, stroke: Stroke = NOW
) -> Iterator[str]:
    """The best figures as a line that moves in steps, one for each stretch that is known."""
    for known, run, end in _runs(estimates):
        if known:
            yield tag(
                "path",
                d=_path(_steps(run, end, days, [numbers.at(e.best or 0) for e in run])),
                fill="none",
                stroke=stroke.colour,
                stroke_width=stroke.width,
                stroke_linejoin="round",
                stroke_dasharray=stroke.dashes,
                class_=stroke.class_,
            )


def band_of(estimates: Sequence[Estimate], days: Days, numbers: Numbers) -> Iterator[str]:
    """Between low and high, in which nine chances of ten lie."""
    for known, run, end in _runs(estimates):
        if known:
            over = _steps(run, end, days, [numbers.at(e.high or 0) for e in run])
            under = _steps(run, end, days, [numbers.at(e.low or 0) for e in run])
            path = _path([*over, *reversed(under)])
            yield tag("path", d=path + "z", fill=BAND, fill_opacity=0.35, class_="mb-band")


def _gaps(estimates: Sequence[Estimate], days: Days, name: str) -> Iterator[str]:
    """Where nothing is known, hatched from top to bottom so that nobody takes it for nought."""
    frame = days.frame
    for known, run, end in _runs(estimates):
        if known:
            continue
        left, right = days.at(run[0].day), days.at(end)
        told = titled(f"Unknown from {run[0].day} to {end}")
        height = frame.bottom - frame.top
        yield tag(
            "rect",
            told,
            x=left,
            y=frame.top,
            width=max(1.0, right - left),
            height=height,
            fill=f"url(#{name}-hatch)",
            class_="mb-gap",
        )
        if right - left > NAMED:
            minor = None if right - left > NAMED_ANYWHERE else "mb-minor"
            look: dict[str, Given] = {
                "text_anchor": "middle",
                "font_size": 12,
                "fill": "#454b52",
                "class_": minor,
            }
            yield text((left + right) / 2, frame.top + height / 2, "unknown", **look)


def _ceilings(dots: Sequence[Dot], days: Days, numbers: Numbers) -> Iterator[str]:
    """Ceilings and caps as lines, each until the next is told."""
    told = sorted((d for d in dots if d.kind == CEILING), key=lambda d: (d.day, d.statement))
    for dot, after in zip_longest(told, told[1:]):
        end = min(dot.day + CEILING_HOLDS, days.last, *([after.day] if after else []))
        y = numbers.at(dot.value)
        if end > dot.day:
            yield line(
                days.at(dot.day),
                y,
                days.at(end),
                y,
                stroke=CAP,
                stroke_width=1.5,
                stroke_dasharray="1 3",
                stroke_linecap="round",
                class_="mb-cap",
            )


def _aim(aim: Aim, days: Days, numbers: Numbers, estimates: Sequence[Estimate]) -> str:
    """An announced change as a dashed line from the strength of its day to its target."""
    start = aim.before if aim.before is not None else _best_on(aim.announced, estimates)
    if start is None or aim.deadline < days.first or aim.announced > days.last:
        return ""
    x1, y1, x2, y2 = days.at(aim.announced), numbers.at(start), days.at(aim.deadline), numbers.at(aim.target)
    drawn = line(x1, y1, x2, y2, stroke=PATH, stroke_width=1.3, stroke_dasharray="5 3", class_="mb-path")
    mark = line(x2, y2 - 5, x2, y2 + 5, stroke=PATH, stroke_width=1.3, class_="mb-path")
    held = titled(aim.title) + drawn + mark
    return tag("a", held, href=aim.href, class_="mb-aim") if aim.href else tag("g", held, class_="mb-aim")


def _best_on(day: date, estimates: Sequence[Estimate]) -> int | None:
    """The best figure of the day that is nearest."""
    near = min(estimates, key=lambda e: abs((e.day - day).days), default=None)
    return near.best if near else None


def _hatching(name: str) -> str:
    slanted = tag("path", d="M0 7 7 0", stroke=HATCHING, stroke_width=1, class_="mb-hatching")
    return tag("pattern", slanted, id=f"{name}-hatch", width=7, height=7, patternUnits="userSpaceOnUse")


def _clip(name: str, frame: Frame) -> str:
    box = rect(frame.left, frame.top - 2, frame.width, frame.bottom - frame.top + 4)
    return tag("clipPath", box, id=f"{name}-clip")


def _keys(course: Course, name: str) -> Iterator[Key]:
    """What lines and areas mean, as far as there are any."""
    estimates = course.estimates
    if any(e.best is not None for e in estimates):
        yield Key(line(0, 7, 20, 7, stroke=LINE, stroke_width=2, class_="mb-best"), "best estimate")
        yield Key(rect(0, 2, 20, 10, fill=BAND, fill_opacity=0.35, class_="mb-band"), "nine chances in ten")
    if any(e.best is None for e in estimates):
        slants = "".join(
            line(x, 12, x + 10, 2, stroke="#8b949c", stroke_width=1, class_="mb-hatching") for x in (0, 5, 10)
        )
        yield Key(slants, "unknown")
    if course.then:
        dashed = line(0, 7, 20, 7, stroke=THEN, stroke_width=2, stroke_dasharray="6 3", class_="mb-then")
        yield Key(dashed, course.then_name or "as known earlier")
    if course.aims:
        path = line(0, 2, 18, 12, stroke=PATH, stroke_width=1.3, stroke_dasharray="5 3", class_="mb-path")
        yield Key(path, "announced, with its deadline")
