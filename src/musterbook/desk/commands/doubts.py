"""``musterbook doubts``: what could not be settled."""

from __future__ import annotations

import click

from musterbook.desk.options import Question, asking, known_option

EXAMPLES = """
\b
Examples:
  musterbook doubts
  musterbook doubts --stage intake --json
"""


@click.command("doubts", epilog=EXAMPLES)
@click.option("--stage", metavar="STAGE", help="Only of this stage: intake, reading, identity or ledger.")
@click.option("--code", metavar="KIND", help="Only of this kind, such as no-date or tied-force-or-place.")
@asking(known_option)
def command(stage: str | None, code: str | None, question: Question) -> None:
    """Print every doubt the book holds, with its place in the text."""
    from musterbook.desk.asking import print_doubts

    print_doubts(stage, code, question)
