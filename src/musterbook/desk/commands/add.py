"""``musterbook add``: reports go into the book."""

from __future__ import annotations

from datetime import date

import click

from musterbook.desk.options import as_option, book_option, json_option, reading_options

EXAMPLES = """
\b
Examples:
  musterbook add report.txt --published 2020-09-09
  musterbook add reports/ --book mine.sqlite
"""


@click.command("add", epilog=EXAMPLES)
@click.argument("files", nargs=-1, required=True, metavar="FILE…|-")
@reading_options
@as_option
@book_option
@json_option
def command(
    files: tuple[str, ...],
    published: date | None,
    lang: str | None,
    by: str | None,
    book: str | None,
    as_json: bool,
) -> None:
    """Read reports into the book; what it holds already stays as it is.

    FILE is text, Markdown, HTML or JSON lines, a folder, a pattern, or - for standard input.
    """
    from musterbook.desk.adding import add_files

    raise SystemExit(add_files(files, book, published, lang, by, as_json))
