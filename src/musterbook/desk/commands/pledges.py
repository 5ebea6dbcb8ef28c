"""``musterbook pledges``: announced changes and how they stand."""

from __future__ import annotations

import click

from musterbook.desk.options import Question, asking, held_option, known_option, on_option, public_option

EXAMPLES = """
\b
Examples:
  musterbook pledges
  musterbook pledges --verdict "past due" --force us
"""


@click.command("pledges", epilog=EXAMPLES)
@click.option("--force", metavar="FORCE", help="Only this force: a code or a name.")
@click.option("--place", metavar="PLACE", help="Only this place: a code or a name.")
@click.option("--verdict", metavar="WORDS", help='Only these: "open", "past due", "no deadline", "reached".')
@asking(on_option, known_option, public_option, held_option)
def command(force: str | None, place: str | None, verdict: str | None, question: Question) -> None:
    """Print the announced changes with the verdict on each."""
    from musterbook.desk.asking import print_pledges

    print_pledges(force, place, verdict, question)
