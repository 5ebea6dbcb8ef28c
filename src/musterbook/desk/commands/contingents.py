"""``musterbook contingents``: who has how many troops where."""

from __future__ import annotations

import click

from musterbook.desk.options import Question, asking, held_option, known_option, on_option, public_option

EXAMPLES = """
\b
Examples:
  musterbook contingents --force us
  musterbook contingents --place iraq --on 2020-09-30
  musterbook contingents --known 2020-12-31 --json
"""


@click.command("contingents", epilog=EXAMPLES)
@click.option("--force", metavar="FORCE", help="Only this force: a code or a name.")
@click.option("--place", metavar="PLACE", help="Only this place: a code or a name.")
@asking(on_option, known_option, public_option, held_option)
def command(force: str | None, place: str | None, question: Question) -> None:
    """Print every contingent with its strength on a day, in persons.

    "unknown" means that the book supports no figure; it never stands for 0.
    """
    from musterbook.desk.asking import print_contingents

    print_contingents(force, place, question)
