"""``musterbook history``: every line on one thing."""

from __future__ import annotations

import click

from musterbook.desk.options import Question, asking, known_option

EXAMPLES = """
\b
Examples:
  musterbook history 3fa9c1d2
  musterbook history USA/IRQ --known 2021-06-30
  musterbook history GROUP:ISIS
  musterbook history ann
"""


@click.command("history", epilog=EXAMPLES)
@click.argument("id")
@asking(known_option)
def command(id: str, question: Question) -> None:  # noqa: A002 -- the word of the help
    """Print every line on ID: when, who, what was done and why, before -> after.

    ID is the id of a statement or decision (its first six signs are enough), a contingent such as USA/IRQ, a
    code that was merged with another, or a person with a role. Nothing in a book is ever changed, so this is all
    that ever happened.
    """
    from musterbook.desk.history import print_history

    print_history(id, question)
