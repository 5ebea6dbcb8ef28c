"""The signs for statements: a shape for how a figure stands to the world, a colour for what it goes back to.

Filled shapes were counted, open ones are to come. The colours are Okabe and Ito's, darkened where they would be too
pale on white. A colour only tells which dots near each other go back to one announcement; the words tell all of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from musterbook.charts.picture import Key
from musterbook.charts.records import CEILING, Dot
from musterbook.charts.scales import Days, Numbers
from musterbook.charts.svg import tag, titled
from musterbook.model import Status

ALONE, COLOURS = "#4a5158", ("#0072b2", "#c04f00", "#00795a", "#a8487f", "#8a6d00")
MOST = 320  # dots; where there are more, those that touch become one
CELL = 5.0  # how near dots of one kind are that become one, to begin with
WIDER = 1.3
ABOVE = "above"
SHAPES = {  # kind: (path around nought, open, meaning)
    Status.CURRENT: ("M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z", False, "strength as reported"),
    Status.PAST: ("M-3.5-3.5h7v7h-7z", False, "looked back on"),
    Status.DONE: ("M0-5.2 5.2 0 0 5.2-5.2 0z", False, "reached by a change"),
    Status.UNDERWAY: ("M-3.4-4.6 4.6 0-3.4 4.6z", True, "change under way"),
    Status.ANNOUNCED: ("M0-5 5 0 0 5-5 0z", True, "announced, for its day"),
    Status.EXPECTED: ("M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z", True, "expected"),
    Status.CONSIDERED: ("M0-4.6 4.6 3.6h-9.2z", True, "considered"),
    Status.DENIED: ("M-4-4 4 4M4-4-4 4", True, "denied"),
    CEILING: ("M-5-1.5H5v3H-5z", False, "ceiling or cap"),
    ABOVE: ("M0-5 5 4h-10z", False, "above the scale"),
}
STROKES = {Status.DENIED: 2.2}


def shapes(dots: Sequence[Dot], name: str) -> str:
    """The shapes that are used, to be drawn from again and again."""
    kinds = {dot.kind for dot in dots}
    return "".join(_shape(kind, f"{name}-{kind}") for kind in SHAPES if kind in kinds)


def _shape(kind: str, ident: str | None = None) -> str:
    path, is_open, _ = SHAPES[kind]
    if is_open:
        return tag(
            "path",
            id=ident,
            d=path,
            fill="#fff",
            stroke="currentColor",
            stroke_width=STROKES.get(Status(kind), 1.6),
            class_="mb-open",
        )
    return tag(
        "path", id=ident, d=path, fill="currentColor", stroke="#fff", stroke_width=0.8, class_="mb-mark"
    )


def keys(dots: Sequence[Dot]) -> list[Key]:
    """What the shapes and colours mean."""
    kinds = {dot.kind for dot in dots}
    found = [
        Key(tag("g", _shape(kind), transform="translate(10 7)", color=ALONE, class_="mb-f0"), meaning)
        for kind, (_, _, meaning) in SHAPES.items()
        if kind in kinds
    ]
    if any(_families(dots).values()):
        swatch = "".join(
            tag(
                "circle",
                cx=3 + 7 * i,
                cy=7,
                r=3,
                fill="currentColor",
                color=COLOURS[i],
                class_=f"mb-f{i + 1}",
            )
            for i in range(3)
        )
        found.append(Key(swatch, "one colour: reports of one announcement"))
    return found


def draw(dots: Sequence[Dot], days: Days, numbers: Numbers, name: str) -> str:
    """The dots in order of days, each a link that tells its statement."""
    family = _families(dots)
    shown = [replace(dot, kind=ABOVE) if dot.value > numbers.top else dot for dot in dots]
    defined = tag("defs", shapes(shown, name))
    return defined + "".join(
        _drawn(several, days, numbers, name, family) for several in gathered(shown, days, numbers)
    )


def gathered(dots: Sequence[Dot], days: Days, numbers: Numbers) -> list[list[Dot]]:
    """The dots, those of a kind that lie on one spot together; more of them the more there are."""
    cell = CELL
    while len(found := _in_cells(dots, days, numbers, cell)) > MOST:
        cell *= WIDER
    return sorted(found, key=lambda several: (several[0].day, several[0].statement))


def _in_cells(dots: Sequence[Dot], days: Days, numbers: Numbers, cell: float) -> list[list[Dot]]:
    cells: dict[tuple[int, int, str], list[Dot]] = {}
    for dot in sorted(dots, key=lambda d: (d.day, d.statement)):
        spot = int(days.at(dot.day) / cell), int(numbers.at(dot.value) / cell), dot.kind
        cells.setdefault(spot, []).append(dot)
    return list(cells.values())


def _drawn(several: list[Dot], days: Days, numbers: Numbers, name: str, family: Mapping[str, int]) -> str:
    first, more = several[0], len(several) - 1
    colour = family.get(first.origin, 0)
    told = first.title + (f"; and {more} more here" if more else "")
    sign = tag("use", href=f"#{name}-{first.kind}", x=days.at(first.day), y=numbers.at(first.value))
    return tag(
        "a",
        titled(told),
        sign,
        href=first.link,
        class_=f"mb-dot mb-f{colour}",
        color=COLOURS[colour - 1] if colour else ALONE,
        data_day=str(first.day),
        data_n=str(first.value),
        data_o=first.origin[:8] or None,
        data_more=str(more) if more else None,
    )


def _families(dots: Sequence[Dot]) -> Mapping[str, int]:
    """The number of a colour for each origin that several dots go back to, in turn; 0 for all others."""
    counts = Counter(dot.origin for dot in dots if dot.origin)
    begun: dict[str, date] = {}
    for dot in dots:
        begun[dot.origin] = min(dot.day, begun.get(dot.origin, dot.day))
    several = sorted((o for o, count in counts.items() if count > 1), key=lambda o: (begun[o], o))
    return {origin: i % len(COLOURS) + 1 for i, origin in enumerate(several)}
