"""The family tree of an announcement: its reports in order of days, each beneath what it goes back to, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from musterbook.charts.picture import Key, Picture
from musterbook.charts.records import Kin, counted
from musterbook.charts.svg import group, tag, text, titled

WIDTH, ROW, STEP, DEEP = 720, 44, 22, 8
EDGE = "#8b949c"
FIRST, ECHO, AGAIN = ("#0072b2", "mb-f1"), ("#4a5158", "mb-f0"), ("#c04f00", "mb-f2")
LETTER = 7.4


@dataclass(frozen=True, slots=True)
class Leaf:
    """A report in its place."""

    kin: Kin
    depth: int
    row: int
    parent: int  # the row of what it goes back to; -1: none


def family(kin: Sequence[Kin], title: str, width: int = WIDTH) -> Picture:
    """The tree; a report whose parent is not among them begins a tree of its own."""
    leaves = list(_grown(kin))
    edges = group(
        (_edge(leaf) for leaf in leaves), fill="none", stroke=EDGE, stroke_width=1.2, class_="mb-axis"
    )
    body = edges + "".join(_leaf(leaf, width) for leaf in leaves)
    repeats, outlets = sum(k.repeats for k in kin), len({k.publisher for k in kin})
    told = f"{counted(len(kin), 'report')} of {counted(outlets, 'publisher')}"
    desc = f"{told}; {repeats} only repeat the figure later."
    return Picture(
        title, desc, width, max(ROW, ROW * len(leaves)), body, tuple(_keys(kin)), f"family {title}"
    )


def _grown(kin: Sequence[Kin]) -> Iterator[Leaf]:
    """Each report with its row, children right after their parent; nobody twice, whatever the parents say."""
    known = {one.statement for one in kin}
    below: dict[str, list[Kin]] = defaultdict(list)
    for one in sorted(kin, key=lambda k: (str(k.day or "9999"), k.statement)):
        below[one.parent if one.parent in known and one.parent != one.statement else ""].append(one)
    rows: dict[str, int] = {}
    waiting = [(one, 0) for one in reversed(below[""])]
    while waiting:
        one, depth = waiting.pop()
        rows[one.statement] = len(rows)
        yield Leaf(one, min(depth, DEEP), rows[one.statement], rows.get(one.parent, -1))
        waiting += [(child, depth + 1) for child in reversed(below[one.statement])]


def _place(depth: int, row: int) -> tuple[float, float]:
    return 8 + STEP * depth, 12 + ROW * row


def _edge(leaf: Leaf) -> str:
    if leaf.parent < 0:
        return ""
    x, y = _place(leaf.depth, leaf.row)
    left, top = _place(leaf.depth - 1, leaf.parent)
    return tag("path", d=f"M{left} {top}V{y}H{x}")


def _leaf(leaf: Leaf, width: int) -> str:
    kin, (x, y) = leaf.kin, _place(leaf.depth, leaf.row)
    day = kin.day.isoformat() if kin.day else "no day"
    head = f"{day}  {kin.publisher or 'a report'}: {kin.told}"
    why = kin.reason
    colour, class_ = _colour(leaf)
    held = [
        titled(f"{head}{f' ({why})' if why else ''}"),
        tag("circle", cx=x, cy=y, r=5, fill="currentColor", color=colour, class_=class_),
        text(x + 12, y + 4, _cut(head, width - x - 12), font_size=13, fill="#14181c", class_="mb-strong"),
        text(x + 12, y + 20, _cut(why, width - x - 12), font_size=11, fill="#5a626a") if why else "",
    ]
    return tag("a" if kin.href else "g", *held, href=kin.href or None, class_="mb-kin")


def _colour(leaf: Leaf) -> tuple[str, str]:
    if leaf.parent < 0:
        return FIRST
    return AGAIN if leaf.kin.repeats else ECHO


def _cut(told: str, room: float) -> str:
    """As many words as fit; the whole stands in the title."""
    most = int(room / LETTER)
    return told if len(told) <= most else told[: most - 1].rstrip() + "…"


def _keys(kin: Sequence[Kin]) -> Iterator[Key]:
    for colour, told, wanted in (
        (FIRST, "first told", True),
        (ECHO, "goes back to it", len(kin) > 1),
        (AGAIN, "repeats an old figure", any(k.repeats for k in kin)),
    ):
        if wanted:
            yield Key(
                tag("circle", cx=10, cy=7, r=5, fill="currentColor", color=colour[0], class_=colour[1]), told
            )
