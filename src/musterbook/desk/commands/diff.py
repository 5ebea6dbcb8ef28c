"""``musterbook diff``: what the book learned between two moments."""

from __future__ import annotations

from datetime import datetime

import click

from musterbook.desk.options import Moment, Question, asking, on_option

EXAMPLES = """
\b
Examples:
  musterbook diff --known 2021-06-30
  musterbook diff --known 2021-06-30 --known 2021-07-31 --force us --on 2021-07-31
"""


@click.command("diff", epilog=EXAMPLES)
@click.option(
    "--known",
    "moments",
    type=Moment(),
    multiple=True,
    required=True,
    metavar="DAY",
    help="From this moment of the book on; given twice, up to the second one [default: now].",
)
@click.option("--force", metavar="FORCE", help="Only this force: a code or a name.")
@click.option("--place", metavar="PLACE", help="Only this place: a code or a name.")
@asking(on_option)
def command(moments: tuple[datetime, ...], force: str | None, place: str | None, question: Question) -> None:
    """Print what the book learned between two moments: figures that changed, and the lines that changed them.

    Both moments are asked about the same day of the world (--on), so what differs is only what the book knew.
    """
    if len(moments) > 2:
        raise click.UsageError("give --known once or twice: from when, and up to when")
    from musterbook.desk.difference import print_difference

    print_difference(sorted(moments), force, place, question)
