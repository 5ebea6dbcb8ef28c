"""``musterbook migrate``: a book of an older version is brought up to date."""

from __future__ import annotations

import click

from musterbook.desk.options import book_option, json_option

EXAMPLES = """
\b
Examples:
  musterbook migrate --book mine.sqlite
"""


@click.command("migrate", epilog=EXAMPLES)
@click.option("--no-copy", is_flag=True, help="Do not keep the old file beside the new one.")
@book_option
@json_option
def command(no_copy: bool, book: str | None, as_json: bool) -> None:
    """Bring a book that an older Musterbook made to the present form, in one step or not at all.

    A file is copied beside itself first.
    """
    from musterbook.desk.carrying import migrate_book

    migrate_book(book, keep=not no_copy, as_json=as_json)
