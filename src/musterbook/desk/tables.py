"""A table fits its terminal with one line a row: less needed columns go, long words are cut, never folded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.table import Table
from rich.text import Text

GAP = 2  # blanks between columns
LEAST = 14  # an elastic column is not cut below this while a spare one can go
SHORTEST = 8  # nor below this at all
CUT = "…"


def draw_table(
    columns: Sequence[str],
    cells: Sequence[Sequence[str]],
    title: str,
    numbers: Sequence[str],
    spare: Sequence[str],
    elastic: Sequence[str],
    colours: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Print the rows as a table; see ``screen.table``."""
    console = Console()
    at = {name: i for i, name in enumerate(columns)}
    widths = natural_widths(columns, cells)
    shown = fitted(widths, console.width - 1, spare, elastic)
    drawn = Table(
        title=Text(title, style="bold") if title else None,
        title_justify="left",
        box=SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=(0, GAP - 1, 0, 0),  # the box adds one
        collapse_padding=True,
    )
    for name, width in shown.items():
        drawn.add_column(name, justify="right" if name in numbers else "left", no_wrap=True, width=width)
    for row in cells:
        style = colours.get(row[0], "") if row else ""
        drawn.add_row(
            *(Text(cut(row[at[name]], w), style if not at[name] else "") for name, w in shown.items())
        )
    console.print()
    console.print(drawn)


def natural_widths(columns: Sequence[str], cells: Sequence[Sequence[str]]) -> dict[str, int]:
    """The widest cell of every column that holds anything."""
    widest = {name: max((cell_len(row[i]) for row in cells), default=0) for i, name in enumerate(columns)}
    return {name: max(width, cell_len(name)) for name, width in widest.items() if width or not cells}


def fitted(
    widths: Mapping[str, int], room: int, spare: Sequence[str], elastic: Sequence[str]
) -> dict[str, int]:
    """The columns that are shown and how wide: whole if they fit, else cut, left out, cut harder."""
    shown = dict(widths)
    for name in spare:
        if total(least(shown, elastic, LEAST)) <= room:
            break
        shown.pop(name, None)
    for floor in (LEAST, SHORTEST):
        while total(shown) > room:
            wide = max((n for n in elastic if n in shown), key=lambda n: shown[n], default=None)
            if wide is None or shown[wide] <= floor:
                break
            shown[wide] -= 1
    return shown


def least(shown: Mapping[str, int], elastic: Sequence[str], floor: int) -> dict[str, int]:
    """The widths with every elastic column cut as short as is good."""
    return {name: min(width, floor) if name in elastic else width for name, width in shown.items()}


def total(widths: Mapping[str, int]) -> int:
    """The columns and the gaps between them."""
    return sum(widths.values()) + GAP * len(widths)


def cut(words: str, width: int) -> str:
    """The words, or their beginning with a sign that more follows."""
    return words if cell_len(words) <= width else set_cell_size(words, max(0, width - 1)).rstrip() + CUT
