"""``musterbook prove``: that one line stands in the book."""

from __future__ import annotations

import click

from musterbook.desk.options import book_option, checkpoint_option

EXAMPLES = """
\b
Examples:
  musterbook prove 3fa9c1d2 --checkpoint notes.jsonl --out proof.json
  python tools/check_proof.py proof.json notes.jsonl
"""


@click.command("prove", epilog=EXAMPLES)
@click.argument("id")
@checkpoint_option
@click.option("--out", metavar="FILE", help="Write the proof there.")
@book_option
def command(id: str, file: str | None, out: str | None, book: str | None) -> None:  # noqa: A002 -- the word of the help
    """Print a proof, as JSON, that the line of ID stands in the book.

    ID is the id of a statement, an entry, a report or a doubt; its first six signs are enough. Anybody can check
    the proof without the book. It leads to the last checkpoint in FILE, without one to the book as it is now.
    """
    from musterbook.desk.proving import print_proof

    print_proof(id, file, out, book)
