"""``musterbook why``: the evidence behind a line."""

from __future__ import annotations

from datetime import date

import click

from musterbook.desk.options import book_option, json_option, on_option

EXAMPLES = """
\b
Examples:
  musterbook why 3fa9c1d2
  musterbook why USA/IRQ
"""


@click.command("why", epilog=EXAMPLES)
@click.argument("id")
@on_option
@book_option
@json_option
def command(id: str, on: date | None, book: str | None, as_json: bool) -> None:  # noqa: A002 -- the word of the help
    """Print the sentences, speakers and sources behind ID.

    ID is the id of a statement or announcement (its first six signs are enough), or a contingent such as
    USA/IRQ. The words that carry a figure are marked in their sentence.
    """
    from musterbook.desk.evidence import print_why

    print_why(id, on, book, as_json)
