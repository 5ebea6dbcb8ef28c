"""A terminal gets tables and colour, a pipe gets plain lines parted by tabs, a program gets JSON."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import click

from musterbook.desk.safe import on_one_line

Row = Sequence[str]
# Columns that are never broken; all others may be, but not below the width that a word needs.
WHOLE = ("published", "reported", "announced", "deadline", "status", "verdict", "id", "statements", "reports")
LEAST = 9  # signs, on a line of 110


def is_terminal() -> bool:
    """Whether somebody is looking at what we print."""
    return sys.stdout.isatty()


def has_colour() -> bool:
    """Whether bold and colour are wanted: in a terminal, unless NO_COLOR is set or it is a dumb one."""
    return is_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def say(text: str = "") -> None:
    """One line for people on standard output; blanks at its start stay."""
    indent = len(text) - len(text.lstrip(" "))
    click.echo(" " * indent + on_one_line(text))


def note(text: str) -> None:
    """One line beside the result, on standard error."""
    click.echo(on_one_line(text), err=True)


def heading(text: str) -> None:
    """A title above what follows; bold in a terminal."""
    click.echo()
    click.echo(click.style(on_one_line(text), bold=True) if has_colour() else on_one_line(text))


def as_json(found: Any) -> None:  # noqa: ANN401 -- whatever the views give
    """The whole result as one JSON value."""
    click.echo(json.dumps(found, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace").decode())


def table(
    columns: Sequence[str],
    rows: Iterable[Row],
    *,
    title: str = "",
    numbers: Sequence[str] = (),
    headed: bool = True,
) -> None:
    """Rows under their columns; ``numbers`` names the columns that stand to the right."""
    cells = [[on_one_line(cell) for cell in row] for row in rows]
    if is_terminal():
        _drawn(columns, cells, title, numbers)
        return
    if title:
        click.echo(f"# {on_one_line(title)}")
    if headed:
        click.echo("\t".join(columns))
    for row in cells:
        click.echo("\t".join(row))


def _drawn(columns: Sequence[str], cells: list[list[str]], title: str, numbers: Sequence[str]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    filled = [i for i in range(len(columns)) if not cells or any(row[i] for row in cells)]
    drawn = Table(
        title=Text(title, style="bold") if title else None,
        title_justify="left",
        box=SIMPLE_HEAD,
        pad_edge=False,
        collapse_padding=True,
    )
    for i in filled:
        column = columns[i]
        widest = max((len(row[i]) for row in cells), default=0)
        drawn.add_column(
            column,
            justify="right" if column in numbers else "left",
            overflow="fold",
            no_wrap=column in WHOLE,
            min_width=min(console.width * LEAST // 110, max(widest, len(column))),
        )
    for row in cells:
        drawn.add_row(*(Text(row[i]) for i in filled))
    console.print(drawn)
