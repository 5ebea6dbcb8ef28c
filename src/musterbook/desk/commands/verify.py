"""``musterbook verify``: whether the book is what it was."""

from __future__ import annotations

import click

from musterbook.desk.options import book_option, checkpoint_option, json_option

EXAMPLES = """
\b
Examples:
  musterbook verify
  musterbook verify --checkpoint notes.jsonl --book mine.sqlite
"""


@click.command("verify", epilog=EXAMPLES)
@checkpoint_option
@book_option
@json_option
def command(file: str | None, book: str | None, as_json: bool) -> None:
    """Hash every line again: one line OK, or what was changed, the first line first (exit code 1).

    Without a checkpoint kept elsewhere, somebody who hashes the whole book anew, or cuts off its end, goes unseen.
    """
    from musterbook.desk.proving import print_verdict

    raise SystemExit(print_verdict(file, book, as_json))
