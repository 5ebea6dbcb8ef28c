"""``musterbook retry``: what was not read is tried again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from musterbook.desk.options import as_option, book_option, json_option, reading_options

if TYPE_CHECKING:
    from musterbook.intake import Given

EXAMPLES = """
\b
Examples:
  musterbook retry
  musterbook retry timeout crashed-parser
  musterbook retry unknown-language --lang en
"""


@click.command("retry", epilog=EXAMPLES)
@click.argument("codes", nargs=-1, metavar="[OUTCOME]…")
@reading_options
@as_option
@book_option
@json_option
def command(
    codes: tuple[str, ...],
    given: Given,
    by: str | None,
    book: str | None,
    as_json: bool,
) -> None:
    """Hand in again the files that could not be read, or only those that ended as OUTCOME.

    The outcomes are those of musterbook doubts --intake. What is in the book stays as it is; what can be read now
    is added, and the earlier outcome counts as tried again.
    """
    from musterbook.desk.inputs import retry

    raise SystemExit(retry(codes, book, given, by, as_json))
