"""``musterbook checkpoint``: how the book stands now, to be kept elsewhere."""

from __future__ import annotations

import click

from musterbook.desk.options import book_option, json_option

EXAMPLES = """
\b
Examples:
  musterbook checkpoint notes.jsonl
  musterbook checkpoint -
"""


@click.command("checkpoint", epilog=EXAMPLES)
@click.argument("file", metavar="FILE|-")
@book_option
@json_option
def command(file: str, book: str | None, as_json: bool) -> None:
    """Check the book, then put its size and root at the end of FILE.

    The book is held against the checkpoints in FILE first; one that was changed gets no new one. Keep FILE where
    nobody who can change the book can change it too. With - it is printed only.
    """
    from musterbook.desk.proving import print_checkpoint

    print_checkpoint(file, book, as_json)
