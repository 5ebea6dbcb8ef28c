"""``musterbook demo``: the sample reports, from the first line to the book."""

from __future__ import annotations

from datetime import date

import click

from musterbook.desk.options import book_option, json_option, on_option

EXAMPLES = """
\b
Examples:
  musterbook demo
  musterbook demo --book demo.sqlite --on 2021-01-31
"""


@click.command("demo", epilog=EXAMPLES)
@on_option
@book_option
@json_option
def command(on: date | None, book: str | None, as_json: bool) -> None:
    """Read the sample reports that ship with Musterbook into a book, and print what it holds.

    The demonstration has a book of its own in your data folder unless --book names one. Doing it twice
    changes nothing.
    """
    from musterbook.desk.demo import run_demo

    raise SystemExit(run_demo(on, book, as_json))
