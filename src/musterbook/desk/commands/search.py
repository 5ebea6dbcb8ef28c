"""``musterbook search``: words in reports and statements."""

from __future__ import annotations

from datetime import date

import click

from musterbook.desk.options import Day, book_option, json_option

EXAMPLES = """
\b
Examples:
  musterbook search 'withdraw*' iraq
  musterbook search '"by the end of September"' --statements
  musterbook search soldiers --place mali --from 2013-01-01 --order oldest
"""


@click.command("search", epilog=EXAMPLES)
@click.argument("words", nargs=-1, required=True)
@click.option("--statements", is_flag=True, help="Look in statements rather than in whole reports.")
@click.option("--force", metavar="FORCE", help="Only reports or statements of this force.")
@click.option("--place", metavar="PLACE", help="Only of this place.")
@click.option("--publisher", metavar="NAME", help="Only of this publisher, named as in: musterbook sources.")
@click.option(
    "--from", "first", type=Day(), metavar="DAY", help="Only what was published on that day or later."
)
@click.option("--to", "last", type=Day(), metavar="DAY", help="Only what was published until that day.")
@click.option("--order", type=click.Choice(["best", "newest", "oldest"]), default="best", show_default=True)
@click.option(
    "--top", type=click.IntRange(1, 200), default=20, show_default=True, metavar="N", help="So many hits."
)
@click.option("--skip", type=click.IntRange(0), default=0, metavar="N", help="Leave out the first N hits.")
@book_option
@json_option
def command(
    words: tuple[str, ...],
    statements: bool,
    force: str | None,
    place: str | None,
    publisher: str | None,
    first: date | None,
    last: date | None,
    order: str,
    top: int,
    skip: int,
    book: str | None,
    as_json: bool,
) -> None:
    """Print the reports in which all WORDS stand; accents and capitals make no difference.

    "In quotation marks" is a phrase, withdr* the beginning of a word. The index of words lies beside the book
    (BOOK.search.sqlite); it is made when it is first needed and may be deleted.
    """
    from musterbook.desk.searching import Asking, print_found

    told = Asking(" ".join(words), statements, force, place, publisher, first, last, order)
    print_found(told, skip, top, book, as_json)
