"""``musterbook join``: other books' lines into this one."""

from __future__ import annotations

import click

from musterbook.desk.options import as_option, book_option, json_option

EXAMPLES = """
\b
Examples:
  musterbook join machine-1.sqlite machine-2.sqlite --book june.sqlite
  musterbook join colleague.sqlite --as ann
"""


@click.command("join", epilog=EXAMPLES)
@click.argument("others", nargs=-1, required=True, metavar="OTHER…")
@as_option
@book_option
@json_option
def command(others: tuple[str, ...], by: str | None, book: str | None, as_json: bool) -> None:
    """Add to the book what other books hold: reports, statements, doubts and decisions, with who and when.

    OTHER is a book as for --book. Doing it twice, or in another order, changes nothing. Who may do what is each
    book's own matter and is not joined. An act that cannot stand beside what this book holds is named and left out.
    """
    from musterbook.desk.joining import join_books

    raise SystemExit(join_books(others, book, by, as_json))
