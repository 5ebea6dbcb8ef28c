"""``musterbook compare``: an official series beside what was said in public."""

from __future__ import annotations

from datetime import date

import click

from musterbook.desk.options import Day, Question, asking, held_option, known_option, public_option

EXAMPLES = """
\b
Examples:
  musterbook compare dmdc
  musterbook compare dmdc us afghanistan,iraq,syria --from 2017-01-01 --to 2017-12-31
  musterbook compare un germany mali --json
"""


@click.command("compare", epilog=EXAMPLES)
@click.argument("series")
@click.argument("force", required=False)
@click.argument("place", required=False)
@click.option("--from", "first", type=Day(), metavar="DAY", help="Only tables of that day and later.")
@click.option("--to", "last", type=Day(), metavar="DAY", help="Only tables of that day and earlier.")
@asking(known_option, public_option, held_option)
def command(
    series: str,
    force: str | None,
    place: str | None,
    first: date | None,
    last: date | None,
    question: Question,
) -> None:
    """Print where the tables of SERIES, public statements and the estimate from these part.

    SERIES is a name of `musterbook series list`. Of several places, such as iraq,syria, the figures are added up,
    too. Verdicts: agree (within a tenth), part, other rule, not comparable (the table leaves some out), no statement.
    """
    from musterbook.desk.comparing import print_comparison

    print_comparison(series, (force, place), (first, last), question)
