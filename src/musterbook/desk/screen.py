"""A terminal gets tables and colour, a pipe gets plain lines parted by tabs, a program gets JSON."""

from __future__ import annotations

import json
import os
import shutil
import sys
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import click

from musterbook.safe import on_one_line

Row = Sequence[str]


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


def paragraph(text: str, indent: int = 0) -> None:
    """Words for people that may be long: folded between words in a terminal, one line in a pipe."""
    width = shutil.get_terminal_size().columns - 1 if is_terminal() else None
    words, first, more = on_one_line(text), " " * indent, " " * (indent + 4)
    lines = (
        textwrap.wrap(words, width, initial_indent=first, subsequent_indent=more)
        if width
        else [first + words]
    )
    click.echo("\n".join(lines))


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
    spare: Sequence[str] = (),
    elastic: Sequence[str] = (),
    headed: bool = True,
    colours: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Rows under their columns; ``numbers`` names the columns that stand to the right.

    In a narrow terminal ``elastic`` columns are cut short and ``spare`` ones left out, first one first; a pipe
    gets all of them whole. ``colours`` gives words of the first column their colour in a terminal.
    """
    cells = [[on_one_line(cell) for cell in row] for row in rows]
    if is_terminal():
        from musterbook.desk.tables import draw_table

        draw_table(columns, cells, title, numbers, spare, elastic, colours if has_colour() else {})
        return
    if title:
        click.echo(f"# {on_one_line(title)}")
    if headed:
        click.echo("\t".join(columns))
    for row in cells:
        click.echo("\t".join(row))
