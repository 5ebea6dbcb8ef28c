"""``musterbook reread``: the book's reports, read again."""

from __future__ import annotations

import click

from musterbook.desk.options import as_option, book_option, json_option

EXAMPLES = """
\b
Examples:
  musterbook reread
  musterbook reread --diff --report 3fa9c1d2
  musterbook reread --accept --only new --as ann
"""


@click.command("reread", epilog=EXAMPLES)
@click.option(
    "--accept/--diff", default=False, help="Write the proposals as entries, or only show them [default]."
)
@click.option("--report", "reports", multiple=True, metavar="ID", help="Only this report; may be repeated.")
@click.option(
    "--only",
    type=click.Choice(["new", "changed", "gone"]),
    multiple=True,
    help="Only such differences; may be repeated.",
)
@as_option
@book_option
@json_option
def command(
    accept: bool,
    reports: tuple[str, ...],
    only: tuple[str, ...],
    by: str | None,
    book: str | None,
    as_json: bool,
) -> None:
    """Read the book's reports again with today's reader, and list what would differ.

    Nothing is overwritten: what is accepted is written as new lines, and a statement that a person has decided on
    stays as it is.
    """
    from musterbook.desk.rereading import run_reread

    run_reread(reports, accept, only, by, book, as_json)
