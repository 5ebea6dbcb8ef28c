"""``musterbook queue``: what to review first."""

from __future__ import annotations

import click

from musterbook.desk.options import Question, asking, known_option, public_option

EXAMPLES = """
\b
Examples:
  musterbook queue
  musterbook queue --top 50 --force us --json
"""


@click.command("queue", epilog=EXAMPLES)
@click.option(
    "--top", type=click.IntRange(1), default=20, show_default=True, metavar="N", help="So many of them."
)
@click.option("--force", metavar="FORCE", help="Only this force: a code or a name.")
@click.option("--place", metavar="PLACE", help="Only this place: a code or a name.")
@asking(known_option, public_option)
def command(top: int, force: str | None, place: str | None, question: Question) -> None:
    """Print the statements that nobody has reviewed: what moves a published figure most comes first.

    A statement weighs as many persons as the figure of its own day changes by when it is taken out, or let in where
    it is held for review.
    """
    from musterbook.desk.waiting import print_queue

    print_queue(top, force, place, question)
