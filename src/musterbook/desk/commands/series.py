"""``musterbook series``: tables of official figures go into the book."""

from __future__ import annotations

import click

from musterbook.desk.commands.register import dir_option
from musterbook.desk.options import as_option, book_option, json_option


@click.group("series", epilog="\b\nExample:\n  musterbook series add dmdc troops.csv\n")
def command() -> None:
    """Add tables of official figures to the book, and say which are known."""


@command.command(
    "add", epilog="\b\nExample:\n  musterbook series add un contributions.csv --book mine.sqlite\n"
)
@click.argument("series")
@click.argument("file", metavar="FILE")
@dir_option
@as_option
@book_option
@json_option
def add(series: str, file: str, folder: str | None, by: str | None, book: str | None, as_json: bool) -> None:
    """Read the tables of FILE into the book; what it holds already stays as it is.

    SERIES is a name of `musterbook series list`, such as dmdc or un; FILE is CSV, parted by commas, semicolons
    or tabs. Every day of it becomes a report, every row a statement or an outcome with a name: a missing number
    is never a zero.
    """
    from musterbook.desk.series import add_file

    raise SystemExit(add_file(series, file, folder, book, by, as_json))


@command.command("list", epilog="\b\nExample:\n  musterbook series list --json\n")
@dir_option
@json_option
def listed(folder: str | None, as_json: bool) -> None:
    """Which series are known, what they count and which columns their files need."""
    from musterbook.desk.series import print_list

    print_list(folder, as_json)
