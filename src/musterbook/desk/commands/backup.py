"""``musterbook backup``: a copy of the book."""

from __future__ import annotations

import click

from musterbook.desk.options import book_option, force_option, json_option

EXAMPLES = """
\b
Examples:
  musterbook backup copy.sqlite
  musterbook backup copy.sqlite --book postgresql://localhost/book
"""


@click.command("backup", epilog=EXAMPLES)
@click.argument("copy")
@force_option
@book_option
@json_option
def command(copy: str, force: bool, book: str | None, as_json: bool) -> None:
    """Copy the book into the SQLite file COPY, and check the copy before it gets its name.

    Others may write to the book meanwhile. A file that is there already is only replaced with --force.
    """
    from musterbook.desk.carrying import back_up_book

    back_up_book(copy, book, force, as_json)
