"""``musterbook why``: the evidence behind a line."""

from __future__ import annotations

import click

from musterbook.desk.options import Question, asking, held_option, known_option, on_option, public_option

EXAMPLES = """
\b
Examples:
  musterbook why 3fa9c1d2
  musterbook why USA/IRQ
"""


@click.command("why", epilog=EXAMPLES)
@click.argument("id")
@asking(on_option, known_option, public_option, held_option)
def command(id: str, question: Question) -> None:  # noqa: A002 -- the word of the help  # noqa: A002 -- the word of the help
    """Print the sentences, speakers and sources behind ID.

    ID is the id of a statement or announcement (its first six signs are enough), or a contingent such as
    USA/IRQ. The words that carry a figure are marked in their sentence.
    """
    from musterbook.desk.evidence import print_why

    print_why(id, question)
