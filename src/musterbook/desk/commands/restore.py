"""``musterbook restore``: a copy takes the place of the book."""

from __future__ import annotations

import click

from musterbook.desk.options import book_option, checkpoint_option, force_option, json_option

EXAMPLES = """
\b
Examples:
  musterbook restore copy.sqlite --checkpoint notes.jsonl --book mine.sqlite
"""


@click.command("restore", epilog=EXAMPLES)
@click.argument("copy")
@checkpoint_option
@force_option
@book_option
@json_option
def command(copy: str, file: str | None, force: bool, book: str | None, as_json: bool) -> None:
    """Check COPY, then put it in the place of the book; what lay there before is kept beside it.

    A copy that is older than the checkpoints in FILE, or than the book itself, is only taken with --force. Stop
    whatever writes to the book first.
    """
    from musterbook.desk.carrying import restore_book

    restore_book(copy, file, book, force, as_json)
