"""``musterbook add``: reports go into the book."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from musterbook.desk.options import as_option, book_option, json_option, reading_options

if TYPE_CHECKING:
    from musterbook.intake import Given

EXAMPLES = """
\b
Examples:
  musterbook add report.txt --published 2020-09-09
  musterbook add reports/ --book mine.sqlite
  curl -s https://example.org/feed.xml | musterbook add -
"""


@click.command("add", epilog=EXAMPLES)
@click.argument("files", nargs=-1, required=True, metavar="FILE…|-")
@reading_options
@as_option
@book_option
@json_option
def command(
    files: tuple[str, ...],
    given: Given,
    by: str | None,
    book: str | None,
    as_json: bool,
) -> None:
    """Read reports into the book; what it holds already stays as it is.

    FILE is text, Markdown, HTML, PDF, a mail (.eml, .mbox), a feed (RSS, Atom, JSON), JSON lines,
    CSV with a column of texts, an archive of pages (WARC), any of them packed by gzip, a folder,
    a pattern, or - for standard input.
    """
    from musterbook.desk.adding import add_files

    raise SystemExit(add_files(files, book, given, by, as_json))
