"""``musterbook import``: a book from text."""

from __future__ import annotations

import click

from musterbook.desk.options import book_option, json_option

EXAMPLES = """
\b
Examples:
  musterbook import mine.book --book copy.sqlite
  gunzip -c mine.book.gz | musterbook import - --book postgresql://localhost/book
"""


@click.command("import", epilog=EXAMPLES)
@click.argument("file", metavar="FILE|-")
@book_option
@json_option
def command(file: str, book: str | None, as_json: bool) -> None:
    """Put the lines of an export into a book, all of them or none.

    The book is made where there is none. Where there is one, its lines must be the beginning of FILE: only the
    rest is added.
    """
    from musterbook.desk.carrying import import_book

    import_book(file, book, as_json)
