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
  musterbook history --by ann
"""


@click.command("history", epilog=EXAMPLES)
@click.argument("id", required=False)
@click.option("--by", metavar="NAME", help="Only what this person did; without ID, anywhere in the book.")
@asking(known_option)
def command(id: str | None, by: str | None, question: Question) -> None:  # noqa: A002 -- the word of the help
    """Print every line on ID: when, who, what was done and why, before -> after.

    ID is the id of a statement or decision (its first six signs are enough), a contingent such as USA/IRQ, a
    code that was merged with another, or a person with a role. Nothing in a book is ever changed, so this is all
    that ever happened.
    """
    if id is None and by is None:
        raise click.UsageError(
            "name a statement, contingent, code or person, or whose decisions with --by NAME"
        )
    from musterbook.desk.history import print_history

    print_history(id, by, question)
