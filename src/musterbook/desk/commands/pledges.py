"""``musterbook pledges``: announced changes and how they stand."""

from __future__ import annotations

from datetime import date, datetime

import click

from musterbook.desk.options import book_option, json_option, known_option, on_option

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
@on_option
@known_option
@book_option
@json_option
def command(
    force: str | None,
    place: str | None,
    verdict: str | None,
    on: date | None,
    known: datetime | None,
    book: str | None,
    as_json: bool,
) -> None:
    """Print the announced changes with the verdict on each."""
    from musterbook.desk.asking import print_pledges

    print_pledges(force, place, verdict, on, known, book, as_json)
