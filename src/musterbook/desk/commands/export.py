"""``musterbook export``: the book as text."""

from __future__ import annotations

import click

from musterbook.desk.options import book_option, force_option, json_option

EXAMPLES = """
\b
Examples:
  musterbook export mine.book --book mine.sqlite
  musterbook export - | gzip > mine.book.gz
"""


@click.command("export", epilog=EXAMPLES)
@click.argument("file", metavar="FILE|-")
@force_option
@book_option
@json_option
def command(file: str, force: bool, book: str | None, as_json: bool) -> None:
    """Write the book as text, a line an entry, exactly as it is hashed.

    FILE is written whole or not at all. An earlier export of the same book is replaced; something else is only
    with --force.
    """
    from musterbook.desk.carrying import export_book

    export_book(file, book, force, as_json)
