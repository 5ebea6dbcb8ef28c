"""``musterbook fsck``: everything that can be looked at in a book."""

from __future__ import annotations

import click

from musterbook.desk.options import book_option, checkpoint_option, json_option

EXAMPLES = """
\b
Examples:
  musterbook fsck
  musterbook fsck --checkpoint notes.jsonl --json
"""


@click.command("fsck", epilog=EXAMPLES)
@checkpoint_option
@book_option
@json_option
def command(file: str | None, book: str | None, as_json: bool) -> None:
    """Look at everything: as verify, and every line made anew from what it holds, and the database itself.

    Ids must follow from content, evidence must cut its words from its report, and whatever a line points to must
    be in the book before it. What is wrong is listed, the first line first (exit code 1).
    """
    from musterbook.desk.proving import print_health

    raise SystemExit(print_health(file, book, as_json))
